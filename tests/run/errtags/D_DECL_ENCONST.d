/* error, rows: D_DECL_ENCONST line 2 */
enum e { A = "x" };
