# dtrace.h and sys/dtrace.h stand alone, in C and in C++, before and after the headers whose types they share;
# the library exports what they declare, and nothing else.
lib=$(dirname "$(command -v dtrace)")
inc=$here/../../libdtrace
try() { printf '%s\n' "$2" 'int main(void) { return 0; }' >t.c; $1 -Wall -Wextra -Wpedantic -Werror -I "$inc" -o t t.c || echo "$1: $2"; }
one='#include <dtrace.h>'
for cc in 'cc -std=c99' 'cc -std=c11' 'cc -std=gnu17' 'c++ -x c++ -std=c++11' 'c++ -x c++ -std=c++20'; do
	try "$cc" "$one"
	try "$cc" '#include <sys/dtrace.h>'
done
for h in '#include <gelf.h>' '#include <ctf-api.h>'; do
	for cc in 'cc -std=gnu11' 'c++ -x c++'; do
		try "$cc" "$h
$one"
		try "$cc" "$one
$h"
	done
done
printf '%s\n' "$one" | cc -E -P -I "$inc" - | tr '\n' ' ' | tr ';' '\n' | grep -v typedef |
	grep -oE '\bdtrace_[a-z0-9_]+ ?\(' | tr -d ' (' | sort -u >declared
echo _dtrace_debug >>declared
echo _dtrace_version >>declared
nm -D --defined-only "$lib/libdtrace.so" | awk '$2 != "A" { print $3 }' | sed 's/@.*//' | sort >exported
sort declared | comm -3 - exported
[ "$(wc -l <exported)" -gt 90 ] && echo ok
