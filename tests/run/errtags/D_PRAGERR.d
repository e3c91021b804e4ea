/* error, rows: D_PRAGERR line 2 */
#error stop here
