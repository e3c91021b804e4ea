/* rows: A28
 * The first exit() counts, and its clause goes on to its end. */
#pragma D option quiet
BEGIN { printf("one\n"); exit(3); printf("two\n"); exit(4); printf("three\n"); }
BEGIN { printf("not reached\n"); }
