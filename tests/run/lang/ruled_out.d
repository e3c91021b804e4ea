/* An arm that a constant rules out need not go with the aggregations of the program: neither its keys nor its function. */
#pragma D option quiet
inline int BYNAME = 0;
inline int COUNTED = 1;

BEGIN
{
	COUNTED && BYNAME ? @a["by", "name"] = count() : 1;
	COUNTED && !BYNAME ? @a["one key"] = count() : 1;
	if (BYNAME)
		@a[1, 2, 3] = lquantize(1, 0, 10);
	else
		@a["else"] = count();
	if (COUNTED) {
		@q[1] = lquantize(1, 0, 10, 1);
	} else {
		@q[1] = lquantize(1, 0, 20, 1);
		@q[1] = sum(4);
	}
}

/* Nothing left to do is not an empty body: no record. */
BEGIN
{
	if (BYNAME) {
		printf("never");
	}
}

END
{
	BYNAME ? printa("%s %s %@d\n", @a) : 1;
	BYNAME ? 1 : printa("%s %@d\n", @a);
}


/* The order at the end is that of the text, whatever runs. */
BEGIN
{
	if (BYNAME) {
		@third = sum(3);
		@fourth = sum(44);
	}
	@fourth = sum(4);
	@third = sum(3);
}

BEGIN
{
	exit(0);
}
