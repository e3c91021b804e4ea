/* error, rows: D_ARR_BADREF line 3 */
int *y;
BEGIN { x = y[1, 2]; }
