/* error, rows: D_IDENT_UNDEF line 7 */
/* What is not known is the value, not the new variable it is assigned to. */
BEGIN
{
	fine = 1;
	this->new =
	    nosuchname;
}
