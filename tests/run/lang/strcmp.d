/* Strings compare by their bytes. */
#pragma D option quiet
BEGIN
{
	a = "abc";
	b = "abd";
	printf("%d%d%d%d%d%d\n", a < b, a <= b, a > b, a >= b, a == b, a != b);
	b = "abc";
	printf("%d%d %d%d\n", a == b, a != b, a == "abc", "" == "");
	printf("%s\n", a == "abc" ? "same" : "other");
	exit(0);
}
