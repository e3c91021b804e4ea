/* rows: A7 S8.  At most as many bytes as there is room for, and as the pair says; a bad address is a fault. */
#pragma D option quiet
BEGIN
{
	this->p = (char *)alloca(32);
	bcopy("the bytes of memory", this->p, 20);
	printm(32, memref(this->p, 20));
	printm(4, memref(this->p, 20));
	printm(4, memref(this->p, 0));
	this->m = memref((void *)"abc", 3);
	printm(16, this->m);
}

BEGIN
{
	printm(16, memref((void *)16, 4));
}

BEGIN
{
	printm(16, (uintptr_t *)24);
}

BEGIN
{
	exit(0);
}

ERROR
{
	printf("%d %x\n", arg4, arg5);
}
