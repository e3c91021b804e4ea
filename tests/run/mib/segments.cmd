# What tcpIn* tell of segments that a program makes itself: old, partly old, too early, too far, with a wrong
# acknowledgement.  Their lengths tell them from all others.
cat >segments.pl <<'P'
use strict;
use Socket qw(:all);
my $addr = $ARGV[0];
sub at { sockaddr_in($_[0], inet_aton($addr)) }
sub port { (sockaddr_in(getsockname $_[0]))[0] }
socket(my $seen, AF_INET, SOCK_RAW, IPPROTO_TCP) or die $!; # a copy of all that arrives
bind($seen, at(0)) or die $!;
socket(my $l, AF_INET, SOCK_STREAM, 0) or die $!;
bind($l, at(0)) && listen($l, 1) or die $!;
socket(my $c, AF_INET, SOCK_STREAM, 0) or die $!;
bind($c, at(0)) && connect($c, at(port($l))) or die $!;
accept(my $s, $l) or die $!;
syswrite($c, 'x' x 331) == 331 or die;
sysread($s, my $b, 331) == 331 or die;
my ($next, $ack);
until ($next) {
	recv($seen, $b, 2000, 0);
	my ($ip, $sport, $dport, $seq, $a) = unpack('C x19 nnNN', $b);
	next unless $sport == port($c) && length $b > 331;
	($next, $ack) = ($seq + 331, $a);
}
socket(my $raw, AF_INET, SOCK_RAW, IPPROTO_TCP) or die $!;
bind($raw, at(0)) or die $!;
sub segment {
	my ($seq, $n, $ack) = @_;
	my $tcp = pack('nnNNCCnnn', port($c), port($s), $seq & 0xffffffff, $ack & 0xffffffff, 0x50, 0x10, 500, 0, 0) . 'y' x $n;
	my $all = pack('a4a4CCn', inet_aton($addr), inet_aton($addr), 0, 6, length $tcp) . $tcp;
	my $sum = unpack('%32n*', length($all) % 2 ? "$all\0" : $all);
	$sum = ($sum & 0xffff) + ($sum >> 16) while $sum >> 16;
	substr($tcp, 16, 2) = pack('n', ~$sum & 0xffff);
	send($raw, $tcp, 0, at(port($s))) or die $!;
}
segment($next - 331, 211, $ack);             # old
segment($next - 101, 101 + 202, $ack);       # 101 old, 202 new
segment($next + 202 + 1000, 77, $ack);       # early
segment($next + 202 + 100_000_000, 55, $ack); # far beyond
segment($next + 202, 33, $ack + 5000);       # of what was never sent
P
addr=127.$((RANDOM % 200 + 20)).$((RANDOM % 250)).$((RANDOM % 250 + 1))
dtrace -q -c "perl segments.pl $addr" -n '
mib:::tcpInData*Bytes /arg0 == 331 || arg0 == 211 || arg0 == 101 || arg0 == 77 || arg0 == 55/ { printf("%s %d\n", probename, arg0); }
mib:::tcpInDataDupSegs,mib:::tcpInDataPartDupSegs,mib:::tcpInDataUnorderSegs,mib:::tcpInDataPastWinSegs,
mib:::tcpInAckUnsent { @[probename] = sum(arg0); }
END { printa("%s%@3d\n", @); }' | awk '!/ [0-9]+$/ || /Bytes/ { print; next } { print $1, ($2 > 0) }'
