/* Clauses run in program order; a predicate decides for its clause alone. */
#pragma D option quiet
int n;
BEGIN { n = 1; printf("a"); }
BEGIN /n == 1/ { printf("b"); n = 2; }
BEGIN /n == 1/ { printf("X"); }
BEGIN /n == 2/ { printf("c\n"); exit(3); }
BEGIN { printf("not after exit\n"); }
END { printf("end %d\n", n); }
