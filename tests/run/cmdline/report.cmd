# covers: output 6.2 6.4
# rows: F10 F27 F28 F29 F72
# output.md 6.2: -v to the byte; with -e each clause in place of the last empty line; -V on stdout; -S on stderr; -e traces nothing.
timeout 20 dtrace -v -n 'dtrace:::BEGIN { exit(0); }' 2>/dev/null | cat -A | sed 's/^  [0-9] /  C /'
printf 'BEGIN { trace((int64_t)curthread); }\nsyscall::getppid:entry /pid/ { }\n' >a.d
timeout 20 dtrace -ve -s a.d | cat -A
timeout 20 dtrace -e -s a.d; echo "status $?"
timeout 20 dtrace -e -n 'BEGIN { exit(5); }'; echo "status $?"
timeout 20 dtrace -e -n 'BEGIN { exit(; }' 2>/dev/null; echo "status $?"
timeout 20 dtrace -V 2>/dev/null; echo "status $?"
timeout 20 dtrace -V -v | sed 's/[0-9][0-9.]*[0-9]/N/g'
timeout 20 dtrace -Sqn 'BEGIN { exit(0); }' 2>err.txt; echo "status $?"
grep -c 'dtrace:::BEGIN' err.txt
