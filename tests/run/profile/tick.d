/* tick-n fires once an interval, whatever the CPUs do. */
#pragma D option quiet
int n;
tick-100ms { n++; }
tick-1050ms { printf("%s\n", n >= 9 && n <= 11 ? "about ten" : lltostr(n)); exit(0); }
