/* rows: A31 ILLOP.  An id above nspec is an illegal operation. */
#pragma D option quiet
BEGIN { speculate(2); }
BEGIN { commit(-1); }
BEGIN { discard(1000); }
ERROR { printf("fault %d\n", arg4); n++; }
BEGIN /n == 3/ { exit(0); }
