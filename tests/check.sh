#!/bin/sh
# What `make check` does once everything is built: every kind of test, each with its summary, and one line for all.
# `check.sh asan`: for a sanitizer build, whose speed and size are not those of tracing: units, compiles, some random programs.
set -u
kind=${1:-all}
failed=
step() {
	name=$1
	shift
	echo "== $name"
	"$@" || failed="$failed $name"
}

step unit ${MAKE:-make} --no-print-directory BUILD="$BUILD" ${SAN:+SAN=$SAN} unit
if [ "$kind" = asan ]; then
	step compile bash tests/run/run.sh --compile
else
	step run bash tests/run/run.sh
fi
if [ "$kind" = asan ]; then
	step generator env COUNT="${COUNT:-100}" sh tests/fuzz/run.sh
else
	step generator sh tests/fuzz/run.sh
	step differential sh tests/fuzz/diff.sh
fi

if [ -n "$failed" ]; then
	echo "check: FAILED:$failed"
	exit 1
fi
echo "check: all passed"
