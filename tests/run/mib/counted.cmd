# Counters that a program moves, each at least as often as it did.  Others use the network at the same time: bytes are told
# by sizes that nobody else has.
cat >move.pl <<'P'
use strict;
use IO::Handle;
use Socket qw(:all);
my $addr = $ARGV[0];
sub at { sockaddr_in($_[0], inet_aton($addr)) }
sub port { (sockaddr_in(getsockname $_[0]))[0] }
sub bound { my ($s) = @_; bind($s, at(0)) or die $!; $s }
sub tcp { socket(my $s, AF_INET, SOCK_STREAM, 0) or die $!; bound($s) }
sub udp { socket(my $s, AF_INET, SOCK_DGRAM, 0) or die $!; bound($s) }

# A connection that ends by RST.
my $l = tcp(); listen($l, 1) or die;
my $c = tcp(); connect($c, at(port($l))) or die $!;
accept(my $s, $l) or die;
syswrite($c, 'x' x 12347) == 12347 or die;
for (my $n = 0; $n < 12347;) { $n += sysread($s, my $b, 20000) }
send($c, 'u', MSG_OOB) or die;
setsockopt($c, SOL_SOCKET, SO_LINGER, pack('ii', 1, 0)) or die;
close $c;

# One that is refused.
my $gone = tcp(); my $closed = port($gone); close $gone;
connect(tcp(), at($closed)) and die;

# One more than the queue takes: its SYN is sent again.
my $full = tcp(); listen($full, 0) or die;
my @more = map { tcp() } 1 .. 3;
for (@more) { IO::Handle::blocking($_, 0); connect($_, at(port($full))) }
my $again = 0;
until ($again) {
	select undef, undef, undef, 0.02;
	$again ||= unpack('C', substr(getsockopt($_, IPPROTO_TCP, 11), 2, 1)) for @more; # TCP_INFO, tcpi_retransmits
}

# Datagrams nobody waits for, and more than a socket holds.
send(udp(), 'y', 0, at($closed)) for 1 .. 7;
my $small = udp(); setsockopt($small, SOL_SOCKET, SO_RCVBUF, 1) or die;
my $out = udp(); send($out, 'z' x 1000, 0, at(port($small))) for 1 .. 50;
socket(my $six, AF_INET6, SOCK_DGRAM, 0) or die;
send($six, 'y', 0, pack_sockaddr_in6($closed, inet_pton(AF_INET6, '::1'))) for 1 .. 3;

# Longer than a datagram can be; the same to what is no network.
!defined(send($out, 'l' x 70000, 0, at($closed))) or die for 1 .. 4;
socket(my $local, AF_UNIX, SOCK_DGRAM, 0) or die;
!defined(send($local, 'l', 0, pack_sockaddr_un('/nonexistent'))) or die for 1 .. 900;

# Echoes; a fragment; a protocol there is not; wrong checksums.
socket(my $icmp, AF_INET, SOCK_RAW, IPPROTO_ICMP) or die $!;
my $echo = pack('CCnnn', 8, 0, 0xffff - 0x0800 - 0x1234 - 1, 0x1234, 1);
send($icmp, $echo, 0, at(0)) or die $! for 1 .. 5;
socket(my $raw, AF_INET, SOCK_RAW, IPPROTO_RAW) or die $!;
sub raw {
	my ($proto, $frag, $data) = @_;
	my $ip = pack('CCnnnCCna4a4', 0x45, 0, 20 + length $data, 77, $frag, 64, $proto, 0, inet_aton($addr), inet_aton($addr));
	send($raw, $ip . $data, 0, at(0)) or die $!;
}
raw(17, 0x2000, 'f' x 64);
raw(253, 0, 'p' x 16);
raw(17, 0, pack('nnnn', 1000, $closed, 16, 0x1111) . 'c' x 8);
raw(17, 0, pack('nnnn', 1000, $closed, 100, 0) . 'c' x 8); # shorter than it says
raw(6, 0, pack('nnNNCCnnn', 1000, $closed, 1, 1, 0x50, 2, 100, 0x1111, 0));
P
addr=127.$((RANDOM % 200 + 20)).$((RANDOM % 250)).$((RANDOM % 250 + 1))
dtrace -q -o out.d -c "perl move.pl $addr" -n '
mib::: { @n[probename] = count(); }
mib:::tcp*Bytes /arg0 == 12347/ { @n[strjoin(probename, " of 12347")] = count(); }
mib:::udpOutErrors /pid == $target/ { @n["own errors"] = count(); }
END { printa("%@d %s\n", @n); }'
while read -r least name; do
	awk -v name="$name" -v least="$least" '{ n = $1; sub(/^[0-9]+ /, "") } $0 == name { got = n }
		END { print name, (got + 0 >= least ? "ok" : "only " got + 0 " of " least) }' out.d
done <<'E'; grep 'own errors' out.d
1 tcpOutDataBytes of 12347
1 tcpInDataInorderBytes of 12347
1 tcpInAckBytes of 12347
1 tcpOutDataSegs
1 tcpInDataInorderSegs
1 tcpInAckSegs
1 tcpOutUrg
4 tcpActiveOpens
2 tcpPassiveOpens
1 tcpAttemptFails
1 tcpEstabResets
2 tcpOutRsts
5 tcpOutControl
1 tcpOutAck
5 tcpInSegs
5 tcpOutSegs
1 tcpRetransSegs
1 tcpTimRetrans
1 tcpInErrs
7 udpNoPorts
50 udpOutDatagrams
57 udpInDatagrams
1 udpInOverflows
4 udpOutErrors
1 udpInCksumErrs
1 udpInErrors
60 ipInReceives
60 ipOutRequests
3 ipv6InReceives
3 ipv6OutRequests
1 ipReasmReqds
1 ipFragCreates
1 ipInUnknownProtos
5 icmpInEchos
5 icmpInEchoReps
5 icmpOutEchoReps
7 icmpInDestUnreachs
7 icmpOutDestUnreachs
17 icmpInMsgs
17 icmpOutMsgs
3 ipv6IfIcmpInDestUnreachs
3 ipv6IfIcmpOutDestUnreachs
3 ipv6IfIcmpInMsgs
3 ipv6IfIcmpOutMsgs
E
