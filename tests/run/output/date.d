/* %Y: local time; the tests run in UTC. */
#pragma D option quiet
BEGIN { printf("%Y\n", 1700000000LL * 1000000000); printf("%Y\n", 0LL); exit(0); }
