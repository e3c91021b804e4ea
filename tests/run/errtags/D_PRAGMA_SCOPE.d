/* error, rows: D_PRAGMA_SCOPE line 2 */
#pragma D attributes Stable/Stable/Common pid
BEGIN { }
