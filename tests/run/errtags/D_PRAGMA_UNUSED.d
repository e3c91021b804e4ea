/* error, rows: D_PRAGMA_UNUSED line 2 */
#pragma D attributes Stable/Stable/Common nosuch
BEGIN { }
