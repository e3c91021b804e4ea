/* rows: A44.  chill() takes its time, and no more than half a second of each. */
#pragma D option quiet
#pragma D option destructive
BEGIN { t = timestamp; }
BEGIN { chill(50000000); }
BEGIN { u = timestamp; printf("%d\n", u - t >= 50000000 && u - t < 2000000000); }
BEGIN { chill(600000000); }
BEGIN { chill(-1); }
BEGIN { exit(0); }
