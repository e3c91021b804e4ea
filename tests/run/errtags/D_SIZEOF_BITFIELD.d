/* error, rows: D_SIZEOF_BITFIELD line 5 */
struct s { int a : 3; };
BEGIN
{
	x = sizeof (((struct s *)0)->a);
}
