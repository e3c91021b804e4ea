# rows: F6 F10 F17 F23 F32 F40
# Commands of -c run only when tracing starts; what stands on the command line is judged before.
t() { timeout 20 dtrace "$@" 2>&1; echo "status $?"; }
t -e -c 'touch ran.e' -n BEGIN
t -l -c 'touch ran.l' -n BEGIN
t -c 'touch ran.c' -n 'BEGIN { nosuch; }' | sed 's/: in action.*//'
t -c 'touch ran.n' -n 'nosuch:::' | sed 's/: probe desc.*//'
printf 'provider a { probe b(); };\n' >a.d
t -h -s a.d -c 'touch ran.h'
t -c 'touch ran.o' -o no/such/file -n BEGIN
t -x bufpolicy=ring -b 30 -c 'touch ran.b' -qn 'BEGIN { trace("not even one record of this size fits"); }'
ls ran.* 2>/dev/null
# A process named twice is one.
sleep 5 & p=$!
t -qp $p -p $p -n 'BEGIN { printf("%d\n", $target == '$p'); exit(0); }'
kill $p
for o in '' =5 quiet=yes=no QUIET bufsize bufsize=16e strsize=1 strsize=1g stackindent=5000 nspec=99999999999999999999 switchrate=9999999h; do t -x "$o" -n BEGIN; done
t -xquiet -n 'BEGIN { exit(0); }'
t -n 'BEGIN { printf("%s", $$1); exit(0); }' -q -- -x
t -- -n BEGIN
