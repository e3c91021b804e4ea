#!/bin/sh
# mkconsts.sh - a D library of constants that are the system's ABI: mkconsts.sh GROUP
#
# Names are chosen here; values come from the C compiler and the system's headers.
set -eu
group=$1
: "${CC:=cc}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

headers= names= alias= prefix=
case $group in
errno)
	what="error numbers of system calls"
	headers="errno.h"
	names='E[A-Z0-9]+'
	;;
signal)
	what="signals, and what a siginfo says about them"
	headers="signal.h"
	names='(SIG([A-Z][A-Z0-9]+)|(CLD|ILL|FPE|SEGV|BUS|TRAP|POLL|SI)_[A-Z0-9]+)'
	;;
fcntl)
	what="flags of open()"
	headers="fcntl.h"
	names='O_[A-Z0-9]+'
	;;
socket)
	what="address families, protocols, header flags"
	headers="sys/socket.h netinet/in.h netinet/tcp.h net/if_arp.h"
	names='((AF|PF|IPPROTO|SOCK|ARPHRD)_[A-Z0-9_]+|TH_[A-Z]+)'
	alias="TH_ECE=0x40 TH_CWR=0x80"
	;;
faults)
	what="fault codes, arg4 of dtrace:::ERROR"
	headers="libdtrace/dtrace.h"
	names='DTRACEFLT_[A-Z]+'
	;;
regs)
	what="registers for uregs[]"
	headers="sys/reg.h"
	prefix=R_
	names='(R1[0-5]|R[89]|[A-Z]{2}|R[A-Z]{2}|ORIG_RAX|EFLAGS|FS_BASE|GS_BASE)'
	;;
syscalls)
	what="numbers of system calls, for other libraries"
	headers="sys/syscall.h"
	prefix=__DT_
	names='SYS_futex(_waitv)?'
	;;
*)
	echo "mkconsts.sh: no group $group" >&2
	exit 1
	;;
esac

includes=$(for h in $headers; do echo "#include <$h>"; done)
printf '%s\n' "$includes" | $CC -I. -E -dM -D_GNU_SOURCE - |
	sed -nE "s/^#define ($names) .*/\1/p" | LC_ALL=C sort -u >"$work/macros"
# Enumerators that are no macros as well.
printf '%s\n' "$includes" | $CC -I. -E -D_GNU_SOURCE - | tr ',{}' '\n\n\n' |
	sed -nE "s/^[[:space:]]*($names)([[:space:]]*=.*)?[[:space:]]*\$/\1/p" | LC_ALL=C sort -u >"$work/enums"

{
	echo "#define _GNU_SOURCE"
	echo "$includes"
	cat <<'END'
#include <stdio.h>
#define P(n) printf("inline int " PREFIX #n " = %d;\n", (int)(n));
int main(void) {
END
	LC_ALL=C sort -u "$work/macros" "$work/enums" |
		grep -vxE 'SIG(RTMIN|RTMAX|EV_.*|STKSZ|STACK.*)|SI_(TIMER_.*|DETHREAD|MAX_SIZE|PAD_SIZE)|POLL_GLOB|(AF|PF)_MAX|O_LARGEFILE' |
		while read -r n; do
			echo "P($n)"
		done
	echo "return 0; }"
} >"$work/values.c"
$CC -I. -DPREFIX="\"$prefix\"" -o "$work/values" "$work/values.c" 2>"$work/err" || {
	head -n 5 "$work/err" >&2
	exit 1
}
echo "/* $group.d - $what.  Made by translators/mkconsts.sh from the system's headers: do not edit. */"
"$work/values" >"$work/out"
cat "$work/out"
for a in $alias; do
	grep -q " ${a%%=*} =" "$work/out" || echo "inline int ${a%%=*} = ${a#*=};"
done
case $group in
socket)
	echo "inline int TH_PSH = TH_PUSH;"
	;;
fcntl)
	# libc says 0: programs need not set it.  The kernel does.
	large=$(printf '#include <linux/fcntl.h>\nO_LARGEFILE\n' | $CC -E -P - | tail -n 1)
	echo "inline int O_LARGEFILE = $large;"
	echo "inline int O_XATTR = 0; /* no such files here */"
	;;
signal)
	echo "inline int SI_LWP = SI_TKILL;"
	;;
regs)
	# D's own names for what every machine has.
	echo "inline int R_PC = R_RIP;"
	echo "inline int R_SP = R_RSP;"
	echo "inline int R_FP = R_RBP;"
	echo "inline int R_PS = R_EFLAGS;"
	echo "inline int R_R0 = R_RAX;"
	echo "inline int R_R1 = R_RDX;"
	for r in AX BX CX DX SI DI BP SP IP; do
		echo "inline int R_E$r = R_R$r;"
	done
	;;
esac
