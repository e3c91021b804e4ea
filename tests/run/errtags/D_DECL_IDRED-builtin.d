/* error, rows: D_DECL_IDRED line 2 */
int pid;
