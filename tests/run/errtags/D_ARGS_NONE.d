/* error, rows: D_ARGS_NONE line 2 */
inline int x = args[0];
