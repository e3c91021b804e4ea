/* printf: flags, widths, precisions, lengths. */
#pragma D option quiet
BEGIN
{
	printf("[%5d] [%-5d] [%05d] [%+d] [% d]\n", 42, 42, 42, 42, 42);
	printf("[%x] [%X] [%#x] [%o] [%#o] [%u]\n", 255, 255, 255, 8, 8, -1);
	printf("[%s] [%10s] [%-10s] [%.2s] [%10.3s]\n", "abcdef", "abc", "abc", "abcdef", "abcdef");
	printf("[%c] [%c] [%%] [%5c]\n", 'x', 65, 'y');
	printf("[%lld] [%llx] [%ld] [%hd]\n", 123456789012LL, 0xfffffffffULL, (long)-1, (short)-2);
	printf("[%*d] [%-*d] [%.*s]\n", 6, 42, 6, 42, 3, "abcdef");
	printf("[%p] [%d] [%i]\n", (void *)0xdeadbeef, -7, -8);
	exit(0);
}
