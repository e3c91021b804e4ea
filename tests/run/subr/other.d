/* rows: S8 S40 D_ALLOCA_INCOMPAT
 * memref() pairs an address and a length; rand() varies; scratch memory and other pointers mix in one variable. */
#pragma D option quiet
int i, r[10];
BEGIN
{
	this->m = memref((void *)curthread, 16);
	printf("%d %d\n", this->m[0] == (uintptr_t)curthread, this->m[1]);
	printf("%d %d\n", rand() == rand() && rand() == rand(), sizeof (rand()));
	p = (char *)alloca(8);
	p[0] = 'A';
	q = p;
	p = (char *)&curthread->comm[0];
	p = i ? (char *)alloca(8) : q;
	printf("%s\n", stringof(p));
	p = i ? (char *)alloca(8) : (char *)&curthread->comm[0];
	printf("%d\n", p == (char *)&curthread->comm[0]);
	exit(0);
}
