/* rows: A32.  One clause may commit two speculations, and one of them twice: the second time does nothing. */
#pragma D option quiet
#pragma D option nspec=2

BEGIN
{
	a = speculation();
	b = speculation();
}

BEGIN
{
	speculate(a);
	printf("first\n");
}

BEGIN
{
	speculate(b);
	printf("second\n");
}

BEGIN
{
	commit(b);
	commit(a);
	commit(b);
}

BEGIN
{
	printf("last\n");
	exit(0);
}
