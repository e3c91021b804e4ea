#!/bin/bash
# inside.sh - what `make check-vm` runs on a test kernel: everything that depends on the kernel.  Nothing is built here.
#
# Environment: BUILD; TESTS (names for tests/run/run.sh), UNITS (of tests/unit/test_*) and COUNT, SEED (of the random
# programs) choose less, or more; "-" for none.
set -u
: "${UNITS:=emit runtime runtime_number link types symbols providers session probe}" "${COUNT:=150}" "${SEED:=1}"
: "${TESTS:=}" "${TIMEOUT:=240}"
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
	# shellcheck disable=SC2086
	bash tests/run/run.sh $TESTS | grep --line-buffered -v '^ok - '
	return "${PIPESTATUS[0]}"
}

[ "$UNITS" = - ] || step units units
[ "$TESTS" = - ] || step programs programs
# Linked statically, it does not know where the D libraries are.
export DTRACE_OPT_SYSLIBDIR=$BUILD/translators
[ "$COUNT" = - ] || step random "$BUILD/fuzz/fuzz" "$COUNT" "$SEED"
[ -z "$failed" ]
