# Every argument of every tracepoint of these groups can be read, raw and typed: pointers to functions (work, timers) and to
# const void (kmem, neigh, xdp), unions (timer_migration, from Linux 6.9 on), which the verifier of some kernel lets nobody
# load, among them.
dtrace -Zlvn 'sdt:workqueue::, sdt:timer::, sdt:signal::, sdt:irq::, sdt:kmem::, sdt:neigh::, sdt:xdp::, sdt:timer_migration::' 2>/dev/null | awk '
	$2 == "sdt" { if (n++) print "}"; printf "sdt:%s::%s {\n", $3, $4; names++ }
	/args\[/ { split($1, a, /[][]/); printf " x = arg%d * 3; x = (uint64_t)args[%d];\n", a[2], a[2]; args++ }
	END { print "}\nBEGIN { exit(0); }"; if (names < 30 || args < 60) print "too few" }' >every.d
sed -i '1i uint64_t x;' every.d
dtrace -qs every.d >none && echo enabled
# The kernel's work is done by functions it has names for.
dtrace -qn 'sdt:workqueue::workqueue_execute_end /arg1/ { printf("%a\n", arg1); exit(0); } tick-100ms { system("sync"); }' -w |
	grep . | sed 's/`.*/`function/; s/^[a-z_0-9]*`/module`/' | head -n 1
