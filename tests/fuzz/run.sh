#!/bin/sh
# run.sh - random D programs against the verifier of this kernel.  COUNT programs from SEED on.
set -eu
here=$(dirname "$0")
: "${BUILD:=build}" "${CC:=cc}" "${COUNT:=500}" "${SEED:=1}"
mkdir -p "$BUILD/fuzz"
flags=
if [ -n "${SAN:-}" ]; then
	flags="-fsanitize=address,undefined"
fi
# shellcheck disable=SC2086
$CC -std=gnu11 -D_GNU_SOURCE -O1 -g -Wall -Wextra $flags -o "$BUILD/fuzz/fuzz" "$here/fuzz.c" "$here/dgen.c" \
	"$BUILD/libdtrace.a" -lbpf -lelf -lctf-nobfd -ldwarf -lz -lpthread
DTRACE_OPT_SYSLIBDIR=$BUILD/translators exec "$BUILD/fuzz/fuzz" "$COUNT" "$SEED"
