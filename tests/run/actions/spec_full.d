/* rows: A35 SPEC.  A full speculation loses what does not fit; the rest of the clause runs. */
#pragma D option quiet
#pragma D option specsize=256
BEGIN { s = speculation(); }
BEGIN, BEGIN { speculate(s); tracemem(curthread, 160); x++; }
BEGIN { speculate(s); tracemem(curthread, 160); x++; }
BEGIN { speculate(s); tracemem(curthread, 160); x++; }
BEGIN { discard(s); s = speculation(); }
BEGIN { speculate(s); printf("room again\n"); }
BEGIN { commit(s); }
BEGIN { printf("%d\n", x); exit(0); }
