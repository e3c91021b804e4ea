/* ip.d - interfaces, and the headers of IPv4 and IPv6: arguments of the ip provider's probes. */
#pragma D depends_on library net.d

inline int IPH_DF = 0x4000;
inline int IPH_MF = 0x2000;

typedef struct ifinfo {
	string if_name;
	int8_t if_local;
	netstackid_t if_ipstack;
	uintptr_t if_addr;
} ifinfo_t;

typedef struct ipv4info {
	uint8_t ipv4_ver;
	uint8_t ipv4_ihl;
	uint8_t ipv4_tos;
	uint16_t ipv4_length;
	uint16_t ipv4_ident;
	uint8_t ipv4_flags;
	uint16_t ipv4_offset;
	uint8_t ipv4_ttl;
	uint8_t ipv4_protocol;
	string ipv4_protostr;
	uint16_t ipv4_checksum;
	ipaddr_t ipv4_src;
	ipaddr_t ipv4_dst;
	string ipv4_saddr;
	string ipv4_daddr;
	uintptr_t ipv4_hdr;
} ipv4info_t;

typedef struct ipv6info {
	uint8_t ipv6_ver;
	uint8_t ipv6_tclass;
	uint32_t ipv6_flow;
	uint16_t ipv6_plen;
	uint8_t ipv6_nexthdr;
	string ipv6_nextstr;
	uint8_t ipv6_hlim;
	in6_addr_t *ipv6_src;
	in6_addr_t *ipv6_dst;
	string ipv6_saddr;
	string ipv6_daddr;
	uintptr_t ipv6_hdr;
} ipv6info_t;

#pragma D attributes Evolving/Evolving/Common translator
translator ifinfo_t < struct net_device *D > {
	if_name = D == NULL ? "<null>" : stringof(D->name);
	if_local = D == NULL ? 0 : (D->flags & 8) != 0; /* IFF_LOOPBACK */
	if_ipstack = D == NULL ? 0 : D->nd_net.net->ns.inum;
	if_addr = (uintptr_t)D;
};

/* IPPROTO_* by name; the rest are numbers. */
inline string __dt_ip_protocol[int P] = P == 6 ? "TCP" : P == 17 ? "UDP" : P == 0 ? "IP" : P == 1 ? "ICMP" :
    P == 2 ? "IGMP" : P == 8 ? "EGP" : P == 41 ? "IPv6" : P == 43 ? "ROUTE" : P == 50 ? "ESP" : P == 51 ? "AH" :
    P == 58 ? "ICMPv6" : P == 89 ? "OSPF" : P == 132 ? "SCTP" : P == 255 ? "RAW" : lltostr(P);

#pragma D attributes Evolving/Evolving/Common translator
translator ipv4info_t < struct iphdr *I > {
	ipv4_ver = I == NULL ? 0 : *(uint8_t *)I >> 4;
	ipv4_ihl = I == NULL ? 0 : (*(uint8_t *)I & 15) * 4;
	ipv4_tos = I == NULL ? 0 : I->tos;
	ipv4_length = I == NULL ? 0 : ntohs(I->tot_len);
	ipv4_ident = I == NULL ? 0 : ntohs(I->id);
	ipv4_flags = I == NULL ? 0 : ntohs(I->frag_off) >> 12;
	ipv4_offset = I == NULL ? 0 : ntohs(I->frag_off) & 0x0fff;
	ipv4_ttl = I == NULL ? 0 : I->ttl;
	ipv4_protocol = I == NULL ? 0 : I->protocol;
	ipv4_protostr = I == NULL ? "<null>" :
	    (this->__dt_net_proto = I->protocol, __dt_ip_protocol[this->__dt_net_proto]);
	ipv4_checksum = I == NULL ? 0 : ntohs(I->check);
	ipv4_src = I == NULL ? 0 : *(uint32_t *)((uintptr_t)I + 12);
	ipv4_dst = I == NULL ? 0 : *(uint32_t *)((uintptr_t)I + 16);
	ipv4_saddr = __dt_sockaddr((uintptr_t)I, 0);
	ipv4_daddr = __dt_sockaddr((uintptr_t)I, 1);
	ipv4_hdr = (uintptr_t)I;
};

#pragma D attributes Evolving/Evolving/Common translator
translator ipv6info_t < struct ipv6hdr *I > {
	ipv6_ver = I == NULL ? 0 : *(uint8_t *)I >> 4;
	ipv6_tclass = I == NULL ? 0 : ntohl(*(uint32_t *)I) >> 20 & 0xff;
	ipv6_flow = I == NULL ? 0 : ntohl(*(uint32_t *)I) & 0xfffff;
	ipv6_plen = I == NULL ? 0 : ntohs(I->payload_len);
	ipv6_nexthdr = I == NULL ? 0 : I->nexthdr;
	ipv6_nextstr = I == NULL ? "<null>" :
	    (this->__dt_net_proto = I->nexthdr, __dt_ip_protocol[this->__dt_net_proto]);
	ipv6_hlim = I == NULL ? 0 : I->hop_limit;
	ipv6_src = I == NULL ? NULL : (in6_addr_t *)((uintptr_t)I + 8);
	ipv6_dst = I == NULL ? NULL : (in6_addr_t *)((uintptr_t)I + 24);
	ipv6_saddr = __dt_sockaddr((uintptr_t)I, 0);
	ipv6_daddr = __dt_sockaddr((uintptr_t)I, 1);
	ipv6_hdr = (uintptr_t)I;
};
