#!/bin/bash
# inside.sh - what `make check-vm` runs on a test kernel: everything that depends on the kernel.  Nothing is built here.
# Not the errors that the compiler finds by itself (errtags), what comes before it (cpp), and the C programs that are built
# and run under valgrind (api), which emulated takes for ever: `make check` has run them.
#
# Environment: BUILD; TESTS (names for tests/run/run.sh: each is a part, with its time), UNITS (of tests/unit/test_*)
# and COUNT, SEED (of the random programs) choose less, or more; "-" for none.
set -u
shopt -s extglob
: "${UNITS:=emit runtime runtime_number link types symbols providers session probe}" "${COUNT:=150}" "${SEED:=1}"
: "${TESTS:=$(cd tests/run && echo !(errtags|cpp|api)/)}"
# For what hangs.  The longest test took 208 s; whatever else runs on the host keeps the emulator waiting.
: "${TIMEOUT:=900}"
export BUILD TIMEOUT
failed=
echo "vm: $(uname -r) is up after $(cut -d. -f1 /proc/uptime) s"
step() {
	echo "-- $1 (at $(cut -d. -f1 /proc/uptime) s)"
	shift
	"$@" || failed="$failed $1"
}

units() {
	local bins=
	for u in $UNITS; do
		bins="$bins $BUILD/unit/test_$u"
	done
	# shellcheck disable=SC2086
	sh tests/unit/run.sh $bins
}

# Failures in full; of what passed only the number.
programs() {
	local t start bad=0
	for t in $TESTS; do
		start=$(cut -d. -f1 /proc/uptime)
		bash tests/run/run.sh "$t" | grep --line-buffered -v '^ok - ' | sed -u "s,^run:,${t%/}:,"
		[ "${PIPESTATUS[0]}" = 0 ] || bad=1
		echo "${t%/}: $(($(cut -d. -f1 /proc/uptime) - start)) s"
	done
	return $bad
}

[ "$UNITS" = - ] || step units units
[ "$TESTS" = - ] || step programs programs
# Linked statically, it does not know where the D libraries are.
export DTRACE_OPT_SYSLIBDIR=$BUILD/translators
[ "$COUNT" = - ] || step random "$BUILD/fuzz/fuzz" "$COUNT" "$SEED"
[ -z "$failed" ]
