/* rows: A30 SPECUNAVAIL.  All in use: 0, and a counted failure. */
#pragma D option quiet
BEGIN { a = speculation(); b = speculation(); c = speculation(); printf("%d %d %d\n", a, b, c); exit(0); }
