/* A fault ends its clause, drops its record and fires ERROR; tracing goes on. */
#pragma D option quiet
int zero;
BEGIN { printf("lost\n"); printf("%d\n", 1 / zero); }
BEGIN { printf("next clause\n"); exit(0); }
ERROR { printf("fault %d\n", arg4); }
