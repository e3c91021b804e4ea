/*
 * net.d - what ip, tcp and udp share: packets, connections, addresses.
 *
 * The carriers (providers/ip.c, tcp.c, udp.c) put where the headers are into this->__dt_net_*.  Where an event
 * has no packet (a connection is established) __dt_net_ip is 0, and the segment that made it so, which
 * arrived, is told from the socket.  The numbers: enum dt_packet, dt_sock, dt_sockaddr
 * (libdtrace/runtime/rt.h).
 */
typedef struct in6_addr in6_addr_t;

this struct sk_buff *__dt_net_skb;
this struct iphdr *__dt_net_ip;
this uintptr_t __dt_net_header;
this struct sock *__dt_net_sk;
this int __dt_net_arrived; /* 16: the packet did */
this int __dt_net_st;
this int __dt_net_proto;
/* Sockets by where their packets go: those that have sent or were established while we look. */
struct sock *__dt_net_socks[uint64_t];
this uint64_t __dt_net_key;
/* Who opened it: the thread that called connect(), as far as it was seen. */
int __dt_net_pids[struct sock *];

/* The packet's port on this side (0) and on the other (1). */
inline uint16_t __dt_net_port[int FAR] =
    ntohs(*(uint16_t *)(this->__dt_net_header + ((this->__dt_net_arrived != 0) == FAR ? 0 : 2)));

typedef struct pktinfo {
	uintptr_t pkt_addr;
} pktinfo_t;

typedef struct csinfo {
	uintptr_t cs_addr;
	uint64_t cs_cid;
	pid_t cs_pid;
	zoneid_t cs_zoneid;
} csinfo_t;

typedef struct ipinfo {
	uint8_t ip_ver;
	uint16_t ip_plength;
	string ip_saddr;
	string ip_daddr;
} ipinfo_t;

typedef struct conninfo {
	string ci_local;
	string ci_remote;
	string ci_protocol;
} conninfo_t;

#pragma D attributes Evolving/Evolving/Common translator
translator pktinfo_t < struct sk_buff *P > {
	pkt_addr = (uintptr_t)P;
};

#pragma D attributes Evolving/Evolving/Common translator
translator csinfo_t < struct sock *S > {
	cs_addr = (uintptr_t)S;
	cs_cid = (uint64_t)S;
	cs_pid = S == NULL ? -1 : __dt_net_pids[S] == 0 ? -1 : __dt_net_pids[S];
	cs_zoneid = 0;
};

inline int __dt_net_version = *(uint8_t *)this->__dt_net_ip >> 4;
inline uintptr_t __dt_net_source[struct iphdr *I] = I == NULL ? (uintptr_t)this->__dt_net_sk : (uintptr_t)I;

#pragma D attributes Evolving/Evolving/Common translator
translator ipinfo_t < struct iphdr *I > {
	ip_ver = I == NULL ? __dt_sock(this->__dt_net_sk, 1) : *(uint8_t *)I >> 4;
	ip_plength = I == NULL ? 0 : __dt_packet(this->__dt_net_skb, 3 | this->__dt_net_arrived);
	ip_saddr = __dt_sockaddr(__dt_net_source[I], I == NULL ? 3 : 0);
	ip_daddr = __dt_sockaddr(__dt_net_source[I], I == NULL ? 2 : 1);
};

#pragma D attributes Evolving/Evolving/Common translator
translator conninfo_t < struct sock *S > {
	ci_local = __dt_sockaddr((uintptr_t)S, 2);
	ci_remote = __dt_sockaddr((uintptr_t)S, 3);
	ci_protocol = S == NULL ? "<unknown>" : __dt_sock(S, 1) == 6 ? "ipv6" : "ipv4";
};
