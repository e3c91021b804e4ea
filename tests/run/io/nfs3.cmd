# rows: io
# The same probes by NFS of version 3: bytes as the client's own count (mountstats) has them, device and file.
modprobe -a nfsd nfs nfsv3 || exit 1
[ "${1:-}" = inside ] || exec unshare -m --propagation slave -n bash "$0" inside

cc -o mount3 "$here/io/mount3.c" || exit 1
. "$here/io/nfsd.sh"
register
serve "+3 -4"
./mount3 "$w/exported" "$w/mnt" || exit 1
cat >work <<S
dd if=/dev/zero of=$w/mnt/some_file bs=65536 count=16 conv=fsync status=none
dd if=$w/mnt/some_file iflag=nocache count=0 status=none
cat $w/mnt/some_file >got
S
set -- $(counted)
dtrace -q -o out.d -c "sh work" -n '
io:nfs::start { started[arg0] = 1; @starts = count(); }
io:nfs::done /started[arg0]/ { started[arg0] = 0; @done = count(); @errors = sum(args[0]->b_error); }
io:nfs::done { @server[args[0]->b_flags & B_READ ? "read" : "written"] = sum(args[0]->b_bcount - args[0]->b_resid); }
io:nfs::start { @file[args[1]->dev_name, args[2]->fi_name, args[2]->fi_fs] = count(); @device[args[0]->b_edev >> 20, args[0]->b_edev & 0xfffff] = count(); }
END { printa("starts %@d\n", @starts); printa("done %@d\n", @done); printa("errors %@d\n", @errors); printa("server %s %@d\n", @server);
    printa("file %s %s %s\n", @file); printa("device %d:%d\n", @device); }' || exit 1
cmp -n 1048576 /dev/zero got
now=$(counted)
value() {
	sed -n "s/^$1 //p" out.d | tail -n 1
}
grep -E '^(errors|file)' out.d
[ "$(value device)" = "$(stat -c %Hd:%Ld "$w/mnt")" ] && echo "the device as stat has it" || echo "device $(value device)"
[ "$(value starts)" = "$(value done)" ] && echo "all that started are done" || echo "$(value starts) started, $(value done) done"
set -- "$@" $now
set -- "$(($3 - $1)) read, $(($4 - $2)) written" "$(value 'server read') read, $(value 'server written') written"
[ "$1" = "$2" ] && echo "all that the client counted" || echo "$2, but counted $1"
