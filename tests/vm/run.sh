#!/bin/bash
# run.sh - run a command on a test kernel: Debian's 6.1 and 6.12, under QEMU.
#
#   run.sh [KERNEL [COMMAND...]]     KERNEL: 6.1, 6.12, or all (the default); COMMAND: one shell command line, run in
#                                    the current directory; none: tests/vm/inside.sh, the tests
#
# The kernels are Debian packages, got through apt-get download and unpacked under $BUILD/vm; only the first run needs
# the network.  QEMU is installed when missing (so `make deps` stays small).  The guest sees the host's whole root file
# system, read-only, and writes into memory: what is built here runs there, and nothing it does comes back but its
# output and its exit status.  Emulated, it is ten times slower than the host: tests compare counts and ratios, not times.
#
# Environment: BUILD, CC, CPUS (2) and MEM (3072, in MB) of the guest, VM_TIMEOUT (5400) in seconds, ACCEL (tcg: emulation;
# kvm is not tried by itself, a /dev/kvm that is there may still hang).
# Exit status: that of the command; of the last that failed for several kernels; 125 when a kernel could not run it.
set -u
: "${BUILD:=build}" "${CC:=cc}" "${ACCEL:=tcg}" "${CPUS:=2}" "${MEM:=3072}" "${VM_TIMEOUT:=5400}"
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$BUILD/vm" || exit 125
vm=$(cd "$BUILD/vm" && pwd)

die() {
	echo "vm: $*" >&2
	exit 125
}

# apt-get with one clear sentence when it fails.
apt() {
	local log=$vm/apt.log what=$1
	shift
	if ! { "$@" || { apt-get update && "$@"; }; } >"$log" 2>&1 </dev/null; then
		tail -n 5 "$log" >&2
		die "apt-get could not get $what: is there a network, and a Debian 12 mirror (with security) in /etc/apt?"
	fi
}

tools() {
	local missing=
	command -v qemu-system-x86_64 >/dev/null || missing="qemu-system-x86"
	command -v cpio >/dev/null || missing="$missing cpio"
	command -v xz >/dev/null || missing="$missing xz-utils"
	[ -n "$missing" ] || return 0
	command -v apt-get >/dev/null || die "this is not Debian; install these: $missing"
	[ "$(id -u)" = 0 ] || die "root is needed to install packages; run: sudo apt-get install $missing"
	echo "vm: installing $missing"
	# shellcheck disable=SC2086
	DEBIAN_FRONTEND=noninteractive apt "$missing" apt-get install -y --no-install-recommends $missing
}

# The kernel a version's meta-package depends on: linux-image-amd64 is 6.1 in Debian 12.
package() {
	local meta=linux-image-amd64
	[ "$1" = 6.1 ] || meta=linux-image-$1-amd64
	apt-cache depends "$meta" 2>/dev/null | sed -n "s/^ *Depends: \(linux-image-$1\..*\)/\1/p" | head -n 1
}

# $dir/vmlinuz and $dir/modules/.
kernel() {
	local k=$1 dir=$2 name
	[ -s "$dir/vmlinuz" ] && return
	command -v apt-get >/dev/null || die "the test kernels are Debian packages, and there is no apt-get here"
	name=$(package "$k")
	if [ -z "$name" ]; then
		apt "the package lists" apt-get update
		name=$(package "$k")
	fi
	[ -n "$name" ] || die "no package of kernel $k: is Debian 12 (with security) in /etc/apt?"
	echo "vm: getting $name"
	rm -rf "$dir"
	mkdir -p "$dir/deb"
	# apt's own user may fetch the file only where it may write; as root a warning is all that comes of it.
	(cd "$dir/deb" && apt "$name" apt-get download "$name") || exit 125
	dpkg-deb --fsys-tarfile "$dir"/deb/*.deb | tar -xC "$dir" ./boot ./lib/modules || die "cannot unpack $name"
	mv "$dir"/lib/modules/* "$dir/modules" && mv "$dir"/boot/vmlinuz-* "$dir/vmlinuz" || die "$name has no kernel"
	rm -rf "$dir/deb" "$dir/boot" "$dir/lib"
}

# The initrd: init and the modules it takes to reach the host's files.
initrd() {
	local dir=$1 m f
	rm -rf "$dir/initrd"
	mkdir -p "$dir/initrd/mod" "$dir/initrd/dev"
	$CC -std=gnu11 -D_GNU_SOURCE -O1 -Wall -Wextra -Wno-unused-result -static -o "$dir/initrd/init" "$here/init.c" ||
		die "cannot build init"
	for m in virtio virtio_ring virtio_pci_legacy_dev virtio_pci_modern_dev virtio_pci 9pnet 9pnet_virtio fscache netfs \
		9p overlay; do
		f=$(find "$dir/modules/kernel" -name "$m.ko*" | head -n 1)
		case $f in
		*.xz) xz -dc "$f" >"$dir/initrd/mod/$m.ko" ;;
		?*) cp "$f" "$dir/initrd/mod/$m.ko" ;;
		esac
	done
	(cd "$dir/initrd" && find . | cpio -o -H newc --quiet) >"$dir/initrd.img" || die "cannot make the initrd"
}

boot() {
	local k=$1 dir=$vm/$1 share start tail qemu status
	shift
	kernel "$k" "$dir" || exit 125
	initrd "$dir"
	share=$dir/share
	rm -rf "$share"
	mkdir -p "$share"
	: >"$share/output"
	{
		echo "cd $(printf %q "$PWD") || exit 125"
		echo "export BUILD=$(printf %q "$(cd "$BUILD" && pwd)")"
		env | sed -n 's/^\(COUNT\|SEED\|TESTS\|UNITS\|JOBS\)=\(.*\)/export \1='"'\2'/p"
		echo "mkdir -p /lib/modules && ln -sfn $(printf %q "$dir/modules") /lib/modules/\$(uname -r)"
		echo "echo \"vm: \$(uname -r) is up after \$(cut -d. -f1 /proc/uptime) s\""
		if [ $# -gt 0 ]; then echo "$*"; else echo "exec bash tests/vm/inside.sh"; fi
	} >"$share/script"
	start=$SECONDS
	timeout "$VM_TIMEOUT" qemu-system-x86_64 -M q35 -cpu max -accel "$ACCEL" -smp "$CPUS" -m "$MEM" -display none \
		-monitor none -serial "file:$dir/console" -no-reboot -nic none -kernel "$dir/vmlinuz" -initrd "$dir/initrd.img" \
		-append "console=ttyS0 quiet loglevel=5 panic=-1" \
		-virtfs local,path=/,mount_tag=root,security_model=none,readonly=on,multidevs=remap \
		-virtfs local,path="$share",mount_tag=vm,security_model=none,multidevs=remap </dev/null >"$dir/qemu.log" 2>&1 &
	qemu=$!
	trap 'kill $qemu 2>/dev/null' EXIT INT TERM
	tail -n +1 -f --pid=$qemu "$share/output" &
	tail=$!
	wait $qemu
	status=$?
	wait $tail
	trap - EXIT INT TERM
	if [ ! -s "$share/status" ]; then
		[ $status != 124 ] || echo "vm: kernel $k: not done after $VM_TIMEOUT s"
		cat "$dir/qemu.log"
		tail -n 30 "$dir/console"
		echo "vm: kernel $k: did not get to the end"
		return 125
	fi
	# Whatever the tests say: a kernel that complains has found something.
	if grep -E '(BUG|WARNING|Oops|Call Trace)' "$dir/console"; then
		echo "vm: kernel $k complained: see $dir/console"
	fi
	status=$(cat "$share/status")
	echo "vm: kernel $k: status $status after $((SECONDS - start)) s"
	return "$status"
}

main() {
	local kernels=${1:-all} k failed=0
	[ $# -eq 0 ] || shift
	[ "$kernels" != all ] || kernels="6.1 6.12"
	tools
	for k in $kernels; do
		echo "== kernel $k"
		boot "$k" "$@" || failed=$?
	done
	exit $failed
}

main "$@"
