/* Integer and character constants. */
#pragma D option quiet
BEGIN
{
	printf("%d %d %d %d\n", 0x1F, 017, 42, 0);
	printf("%d %d %d %x\n", 'a', '\n', '\0', 'ab');
	printf("%u\n", 18446744073709551615ULL);
	printf("%d\n", -9223372036854775807);
	exit(0);
}
