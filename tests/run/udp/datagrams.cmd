# Datagrams between two sockets, one that is connected and one that is not, over IPv4 and IPv6; the ports by name.
cat >talk.pl <<'P'
use strict;
use Socket qw(:all);
sub talk {
	my ($family, $addr, $name, $names) = @_;
	my $at = sub { $family == AF_INET ? sockaddr_in($_[0], inet_aton($addr)) : pack_sockaddr_in6($_[0], inet_pton($family, $addr)) };
	my $port = sub { my $n = getsockname($_[0]); $family == AF_INET ? (sockaddr_in($n))[0] : (unpack_sockaddr_in6($n))[0] };
	my ($a, $b);
	for ($a, $b) { socket($_, $family, SOCK_DGRAM, 0) && bind($_, $at->(0)) or die $! }
	print $names "A$name ", $port->($a), "\nB$name ", $port->($b), "\n";
	connect($a, $at->($port->($b))) or die;
	send($a, 'x' x 321, 0) == 321 or die;
	my $from = recv($b, my $text, 1000, 0);
	send($b, 'x' x 45, 0, $from) == 45 or die;
	recv($a, $text, 1000, 0);
}
open(my $names, '>', 'names') or die;
talk(AF_INET, $ARGV[0], 4, $names);
talk(AF_INET6, '::1', 6, $names);
P
addr=127.$((RANDOM % 200 + 20)).$((RANDOM % 250)).$((RANDOM % 250 + 1))
dtrace -q -o out.d -c "perl talk.pl $addr" -n '
udp:::send,udp:::receive {
	printf("%s IPv%d %s [%d] > %s [%d] length %d %d own %s [%d] far %s [%d] socket %d %d\n", probename,
	    args[2]->ip_ver, args[2]->ip_saddr, args[4]->udp_sport, args[2]->ip_daddr, args[4]->udp_dport,
	    args[4]->udp_length, args[2]->ip_plength, args[3]->udps_laddr, args[3]->udps_lport,
	    args[3]->udps_raddr, args[3]->udps_rport, args[3]->udps_addr != 0,
	    args[1]->cs_addr == args[3]->udps_addr);
}'
perl -e 'open F, "names"; while (<F>) { ($n, $p) = split; $name{$p} = $n }
while (<>) { my $others = 0; s/\[(\d+)\]/$others ||= !$name{$1}; $name{$1}/ge; print if /\S/ && !$others }' out.d | sed "s/$addr/ADDR/g"
dtrace -lvn udp:::receive | sed -n '/Argument Attributes/,$p'
