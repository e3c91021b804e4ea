# rows: X1 X8 X10 X11 X23 X28 X29 X31 X32 X50 X51 X59 X61 X70 X73 X76 X80 X82 X85 X86 X89 X90 X99 X101 X102 X103 X104 F4 F12 F25 F34 F54
# Each option does what it says.
run() { timeout 20 dtrace "$@" 2>&1; s=$?; [ $s = 0 ] || echo "status $s"; }
echo == flags
for v in yes Enable ENABLED true on set 1; do run -x quiet=$v -n 'BEGIN { exit(0); }'; done
for v in no Disable disabled FALSE off unset 0 ''; do run -qx quiet=$v -n 'BEGIN { exit(0); }' | sed -n 2p; done
run -x quiet=perhaps -n BEGIN
echo == environment, then -x, then pragmas
n() { run "$@" -qn 'BEGIN { stack(1); exit(0); }' | sed -n '2s/[^ ].*//p' | tr ' ' .; }
DTRACE_OPT_STACKINDENT=3 n
DTRACE_OPT_STACKINDENT=3 n -x stackindent=5
run -x stackindent=5 -qn '#pragma D option stackindent=7
BEGIN { stack(1); exit(0); }' | sed -n '2s/[^ ].*//p' | tr ' ' .
echo == aggpercpu
run -x aggpercpu -x cpu=0 -qn 'BEGIN { @["a"] = count(); @b = sum(-4); exit(0); }' | sed '/CPU [1-9]/d'
echo == amin, defaultargs, empty, errtags, zdefs, pspec
run -x amin=Stable/Stable/Common -x errtags -en 'BEGIN { trace((int64_t)curthread); }' | cut -c1-80
run -x defaultargs -qn 'BEGIN { printf("%d[%s]\n", $1, $$2); exit(0); }'
run -x empty -en ''
run -en ''
run -x errtags -en 'BEGIN { x = y; }'
run -qx zdefs -n 'nosuch:::' -n 'BEGIN { exit(0); }'
printf 'uint32_t;\nBEGIN { }\n' >p.d
run -x errtags -x zdefs -es p.d
run -x errtags -x zdefs -x pspec -es p.d
echo == evaltime, setenv, unsetenv
for t in exec preinit postinit main; do run -x evaltime=$t -c /bin/true -qn 'BEGIN { printf("ok\n"); }'; done
HIDDEN=1 run -x setenv=SHOWN=a=b -x unsetenv=HIDDEN -c env -qn 'BEGIN { }' | grep -E 'SHOWN|HIDDEN'
echo == verbose
run -x verbose -en 'BEGIN { }' >/dev/null
timeout 20 dtrace -x verbose -en 'BEGIN { }' 2>&1 >/dev/null | grep -c 'dtrace:::BEGIN'
timeout 20 dtrace -S -en 'BEGIN { }' 2>&1 >/dev/null | grep -c 'dtrace:::BEGIN'
echo == sizes
d='tick-1ms { i++; a[i] = i; @[i] = count(); @s[i] = sum(1); } tick-1ms /i == 300/ { exit(0); }'
t='syscall::getppid:entry /pid == $target/ { trace("0123456789012345678901234567890123456789"); }'
run -q -x dynvarsize=1k -x aggsize=100m -n "$d END { clear(@); trunc(@); trunc(@s); }" | sed 's/[0-9][0-9]* d/N d/' | sort -u
run -q -x aggsize=1k -n "$d END { trunc(@); trunc(@s); }" | sed 's/[0-9][0-9]* a/N a/; s/CPU [0-9]*/CPU C/' | sort -u
timeout 20 dtrace -q -x droptags -x switchrate=5s -b 1k -c 'perl -e getppid()for(1..2000)' -n "$t" 2>&1 >/dev/null | sed 's/[0-9][0-9]* drops on CPU [0-9]*/N drops on CPU C/' | sort -u
run -q -x switchrate=5s -b 1m -c 'perl -e getppid()for(1..2000)' -n "$t" | grep drops
run -q -x nspec=2 -n 'BEGIN { a = speculation(); b = speculation(); c = speculation(); printf("%d %d %d\n", a, b, c); exit(0); }'
run -q -x specsize=64 -n 'BEGIN { self->s = speculation(); } BEGIN { speculate(self->s); trace("0123456789012345678901234567890123456789"); }
BEGIN { speculate(self->s); trace("0123456789012345678901234567890123456789"); } BEGIN { commit(self->s); } BEGIN { exit(0); }'
echo == stacks
run -x stackframes=2 -qn 'BEGIN { stack(); exit(0); }' | grep -c '`'
run -x ustackframes=1 -qn 'BEGIN { ustack(); exit(0); }' | sed 's/+0x.*//'
run -x jstackframes=1 -qn 'BEGIN { jstack(); exit(0); }' | sed 's/+0x.*//'
run -x noresolve -x ustackframes=1 -qn 'BEGIN { ustack(); uaddr(uregs[R_PC]); usym(uregs[R_PC]); umod(uregs[R_PC]); usym(1); exit(0); }' |
	sed 's/:0x[0-9a-f][0-9a-f]*/:0xN/g'
echo == output
run -x flowindent -n 'BEGIN { exit(0); }' | sed 's/^  [0-9]/  C/'
run -qx rawbytes -n 'BEGIN { trace("abc"); trace(execname); trace(1); @["text"] = count(); exit(0); }'
