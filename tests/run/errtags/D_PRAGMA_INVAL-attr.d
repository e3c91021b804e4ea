/* error, rows: D_PRAGMA_INVAL line 2 */
#pragma D attributes Good/Stable/Common x
