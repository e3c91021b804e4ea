/* Rows come by value, then by key; keys by their types. */
#pragma D option quiet
BEGIN
{
	@["b", 2] = sum(5);
	@["a", 9] = sum(5);
	@["c", 1] = sum(1);
	@["a", 3] = sum(7);
	exit(0);
}
