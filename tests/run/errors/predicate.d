/* A fault in a predicate. */
#pragma D option quiet
int zero;
BEGIN /1 / zero > 0/ { printf("lost\n"); }
BEGIN { printf("on\n"); exit(0); }
