# rows: io
# NFS, from a server of our own in another network name space: bytes as the program and the client's own count
# (mountstats) have them, device and file, waits, past the page cache, a mount of a part, an error of the server.
modprobe -a nfsd nfs nfsv4 || exit 1
[ "${1:-}" = inside ] || exec unshare -m --propagation slave -n bash "$0" inside

. "$here/io/nfsd.sh"
serve "-3 +4"
# Clients of a server that was there before could claim their locks now; files are opened after that.
until [ "$(cat /proc/fs/nfsd/v4_end_grace)" = Y ]; do
	sleep 0.1
done

nfs_mount() {
	mount -i -t nfs4 -o sec=sys,addr=127.0.0.1,clientaddr=127.0.0.1 "127.0.0.1:$1" "$2" || exit 1
}
nfs_mount / "$w/mnt"
mkdir "$w/mnt/dir"
nfs_mount /dir "$w/part"
root=$(dtrace -qn 'BEGIN { trace(root); exit(0); }') # of the file systems, where the test has another (chroot)
root=${root%/}

cat >write.pl <<'P'
use IO::Handle;
open F, '>', $ARGV[0] or die;
syswrite F, "x" x 65536 for 1 .. $ARGV[1];
F->sync or print $! + 0, "\n";
P
cat >work <<S
perl write.pl $w/mnt/some_file 16
dd if=$w/mnt/some_file iflag=nocache count=0 status=none
cat $w/mnt/some_file >got
dd if=/dev/zero of=$w/mnt/past_cache bs=4096 count=2 oflag=direct status=none
dd if=$w/mnt/past_cache of=/dev/null bs=4096 count=2 iflag=direct status=none
perl write.pl $w/part/other_file 1
S
set -- $(counted)
dtrace -q -o out.d -c "sh work" -n '
io:::start { started[arg0] = args[0]->b_lblkno + 1; }
io:::start /args[1]->dev_name == "nfs"/ { @starts[probemod] = count(); }
io:genunix::start /args[1]->dev_name == "nfs"/ { printf("not of NFS alone\n"); }
io:::start /args[2]->fi_name == "some_file"/ {
    @bytes[args[0]->b_flags & B_READ ? "read" : "written", args[0]->b_flags] = sum(args[0]->b_bcount); @from = min(args[2]->fi_offset);
    printf("device %d:%d %d:%d %s %s|%s|%s|%s|%s\n", args[1]->dev_major, args[1]->dev_minor, args[0]->b_edev >> 20, args[0]->b_edev & 0xfffff,
	args[1]->dev_statname, args[1]->dev_pathname, args[2]->fi_dirname, args[2]->fi_pathname, args[2]->fi_fs, args[2]->fi_mount); }
io:::start /args[2]->fi_name == "past_cache"/ { printf("0x%x %d at %d, block %d\n", args[0]->b_flags, args[0]->b_bcount, args[2]->fi_offset, args[0]->b_lblkno); }
io:::start /args[2]->fi_name == "other_file"/ { printf("part %s\n", args[2]->fi_pathname); }
io:nfs::done /started[arg0]/ { @done = count(); @moved = sum(started[arg0] != args[0]->b_lblkno + 1); started[arg0] = 0; @errors = sum(args[0]->b_error != 0); }
io:nfs::done { @server[args[0]->b_flags & B_READ ? "read" : "written"] = sum(args[0]->b_bcount - args[0]->b_resid); }
io:::wait-start /args[2]->fi_name == "some_file" && execname == "perl"/ { @waits = count(); }
io:::wait-done /args[2]->fi_name == "some_file" && execname == "perl"/ { @waited = count(); @size = min(args[0]->b_bcount); }
END { printa("starts %s %@d\n", @starts); printa("done %@d\n", @done); printa("moved %@d\n", @moved); printa("errors %@d\n", @errors);
    printa("%s 0x%x %@d\n", @bytes); printa("from %@d\n", @from); printa("waits %@d %@d %@d\n", @waits, @waited, @size); printa("server %s %@d\n", @server); }' || exit 1
perl -e 'print "x" x 1048576' | cmp - got
now=$(counted)
value() {
	sed -n "s/^$1 //p" out.d | sort | tail -n 1
}
want="$(stat -c %Hd:%Ld "$w/mnt") $(stat -c %Hd:%Ld "$w/mnt") nfs$(stat -c %Ld "$w/mnt") <nfs>|$root$w/mnt|$root$w/mnt/some_file|nfs4|$root$w/mnt"
sed -n 's/^device //p' out.d | sort -u | while read -r line; do
	[ "$line" = "$want" ] && echo "as stat and the mount have it" || echo "$line, not $want"
done
grep -E '^(moved|errors|read|written|from|not|0x)' out.d
[ "$(value starts)" = "nfs $(value done)" ] && echo "all that started are done" || echo "$(value starts) started, $(value done) done"
set -- $(waits=$(value waits); echo "$waits") "$@" $now
[ "$1" -gt 0 ] && [ "$1" = "$2" ] && [ "$3" -gt 0 ] && echo "waits over, each known by its request" || echo "waits: $1 $2 $3"
set -- "$(($6 - $4)) read, $(($7 - $5)) written" "$(value 'server read') read, $(value 'server written') written"
[ "$1" = "$2" ] && echo "all that the client counted" || echo "$2, but counted $1"
part=$(value part)
[ "${part#"$root"}" -ef "$w/part/other_file" ] && echo "a path through the part that is mounted, or the whole" || echo "not $part"

# The server's file system has no room for the last of it, and does a part of a request before.
rm out.d
dtrace -q -o out.d -c "perl write.pl $w/mnt/too_long 192" -n '
io:nfs::start /args[2]->fi_name == "too_long"/ { @starts = count(); }
io:nfs::done /args[2]->fi_name == "too_long"/ { @done = count(); }
io:nfs::done /args[0]->b_error/ { printf("error 0x%x %d\n", args[0]->b_flags & B_ERROR, args[0]->b_error); @left = sum(args[0]->b_resid); @of = sum(args[0]->b_bcount); }
END { printa("starts %@d\n", @starts); printa("done %@d\n", @done); printa("left %@d %@d\n", @left, @of); }' >known || exit 1
grep ^error out.d | sort -u | sed "s/ $(head -n 1 known)\$/ (the program's error)/"
[ "$(value starts)" = "$(value done)" ] && echo "all that started are done" || echo "$(value starts) started, $(value done) done"
set -- $(value left)
[ "$1" -gt 0 ] && [ "$1" -le "$2" ] && echo "some is left" || echo "left: $1 of $2"
