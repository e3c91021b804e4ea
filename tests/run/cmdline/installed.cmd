# rows: F44 F26
# Installed under a prefix of its own: a script runs by its #! line, a program compiles against it, uninstall leaves nothing.
build=$(dirname "$(command -v dtrace)")
top=$here/../..
make -s -C "$top" install BUILD="$build" PREFIX="$PWD/p" >/dev/null || exit 1
PATH=/usr/sbin:/sbin:/usr/bin:/bin
printf '#!%s/p/sbin/dtrace -qs\nBEGIN { printf("%%s %%d %%s\\n", $0, $1, $$2); exit(5); }\n' "$PWD" >x.d
chmod +x x.d
./x.d 7 foo
echo "status $?"
printf '#include <dtrace.h>\nint main(void) { return dtrace_close(0), 0; }\n' >x.c
cc -I p/include x.c -o x -L p/lib -ldtrace -Wl,-rpath,"$PWD/p/lib" && ./x && echo linked
make -s -C "$top" uninstall BUILD="$build" PREFIX="$PWD/p" >/dev/null
find p -type f
