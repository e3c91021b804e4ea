/* error, rows: D_PRAGMA_OPTSET line 2 */
#pragma D option define=X
