# A socket of IPv6 that talks IPv4 has addresses of IPv4.
cat >mapped.pl <<'P'
use strict;
use Socket qw(:all);
my $addr = inet_pton(AF_INET6, "::ffff:$ARGV[0]");
sub tcp { socket(my $s, AF_INET6, SOCK_STREAM, 0) or die; bind($s, pack_sockaddr_in6(0, $addr)) or die $!; $s }
my $l = tcp(); listen($l, 1);
my $c = tcp(); connect($c, getsockname $l) or die $!;
accept(my $s, $l) or die;
syswrite($c, 'x' x 70) == 70 or die; sysread($s, my $b, 70) == 70 or die;
P
addr=127.$((RANDOM % 200 + 20)).$((RANDOM % 250)).$((RANDOM % 250 + 1))
timeout 20 dtrace -qc "perl mapped.pl $addr" -n '
tcp:::accept-established,tcp:::connect-established /args[2]->ip_saddr == "'$addr'"/ {
	printf("%s IPv%d %s > %s own %s far %s\n", probename, args[2]->ip_ver, args[2]->ip_saddr, args[2]->ip_daddr,
	    args[3]->tcps_laddr, args[3]->tcps_raddr);
}
tcp:::send,tcp:::receive /args[2]->ip_saddr == "'$addr'" && args[2]->ip_plength - args[4]->tcp_offset == 70/ {
	printf("%s own %s far %s socket %d\n", probename, args[3]->tcps_laddr, args[3]->tcps_raddr, args[3]->tcps_addr != 0);
}
sdt:::inet_sock_set_state
/xlate <conninfo_t>((struct sock *)args[0]).ci_remote == "'$addr'" && args[2] == TCP_STATE_ESTABLISHED/ {
	printf("%s %s\n", xlate <conninfo_t>((struct sock *)args[0]).ci_local,
	    xlate <conninfo_t>((struct sock *)args[0]).ci_protocol);
}' | sed "s/$addr/ADDR/g"
