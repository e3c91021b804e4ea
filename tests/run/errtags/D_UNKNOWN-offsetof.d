/* error, rows: D_UNKNOWN line 3 */
struct s { int a; };
BEGIN { x = offsetof(struct s, b); }
