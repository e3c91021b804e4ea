/* error, rows: D_PRAGMA_DEPEND line 2 */
#pragma D depends_on provider nosuch
BEGIN { }
