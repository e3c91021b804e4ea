/* error, rows: D_STRINGOF_TYPE line 3 */
struct s { int a; };
BEGIN { x = stringof(*(struct s *)0); }
