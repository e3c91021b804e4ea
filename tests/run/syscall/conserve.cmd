# Nothing is lost unsaid: with a buffer that must overflow, as dtrace is stopped meanwhile, records + reported drops =
# firings counted.
dtrace -q -b 16k -x switchrate=2s -n 'syscall::getppid:entry /pid == $target/ { @ = count(); } syscall::getppid:entry /pid == $target/ { printf("r\n"); }' \
    -c 'perl -e $p=getppid();kill(STOP=>$p);getppid()for(2..20000);kill(CONT=>$p)' >out.txt 2>err.txt
records=$(grep -c '^r$' out.txt)
drops=$(sed -n 's/^dtrace: \([0-9]*\) drops\{0,1\} on CPU.*/\1/p' err.txt | awk '{ n += $1 } END { print n + 0 }')
count=$(awk 'NF == 1 && $1 + 0 > 0 { print $1 }' out.txt)
echo "$count $((records + drops)) $((drops > 0)) $((records > 0))"
