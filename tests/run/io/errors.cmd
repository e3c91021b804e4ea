# rows: io
# A disk that cannot keep what it is given (its file is on a full file system): B_ERROR, the error the program gets
# too, what is left.
SIZE=1m . "$here/io/lib.sh"
loop_device 8
head -c 2m /dev/zero >"$work0/full" 2>/dev/null
cat >write.pl <<'P'
use Fcntl;
sysopen F, $ARGV[0], O_WRONLY | O_DIRECT or die "open: $!";
my $page = "\0" x 8192;
my $at = unpack('J', pack('p', $page));
defined syscall(1, fileno F, ($at + 4095) & ~4095, 4096) and $! and print $! + 0, "\n";
P
dtrace -q -o out.d -c "perl write.pl /dev/$disk" -n '
io:::start /pid == $target && args[1]->dev_statname == "'"$disk"'"/ { mine[arg0] = args[0]->b_bcount; printf("start 0x%x %d %d\n", args[0]->b_flags & B_ERROR, args[0]->b_error, args[0]->b_resid); }
io:::done /mine[arg0]/ { printf("done 0x%x %d %d of %d\n", args[0]->b_flags & B_ERROR, args[0]->b_error, args[0]->b_resid, mine[arg0]); mine[arg0] = 0; }' >known
grep . out.d | sed "s/ $(cat known) / (the program's error) /"
