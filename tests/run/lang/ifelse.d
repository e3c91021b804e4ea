/* if and else. */
#pragma D option quiet
int i;
BEGIN
{
	i = 2;
	if (i == 1) {
		printf("one\n");
	} else if (i == 2) {
		printf("two\n");
		if (i > 5)
			printf("big\n");
		else
			printf("small\n");
	} else
		printf("many\n");
	exit(0);
}
