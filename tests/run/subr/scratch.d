/* rows: S1 S2 S3 S5 E22 */
#pragma D option quiet
BEGIN
{
	p = (char *)alloca(10);
	printf("[%s]\n", stringof(p));
	p[0] = 'h';
	p[1] = 'i';
	*(p + 2) = '!';
	printf("[%s] %d\n", stringof(p), ((uintptr_t)p & 7));
	((short *)p)[1] = 0x4241;
	printf("[%s]\n", stringof(p));
	bcopy(p, p + 4, 4);
	printf("[%s]\n", stringof(p));
	*p ^= 0x20;
	p[1]++;
	printf("[%s] %d %d\n", stringof(p), p[0]++, --p[1]);
	this->n = 3;
	p[this->n] = 0;
	printf("[%s]\n", stringof(p));
	q = (int *)alloca(this->n * sizeof (int));
	q[0] = 1; q[1] = -2; q[this->n - 1] = 3;
	q[this->n - 2] *= 5;
	printf("%d %d %d\n", q[0], q[1], q[2]);
	printf("%d\n", (uintptr_t)q - (uintptr_t)p);
	alloca(0);
	exit(0);
}
