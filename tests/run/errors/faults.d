/* rows: V44 W20 G59 E22 E30 A28 G6 G45
 * Faults in predicates, keys, aggregations, ERROR clauses; arg1..arg5; exit() among them. */
#pragma D option quiet
int y; int arr[4];
ERROR { printf("ERR %d %d %d %d %x | %s %s\n", arg1, arg2, arg3, arg4, arg5, probeprov, probename); }
BEGIN /1/ { trace("before"); trace(*(int *)0); trace("after"); }
BEGIN /y++ == *(int *)0x10/ { trace("never"); }
BEGIN { @[*(int*)0x20] = count(); }
BEGIN { x = 1; x = x / (y - 1); x = 2; }
BEGIN { printf("x %d y %d\n", x, y); }
BEGIN { this->a = 3; printf("%d", *(int*)8); }
ERROR { printf("%d", *(int*)16); }
ERROR { printf("again\n"); }
BEGIN { strlen(0); }
BEGIN { copyinstr(0x10); }
BEGIN { @q = quantize(4); @q = quantize(*(int *)1); @q = quantize(8); }
BEGIN { arr[2] = 1; this->i = 7; arr[this->i] = 2; }
BEGIN { printf("%s\n", lltostr(1, 99)); }
BEGIN { exit(3); printf("after exit\n"); }
BEGIN { printf("not here\n"); }
END { printf("end\n"); }
