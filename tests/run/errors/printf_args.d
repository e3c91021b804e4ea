#pragma D option errtags
BEGIN { printf("%d %d\n", 1); }
/* covers: output 1.4.18 */
