# lib.sh - block devices of our own for the tests of io: a loop device on a file in memory, unmounted and released
# at the end.  They set $work0 (its folder), $disk (loop3) and, after filesystem, $mnt.
for module in loop ext4; do
	modprobe -q $module 2>/dev/null
done
work0=$(mktemp -d)
disk= mnt=
release() {
	[ -z "$mnt" ] || umount "$mnt"
	[ -z "$disk" ] || losetup -d "/dev/$disk"
	umount "$work0"
	rmdir "$work0"
}
trap release EXIT
mount -t tmpfs -o "size=${SIZE:-64m}" tests "$work0" || exit 1

# loop_device MEGABYTES
loop_device() {
	truncate -s "$1M" "$work0/image"
	local dev
	dev=$(losetup -f --show "$work0/image") || exit 1
	disk=${dev#/dev/}
}

# ext4 without a journal, so that only the test's own requests are there.
filesystem() {
	mkfs.ext4 -q -O ^has_journal -E lazy_itable_init=0 "/dev/$disk" || exit 1
	mkdir "$work0/mnt"
	mount "/dev/$disk" "$work0/mnt" || exit 1
	mnt=$work0/mnt
}

# Requests and sectors that the kernel has counted: reads, sectors read, writes, sectors written.
counted() {
	awk '{ print $1 + $2, $3, $5 + $6, $7 }' "/sys/block/$disk/stat"
}
