#!/bin/bash
# run.sh - D programs on the live kernel, and what they must print.
#
#   run.sh [--compile] [NAME...]     NAME is DIR/TEST, or DIR for all of it; none: everything
#
# A test is tests/run/DIR/TEST with one of
#   TEST.d     a program, run as  dtrace ARGS -s TEST.d  (ARGS: the text of TEST.args, if any, read by the shell;
#              {} in it stands for "-s TEST.d" when that must not come last)
#   TEST.cmd   a shell script, which finds dtrace in $PATH
# and with what it must do
# or, for errors of the compiler alone, a TEST.d that begins with   /* error, rows: D_TAG line N */
# It must end with status 1 and exactly that tag and line (no line: any), whatever the words.
#   TEST.out   stdout, exactly               TEST.re    extended regular expressions, one for each line of stdout
#   TEST.err   the same as .re, for stderr   TEST.status  exit status (0 when not there)
# A test that not every kernel can run has TEST.needs: lines with a probe description, which dtrace -l must list, or with
# "symbol NAME" or "no symbol NAME", which the kernel must have or not, or "module NAME", which can be loaded (the test does
# it); else the test is skipped, said to be, and counted.
# In .err a test says what it expects; without the file stderr may only hold the "matched N probes" notices.
#
# --compile: nothing is traced; every program is compiled with -e, and only crashes count (for sanitizer builds).
# Ends with "N passed, N failed, N skipped".  Environment: BUILD, JOBS (2), TIMEOUT in seconds (30).
set -u
cd "$(dirname "$0")/../.." || exit 1
export LC_ALL=C TZ=UTC
BUILD=${BUILD:-build}
here=$PWD/tests/run
export here
compile=
if [ "${1:-}" = --compile ]; then
	compile=1
	shift
fi

bindir=$(cd "$BUILD" 2>/dev/null && pwd) || bindir=
if [ ! -x "$bindir/dtrace" ]; then
	echo "run: $BUILD/dtrace is not built"
	echo "run: 0 passed, 1 failed"
	exit 1
fi
export PATH="$bindir:$PATH" compile TIMEOUT=${TIMEOUT:-30}
# A sanitizer's complaint must not look like an exit status a test may expect.
export ASAN_OPTIONS=exitcode=99:${ASAN_OPTIONS:-} UBSAN_OPTIONS=exitcode=99:print_stacktrace=1:${UBSAN_OPTIONS:-}

# What tracing needs, said once and clearly instead of by every test.
missing=
[ "$(id -u)" = 0 ] || missing="root privileges (use sudo)"
[ -r /sys/kernel/btf/vmlinux ] || missing="${missing:+$missing, }a kernel with BTF (/sys/kernel/btf/vmlinux)"
if [ -n "$missing" ] && [ -z "$compile" ]; then
	echo "run: not run: these tests need $missing"
	if [ "${CI:-}" = true ]; then
		echo "run: 0 passed, 1 failed"
		exit 1
	fi
	echo "run: 0 passed, 0 failed"
	exit 0
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export work

if [ $# -eq 0 ]; then
	set -- $(cd "$here" && ls -d */)
fi
for n; do
	n=${n%/}
	if [ -d "$here/$n" ]; then
		(cd "$here" && ls "$n"/*.d "$n"/*.cmd 2>/dev/null)
	else
		(cd "$here" && ls "$n".d "$n".cmd 2>/dev/null)
	fi
done | sed 's/\.\(d\|cmd\)$//' | sort -u >"$work/list"

# Compare lines with regular expressions: as many lines as expressions, each matched as a whole.
match() {
	local -a re got
	local i
	mapfile -t re <"$1"
	mapfile -t got <"$2"
	for ((i = 0; i < ${#re[@]} || i < ${#got[@]}; i++)); do
		if ((i >= ${#re[@]})); then
			echo "unexpected line: ${got[i]}"
		elif ((i >= ${#got[@]})); then
			echo "missing line: ${re[i]}"
		elif [[ ! ${got[i]} =~ ^(${re[i]})$ ]]; then
			printf 'line %d: %s\nexpected: %s\n' $((i + 1)) "${got[i]}" "${re[i]}"
		else
			continue
		fi
		return 1
	done
}
export -f match

# What of TEST.needs this kernel does not meet, if anything; each probe is asked about once.
lacking() {
	local probe known
	[ -f "$1.needs" ] || return 1
	while read -r probe; do
		case $probe in
		symbol\ *)
			grep -q " ${probe#symbol }$" /proc/kallsyms || { echo "has no $probe"; return 0; }
			continue
			;;
		no\ symbol\ *)
			! grep -q " ${probe#no symbol }$" /proc/kallsyms || { echo "has ${probe#no }"; return 0; }
			continue
			;;
		module\ *)
			modprobe -nq "${probe#module }" 2>/dev/null || { echo "has no $probe"; return 0; }
			continue
			;;
		esac
		known=$work/probe.${probe//[^a-z0-9_]/.}
		[ -f "$known" ] || { dtrace -ln "$probe" 2>/dev/null | grep -c . >"$known.$$"; mv "$known.$$" "$known"; }
		[ "$(cat "$known")" -gt 1 ] || { echo "has no $probe"; return 0; }
	done <"$1.needs"
	return 1
}
export -f lacking

one() {
	local t=$1 base=$here/$1 dir=$work/$1 why= status want
	mkdir -p "$dir"
	cd "$dir" || return 1
	if [ -z "$compile" ] && why=$(lacking "$base"); then
		echo "skip - $t: this kernel $why"
		return 0
	fi
	why=
	if [ -n "$compile" ]; then
		# What a test's command does is its own affair: only programs are compiled.
		[ -f "$base.d" ] || return 0
		timeout "$TIMEOUT" dtrace -e $(sed 's/{}//' "$base.args" 2>/dev/null) -s "$base.d" \
			>out 2>err </dev/null
		status=$?
		if [ $status -lt 3 ]; then
			echo "ok - $t"
			return 0
		fi
		why="status $status"
	else
		local error=
		[ -f "$base.d" ] && read -r error <"$base.d"
		if [[ $error =~ ^"/* error, rows: "(D_[A-Z0-9_]+)( line ([0-9]+))?" */"$ ]]; then
			error="^dtrace: failed to compile script $base.d: \\[${BASH_REMATCH[1]}\\] line ${BASH_REMATCH[3]:-[0-9]+}: "
			timeout -k 5 "$TIMEOUT" dtrace -x errtags -e -s "$base.d" >out 2>err </dev/null
			status=$?
			[ $status = 1 ] || why="status $status, expected 1"
			[[ $(cat err) =~ $error ]] || why="expected on stderr: $error"
			if [ -z "$why" ]; then
				echo "ok - $t"
				return 0
			fi
			printf 'not ok - %s: %s\n%s\n' "$t" "$why" "$(head -n 8 err | sed 's/^/    err: /')"
			return 1
		elif [ -f "$base.cmd" ]; then
			timeout -k 5 "$TIMEOUT" bash "$base.cmd" >out 2>err </dev/null
		else
			local args=
			[ -f "$base.args" ] && args=$(cat "$base.args")
			case $args in
			*'{}'*) args=${args/'{}'/-s $base.d} ;;
			*) args="$args -s $base.d" ;;
			esac
			eval "timeout -k 5 $TIMEOUT dtrace $args" >out 2>err </dev/null
		fi
		status=$?
		want=0
		[ -f "$base.status" ] && want=$(cat "$base.status")
		if [ "$status" = 124 ] || [ "$status" = 137 ]; then
			why="timed out after $TIMEOUT s"
		elif [ "$status" != "$want" ]; then
			why="status $status, expected $want"
		elif [ -f "$base.out" ] && ! cmp -s "$base.out" out; then
			why="stdout differs: $(diff "$base.out" out | head -n 12 | sed 's/^/    /')"
		elif [ -f "$base.re" ] && ! why=$(match "$base.re" out); then
			why="stdout: $why"
		elif [ -f "$base.err" ]; then
			why=$(match "$base.err" err) && why= || why="stderr: $why"
		elif why=$(grep -v '^dtrace: \(script\|description\) .* matched [0-9]* probes\{0,1\}$' err); then
			why="unexpected on stderr: $why"
		else
			why=
		fi
		if [ -z "$why" ]; then
			echo "ok - $t"
			return 0
		fi
	fi
	# One write: lines of tests that run side by side must not mix.
	printf 'not ok - %s: %s\n%s\n' "$t" "$why" "$(head -n 8 err | sed 's/^/    err: /')"
}
export -f one

xargs -r -P "${JOBS:-2}" -I{} bash -c 'one {}' <"$work/list" | tee "$work/results"
passed=$(grep -c '^ok ' "$work/results")
failed=$(grep -c '^not ok ' "$work/results")
skipped=$(grep -c '^skip ' "$work/results")
echo "run: $passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
