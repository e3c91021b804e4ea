#!/bin/bash
# storm.sh - every provider's probes enabled together, while everything they watch goes on (`make storm`).
#
# Twice half the time: one dtrace ended by ^C, another by kill -9.  What must hold: all loads, the traced process and tracing
# go on all the time; what dtrace got and what it says was dropped are together exactly what fired; ^C ends it with status 0
# and END's output; after either nothing of it is left in the kernel, and the kernel complained of nothing.
# Loads give way to tracing (nice 10), which else takes minutes to begin on few CPUs.
# Ends with a line "storm: ok: ..." or "storm: failed: ..." and what failed before it.
#
# Environment: BUILD; STORM, the time in seconds (600); PATIENCE, how long at most enabling, ending and one round of a load may
# take (300 s; emulated kernels need more); KEEP=1 keeps the files, and says where.  Root.  On a test kernel:
#   make storm-tools; STORM=600 PATIENCE=600 tests/vm/run 6.12 -- bash tests/storm.sh
set -um # with job control each job is a group of its own
cd "$(dirname "$0")/.." || exit 1
export LC_ALL=C
: "${BUILD:=build}" "${STORM:=600}" "${PATIENCE:=300}"
BUILD=$(cd "$BUILD" && pwd) || exit 1
dtrace=$BUILD/dtrace load=$BUILD/storm/load left=$BUILD/storm/left
work=$(mktemp -d)
device= image= victim= loads= tracer=
failed=0

fail() {
	echo "storm: $*"
	failed=$((failed + 1))
}

now() { date +%s; }

cleanup() {
	for pid in $tracer $loads $victim; do
		kill -9 -- "-$pid" 2>/dev/null
	done
	wait 2>/dev/null
	[ -z "$device" ] || losetup -d "$device"
	[ "${KEEP:-}" = 1 ] && echo "storm: files in $work" || rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

# ------------------------------------------------------------------ what is enabled

# "NAME PROBES" a line: for every provider that has probes here, which of them.
probes() {
	"$dtrace" -l 2>/dev/null | awk 'NR > 1 && !seen[$2]++ { print $2 }' | while read -r p; do
		case $p in
		dtrace) ;;
		profile)
			echo "profile profile-997,tick-1ms"
			;;
		cpc)
			echo "cpc $("$dtrace" -lP cpc | awk '/cpu_clock|task_clock/ { sub(/-[0-9]+$/, "-10000000", $NF); print "cpc:::" $NF }
				/page_faults|context_switches|cpu_migrations/ { sub(/-[0-9]+$/, "-100", $NF); print "cpc:::" $NF }' | paste -sd,)"
			;;
		fbt)
			echo "fbt fbt:vmlinux:vfs_*:,fbt:vmlinux:tcp_*:entry"
			;;
		*)
			echo "$p $p:::"
			;;
		esac
	done
	echo "pid pid\$target:load:leaf:,pid\$target:load:middle:"
}

# Of each firing a count that nothing can keep from counting, a record, and a count in an aggregation with keys.  Records
# are lines that begin with @ and the provider's name (arguments of processes have lines too); a few need scratch space, or
# fault (then ERROR's take their place).
program() {
	echo '#pragma D option quiet'
	echo 'BEGIN { printf("ready\n"); s = speculation(); }'
	while read -r name probes; do
		echo "$probes { @fired_$name = count(); }"
		case $name in
		syscall | pid | udp) body='printf("@'$name' %s\n", strjoin(execname, probefunc))' ;;
		sched | proc) body='printf("@'$name' %s %d\n", curpsinfo->pr_psargs, curlwpsinfo->pr_pri)' ;;
		io) body='printf("@'$name' %s\n", args[1]->dev_statname)' ;;
		profile) body='printf("@'$name' %x\n", arg0); stack(3)' ;;
		*) body='printf("@'$name' %s %d\n", probename, arg0)' ;;
		esac
		echo "$probes { $body; }"
		echo "$probes { @keyed[probeprov, probefunc, probename, execname] = count(); @fired = count(); }"
	done <"$work/probes"
	cat <<-'D'
		tick-10ms { @fired_fault = count(); }
		tick-10ms { trace(*(int *)0); }
		ERROR { @fired_ERROR = count(); }
		ERROR { printf("@ERROR %d\n", arg4); }
		syscall:::entry { self->t = timestamp; a[tid, probefunc] = timestamp; }
		syscall:::return /self->t/ { @time[probefunc] = quantize(timestamp - self->t); self->t = 0; a[tid, probefunc] = 0; }
		tick-100ms { speculate(s); printf("speculated %d\n", timestamp); }
		tick-200ms { discard(s); s = speculation(); }
	D
	# All functions of the kernel, where one link takes them: counted, each with its name.
	[ ! -r /sys/kernel/tracing/available_filter_functions_addrs ] || ! grep -q '^fbt ' "$work/probes" ||
		echo 'fbt:::entry { @calls = count(); } fbt:::entry { @functions[probefunc] = count(); }'
	echo 'END {'
	while read -r name probes; do
		echo "	printa(\"\\n@= $name %@d\\n\", @fired_$name);"
	done <"$work/probes"
	cat <<-'D'
		printa("\n@= fault %@d\n", @fired_fault);
		printa("\n@= ERROR %@d\n", @fired_ERROR);
		printa("\n@= keyed-fired %@d\n", @fired);
		printa("\n@keyed %s%s%s%s %@d\n", @keyed);
	D
	[ ! -r /sys/kernel/tracing/available_filter_functions_addrs ] || ! grep -q '^fbt ' "$work/probes" ||
		printf '%s\n' '	printa("\n@= keyed-fired %@d\n", @calls);' '	printa("\n@keyed %s %@d\n", @functions);'
	echo '	printf("\nended\n");'
	echo '}'
}

# ------------------------------------------------------------------ what is left

# Things of the kernel by name, a line each.
traces() {
	local t=/sys/kernel/tracing
	cat $t/kprobe_events $t/uprobe_events $t/dynamic_events 2>/dev/null | sed 's/^/event /'
	# Counts of users change; a function that is traced has a line.
	awk '{ print "function", $1 }' $t/enabled_functions 2>/dev/null
	ls $t/instances 2>/dev/null | sed 's/^/instance /'
	find /sys/fs/bpf -mindepth 1 2>/dev/null | sed 's/^/pinned /'
}

# Everything of the tracer that was has to go, soon; of what was there before, any of it may.
nothing_left() {
	local until=$(($(now) + PATIENCE)) more
	"$left" gone "$PATIENCE" <"$work/held" >"$work/left" || fail "$1: still in the kernel: $(paste -sd, "$work/left" | cut -c -200)"
	while traces | sort -u | comm -13 "$work/before" - >"$work/traces" && [ -s "$work/traces" ] && [ "$(now)" -lt $until ]; do
		sleep 0.5
	done
	more=$(wc -l <"$work/traces")
	[ "$more" = 0 ] || fail "$1: $more traces still in the kernel: $(head -n 3 "$work/traces" | paste -sd,)"
	! pgrep -g "$2" >/dev/null || fail "$1: left processes: $(pgrep -ag "$2" | paste -sd,)"
}

# ------------------------------------------------------------------ is everything alive?

alive() {
	local who=$1 names=() before=() after=() i until=$(($(now) + PATIENCE)) still
	mapfile -t names < <("$load" names; echo "the traced process")
	mapfile -t before < <(od -An -v -w8 -t u8 "$work/counters" "$work/victim")
	while :; do
		sleep 1
		still=
		mapfile -t after < <(od -An -v -w8 -t u8 "$work/counters" "$work/victim")
		for i in "${!names[@]}"; do
			[ "${before[i]}" != "${after[i]}" ] || { [ "${names[i]}" = blocks ] && [ -z "$device" ]; } || still="$still ${names[i]}"
		done
		[ -n "$still" ] || break
		kill -0 $loads 2>/dev/null || { fail "$who: the loads have ended: $(head -n 3 "$work/loads")"; return 1; }
		[ "$(now)" -lt $until ] || { fail "$who: no round in $PATIENCE s:$still"; return 1; }
	done
	grep -q '^State:[[:space:]][tTZX]' "/proc/$victim/status" && fail "$who: the traced process is stopped"
	return 0
}

# ------------------------------------------------------------------ one half

# Lines of records by provider, and the counts END printed; to be read while dtrace runs.
count_records() {
	awk '$1 == "@=" { fired[$2] += $3; next }
		$1 == "@keyed" { keyed += $NF; next }
		$0 == "ready" || $0 == "ended" { print $1 >state; close(state); next }
		/^@/ { n[substr($1, 2)]++ }
		END { for (p in fired) print "fired", p, fired[p]; for (p in n) print "got", p, n[p]; print "keyed", "-", keyed + 0 }' \
		state="$work/state" >"$work/counts"
}

half() {
	local signal=$1 seconds=$2 start until status memory enabled ended counter
	rm -f "$work/state" "$work/out"
	mkfifo "$work/out"
	count_records <"$work/out" &
	counter=$!
	start=$(now)
	env --default-signal=INT "$dtrace" -b 1m -p "$victim" -s "$work/storm.d" >"$work/out" 2>"$work/errors" &
	tracer=$!
	until=$((start + PATIENCE))
	while [ ! -s "$work/state" ] && kill -0 $tracer 2>/dev/null && [ "$(now)" -lt $until ]; do sleep 0.2; done
	if [ ! -s "$work/state" ]; then
		fail "$signal: tracing has not begun after $(($(now) - start)) s: $(head -n 5 "$work/errors")"
		kill -9 $tracer 2>/dev/null
		wait $tracer $counter
		tracer=
		return 1
	fi
	enabled=$(($(now) - start))
	until=$(($(now) + seconds))
	while [ "$(now)" -lt $until ] && kill -0 $tracer 2>/dev/null; do
		alive "$signal" || break
	done
	if ! kill -0 $tracer 2>/dev/null; then
		wait $tracer
		status=$?
		wait $counter
		tracer=
		fail "$signal: tracing ended by itself with status $status: $(tail -n 3 "$work/errors")"
		return 1
	fi
	"$left" of $tracer >"$work/held" || fail "$signal: cannot tell what it has in the kernel"
	memory=$(awk '/VmHWM/ { print int($2 / 1024) }' "/proc/$tracer/status")
	start=$(now)
	until=$((start + PATIENCE))
	{ # bash has something to say of a job that was killed
		kill -s "$signal" -- "-$tracer"
		while kill -0 $tracer && [ "$(now)" -lt $until ]; do sleep 0.2; done
		! kill -0 $tracer || { fail "$signal: not ended after $PATIENCE s"; kill -9 $tracer; }
		wait $tracer
		status=$?
	} 2>/dev/null
	wait $counter
	ended=$(($(now) - start))
	nothing_left "$signal" $tracer
	tracer=
	alive "after $signal"
	grep -q '^TracerPid:[[:space:]]*0$' "/proc/$victim/status" || fail "$signal: the traced process is still held"
	echo "storm: $signal: enabled in $enabled s, ended in $ended s, $(grep -c link "$work/held") links, $memory MB"
	if [ "$signal" = INT ]; then
		[ $status = 0 ] || fail "^C ended it with status $status: $(tail -n 3 "$work/errors")"
		[ "$(cat "$work/state")" = ended ] || fail "END's last record is missing"
		account
	fi
}

# What arrived and what was dropped are what fired: of records in all, and of keyed counts.
account() {
	local sums
	sums=$(awk -v lost="$(awk '$1 == "dtrace:" && $2 ~ /^[0-9]+$/ && /drops? on CPU [0-9]+$/ { n[$3 == "aggregation"] += $2 }
			$1 == "dtrace:" && /fired inside their own program/ { n[2] += $2 }
			/^dtrace: error on enabled probe/ { n[3]++ }
			END { print n[0] + 0, n[1] + 0, n[2] + 0, n[3] + 0 }' "$work/errors")" '
		$1 == "fired" && $2 != "keyed-fired" { fired += $3 }
		$1 == "fired" && $2 == "keyed-fired" { counted += $3 }
		$1 == "got" { got += $3 }
		$1 == "keyed" { keyed = $3 }
		END { split(lost, n, " "); print fired + 0, got + n[4], n[1], counted + 0, keyed + 0, n[2], n[3] }' "$work/counts")
	read -r fired got drops counted keyed aggdrops skipped <<<"$sums"
	summary="$fired firings = $got records + $drops drops, $counted counted = $keyed by key + $aggdrops aggregation drops"
	summary="$summary, $skipped skipped by the kernel"
	[ "$fired" = $((got + drops)) ] || fail "$fired firings, but $got records + $drops drops, $((fired - got - drops)) unaccounted for"
	[ "$counted" = $((keyed + aggdrops)) ] ||
		fail "$counted counted, but $keyed by key + $aggdrops aggregation drops"
	awk '$1 == "fired" { print $2, $3 } $1 == "got" { print $2, "got", $3 }' "$work/counts" | sort >"$work/by-provider"
	! grep -v '^dtrace: \([0-9]* \(aggregation \|dynamic variable \|speculative \)\{0,1\}drops\{0,1\}\|[0-9]* failed speculations\{0,1\}\|error on enabled probe\)' \
		"$work/errors" | grep . >"$work/words" || fail "dtrace said: $(head -n 3 "$work/words")"
}

# ------------------------------------------------------------------ all of it

[ "$(id -u)" = 0 ] || { echo "storm: failed: root is needed"; exit 1; }
mount | grep -q ' /sys/kernel/tracing ' || mount -t tracefs nodev /sys/kernel/tracing 2>/dev/null
probes >"$work/probes"
program >"$work/storm.d"
traces | sort -u >"$work/before"
mark="storm: $$ begins"
echo "$mark" >/dev/kmsg || { echo "storm: failed: /dev/kmsg"; exit 1; }

image=$work/image
truncate -s 16M "$image"
modprobe loop 2>/dev/null
device=$(losetup --show -f "$image" 2>/dev/null) || device=
[ -n "$device" ] || echo "storm: no loop device: no load of blocks"
ip link set lo up 2>/dev/null
"$load" victim "$work/victim" &
victim=$!
# shellcheck disable=SC2086
nice -n 10 "$load" "$work/counters" "$work" $device 2>"$work/loads" &
loads=$!
sleep 1
alive "before" || exit 1
echo "storm: $(uname -r), $(awk '{ print $1 }' "$work/probes" | paste -sd' '), $STORM s"

half INT $((STORM / 2))
half KILL $((STORM / 2))

[ ! -s "$work/loads" ] || fail "$(head -n 3 "$work/loads")"
dmesg | sed -n "/$mark/,\$p" |
	grep -E 'BUG|WARNING|Oops|Call Trace|lockup|stall|hung_task|blocked for more than|general protection|corrupt' >"$work/complaints" &&
	fail "the kernel complained: $(head -n 5 "$work/complaints")"
if [ $failed != 0 ]; then
	echo "storm: failed: $failed; ${summary:-no accounts}"
	exit 1
fi
echo "storm: ok: $summary"
