# rows: A30 A31 A32 A33.  The classic: keep what a call did only if it failed.
cat >t.pl <<'P'
for (1..50) { getppid(); open(F, "<", $_ % 10 ? "/dev/null" : "/no/such/file"); }
P
dtrace -qn '
syscall::openat:entry /pid == $target/ { self->s = speculation(); self->name = arg1; }
syscall::openat:entry /self->s/ { speculate(self->s); printf("flags %d ", arg2 != -1); }
syscall::openat:return /self->s/ { speculate(self->s); printf("%s errno %d\n", copyinstr(self->name), errno); }
syscall::openat:return /self->s && errno == 0/ { discard(self->s); self->s = 0; }
syscall::openat:return /self->s/ { commit(self->s); self->s = 0; }' -c 'perl t.pl' | grep -c '^flags 1 /no/such/file errno 2$'
