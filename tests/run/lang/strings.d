/* String functions (language.md 5.2). */
#pragma D option quiet
BEGIN
{
	s = "hello, world";
	printf("%d|%s|%s|%s\n", strlen(s), substr(s, 7), substr(s, 0, 5), substr(s, 3, 4));
	printf("%s|%s|%s\n", strjoin("foo", "bar"), basename("/usr/lib/libc.so"), dirname("/usr/lib/libc.so"));
	printf("%s|%s|%s\n", strstr(s, "wor"), strchr(s, 'o'), strrchr(s, 'o'));
	printf("%d %d %d\n", index(s, "l"), rindex(s, "l"), index(s, "zz"));
	printf("%s|%s\n", lltostr(-1234), lltostr(255));
	exit(0);
}
