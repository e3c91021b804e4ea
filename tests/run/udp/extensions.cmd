# The header of UDP behind an extension of IPv6 (destination options, 16 bytes).
cat >send.pl <<'P'
use strict;
use Socket qw(:all);
socket(my $t, AF_INET6, SOCK_DGRAM, 0) or die;
# An option of a type to be skipped, 12 bytes; IPV6_DSTOPTS.
setsockopt($t, IPPROTO_IPV6, 59, pack('CCCCx12', 0, 1, 0x1e, 12)) or die "options: $!";
bind($t, pack_sockaddr_in6(0, inet_pton(AF_INET6, '::1'))) or die "bind: $!";
send($t, 'x' x 333, 0, getsockname $t) == 333 or die $!;
P
timeout 20 dtrace -qc 'perl send.pl' -n '
udp:::send,udp:::receive /args[4]->udp_length == 341/ {
	printf("%s %d %s %s %d\n", probename, args[2]->ip_plength, args[3]->udps_laddr, args[3]->udps_raddr,
	    args[4]->udp_sport == args[4]->udp_dport);
}'
