/* error, rows: D_UNKNOWN line 2 */
struct s { int a; int a; };
