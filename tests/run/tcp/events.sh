# events.sh ADDRESS - all probes of tcp over talk.pl's connections, as the ends tell them, its ports by name.
dtrace -q -o out.d -c "perl $here/tcp/talk.pl $1" -n '
tcp:::connect-request,tcp:::connect-established,tcp:::connect-refused,tcp:::accept-established,tcp:::accept-refused
/args[2]->ip_saddr == "'$1'"/ {
	printf("1 %s %s:%d > %s:%d flags %x; own %s:%d far %s:%d %s active %d local %d socket %d\n", probename,
	    args[2]->ip_saddr, args[4]->tcp_sport, args[2]->ip_daddr, args[4]->tcp_dport, args[4]->tcp_flags,
	    args[3]->tcps_laddr, args[3]->tcps_lport, args[3]->tcps_raddr, args[3]->tcps_rport,
	    tcp_state_string[args[3]->tcps_state], args[3]->tcps_active, args[3]->tcps_local,
	    args[3]->tcps_addr != 0 && args[1]->cs_addr == args[3]->tcps_addr);
}
tcp:::state-change
/args[3]->tcps_laddr == "'$1'" && args[3]->tcps_rport != 0 && args[5]->tcps_state != TCP_STATE_LISTEN/ {
	printf("2 :%d far :%d %d > %d\n", args[3]->tcps_lport, args[3]->tcps_rport, args[5]->tcps_state,
	    args[3]->tcps_state);
}
tcp:::send,tcp:::receive
/args[2]->ip_saddr == "'$1'"/ {
	@bytes[probename, args[4]->tcp_sport, args[4]->tcp_dport] = sum(args[2]->ip_plength - args[4]->tcp_offset);
	@syns[probename, args[4]->tcp_sport, args[4]->tcp_dport] =
	    sum((args[4]->tcp_flags & (TH_SYN | TH_FIN | TH_RST)) != 0);
	@wrong[probename] = sum(args[3]->tcps_addr != 0 && (args[3]->tcps_raddr != "'$1'" ||
	    args[3]->tcps_lport != (probename == "send" ? args[4]->tcp_sport : args[4]->tcp_dport)));
}
tcp:::receive /args[2]->ip_saddr == "'$1'" && args[3]->tcps_addr == 0/ {
	printf("3 no socket: :%d > :%d %x own %s:%d\n", args[4]->tcp_sport, args[4]->tcp_dport, args[4]->tcp_flags,
	    args[3]->tcps_laddr, args[3]->tcps_lport);
}
END { printa("4 %s :%d > :%d bytes %@d of note %@d\n", @bytes, @syns); printa("4 %s wrong %@d\n", @wrong); }'
perl -e 'open F, "facts"; while (<F>) { ($n, $p) = split; $name{$p} = $n }
while (<>) {
	my $others = 0;
	s/:(\d+)\b(?!:)/$others ||= !$name{$1}; ":" . $name{$1}/ge;
	push @l, $_ if /\S/ && !$others;
}
print sort { substr($a, 0, 5) cmp substr($b, 0, 5) || $a =~ /^4/ && $a cmp $b } @l' out.d
