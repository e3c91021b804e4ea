#!/bin/sh
# bench.sh - build the floor programs and the bench, run it.  BUILD: where dtrace is; ROUNDS: at least 5; WIDE=only: all functions alone.
set -eu
here=$(dirname "$0")
: "${BUILD:=build}" "${CC:=cc}" "${CLANG:=clang}"
out=$BUILD/bench
mkdir -p "$out"
for src in "$here"/floor/*.bpf.c; do
	$CLANG -O2 -g -target bpf -mcpu=v3 -I"/usr/include/$($CC -print-multiarch)" -c "$src" \
		-o "$out/$(basename "$src" .c).o"
done
$CC -std=gnu11 -D_GNU_SOURCE -O2 -Wall -Wextra -Werror "$here/bench.c" -o "$out/bench" -lbpf
$CC -std=gnu11 -D_GNU_SOURCE -O2 -Wall -Wextra -Werror "$here/wide.c" -o "$out/wide" -lbpf
[ "${WIDE:-}" = only ] || "$out/bench" "$BUILD/dtrace" "$out" "${ROUNDS:-7}"
"$out/wide" "$BUILD/dtrace" "$out"
