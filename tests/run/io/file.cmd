# rows: io
# A file that is written and synced: its name, device and bytes, as stat, df and the kernel's own count have them.
. "$here/io/lib.sh"
loop_device 32
echo 64 >"/sys/block/$disk/queue/max_sectors_kb" # or it depends on how the memory lies whether requests are split
filesystem
cat >write.pl <<'P'
use IO::Handle;
open F, '>', $ARGV[0] or die;
syswrite F, "x" x 65536 for 1 .. 16;
F->sync or die "sync: $!";
P
sync -f "$mnt"
set -- $(counted)
sectors=$4
dtrace -q -o out.d -c "perl write.pl $mnt/some_file" -n '
io:::start /args[1]->dev_statname == "'"$disk"'" && args[0]->b_flags & B_WRITE/ { @all = sum(args[0]->b_bcount); }
io:::start /args[2]->fi_name == "some_file"/ { @bytes = sum(args[0]->b_bcount); @who[execname] = count(); @flags[args[0]->b_flags & ~B_ASYNC] = count();
    printf("%d:%d %s %s %s|%s|%s|%s|%s\n", args[1]->dev_major, args[1]->dev_minor, args[1]->dev_name, args[1]->dev_statname, args[1]->dev_pathname,
	args[2]->fi_dirname, args[2]->fi_pathname, args[2]->fi_fs, args[2]->fi_mount);
    @offset = min(args[2]->fi_offset); started[arg0] = args[0]->b_blkno; }
/* Of a request that is too large for the device another bio takes the first part; it goes on with the rest. */
sdt:block::block_split /started[(int64_t)args[0]->bi_private]/ { started[(int64_t)args[0]->bi_private] = arg1; }
io:::done /args[2]->fi_name == "some_file"/ { @done = sum(args[0]->b_bcount); @error = max(args[0]->b_error); }
io:::done /started[arg0]/ { @moved = sum(started[arg0] != args[0]->b_blkno); started[arg0] = 0; }
END { printa("moved %@d\n", @moved); printa("bytes %@d\n", @bytes); printa("done %@d\n", @done); printa("error %@d\n", @error); printa("by %s %@d\n", @who);
    printa("flags 0x%x %@d\n", @flags); printa("from %@d\n", @offset); printa("all %@d\n", @all); }' || exit 1
set -- $(counted)
root=$(dtrace -qn 'BEGIN { trace(root); exit(0); }') # of the file systems, where the test has another (chroot)
root=${root%/}
name=$(sed '1,/^Block/d' /proc/devices | awk '$1 == 7 { print $2 }')
want="$(printf '%d:%d' 0x"$(stat -c %t "/dev/$disk")" 0x"$(stat -c %T "/dev/$disk")") $name $disk /dev/$disk|$root$mnt|$root$mnt/some_file|$(stat -f -c ext4 "$mnt")|$root$(df --output=target "$mnt" | tail -n 1)"
grep : out.d | sort -u | while read -r line; do
	[ "$line" = "$want" ] && echo "as stat and df have it" || echo "$line, not $want"
done
grep -E '^(moved|bytes|done|error|by|flags|from)' out.d | sed 's/^\(by .*\|flags .*\) [0-9]*$/\1/'
all=$(sed -n 's/^all //p' out.d)
[ "$all" = $((($4 - sectors) * 512)) ] && echo "all that the kernel counted" || echo "$all bytes of $((($4 - sectors) * 512))"
