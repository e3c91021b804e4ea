# rows: T16
# Type data in a separate file: beside the program, in .debug, and not one of another build; and of a running process.
cc -O1 -g -o types "$here/pid/types.c" || exit 1
objcopy --only-keep-debug types types.debug && strip -g types && objcopy --add-gnu-debuglink=types.debug types || exit 1
ask() { dtrace -c ./types -qn 'BEGIN { printf("%d %d\n", sizeof (userland struct point), sizeof (``counter)); exit(0); }' 2>&1 | sed 's/.*: //'; }
ask
mkdir .debug && mv types.debug .debug && ask
printf x >>.debug/types.debug && ask
rm .debug/types.debug && ask
cc -O1 -g -o types "$here/pid/types.c"
mkfifo in
./types wait <in &
pid=$!
exec 3>in
dtrace -p $pid -qn 'BEGIN { system("echo >in"); } pid$target::work:entry { printf("%d %s\n", ((userland struct point *)arg0)->next->y, stringof(``head->name)); exit(0); }' -w
exec 3>&-
wait $pid
# Damaged data is none.
cc -O1 -g -o types "$here/pid/types.c"
head -c 4000 /dev/zero | tr '\0' '\377' >bad
for section in .debug_abbrev .debug_info .debug_str; do
	cp types damaged
	objcopy --update-section $section=bad damaged 2>/dev/null
	dtrace -c ./damaged -x errtags -qn 'BEGIN { trace(sizeof (userland struct point)); exit(0); }' 2>&1 | grep -o 'D_TYPE_ERR'
done
