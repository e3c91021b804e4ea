/* rows: S22 S23 S24 S26 S31 S32
 * substr, index, rindex, strrchr, lltostr, basename and dirname at their edges. */
#pragma D option quiet
int i;
string s;
BEGIN
{
	s = "hello world";
	printf("[%s] [%s] [%s] [%s]\n", substr(s, 6), substr(s, 0, 5), substr(s, -5), substr(s, -5, 3));
	printf("[%s] [%s] [%s] [%s]\n", substr(s, 2, -2), substr(s, -20, 12), substr(s, -20), substr(s, 11));
	printf("[%s] [%s] [%s] [%s]\n", substr(s, 12), substr(s, 3, 0), substr(s, 5, -20), substr("", 0));
	i = -3;
	printf("[%s] [%s]\n", substr(s, i), substr(s, i, i + 5));
	printf("%d %d %d %d\n", index(s, "o"), index(s, "o", 5), index(s, "xyz"), index(s, "hello world!"));
	printf("%d %d %d %d %d\n", index(s, "h", -5), index(s, "o", 99), index(s, "", 99), index(s, "", 4), index("", ""));
	printf("%d %d %d %d\n", rindex(s, "o"), rindex(s, "o", 6), rindex(s, "o", 7), rindex(s, "xyz"));
	printf("%d %d %d %d %d\n", rindex(s, "h", -1), rindex(s, "", -1), rindex(s, "o", 99), rindex(s, ""), rindex(s, "", 4));
	printf("[%s] [%s] %d\n", strrchr(s, 'o'), strrchr(s, 'h'), strrchr(s, 'z') == NULL);
	printf("%s %s %s %s\n", lltostr(-9223372036854775807 - 1), lltostr(255, 16), lltostr(8, 8), lltostr(-1, 16));
	printf("%s %s %s %s\n", lltostr(255, 2), lltostr(35, 36), lltostr(-5, 10), lltostr(0, 16));
	printf("[%s] [%s] [%s] [%s]\n", basename("/usr/lib"), basename("/usr/"), basename("usr"), basename("/"));
	printf("[%s] [%s] [%s] [%s]\n", basename(""), basename("///"), basename("a//"), basename("/a/b///"));
	printf("[%s] [%s] [%s] [%s]\n", dirname("/usr/lib"), dirname("/usr/"), dirname("usr"), dirname("/"));
	printf("[%s] [%s] [%s] [%s]\n", dirname(""), dirname("///"), dirname("a//b//"), dirname("/a/b///"));
}
BEGIN { i = 37; trace(lltostr(1, i)); }
BEGIN { i = 1; trace(lltostr(1, i)); }
BEGIN { exit(0); }
ERROR { printf("fault %d\n", arg4); }
