/* packet.bpf.c - packets of IP and the sockets they are of; see rt.h. */
#include "rt_bpf.h"

enum {
	AF_INET6 = 10,
	ETH_IP = 0x0800,
	ETH_IPV6 = 0x86dd,
	IPPROTO_HOPOPTS = 0,
	IPPROTO_TCP = 6,
	IPPROTO_UDP = 17,
	IPPROTO_ROUTING = 43,
	IPPROTO_FRAGMENT = 44,
	IPPROTO_DSTOPTS = 60,
	IPV6_HEADER = 40,
	UDP_HEADER = 8,
	PACKET_OTHERHOST = 3,
	NEXTENSIONS = 4 /* extension headers of IPv6 that are followed */
};

#define MAPPED 0xffff0000U /* third word of an IPv6 address that is an IPv4 one, as it lies in memory */

RT_INLINE dt_u64
load(dt_u64 addr, dt_u32 size)
{
	dt_u64 v = 0;
	bpf_probe_read_kernel(&v, size, (const void *)addr);
	return v;
}

RT_INLINE dt_u64
load16(dt_u64 addr)
{
	dt_u64 v = load(addr, 2);
	return (v >> 8 | v << 8) & 0xffff;
}

/* ------------------------------------------------------------------- keys */

RT_INLINE dt_u64
mix(dt_u64 hash, dt_u64 v)
{
	hash = (hash ^ v) * 0x9e3779b97f4a7c15ULL;
	return hash ^ hash >> 29;
}

/* Of addresses in memory, 4 or 16 bytes, and ports as the network has them. */
RT_INLINE dt_u64
key(dt_u64 net, dt_u64 local, dt_u64 remote, dt_u64 is6, dt_u64 ports)
{
	dt_u64 hash = mix(net, ports);
	if (!is6)
		return mix(hash, load(local, 4) << 32 | load(remote, 4));
	hash = mix(mix(hash, load(local, 8)), load(local + 8, 8));
	return mix(mix(hash, load(remote, 8)), load(remote + 8, 8));
}

RT_INLINE dt_u64
same(dt_u64 a, dt_u64 b, dt_u64 is6)
{
	if (!is6)
		return load(a, 4) == load(b, 4);
	return load(a, 8) == load(b, 8) && load(a + 8, 8) == load(b + 8, 8);
}

/* ---------------------------------------------------------------- packets */

struct packet {
	dt_u64 ip, header;
	dt_u64 payload; /* bytes after the IP header, as that tells */
	dt_u32 protocol;
	dt_u32 is6;
};

/* Where the protocol's own header is: behind extensions, and in the first fragment only. */
RT_INLINE void
find_header6(struct packet *p)
{
	dt_u64 at = p->ip + IPV6_HEADER, next = load(p->ip + 6, 1);
#pragma clang loop unroll(full)
	for (int i = 0; i < NEXTENSIONS; i++) {
		if (next == IPPROTO_FRAGMENT) {
			if (load16(at + 2) >> 3)
				return;
			next = load(at, 1);
			at += 8;
		} else if (next == IPPROTO_HOPOPTS || next == IPPROTO_ROUTING || next == IPPROTO_DSTOPTS) {
			dt_u64 ext = load(at, 2);
			next = ext & 0xff;
			at += ((ext >> 8) + 1) * 8;
		}
	}
	p->protocol = next;
	p->header = at;
}

/* False: not IP, or not for us. */
RT_INLINE int
parse(const struct dt_packetoffs *o, dt_u64 skb, dt_u64 arrived, struct packet *p)
{
	dt_u64 type = load16(skb + o->protocol), data = load(skb + o->data, 8);
	if (!skb || (type != ETH_IP && type != ETH_IPV6))
		return 0;
	if (arrived && (load(skb + o->type, 1) & 7) >= PACKET_OTHERHOST)
		return 0;
	p->is6 = type == ETH_IPV6;
	p->ip = arrived ? data : load(skb + o->head, 8) + load(skb + o->network, 2);
	dt_u64 behind = (load(skb + o->len, 4) - (p->ip - data)) & 0xffffffff; /* bytes from the IP header on */
	if (p->is6) {
		p->payload = load16(p->ip + 4);
		if (!p->payload)
			p->payload = behind - IPV6_HEADER;
		find_header6(p);
		return 1;
	}
	/* Longer than its length can tell, as segments are before they are cut: 0. */
	dt_u64 size = (load(p->ip, 1) & 15) * 4, total = load16(p->ip + 2);
	p->payload = (total ? total : behind) - size;
	if (!(load16(p->ip + 6) & 0x1fff)) {
		p->protocol = load(p->ip + 9, 1);
		p->header = p->ip + size;
	}
	return 1;
}

RT_INLINE dt_u64
data_bytes(const struct packet *p)
{
	dt_u64 size = p->header - p->ip - (p->is6 ? IPV6_HEADER : (load(p->ip, 1) & 15) * 4);
	size += p->protocol == IPPROTO_TCP ? (load(p->header + 12, 1) >> 4) * 4 : UDP_HEADER;
	return p->payload > size ? p->payload - size : 0;
}

RT_ROUTINE dt_u64
dt_packet(dt_u64 skb, dt_u64 offs, dt_u64 what)
{
	struct dt_packetoffs o = {};
	struct packet p = {};
	bpf_probe_read_kernel(&o, sizeof(o), (const void *)offs);
	if (!parse(&o, skb, what & DT_PKT_ARRIVED, &p))
		return 0;
	dt_u64 source = p.ip + (p.is6 ? 8 : 12), destination = p.ip + (p.is6 ? 24 : 16), ports;
	switch (what & ~(dt_u64)DT_PKT_ARRIVED) {
	case DT_PKT_IP:
		return p.ip;
	case DT_PKT_PROTOCOL:
		return p.protocol;
	case DT_PKT_HEADER:
		return p.header;
	case DT_PKT_PAYLOAD:
		return p.payload;
	case DT_PKT_DATA:
		return p.header ? data_bytes(&p) : 0;
	case DT_PKT_FLAGS:
		return p.protocol == IPPROTO_TCP ? load(p.header + 13, 1) : 0;
	case DT_PKT_TCP:
		return p.protocol == IPPROTO_TCP ? p.header : 0;
	case DT_PKT_UDP:
		return p.protocol == IPPROTO_UDP ? p.header : 0;
	case DT_PKT_LOCAL:
		return same(source, destination, p.is6);
	case DT_PKT_KEY:
		ports = load(p.header, 4);
		return key(load(load(skb + o.dev, 8) + o.net, 8), destination, source, p.is6,
			   ports >> 16 | (ports & 0xffff) << 16);
	default:
		return 0;
	}
}

/* ---------------------------------------------------------------- sockets */

/* Where a socket has it, from a struct dt_sockoffs: the stack is too short to copy that. */
#define OFF(offs, member) load((offs) + __builtin_offsetof(struct dt_sockoffs, member), 4)

/* An IPv6 socket that talks IPv4 has both kinds of addresses. */
RT_INLINE dt_u64
is_ipv6(dt_u64 offs, dt_u64 sk)
{
	if (load(sk + OFF(offs, family), 2) != AF_INET6)
		return 0;
	dt_u64 local = sk + OFF(offs, saddr6);
	return load(local, 8) || load(local + 8, 4) != MAPPED;
}

RT_INLINE dt_u64
local_address(dt_u64 offs, dt_u64 sk, dt_u64 is6)
{
	return sk + (is6 ? OFF(offs, saddr6) : OFF(offs, saddr));
}

RT_INLINE dt_u64
remote_address(dt_u64 offs, dt_u64 sk, dt_u64 is6)
{
	return sk + (is6 ? OFF(offs, daddr6) : OFF(offs, daddr));
}

/* Its port, as numbers are. */
RT_INLINE dt_u64
port(dt_u64 offs, dt_u64 sk)
{
	dt_u64 num = load(sk + OFF(offs, num), 2);
	return num ? num : load16(sk + OFF(offs, sport));
}

RT_ROUTINE dt_u64
dt_sock(dt_u64 sk, dt_u64 offs, dt_u64 what)
{
	if (!sk)
		return 0;
	dt_u64 is6 = is_ipv6(offs, sk), own;
	dt_u64 local = local_address(offs, sk, is6), remote = remote_address(offs, sk, is6);
	switch (what) {
	case DT_SOCK_KEY:
		own = port(offs, sk);
		own = (own >> 8 | own << 8) & 0xffff;
		return key(load(sk + OFF(offs, net), 8), local, remote, is6,
			   own | load(sk + OFF(offs, dport), 2) << 16);
	case DT_SOCK_VERSION:
		return is6 ? 6 : 4;
	case DT_SOCK_PORT:
		return port(offs, sk);
	case DT_SOCK_LOCAL:
		return same(local, remote, is6);
	case DT_SOCK_RTO:
		return load(sk + OFF(offs, rto), 4) * OFF(offs, tick) / 1000000;
	default:
		return 0;
	}
}

/* -------------------------------------------------------------- addresses */

RT_ROUTINE dt_u64
dt_sockaddr(dt_u64 addr, dt_u64 offs, dt_u64 what)
{
	dt_u64 is6;
	if (!addr)
		return 0;
	if (what == DT_ADDR_SOURCE || what == DT_ADDR_DESTINATION) {
		is6 = load(addr, 1) >> 4 == 6;
		addr += is6 ? 8 : 12;
		if (what == DT_ADDR_DESTINATION)
			addr += is6 ? 16 : 4;
	} else {
		is6 = is_ipv6(offs, addr);
		addr = what == DT_ADDR_LOCAL ? local_address(offs, addr, is6) : remote_address(offs, addr, is6);
	}
	return is6 ? addr ^ DT_ADDR_IPV6 : addr;
}
