# Names of other systems for system calls (providers.md 22): each call is seen once, with its arguments where the name's
# own system has them; names that Linux has mean the calls that libc makes in their place too, unless the program knows
# those itself.
file=$PWD/some-file
: >"$file"
run() { dtrace -qn "$1" -c "$2" 2>errs | sort -u | grep . || cat errs; }
echo "open takes openat's place:"
run 'syscall::open:entry, syscall::open64:entry /pid == $target/ { self->p = arg0; }
     syscall::open:return, syscall::open64:return /self->p/ { printf("%s %s\n", probefunc, basename(copyinstr(self->p))); self->p = 0; }' \
	"cat $file" | grep some-file
echo "and a glob that reads the path from arg0:"
run 'syscall::open*:return /pid == $target/ { self->p = 0; } syscall::open*:entry /pid == $target/ { self->p = arg0; @["entries"] = count(); }
     syscall::open*:return /pid == $target/ { @["returns"] = count(); }
     syscall:::entry /pid == $target && (probefunc == "openat" || probefunc == "open")/ { @["calls"] = count(); }' \
	"cat $file" | awk '{ n[$1] = $2 } END { print (n["entries"] > 0 && n["entries"] == n["returns"] && n["entries"] == n["calls"]) }'
echo "who names both gets each once:"
run 'syscall::open:entry, syscall::openat:entry /pid == $target/ { @a = count(); } syscall:::entry /pid == $target && probefunc == "openat"/ { @b = count(); }
     END { printa("%@d %@d\n", @a, @b); }' "cat $file" | awk '{ print ($1 == $2 && $1 > 0) }'
echo "names Linux lacks:"
printf 'cat "%s"\nexit 3\n' "$file" >victim.sh
run 'syscall::exece:return { @[probefunc, execname] = count(); } syscall::rexit:entry /pid == $target/ { printf("%s %d\n", probefunc, arg0); }' \
	"sh ./victim.sh" | awk '{ print $1, $2 }' | grep -e cat -e rexit
run 'syscall::stat:entry /pid == $target/ { printf("stat %s\n", basename(copyinstr(arg0))); }' "stat -L $file" | grep "^stat some-file"
echo "all of them leave the others alone:"
run 'syscall::exece:entry { } syscall:::entry /pid == $target && probefunc == "exece"/ { printf("twice\n"); } END { printf("done\n"); }' "cat $file"
dtrace -ln syscall::pollsys:entry | awk '{ print $2, $3, $4, $5 }'
dtrace -ln syscall::nosuchcall:entry 2>&1 | grep -c 'nosuchcall'
