#!/bin/sh
# What `make check` does once everything is built: every kind of test, each with its summary, and one line for all.
# `check.sh asan`: only those that say something about memory; nothing is traced.
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
	step compile sh tests/run/run.sh --compile
else
	step run sh tests/run/run.sh
fi
if [ -f tests/fuzz/run.sh ]; then
	step generator sh tests/fuzz/run.sh
fi

if [ -n "$failed" ]; then
	echo "check: FAILED:$failed"
	exit 1
fi
echo "check: all passed"
