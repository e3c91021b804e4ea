# rows: F44
# The first line of a script may hold several words, and lines may end in CR and LF.
d=$(command -v dtrace)
body='BEGIN { printf("%s: %d %s\n", basename($0), X, $$1); exit(0); }'
printf '#!%s -C -q -s\n#define X 3\n%s\n' "$d" "$body" >several.d
printf '#!%s -Cqs\r\n#define X 4\r\n%s\r\n' "$d" "$body" >crlf.d
printf '#!%s -x quiet\t-C -D X=5  -s \r\n%s\r\n' "$d" "$body" >value.d
printf '#!%s -qs\n#pragma D option cpp\n%s\n' "$d" "${body/X/6}" >one.d
chmod +x ./*.d
for s in several crlf value one; do timeout 20 ./$s.d 'a b' 2>&1; done
# Only there: a word of the command line is one word.
timeout 20 dtrace '-q -n' BEGIN 2>&1 | head -n 1
