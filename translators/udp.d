/*
 * udp.d - datagrams of UDP and who they are between: arguments of the udp provider's probes (providers/udp.c).
 *
 * Ports and addresses are the datagram's, from this machine's side: a socket need not have any of its own.
 */
#pragma D depends_on library net.d

inline int UDPH_SIZE = 8;

typedef struct udpinfo {
	uint16_t udp_sport;
	uint16_t udp_dport;
	uint16_t udp_length;
	uint16_t udp_checksum;
	struct udphdr *udp_hdr;
} udpinfo_t;

typedef struct udpsinfo {
	uintptr_t udps_addr;
	uint16_t udps_lport;
	uint16_t udps_rport;
	string udps_laddr;
	string udps_raddr;
} udpsinfo_t;

#pragma D attributes Evolving/Evolving/Common translator
translator udpinfo_t < struct udphdr *U > {
	udp_sport = ntohs(U->source);
	udp_dport = ntohs(U->dest);
	udp_length = ntohs(U->len);
	udp_checksum = ntohs(U->check);
	udp_hdr = U;
};

#pragma D attributes Evolving/Evolving/Common translator
translator udpsinfo_t < struct sock *S > {
	udps_addr = (uintptr_t)S;
	udps_lport = __dt_net_port[0];
	udps_rport = __dt_net_port[1];
	udps_laddr = __dt_sockaddr((uintptr_t)this->__dt_net_ip, this->__dt_net_arrived != 0 ? 1 : 0);
	udps_raddr = __dt_sockaddr((uintptr_t)this->__dt_net_ip, this->__dt_net_arrived != 0 ? 0 : 1);
};
