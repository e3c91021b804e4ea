# What the socket tells of a segment, against what ss shows of the same socket while it is at rest.
addr=127.$((RANDOM % 200 + 20)).$((RANDOM % 250)).$((RANDOM % 250 + 1))
cat >ss.sh <<'END'
ss -Htnie src "$1:$C" dst "$1:$S" >ss.out
END
dtrace -q -o out.d -c "perl $here/tcp/talk.pl $addr ss.sh" -n '
tcp:::send /args[2]->ip_saddr == "'$addr'" && args[2]->ip_plength - args[4]->tcp_offset == 1/ {
	printf("wscale:%d,%d rto:%d mss:%d cwnd:%d", args[3]->tcps_snd_ws, args[3]->tcps_rcv_ws, args[3]->tcps_rto,
	    args[3]->tcps_mss, args[3]->tcps_cwnd / args[3]->tcps_mss);
	printf(" bytes_acked:%d bytes_received:%d rwnd %d rack %d sack %d retransmit %d pid %d\n",
	    args[3]->tcps_suna - args[3]->tcps_iss, args[3]->tcps_rnxt - args[3]->tcps_irs - 1,
	    args[3]->tcps_rwnd > 0, args[3]->tcps_rack == args[3]->tcps_rnxt,
	    args[3]->tcps_sack_snxt == args[3]->tcps_suna && args[3]->tcps_sack_fack == args[3]->tcps_suna,
	    args[3]->tcps_retransmit, args[1]->cs_pid == $target);
	printf("header %d data at %d seq %d ack %d\n", args[4]->tcp_hdr->dest == htons(args[4]->tcp_dport),
	    args[4]->tcp_offset, args[4]->tcp_seq == args[3]->tcps_snxt, args[4]->tcp_ack == args[3]->tcps_rnxt);
}'
for word in $(sed -n 1p out.d); do
	case $word in
	*:*) grep -qE "[[:space:]]$word[[:space:]]" ss.out && echo "${word%%:*} as ss has it" || { echo "$word, not what ss has:"; cat ss.out; } ;;
	esac
done
sed 's/^.*rwnd/rwnd/' out.d
