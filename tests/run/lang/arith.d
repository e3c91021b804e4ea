/* Integer arithmetic: C's precedence, truncation and remainder. */
#pragma D option quiet
BEGIN
{
	this->a = 17;
	this->b = 5;
	printf("%d %d %d %d %d\n", this->a + this->b, this->a - this->b, this->a * this->b, this->a / this->b,
	    this->a % this->b);
	this->a = -17;
	printf("%d %d %d\n", this->a / this->b, this->a % this->b, this->a * this->b);
	printf("%d %d %d %d\n", 2 + 3 * 4, (2 + 3) * 4, 20 / 4 / 5, 2 - 3 - 4);
	printf("%x %x %x %x\n", 0xf0 & 0x3c, 0xf0 | 0x0f, 0xff ^ 0x0f, ~0);
	printf("%d %d %d\n", 1 << 10, 1024 >> 3, -16 >> 2);
	exit(0);
}
