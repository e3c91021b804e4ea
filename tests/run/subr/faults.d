/* rows: S1 S2 S5 S29 S44 S45 E30 W15 */
#pragma D option quiet
int arr[4];
struct { int n; char in[5]; } so;
string str;
int i;
this char buf[8];
ERROR { printf("fault %d %s%x\n", arg4, arg5 > 0x7fffffff || arg5 < 0 ? "addr" : "", arg5 > 0x7fffffff || arg5 < 0 ? 0 : arg5); }
BEGIN { i = 4; arr[i] = 1; }
BEGIN { i = -1; trace(arr[i]); }
BEGIN { i = 5; so.in[i] = 1; }
BEGIN { i = 256; str[i] = 1; }
BEGIN { i = 8; this->buf[i] = 1; }
BEGIN { this->bad = (char *)16; *this->bad = 1; }
BEGIN { this->p = (char *)alloca(8); this->p[15] = 1; this->p[16] = 1; }
BEGIN { this->p[0] = 1; }
BEGIN { k = (int *)&curthread->pid; *k = 1; }
BEGIN { this->q = alloca(8); *(char *)((uintptr_t)this->q - 1) = 1; }
BEGIN { bcopy("abc" + 0 == NULL ? (void *)1 : (void *)2, alloca(8), 4); }
BEGIN { bcopy(alloca(8), &curthread->pid, 4); }
BEGIN { i = 100000; bcopy(alloca(8), alloca(8), i); }
BEGIN { i = 17; copyinto(0x1000, i, alloca(8)); }
BEGIN { i = 40000; alloca(i); }
BEGIN { i = 20000; alloca(i); alloca(i); }
BEGIN { i = 1; trace(strtoll("1", i)); }
BEGIN { trace(inet_ntop(77, alloca(8))); }
BEGIN { trace(link_ntop(77, alloca(8))); }
BEGIN { trace(json((string)7, "a")); }
BEGIN { printf("%d %d\n", curthread->pid == tid, arr[3]); exit(0); }
