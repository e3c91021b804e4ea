# rows: io
# Of a file system of which only a part is mounted: files are named by that.
. "$here/io/lib.sh"
loop_device 8
filesystem
mkdir "$mnt/dir" "$mnt/dir/below" "$work0/part"
mount --bind "$mnt/dir" "$work0/part" || exit 1
umount "$mnt" && mnt=$work0/part
cat >write.pl <<'P'
use IO::Handle;
open F, '>', $ARGV[0] or die;
syswrite F, "x" x 4096;
F->sync or die "sync: $!";
P
dtrace -q -o out.d -c "perl write.pl $mnt/below/some_file" -n '
io:::start /args[2]->fi_name == "some_file"/ { printf("%s %s %s %s\n", args[2]->fi_dirname, args[2]->fi_pathname, args[2]->fi_mount, args[2]->fi_fs); }' || exit 1
root=$(dtrace -qn 'BEGIN { trace(root); exit(0); }') # of the file systems, where the test has another (chroot)
grep . out.d | sort -u | sed "s|${root%/}$mnt|MOUNT|g"
