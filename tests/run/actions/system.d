/* rows: A25 A24.  system() formats and runs a command, in order with our own output; setopt(). */
BEGIN { setopt("quiet"); }
BEGIN { printf("before\n"); system("echo %s %d; exit 3", "hello", 7); printf("after\n"); }
BEGIN { system("echo one"); system("echo two"); exit(0); }
