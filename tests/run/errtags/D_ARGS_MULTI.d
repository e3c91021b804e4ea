/* error, rows: D_ARGS_MULTI line 2 */
syscall:::entry { x = args[0]; }
