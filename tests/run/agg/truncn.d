/* rows: G91 G90 A21
 * The number of trunc() is any integer expression, evaluated when it runs. */
#pragma D option quiet
int n;
BEGIN
{
	@a["one"] = sum(1); @a["two"] = sum(2); @a["three"] = sum(3); @a["four"] = sum(4);
	n = 1;
	trunc(@a, n + 2);
	n = 100;
	printa("%s ", @a);
	printf("\n");
	trunc(@a, -(n / 50));
	printa("%s ", @a);
	printf("\n");
	trunc(@a, (char)0);
	printa("none %s ", @a);
	/* Rows of value 0 are rows. */
	@z["a"] = sum(0); @z["b"] = sum(1); @z["c"] = sum(0);
	trunc(@z, 1);
	printa("%s\n", @z);
	trunc(@z);
	@nokey = sum(0);
	trunc(@nokey);
	exit(0);
}
