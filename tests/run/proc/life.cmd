# rows: proc
# Processes from beginning to end: pids, the path, arguments and errors as the program itself knows them, and the
# order of the probes.
cat >life.pl <<'P'
$| = 1;
sub child { my ($name, $do) = @_; my $p = fork; if (!$p) { $do->(); exit 99 } waitpid $p, 0; print "$name $p $?\n" }
child('C1', sub { exec '/bin/echo', '-n', 'two words' });
child('C2', sub { exec '/nonexistent/program'; exit 7 });
child('C3', sub { kill 'KILL', $$; sleep 100 });
P
dtrace -q -o out.d -c "perl life.pl" -n '
proc:::lwp-create /pid == $target/ { printf("lwp-create %d %d %d\n", args[0]->pr_lwpid, args[1]->pr_pid, args[1]->pr_ppid == $target); }
proc:::create /pid == $target/ { printf("create %d %d %s\n", args[0]->pr_pid, args[0]->pr_ppid == $target, execname); }
proc:::start /ppid == $target/ { printf("start %d %s\n", pid, execname); }
proc:::lwp-start /ppid == $target/ { printf("lwp-start %d %d\n", pid, tid == pid); }
proc:::exec /ppid == $target/ { printf("exec %d %s by %s\n", pid, args[0], execname); }
proc:::exec-failure /ppid == $target/ { printf("exec-failure %d %d\n", pid, args[0] == ENOENT); }
proc:::exec-success /ppid == $target/ { printf("exec-success %d %s [%s]\n", pid, execname, curpsinfo->pr_psargs); }
proc:::lwp-exit /ppid == $target/ { printf("lwp-exit %d\n", pid); }
proc:::exit /ppid == $target/ { printf("exit %d %s\n", pid, args[0] == CLD_EXITED ? "EXITED" : args[0] == CLD_KILLED ? "KILLED" : "?"); }
' >known 2>err || cat err
sed -i 's/^two words//' known
cat known | awk '{ print $1, $3 }'
sed "$(awk '{ printf "s/\\<%s\\>/%s/g;", $2, $1 }' known)" out.d | grep .
