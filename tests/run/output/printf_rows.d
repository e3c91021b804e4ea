/* covers: output 1.4.1-1.4.8 1.4.10 1.4.12-1.4.17 */
/* rows: A5 P1 P2 P3 P5 P7 P8 P10-P12 P14-P21 P24-P28 P40 P44 */
#pragma D option quiet
enum e { A, B };
BEGIN
{
	printf("1[%-05d][%+5d][% d][%#x][%#o][%05d][%'d]\n", 42, 42, 42, 255, 8, -42, 1234567);
	printf("2[%*d][%-*d][%.*s][%*.*s]\n", -6, 42, 6, 42, 2, "abcdef", 8, 3, "abcdef");
	printf("3[%.0s][%.3d][%.0d]\n", "abc", 5, 0);
	printf("4[%hd][%hu][%hx][%ld][%lu][%lx][%lld][%llu][%llx]\n", (short)-1, (unsigned short)65535, (short)-1, (long)-1, (unsigned long)1, (long)-1, (long long)-1, (unsigned long long)1, -1LL);
	printf("5[%d][%i][%u][%x][%X][%o]\n", (unsigned)4294967295, (unsigned)4294967295, -1, (char)-1, (char)-1, (char)-1);
	printf("6[%d][%i][%d][%i]\n", (unsigned char)200, (unsigned char)200, (uint64_t)-1, (uint64_t)-1);
	printf("7[%c][%C][%C][%C][%S][%s]\n", 65, 'x', '\n', 1, "a\tb\001\"", "x");
	printf("8[%p][%#p][%p][%?x][%0?p]\n", 255, 255, (void *)0xabc, 255, 255);
	printf("9[%Y][%T]\n", 1700000000000000000, 1700000000000000000);
	printf("10[%Y]\n", (uint64_t)1699171200000000000);
	printf("11[%P]\n", (uint16_t)65432);
	printf("12[%I]\n", "no address");
	printf("13[%d][%s]\n", (enum e)1, "é");
	printf("14[%5c][%-5c|][%5s][%-5s|]\n", 'a', 'b', "c", "d");
	printf("15[%ld][%lld]\n", (int64_t)5, (int64_t)6);
	printf("16[%lc][%wc]\n", 65, 66);
	printf("17[%A][%a]\n", 0, 0);
	printf("18%%[%-20a|][%20a]\n", 1, 2);
	printf("19[%x][%x]\n", pid == 0, (short)-1);
	printf("20[%10T|]\n", (uint64_t)0);
	exit(0);
}
