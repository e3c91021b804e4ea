# rows: W12 W20
# An element that the predicate has read is not looked up again, until something is stored; what is read is what is there.
dtrace -q -n '
BEGIN { x[1] = 5; y[1, 2] = 7; self->s[pid] = 4; w[pid, tid] = 1; }
BEGIN /x[1]/ { printf("%d", x[1]); x[1] = 6; printf(" %d", x[1]); x[1]++; printf(" %d", x[1]); x[1] = 0; printf(" %d\n", x[1]); }
BEGIN /x[1] == 0 && y[1, 2]/ { printf("%d %d", y[1, 2], y[2, 1]); y[2, 1] = 3; printf(" %d %d\n", y[1, 2], y[2, 1]); }
BEGIN /y[1, 2] && self->s[pid]/ { printf("%d %d", y[1, 2], self->s[pid]); self->s[pid] += 2; printf(" %d\n", self->s[pid]); }
BEGIN /z[1] || y[1, 2]/ { z[1] = 2; printf("%d %d\n", z[1], y[1, 2]); }
BEGIN /y[1, 2]/ { if (y[1, 2] == 7) { y[1, 2] = 8; } else { z[1] = 9; } printf("%d %d\n", y[1, 2], z[1]); }
BEGIN /w[pid, tid]/ { n = w[pid, tid] + (w[pid, tid] = 10) + w[pid, tid]; printf("%d %d\n", n, w[pid, tid]); }
BEGIN /w[pid, tid] && !x[1]/ { x[1] = w[pid, tid]; printf("%d\n", x[1]); exit(0); }'
lookups() {
	dtrace -qS -en "syscall::read:entry { ts[1] = 1; } syscall::read:entry $1" 2>&1 | grep -c 'call bpf_map_lookup_elem'
}
a=$(lookups '/ts[arg0]/ { trace(1); }')
echo $(($(lookups '/ts[arg0]/ { trace(ts[arg0]); }') - a)) $(($(lookups '/arg0 && ts[arg0]/ { trace(ts[arg0]); trace(ts[arg0]); }') - a)) \
	$(($(lookups '/ts[arg0] || arg1/ { trace(ts[arg0]); }') - a)) $(($(lookups '/ts[arg0]/ { trace(ts[arg1]); }') - a)) \
	$(($(lookups '/ts[arg0]/ { x = 1; trace(ts[arg0]); }') - a)) $(($(lookups '/ts[timestamp]/ { trace(ts[timestamp]); }') - a))
