/* error, rows: D_PRAGMA_MALFORM line 2 */
#pragma D option quiet more
