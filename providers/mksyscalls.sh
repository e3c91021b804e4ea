#!/bin/sh
# mksyscalls.sh - the system call table of the build machine's headers as C initialisers:
#   {"openat", 257, 295},     name, number, number for 32-bit callers (-1: has none)
# Usage: CC=gcc mksyscalls.sh > syscalls.h
set -e
cc=${CC:-cc}

# "name number" of every call in a header; numbers may be expressions over other macros.
calls()
{
	echo "#include <$1>" | $cc -E -dM - 2>/dev/null |
		sed -n 's/^#define __NR_\([a-z_][a-z0-9_]*\) .*/\1/p' | LC_ALL=C sort |
		{ echo "#include <$1>"; sed 's/.*/@ &: __NR_&/'; } |
		$cc -E -P - 2>/dev/null | sed -n 's/^@ *\([a-z0-9_]*\): *(*\([0-9][-+0-9 ()]*\)$/\1 \2/p' |
		while read -r name number; do echo "$name $((${number%%)*}))"; done
}

native=asm/unistd.h
{
	calls $native | sed 's/^/n /'
	case $($cc -dumpmachine) in
	x86_64*) calls asm/unistd_32.h | sed 's/^/c /' ;;
	esac
} | awk '
	$1 == "n" { nr[$2] = $3; all[$2] = 1 }
	$1 == "c" { nr32[$2] = $3; all[$2] = 1 }
	END { for (s in all) printf "{\"%s\", %d, %d},\n", s, s in nr ? nr[s] : -1, s in nr32 ? nr32[s] : -1 }' |
	LC_ALL=C sort
