# The path of exec is a string like any other, though it is in the program's memory: compared, a key, measured, joined.
cat >exec.pl <<'P'
for my $f ('/bin/true', '/bin/echo') { my $p = fork; exec $f, '-n' if !$p; waitpid $p, 0 }
P
dtrace -q -c "perl exec.pl" -n '
proc:::exec /ppid == $target && args[0] == "/bin/true"/ { printf("%s %d %s %s\n", args[0], strlen(args[0]), basename(args[0]), strjoin("is ", stringof(args[0]))); }
proc:::exec /ppid == $target/ { @[args[0]] = count(); self->path = args[0]; }
proc:::exec-success /self->path != NULL/ { printf("from %s\n", self->path); self->path = NULL; }
END { printa("%s %@d\n", @); }' | grep .
