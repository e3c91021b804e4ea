/* error, rows: D_PRAGERR line 2 */
#pragma error stop
