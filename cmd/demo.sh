#!/bin/bash
# demo.sh - dtrace at work on the live system, in under a minute, with load of its own making.
set -u
cd "$(dirname "$0")/.." || exit 1
PATH=$(cd "${BUILD:-build}" && pwd):$PATH

if [ "$(id -u)" != 0 ]; then
	echo "demo: tracing needs root: sudo make demo" >&2
	exit 1
fi
if [ ! -r /sys/kernel/btf/vmlinux ]; then
	echo "demo: this kernel ($(uname -r)) has no BTF (/sys/kernel/btf/vmlinux), which dtrace needs;" \
		"Debian's own kernels from 11 on have it" >&2
	exit 1
fi

failed=0
# show TEXT ARGUMENTS...: say what comes, run dtrace, cut what is too long for a screen.
show() {
	local a line='# dtrace'
	echo
	echo "==== $1"
	shift
	for a; do
		case $a in
		*[!-a-z0-9]*) line="$line '$a'" ;;
		*) line="$line $a" ;;
		esac
	done
	echo "$line"
	dtrace "$@" 2>&1 | head -n "${lines:-40}"
	[ "${PIPESTATUS[0]}" = 0 ] || [ -n "${cut:-}" ] || failed=1
}

# Something to look at.
load() {
	while :; do
		find /usr/share/doc -type f -size -20k 2>/dev/null | head -n 300 | xargs cat >/dev/null 2>&1
		ls -lR /etc >/dev/null 2>&1
		sleep 0.05
	done
}
load &
loadpid=$!
trap 'kill $loadpid 2>/dev/null; wait $loadpid 2>/dev/null' EXIT

echo "dbridge: DTrace on Linux $(uname -r)"

show "Which programs make how many system calls? Three seconds, the first ten." \
	-n 'syscall:::entry { @[execname] = count(); } tick-3s { exit(0); } END { trunc(@, 10); }'

# (tar does not read anything for /dev/null.)
show "How much does tar read at a time? Traced from its first instruction to its end." \
	-n 'syscall::read:return /pid == $target && arg0 > 0/ { @[execname] = quantize(arg0); }' \
	-c 'tar cPf /dev/zero /usr/include'

lines=12 cut=1 show "Files being opened, as it happens (the first ten or so)." \
	-qn 'syscall::openat:entry { printf("%-6d %-16s %s\n", pid, execname, copyinstr(arg1)); } tick-2s { exit(0); }'

show "How long does a read take, in nanoseconds, from entry to return?" \
	-n 'syscall::read:entry { self->ts = timestamp; }
	    syscall::read:return /self->ts/ { @[execname] = quantize(timestamp - self->ts); self->ts = 0; }
	    END { trunc(@, 2); } tick-3s { exit(0); }'

show "Where is the kernel busy? Stacks sampled 199 times a second; the three most frequent." \
	-n 'profile-199 /arg0 && pid/ { @[stack(8)] = count(); } END { trunc(@, 3); } tick-3s { exit(0); }'

show "Who starts which programs? Typed access to kernel structures." \
	-qn 'syscall::execve:return { @[curthread->real_parent->comm, execname] = count(); } tick-2s { exit(0); }
	     END { printf("%-20s %-20s %s\n", "PARENT", "PROGRAM", "COUNT"); trunc(@, 8); printa("%-20s %-20s %@d\n", @); }'

echo
if [ $failed = 0 ]; then
	echo "demo: done. More in README.md and docs/dtrace.8; 'dtrace -l' lists the probes."
else
	echo "demo: something above did not work" >&2
fi
exit $failed
