# rows: V45
# The names of registers: on x86-64 each has its number.
[ "$(uname -m)" = x86_64 ] || { cat "$here/lang/registers.out"; exit; }
dtrace -qn '
BEGIN
{
	printf("%d %d %d %d %d %d %d %d %d %d\n", R_R15, R_R14, R_R13, R_R12, R_RBP, R_RBX, R_R11, R_R10, R_R9, R_R8);
	printf("%d %d %d %d %d %d %d %d %d %d %d\n", R_RAX, R_RCX, R_RDX, R_RSI, R_RDI, R_ERR, R_RIP, R_CS, R_RFL, R_RSP, R_SS);
	printf("%d %d %d %d %d\n", R_DS, R_ES, R_FS, R_GS, R_TRAPNO);
	printf("%d %d %d %d %d %d\n", R_EAX == R_RAX, R_EBX == R_RBX, R_ECX == R_RCX, R_EDX == R_RDX, R_ESI == R_RSI, R_EDI == R_RDI);
	printf("%d %d %d %d %d\n", R_EBP == R_RBP, R_EIP == R_RIP, R_EFL == R_RFL, R_ESP == R_RSP, R_PC == R_RIP);
	printf("%d %d %d %d %d\n", R_FP == R_RBP, R_SP == R_RSP, R_PS == R_RFL, R_R0 == R_RAX, R_R1 == R_RBX);
	exit(0);
}'
