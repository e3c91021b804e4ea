# rows: L85 X18 F7
# Lines and files of errors are those of the source; the preprocessor's own failures are told.
printf '\n#define A 1\nBEGIN { foo(A); }\n' >a.d
printf '\n\nint x y;\n' >b.h
printf '#include "b.h"\nBEGIN {}\n' >b.d
dtrace -C -s a.d; echo $?
dtrace -C -s b.d; echo $?
dtrace -C -x cpppath=/nonexistent -s a.d; echo $?
dtrace -C -x cpppath=/etc/passwd -s a.d; echo $?
dtrace -C -x cpppath=/bin/false -s a.d; echo $?
# Not applied to the text of -n.
dtrace -C -n 'BEGIN { printf("%d", A); }'
