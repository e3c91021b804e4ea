/* rows: S9 S28 S29 S30 S33 S34 */
#pragma D option quiet
BEGIN
{
	printf("[%s] [%s]\n", tolower("MiXed 123 \xc4z{@["), toupper("MiXed 123 `az{"));
	printf("%d %d %d %d\n", strtoll(" \t-42x"), strtoll("0x1f", 16), strtoll("zz", 36), strtoll("none"));
	printf("[%s] [%s]\n", cleanpath("/a/./b//../c/"), cleanpath("/../x/y/.."));
	this->doc = "{ \"a\": [ 1, { \"b\": \"text\" } ], \"n\": null }";
	printf("[%s] [%s] [%s] [%s]\n", json(this->doc, "a[1].b"), json(this->doc, "a[0]"),
	    json(this->doc, "n"), json(this->doc, "a[1]"));
	printf("%d %d\n", json(this->doc, "zz") == NULL, json(this->doc, "n") == NULL);
	printf("[%s]\n", memstr(&curthread->comm[0], ' ', 2) == substr(stringof(curthread->comm), 0, 2) ? "same" : "differs");
	/* No string yet. */
	printf("%d\n", strtok(NULL, ",") == NULL);
	printf("[%s]\n", strtok("one,two;three,,four", ","));
}
BEGIN
{
	/* The clauses of a firing share what is left. */
	printf("[%s]\n", strtok(NULL, ";"));
	printf("[%s]\n", strtok(NULL, ","));
	this->four = strtok(NULL, ",");
	printf("[%s] %d\n", this->four, strtok(NULL, ",") == NULL);
	exit(0);
}
END
{
	/* Another firing has none. */
	printf("%d\n", strtok(NULL, ",") == NULL);
}
