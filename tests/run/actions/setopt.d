/* rows: A24.  What cannot be set is reported, and tracing goes on. */
#pragma D option quiet
BEGIN { setopt("nosuch"); setopt("bufsize", "1m"); setopt("aggrate", "x"); setopt("aggsortrev"); }
BEGIN { @[1] = sum(1); @[2] = sum(2); exit(0); }
