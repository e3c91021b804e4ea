# rows: io
# Requests that go past the page cache, in single blocks, have no file, but the memory of the program; a partition's
# sectors are those of the disk.  Waits for them are the same thread's.
SIZE=16m . "$here/io/lib.sh"
loop_device 8
cat >direct.pl <<'P'
use Fcntl;
sysopen F, $ARGV[0], O_RDWR | O_DIRECT or die "open: $!";
# Aligned memory: a mapping of zeros.
my $page = "\0" x 8192;
my $at = 4096 - (unpack('J', pack('p', $page)) & 4095);
for my $i (3, 1, 4) {
	sysseek F, 4096 * $i, 0;
	syscall(1, fileno F, unpack('J', pack('p', $page)) + $at, 4096) == 4096 or die "write: $!";
}
do {
	sysseek F, 4096 * 5, 0;
	syscall(0, fileno F, unpack('J', pack('p', $page)) + $at, 4096) == 4096 or die "read: $!";
} while $ARGV[1] && -e $ARGV[1];
P
dtrace -q -o out.d -c "perl direct.pl /dev/$disk" -n '
io:::start /pid == $target && args[1]->dev_statname == "'"$disk"'"/ { printf("start %d %d 0x%x %s %s\n", args[0]->b_blkno, args[0]->b_bcount, args[0]->b_flags, args[2]->fi_pathname, args[2]->fi_fs); mine[arg0] = 1; }
io:::done /mine[arg0]/ { printf("done %d %d 0x%x %d %d\n", args[0]->b_blkno, args[0]->b_bcount, args[0]->b_flags, args[0]->b_resid, args[0]->b_error); }' || exit 1
grep -E '^(start|done)' out.d
# A request may be done before its thread waits: reads until it has three times.
touch again
dtrace -q -c "perl direct.pl /dev/$disk again" -n '
BEGIN { waits = done = same = 0; }
io:::start /pid == $target/ { mine[arg0] = 1; }
io:::wait-start /mine[arg0] && pid == $target/ { waits++; self->waits = arg0; }
io:::wait-done /mine[arg0] && pid == $target/ { waits--; done++; same += arg0 == self->waits && args[0]->b_bcount == 4096; }
io:::wait-done /done == 3/ { printf("%d waits, %d known by their request, %d not over\n", done, same, waits); exit(0); }'
rm again
