# What the socket tells of a segment, against the TCP_INFO of the same socket while it is at rest.
addr=127.$((RANDOM % 200 + 20)).$((RANDOM % 250)).$((RANDOM % 250 + 1))
dtrace -q -o out.d -c "perl $here/tcp/talk.pl $addr info" -n '
tcp:::send /args[2]->ip_saddr == "'$addr'" && args[2]->ip_plength - args[4]->tcp_offset == 1/ {
	printf("wscale:%d,%d rto:%d mss:%d cwnd:%d bytes_acked:%d bytes_received:%d\n", args[3]->tcps_snd_ws, args[3]->tcps_rcv_ws, args[3]->tcps_rto,
	    args[3]->tcps_mss, args[3]->tcps_cwnd / args[3]->tcps_mss, args[3]->tcps_suna - args[3]->tcps_iss,
	    args[3]->tcps_rnxt - args[3]->tcps_irs - 1);
	printf("rwnd %d rack %d sack %d retransmit %d pid %d\n",
	    args[3]->tcps_rwnd > 0, args[3]->tcps_rack == args[3]->tcps_rnxt,
	    args[3]->tcps_sack_snxt == args[3]->tcps_suna && args[3]->tcps_sack_fack == args[3]->tcps_suna,
	    args[3]->tcps_retransmit, args[1]->cs_pid == $target);
	printf("header %d data at %d seq %d ack %d\n", args[4]->tcp_hdr->dest == htons(args[4]->tcp_dport),
	    args[4]->tcp_offset, args[4]->tcp_seq == args[3]->tcps_snxt, args[4]->tcp_ack == args[3]->tcps_rnxt);
}'
sed -n 1p out.d | diff info - && echo "the same"
sed 1d out.d
