/* rows: idiom1.  Actions and aggregations as arms of a conditional, chosen when it runs. */
#pragma D option quiet
int n;
BEGIN
{
	n = 1;
	n ? printf("yes\n") : 1;
	n > 1 ? printf("no\n") : printf("else\n");
	n ? @a = count() : 1;
	n > 1 ? @a = count() : 1;
	1 ? printf("constant\n") : printf("never\n");
	exit(0);
}
