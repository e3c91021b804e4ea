# rows: F58 F60
# covers: output 1 1.1 1.1.1-1.1.4 1.4
# Which clauses make a line, and what of it: those that record, even if nothing of it is text; never those that only compute,
# count, commit or act on the kernel.  Long names push the columns.
cat >lines.d <<'D'
#pragma D option destructive
BEGIN { printf("%s", "exit, clear, trunc and the like leave a bare line:"); @a = count(); @b = sum(4); s = speculation(); n = speculation(); }
BEGIN { clear(@a); }
BEGIN { trunc(@a); }
BEGIN { normalize(@b, 2); }
BEGIN { denormalize(@b); }
BEGIN { setopt("aggsortkey", "no"); }
BEGIN { }
BEGIN { system("echo of the command"); }
BEGIN { freopen("/dev/null"); trace("lost"); }
BEGIN { freopen(""); }
BEGIN { trace("these leave none:"); }
BEGIN { x = 1; }
BEGIN { strlen("abc"); }
BEGIN { @a = count(); }
BEGIN { self->s = n; }
BEGIN { chill(1); }
BEGIN /0/ { trace("never"); }
BEGIN { speculate(s); }
BEGIN { speculate(s); trace("committed"); }
BEGIN { speculate(n); trace("discarded"); }
BEGIN { commit(s); }
BEGIN { discard(n); }
BEGIN { trace(1); printf(" formats bring no newline "); trace(2); }
tick-000000000000000000000000000010ms /!done++/ { trace("pushed"); exit(0); }
D
for q in -x -qx -Fx -Fqx; do
	echo "== $q"
	timeout 20 dtrace $q cpu=0 -x nspec=2 -s lines.d 2>/dev/null | sed 's/^  0 [0-9]*[1-9][0-9]\{5\} /  0 NNNNNN /'
done
# A printf() without -q: its own newline and the record's.
timeout 20 dtrace -x cpu=0 -n 'BEGIN { printf("%d\n", 1); } BEGIN { printf("%d\n", 2); exit(0); }' 2>/dev/null
# No record, no heading.
timeout 20 dtrace -n 'BEGIN { x = 1; @ = count(); } syscall::getppid:entry /pid == $target/ { }' -c true 2>/dev/null
