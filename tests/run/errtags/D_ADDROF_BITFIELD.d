/* error, rows: D_ADDROF_BITFIELD line 3 */
struct s { int a : 3; };
BEGIN { x = &((struct s *)0)->a; }
