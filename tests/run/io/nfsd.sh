# Sourced in a mount and network name space of its own: serve VERSIONS starts a server of NFS.  $w has what it exports,
# and places to mount.  One test of it at a time.
exec 9>"$work/nfsd"
flock 9
w=$(mktemp -d)
release() {
	[ -z "${rpcbind:-}" ] || kill "$rpcbind"
	umount -q "$w/part" "$w/mnt"
	echo 0 >/proc/fs/nfsd/threads
	umount -l "$w"
	rmdir "$w"
}
trap release EXIT
mount -t tmpfs tests "$w" && mkdir "$w/exported" "$w/mnt" "$w/part" || exit 1
mount -t tmpfs -o size=8m exported "$w/exported" && mount -t nfsd nfsd /proc/fs/nfsd || exit 1
perl -e '$up = pack("a16 s x22", "lo", 0x41); socket(S, 2, 2, 0) && ioctl(S, 0x8914, $up) or die "lo: $!"' || exit 1

# Says yes to all that servers of versions before 4 would register with rpcbind.
register() {
	perl -MIO::Socket::INET -e '
		$s = IO::Socket::INET->new(Listen => 9, LocalAddr => "127.0.0.1:111", ReuseAddr => 1) or die "rpcbind: $!\n";
		open STDOUT, ">", "rpcbind";
		while ($c = $s->accept) {
			next if fork;
			while (read $c, $mark, 4 and read $c, $call, unpack("N", $mark) & 0x7fffffff) {
				($xid, $proc) = (unpack "N6", $call)[0, 5];
				$reply = pack "N6", $xid, 1, 0, 0, 0, 0;
				$reply .= pack "N", 1 if $proc;
				syswrite $c, pack("N", 0x80000000 | length $reply) . $reply;
			}
			exit;
		}' &
	rpcbind=$!
	until [ -e rpcbind ]; do kill -0 $rpcbind && sleep 0.1 || exit 1; done
}

# What mountd would answer when the kernel asks: who 127.0.0.1 is, what it may see, what file handle 0 means.
serve() {
	local forever=4000000000
	local flags=$((0x2402)) # a file handle with a number of ours, no check of subtrees, any port
	echo "nfsd 127.0.0.1 $forever tests" >/proc/net/rpc/auth.unix.ip/channel
	echo "tests $w/exported $forever $flags 65534 65534 0" >/proc/net/rpc/nfsd.export/channel
	echo "tests 1 \\x00000000 $forever $w/exported" >/proc/net/rpc/nfsd.fh/channel
	echo "$1" >/proc/fs/nfsd/versions && echo 10 >/proc/fs/nfsd/nfsv4leasetime && echo 10 >/proc/fs/nfsd/nfsv4gracetime &&
		echo "tcp 2049" >/proc/fs/nfsd/portlist && echo 2 >/proc/fs/nfsd/threads || exit 1
}

# Bytes that the server has read and written for the client.
counted() {
	awk -v at="$w/mnt" '$1 == "device" { mine = $5 == at } mine && $1 == "bytes:" { print $6, $7 }' /proc/self/mountstats
}
