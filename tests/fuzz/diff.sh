#!/bin/sh
# diff.sh - random D programs run for real against an interpreter of the typed tree.  COUNT programs from SEED on;
# diff.sh -f FILE: that program; diff.sh -g SEED: show a program.
set -eu
here=$(dirname "$0")
: "${BUILD:=build}" "${CC:=cc}" "${COUNT:=300}" "${SEED:=1}"
mkdir -p "$BUILD/fuzz"
flags=
if [ -n "${SAN:-}" ]; then
	flags="-fsanitize=address,undefined"
fi
# shellcheck disable=SC2086
$CC -std=gnu11 -D_GNU_SOURCE -O1 -g -Wall -Wextra $flags -I"$here/../.." -o "$BUILD/fuzz/diff" "$here/diff.c" \
	"$here"/interp*.c "$here"/det*.c "$BUILD/libdtrace.a" -lbpf -lelf -lctf-nobfd -ldwarf -lz -lpthread
if [ $# -gt 0 ]; then
	exec "$BUILD/fuzz/diff" "$@"
fi
exec "$BUILD/fuzz/diff" "$COUNT" "$SEED"
