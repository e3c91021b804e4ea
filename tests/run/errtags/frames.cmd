# rows: F8 F9 F11 F16 F19 F20 F24 F26 F32 L92 L95 X6 X13 D_MACRO_OFLOW D_MACRO_UNUSED
# The lines around a message (diagnostics.md 1.1) and its location (1.2), each with status 1.
run() { timeout 10 dtrace "$@" >/dev/null; [ $? = 1 ] || echo "status of $*"; }
run -n 'BEGIN { x = nosuch; }'
run -n 'BEGIN /nosuch/ { }'
run -n 'BEGIN { x = ; }'
run -x errtags -n 'BEGIN { trace($1); }' 99999999999999999999
run -x errtags -n 'BEGIN { exit(0); }' left
run -P nosuch
run -m a:b:c
run -f a:b:c:d
run -i 99999999
run -P 5
run -s /nonexistent
printf '\nBEGIN { x = nosuch; }\n' >a.d
run -s a.d
run -x errtags -s a.d
printf '# 9 "b.d"\nBEGIN { x = nosuch; }\n' >a.d
run -x errtags -s a.d
run -x nosuch -n BEGIN
run -x bufsize=many -n BEGIN
run -x strsize -n BEGIN
run -b many -n BEGIN
run -X q -n BEGIN
run -p abc -n BEGIN
run -c /etc/passwd -n BEGIN
run -o /nonexistent/x -n BEGIN
