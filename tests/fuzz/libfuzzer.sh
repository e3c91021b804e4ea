#!/bin/sh
# libfuzzer.sh - coverage-guided fuzzing of the compiler under ASan and UBSan (needs libclang-rt-14-dev).
#
#   libfuzzer.sh [SECONDS]     BUILD: where objects go; CORPUS: grows there (default $BUILD/libfuzzer/corpus)
#
# Starts from tests/fuzz/regress (inputs that once failed; kept), the run tests' programs and random ones.
set -eu
cd "$(dirname "$0")/../.."
: "${BUILD:=build}" "${CLANG:=clang}" "${FUZZ:=600}"
seconds=${1:-$FUZZ}
out=$BUILD/libfuzzer
corpus=${CORPUS:-$out/corpus}
mkdir -p "$corpus" "$out/findings"
make -s BUILD="$BUILD-libfuzzer" CC="$CLANG" WARN=-w \
	CFLAGS="-O1 -g -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined -fno-sanitize=function" \
	LDFLAGS="-fsanitize=address,undefined" "$BUILD-libfuzzer/libdtrace.a"
make -s BUILD="$BUILD" all
$CLANG -std=gnu11 -D_GNU_SOURCE \
	-DDLIBDIR="\"$(cd "$BUILD" && pwd)/translators\"" -O1 -g -fsanitize=fuzzer,address,undefined -o "$out/fuzz" tests/fuzz/libfuzzer.c \
	"$BUILD-libfuzzer/libdtrace.a" -lbpf -lelf -lctf-nobfd -ldwarf -lz -lpthread
for f in tests/run/*/*.d; do
	[ -f "$f" ] && { printf '\001'; cat "$f"; } >"$corpus/run-$(echo "$f" | tr / -)"
done
cc -std=gnu11 -O1 -o "$out/dgen" -x c - tests/fuzz/dgen.c <<'C'
#include <stdio.h>
#include <stdlib.h>
#include "tests/fuzz/dgen.h"
int main(int c, char **v) { static char b[1 << 18]; dgen_program(strtoull(v[c - 1], 0, 0), b, sizeof b); fputs(b, stdout); }
C
i=1
while [ $i -le 60 ]; do
	{ printf '\001'; "$out/dgen" $i; } >"$corpus/gen-$i"
	i=$((i + 1))
done
"$out/fuzz" -runs=0 tests/fuzz/regress >/dev/null 2>&1 || { echo "an input of tests/fuzz/regress fails again"; exit 1; }
exec "$out/fuzz" -max_total_time="$seconds" -timeout=25 -rss_limit_mb=4096 -max_len=16384 -print_final_stats=1 \
	-artifact_prefix="$out/findings/" "$corpus" tests/fuzz/regress
