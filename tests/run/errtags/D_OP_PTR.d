/* error, rows: D_OP_PTR line 4 */
BEGIN
{
	x = 1; y = x->a;
}
