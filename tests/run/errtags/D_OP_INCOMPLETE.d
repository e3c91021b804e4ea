/* error, rows: D_OP_INCOMPLETE line 4 */
BEGIN
{
	x = ((struct nosuch_tag_ *)0)->a;
}
