# Module and function patterns, and the names a module goes by.
. "$here/pid/build.sh"
list() { dtrace -c ./victim -ln "$1" 2>&1 | awk '$2 ~ /^pid/ { print $3, $4, $5 }' | sort -u; }
echo == functions
list 'pid$target:a.out:*ner:entry'
list 'pid$target:vic*:[io]*er:'entry
list 'pid$target::count_down:return'
echo == modules
for m in libc libc.so libc.so.6 'libc*' 'LM0`libc.so' 'l?bc.so.6'; do list "pid\$target:$m:malloc:entry"; done
list 'pid$target:LM1`libc:malloc:entry'
echo == names
list 'pid$target:a.out:ten:e*'
list 'pid$target:a.out:ten:*r*'
echo == none
list 'pid$target:nosuch::entry'
list 'pid$target:a.out:nosuch*:entry'
list 'pid$target::nosuch:entry'
