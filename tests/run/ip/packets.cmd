# Packets of IPv4 and IPv6 of known length from and to this machine, as the program that sends them tells.
addr=127.$((RANDOM % 200 + 20)).$((RANDOM % 250)).$((RANDOM % 250 + 1))
cat >send.pl <<'P'
use strict;
use Socket qw(:all);
my $addr = $ARGV[0];
socket(my $s, AF_INET, SOCK_DGRAM, 0) or die;
setsockopt($s, IPPROTO_IP, 1, pack('i', 0x28)) or die; # IP_TOS
setsockopt($s, IPPROTO_IP, 2, pack('i', 42)) or die;   # IP_TTL
bind($s, sockaddr_in(0, inet_aton($addr))) or die "bind: $!";
send($s, 'x' x 100, 0, sockaddr_in((sockaddr_in(getsockname $s))[0], inet_aton($addr))) == 100 or die;
recv($s, my $b, 200, 0);
socket(my $t, AF_INET6, SOCK_DGRAM, 0) or die;
setsockopt($t, IPPROTO_IPV6, 16, pack('i', 43)) or die;   # IPV6_UNICAST_HOPS
setsockopt($t, IPPROTO_IPV6, 67, pack('i', 0xb8)) or die; # IPV6_TCLASS
bind($t, pack_sockaddr_in6(0, inet_pton(AF_INET6, '::1'))) or die "bind: $!";
send($t, 'x' x 333, 0, pack_sockaddr_in6((unpack_sockaddr_in6(getsockname $t))[0], inet_pton(AF_INET6, '::1'))) == 333 or die;
recv($t, $b, 400, 0);
P
dtrace -q -c "perl send.pl $addr" -n '
ip:::send,ip:::receive
/args[2]->ip_saddr == "'$addr'" || (args[2]->ip_daddr == "::1" && args[2]->ip_plength == 341)/ {
	printf("%s IPv%d %d bytes %s > %s by %s %d own socket %d\n", probename, args[2]->ip_ver, args[2]->ip_plength,
	    args[2]->ip_saddr, args[2]->ip_daddr, args[3]->if_name, args[3]->if_local, args[1]->cs_addr != 0);
	printf("  v4: %d %d tos %x length %d flags %d offset %d ttl %d %d %s %s > %s %d\n", args[4]->ipv4_ver,
	    args[4]->ipv4_ihl, args[4]->ipv4_tos, args[4]->ipv4_length,
	    args[4]->ipv4_flags, args[4]->ipv4_offset, args[4]->ipv4_ttl, args[4]->ipv4_protocol,
	    args[4]->ipv4_protostr, args[4]->ipv4_saddr, args[4]->ipv4_daddr, args[4]->ipv4_hdr != 0);
	printf("  v6: %d class %x length %d hops %d %d %s %s > %s %d\n", args[5]->ipv6_ver, args[5]->ipv6_tclass,
	    args[5]->ipv6_plen, args[5]->ipv6_hlim, args[5]->ipv6_nexthdr, args[5]->ipv6_nextstr,
	    args[5]->ipv6_saddr, args[5]->ipv6_daddr, args[5]->ipv6_hdr != 0);
}
ip:::send /args[2]->ip_saddr == "'$addr'"/ { this->to = (ipaddr_t *)alloca(4); *this->to = args[4]->ipv4_dst; printf("%s\n", inet_ntoa(this->to)); }
ip:::receive /args[2]->ip_daddr == "::1" && args[2]->ip_plength == 341/ { printf("%s\n", inet_ntoa6(args[5]->ipv6_dst)); }
' | sed "s/$addr/ADDR/g"
