/* error, rows: D_ARGS_IDX line 2 */
syscall::read:entry { x = args[7]; }
