# talk.pl ADDRESS [info] - a connection of TCP with itself, then one to the port that is closed by then.
# Both ends have ADDRESS.  The client sends 1000 bytes, the server 3000; with "info" the client's TCP_INFO goes to the file
# "info" while all is quiet, and one byte more is sent; the client closes first.  The file "facts" gets the ports: of the
# server (S), of the client (C), of the client that is refused (R).
use strict;
use IO::Socket::IP;
use Socket qw(:DEFAULT IPPROTO_TCP inet_pton AF_INET6 pack_sockaddr_in6 unpack_sockaddr_in6);
my ($addr, $info) = @ARGV;
my $v6 = $addr =~ /:/;
my %tcp = (Proto => 'tcp', Type => SOCK_STREAM);
my $listen = IO::Socket::IP->new(%tcp, LocalHost => $addr, Listen => 1) or die "listen: $@";
my $port = $listen->sockport;
my $client = IO::Socket::IP->new(%tcp, LocalHost => $addr, PeerHost => $addr, PeerPort => $port) or die "connect: $@";
my $server = $listen->accept or die "accept: $!";
my $cport = $client->sockport;
sub get {
	my ($s, $n) = @_;
	my ($got, $b) = (0);
	while ($got < $n) { $got += sysread($s, $b, $n - $got) || die "short: $got of $n" }
}
syswrite($client, 'x' x 1000) == 1000 or die; get($server, 1000);
syswrite($server, 'y' x 3000) == 3000 or die; get($client, 3000);
if ($info) {
	my $i = getsockopt($client, IPPROTO_TCP, 11) or die; # TCP_INFO
	my ($ws, $rto, $mss, $cwnd, $acked, $received) = unpack('x6 C x1 L x4 L x60 L x36 Q Q', $i);
	open(my $f, '>', 'info') or die;
	printf $f "wscale:%d,%d rto:%d mss:%d cwnd:%d bytes_acked:%d bytes_received:%d\n", $ws & 15, $ws >> 4, $rto / 1000, $mss, $cwnd,
	    $acked, $received;
	close $f;
	syswrite($client, 'z'); get($server, 1);
}
close $client;
sysread($server, my $b, 1) == 0 or die 'no end';
close $server;
close $listen;
sub name { $v6 ? pack_sockaddr_in6($_[0], inet_pton(AF_INET6, $addr)) : sockaddr_in($_[0], inet_aton($addr)) }
socket(my $r, $v6 ? AF_INET6 : AF_INET, SOCK_STREAM, 0) or die;
bind($r, name(0)) or die "bind: $!";
my ($rport) = $v6 ? unpack_sockaddr_in6(getsockname $r) : sockaddr_in(getsockname $r);
connect($r, name($port)) and die 'not refused';
open(my $f, '>', 'facts') or die;
print $f "S $port\nC $cport\nR $rport\n";
