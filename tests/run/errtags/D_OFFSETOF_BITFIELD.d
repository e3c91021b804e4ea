/* error, rows: D_OFFSETOF_BITFIELD line 3 */
struct s { int a : 3; };
BEGIN { x = offsetof(struct s, a); }
