# rows: V40
# profile-n samples what runs: a busy process is seen.
perl -e 'my $t = time + 30; 1 while time < $t' &
dtrace -q -n 'profile-97 /pid == $target/ { n++; } tick-2s { exit(n > 20 ? 0 : 1); }' -p $!
status=$?
kill $!
exit $status
