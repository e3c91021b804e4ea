/* An action as an arm of a conditional statement: only the chosen one records. */
#pragma D option quiet
int n;
BEGIN
{
	n = 1;
	n ? printf("yes\n") : 1;
	n > 1 ? printf("no\n") : 1;
	n > 1 ? printf("no\n") : printf("else\n");
	exit(0);
}
