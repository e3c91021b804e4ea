/* Assignment operators, increments and the comma. */
#pragma D option quiet
int n;
BEGIN
{
	n = 5;
	n += 3;
	printf("%d ", n);
	n -= 1;
	n *= 6;
	printf("%d ", n);
	n /= 4;
	n %= 7;
	printf("%d ", n);
	n <<= 4;
	n |= 1;
	n ^= 0x10;
	n &= 0xff;
	printf("%d ", n);
	n >>= 1;
	printf("%d\n", n);
	printf("%d %d ", n++, n);
	printf("%d %d\n", --n, n--);
	x = (n = 2, n + 1);
	printf("%d %d\n", x, n);
	exit(0);
}
