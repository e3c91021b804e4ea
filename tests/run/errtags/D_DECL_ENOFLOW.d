/* error, rows: D_DECL_ENOFLOW line 2 */
enum e { A = 4294967296 };
