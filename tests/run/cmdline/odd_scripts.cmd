# rows: F26 L6
# Whatever a script file is, one sentence tells what is wrong with it, or it runs: folders, empty files, binaries, lines of CR and LF,
# deep nesting, a megabyte of text.
t() { timeout 60 dtrace -q "$@" 2>&1 | cut -c1-120; echo "status ${PIPESTATUS[0]}"; }
mkdir dir; : >empty.d; echo '/* only a comment */' >comment.d
t -s dir; t -s empty.d; t -s comment.d; t -s ''; t -s no/such.d
head -c 100000 /bin/bash >binary.d
t -s binary.d
printf 'BEGIN\0{ exit(0); }\n' >nul.d
t -s nul.d | tr -d '\0'
printf '\357\273\277BEGIN { exit(3); }\n' >bom.d
t -s bom.d
printf 'BEGIN\r\n{\r\n\tprintf("crlf\\n");\t/* a\r\n comment */\r\n\texit(0);\r\n}\r\n#pragma D option quiet\r\n' >crlf.d
t -s crlf.d
printf 'BEGIN { printf("no newline at the end\\n"); exit(0); }' >last.d
t -s last.d
for f in '(' '!' '-' '1?1:' 'if (1) {' '1+'; do
	awk -v f="$f" 'BEGIN { printf "BEGIN { "; if (f !~ /if/) printf "x = "; for (i = 0; i < 50000; i++) printf "%s", f; print "1; }" }' >deep.d
	t -e -s deep.d | sed 's/near .*/near .../'
done
awk 'BEGIN { print "#pragma D option quiet\nBEGIN { n = 0; }"; for (i = 0; i < 300; i++) printf "BEGIN { n += %d; /* %03000d */ }\n", i, i; print "BEGIN { printf(\"%d\\n\", n); exit(0); }" }' >big.d
[ "$(wc -c <big.d)" -gt 900000 ] && t -s big.d
t -s /dev/stdin <<<'BEGIN { printf("from a pipe\n"); exit(0); }'
