#!/bin/sh
# bench.sh - build the floor programs and the bench, run it.  BUILD: where dtrace is; ROUNDS: at least 5; ROWS: letters of rows,
# for these alone; NOBPFTRACE=1: not bpftrace; WIDE=only: all functions alone; NORUN=1: only build, for a test kernel (tests/vm/run 6.12 -- sh tests/bench/bench.sh).
set -eu
here=$(dirname "$0")
: "${BUILD:=build}" "${CC:=cc}" "${CLANG:=clang}"
out=$BUILD/bench
mkdir -p "$out"

# Is it there, and made of what is there now?
fresh() {
	[ -e "$1" ] && [ -z "$(find "$here" -name '*.[ch]' -newer "$1")" ]
}
for src in "$here"/floor/*.bpf.c; do
	obj=$out/$(basename "$src" .c).o
	fresh "$obj" || $CLANG -O2 -g -target bpf -mcpu=v3 -I"/usr/include/$($CC -print-multiarch)" -c "$src" -o "$obj"
done
for name in bench wide; do
	fresh "$out/$name" || $CC -std=gnu11 -D_GNU_SOURCE -O2 -Wall -Wextra -Werror "$here/$name.c" -o "$out/$name" -lbpf
done
[ -z "${NORUN:-}" ] || exit 0

trap 'exit 1' INT TERM # by way of what EXIT puts away
# A disk whose reads cost little: one that has nothing on it, else a file in memory.
DISK=
if modprobe -q null_blk queue_mode=2 irqmode=0 nr_devices=1 2>/dev/null && [ -b /dev/nullb0 ]; then
	DISK=/dev/nullb0
	trap 'rmmod null_blk' EXIT
else
	modprobe -q loop 2>/dev/null || true
	dir=$(mktemp -d)
	trap '[ -z "$DISK" ] || losetup -d "$DISK"; umount "$dir"; rmdir "$dir"' EXIT
	mount -t tmpfs -o size=8m bench "$dir"
	truncate -s 4M "$dir/image"
	DISK=$(losetup -f --show "$dir/image") || DISK=
fi
export DISK
[ "${WIDE:-}" = only ] || "$out/bench" "$BUILD/dtrace" "$out" "${ROUNDS:-7}"
[ -n "${ROWS:-}" ] || "$out/wide" "$BUILD/dtrace" "$out" "${ROUNDS:-5}"
