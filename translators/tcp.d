/*
 * tcp.d - connections of TCP and their segments: arguments of the tcp provider's probes (providers/tcp.c).
 *
 * A socket that is not known (0) is told from the segment, as far as that goes.
 */
#pragma D depends_on library net.d

inline int TCP_MIN_HEADER_LENGTH = 20;

/* The states are Linux's, under the names that scripts have for them. */
inline int TCP_STATE_IDLE = 0;
inline int TCP_STATE_ESTABLISHED = 1;
inline int TCP_STATE_SYN_SENT = 2;
inline int TCP_STATE_SYN_RECEIVED = 3;
inline int TCP_STATE_FIN_WAIT_1 = 4;
inline int TCP_STATE_FIN_WAIT_2 = 5;
inline int TCP_STATE_TIME_WAIT = 6;
inline int TCP_STATE_CLOSED = 7;
inline int TCP_STATE_CLOSE_WAIT = 8;
inline int TCP_STATE_LAST_ACK = 9;
inline int TCP_STATE_LISTEN = 10;
inline int TCP_STATE_CLOSING = 11;
inline int TCP_STATE_BOUND = 13;

inline int TCPS_CLOSED = TCP_STATE_CLOSED;
inline int TCPS_LISTEN = TCP_STATE_LISTEN;
inline int TCPS_SYN_SENT = TCP_STATE_SYN_SENT;
inline int TCPS_SYN_RECEIVED = TCP_STATE_SYN_RECEIVED;
inline int TCPS_ESTABLISHED = TCP_STATE_ESTABLISHED;
inline int TCPS_CLOSE_WAIT = TCP_STATE_CLOSE_WAIT;
inline int TCPS_FIN_WAIT_1 = TCP_STATE_FIN_WAIT_1;
inline int TCPS_CLOSING = TCP_STATE_CLOSING;
inline int TCPS_LAST_ACK = TCP_STATE_LAST_ACK;
inline int TCPS_FIN_WAIT_2 = TCP_STATE_FIN_WAIT_2;
inline int TCPS_TIME_WAIT = TCP_STATE_TIME_WAIT;

inline string tcp_state_string[int32_t S] = S == 1 ? "state-established" : S == 2 ? "state-syn-sent" :
    S == 3 ? "state-syn-received" : S == 4 ? "state-fin-wait-1" : S == 5 ? "state-fin-wait-2" :
    S == 6 ? "state-time-wait" : S == 7 ? "state-closed" : S == 8 ? "state-close-wait" :
    S == 9 ? "state-last-ack" : S == 10 ? "state-listen" : S == 11 ? "state-closing" : S == 13 ? "state-bound" :
    S == 0 ? "state-idle" : "<unknown>";

typedef struct tcpinfo {
	uint16_t tcp_sport;
	uint16_t tcp_dport;
	uint32_t tcp_seq;
	uint32_t tcp_ack;
	uint8_t tcp_offset;
	uint8_t tcp_flags;
	uint16_t tcp_window;
	uint16_t tcp_checksum;
	uint16_t tcp_urgent;
	struct tcphdr *tcp_hdr;
} tcpinfo_t;

typedef struct tcpsinfo {
	uintptr_t tcps_addr;
	int tcps_local;
	int tcps_active;
	uint16_t tcps_lport;
	uint16_t tcps_rport;
	string tcps_laddr;
	string tcps_raddr;
	int tcps_state;
	uint32_t tcps_iss;
	uint32_t tcps_irs;
	uint32_t tcps_suna;
	uint32_t tcps_snxt;
	uint32_t tcps_rack;
	uint32_t tcps_rnxt;
	uint32_t tcps_swnd;
	int32_t tcps_snd_ws;
	uint32_t tcps_rwnd;
	int32_t tcps_rcv_ws;
	uint32_t tcps_cwnd;
	uint32_t tcps_cwnd_ssthresh;
	uint32_t tcps_sack_fack;
	uint32_t tcps_sack_snxt;
	uint32_t tcps_rto;
	uint32_t tcps_mss;
	int tcps_retransmit;
	uint32_t tcps_rtt;
	uint32_t tcps_rtt_sd;
} tcpsinfo_t;

typedef struct tcplsinfo {
	int32_t tcps_state;
} tcplsinfo_t;

this int __dt_tcp_flags; /* of a segment that is told from its socket */
this int __dt_tcp_state; /* what the socket's state becomes; 0: as it is */
int __dt_tcp_active[struct sock *];

inline struct tcp_sock *__dt_tp[struct sock *S] = (struct tcp_sock *)S;
inline uint16_t __dt_tcp_rport = ntohs(this->__dt_net_sk->__sk_common.skc_dport);

#pragma D attributes Evolving/Evolving/Common translator
translator tcpinfo_t < struct tcphdr *T > {
	tcp_sport = T != NULL ? ntohs(T->source) : __dt_tcp_rport;
	tcp_dport = T != NULL ? ntohs(T->dest) : __dt_sock(this->__dt_net_sk, 2);
	tcp_seq = T != NULL ? ntohl(T->seq) : this->__dt_tcp_flags == 0x14 ? 0 :
	    __dt_tp[this->__dt_net_sk]->rcv_nxt - (this->__dt_tcp_flags == 0x12 ? 1 : 0);
	tcp_ack = T != NULL ? ntohl(T->ack_seq) : __dt_tp[this->__dt_net_sk]->snd_nxt;
	tcp_offset = T != NULL ? (*(uint8_t *)((uintptr_t)T + 12) >> 4) * 4 : 0;
	tcp_flags = T != NULL ? *(uint8_t *)((uintptr_t)T + 13) : this->__dt_tcp_flags;
	tcp_window = T != NULL ? ntohs(T->window) : 0;
	tcp_checksum = T != NULL ? ntohs(T->check) : 0;
	tcp_urgent = T != NULL ? ntohs(T->urg_ptr) : 0;
	tcp_hdr = T;
};

/* Who tells the addresses. */
inline uintptr_t __dt_tcp_where[struct sock *S] = S != NULL ? (uintptr_t)S : (uintptr_t)this->__dt_net_ip;
inline int __dt_tcp_mss[struct sock *S] = __dt_tp[S]->mss_cache;

#pragma D attributes Evolving/Evolving/Common translator
translator tcpsinfo_t < struct sock *S > {
	tcps_addr = (uintptr_t)S;
	tcps_local = S != NULL ? __dt_sock(S, 3) : __dt_packet(this->__dt_net_skb, 7 | this->__dt_net_arrived);
	tcps_active = S != NULL ? __dt_tcp_active[S] : 0;
	tcps_lport = S != NULL ? __dt_sock(S, 2) : __dt_net_port[0];
	tcps_rport = S != NULL ? ntohs(S->__sk_common.skc_dport) : __dt_net_port[1];
	tcps_laddr = __dt_sockaddr(__dt_tcp_where[S], S != NULL ? 2 : this->__dt_net_arrived != 0 ? 1 : 0);
	tcps_raddr = __dt_sockaddr(__dt_tcp_where[S], S != NULL ? 3 : this->__dt_net_arrived != 0 ? 0 : 1);
	tcps_state = this->__dt_tcp_state != 0 ? this->__dt_tcp_state : S != NULL ? S->__sk_common.skc_state : 0;
	tcps_iss = S != NULL ? __dt_tp[S]->snd_una - (uint32_t)__dt_tp[S]->bytes_acked : 0;
	tcps_irs = S != NULL && __dt_tp[S]->rcv_nxt != 0 ? __dt_tp[S]->rcv_nxt - (uint32_t)__dt_tp[S]->bytes_received - 1 : 0;
	tcps_suna = S != NULL ? __dt_tp[S]->snd_una : 0;
	tcps_snxt = S != NULL ? __dt_tp[S]->snd_nxt : 0;
	tcps_rack = S != NULL ? __dt_tp[S]->rcv_wup : 0;
	tcps_rnxt = S != NULL ? __dt_tp[S]->rcv_nxt : 0;
	tcps_swnd = S != NULL ? __dt_tp[S]->snd_wnd : 0;
	tcps_snd_ws = S != NULL ? __dt_tp[S]->rx_opt.snd_wscale : 0;
	tcps_rwnd = S != NULL ? __dt_tp[S]->rcv_wnd : 0;
	tcps_rcv_ws = S != NULL ? __dt_tp[S]->rx_opt.rcv_wscale : 0;
	tcps_cwnd = S != NULL ? __dt_tp[S]->snd_cwnd * __dt_tcp_mss[S] : 0;
	tcps_cwnd_ssthresh = S != NULL ? __dt_tp[S]->snd_ssthresh * __dt_tcp_mss[S] : 0;
	tcps_sack_fack = S != NULL ? (__dt_tp[S]->sacked_out == 0 || __dt_tp[S]->highest_sack == NULL ?
	    __dt_tp[S]->snd_una : ((struct tcp_skb_cb *)&__dt_tp[S]->highest_sack->cb)->end_seq) : 0;
	tcps_sack_snxt = S != NULL ? (__dt_tp[S]->sacked_out == 0 || __dt_tp[S]->highest_sack == NULL ?
	    __dt_tp[S]->snd_una : ((struct tcp_skb_cb *)&__dt_tp[S]->highest_sack->cb)->seq) : 0;
	tcps_rto = S != NULL ? __dt_sock(S, 4) : 0;
	tcps_mss = S != NULL ? __dt_tcp_mss[S] : 0;
	tcps_retransmit = S != NULL && this->__dt_net_header != 0 && this->__dt_net_arrived == 0 ?
	    (int)(ntohl(*(uint32_t *)(this->__dt_net_header + 4)) - __dt_tp[S]->snd_nxt) < 0 : 0;
	tcps_rtt = S != NULL ? __dt_tp[S]->srtt_us / 8 / 1000 : 0;
	tcps_rtt_sd = S != NULL ? __dt_tp[S]->mdev_us / 4 / 1000 : 0;
};

#pragma D attributes Evolving/Evolving/Common translator
translator tcplsinfo_t < int S > {
	tcps_state = S;
};
