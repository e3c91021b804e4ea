/*
 * ip.c - the ip provider: packets of IPv4 and IPv6 leave and arrive.
 * Spec: providers.md 15; the arguments are made in translators/ip.d and net.d.
 */
#include "net.h"

#define ARGS                                                                                                   \
	{                                                                                                      \
		NET_PKTINFO, NET_CSINFO, NET_IPINFO, {"ifinfo_t *", "struct net_device *"},                    \
		    {"ipv4info_t *", "struct iphdr *"}, {"ipv6info_t *", "struct ipv6hdr *"},                  \
	}

static const dt_carried_t carried[] = {
    {.name = "receive", .args = ARGS},
    {.name = "send", .args = ARGS},
    {0},
};

/* The header, if it is of that version. */
#define HEADER(version) "__dt_net_version == " #version " ? (uintptr_t)this->__dt_net_ip : 0"

static const dt_carrier_t carriers[] = {
    {.probe = "send",
     .on = NET_LEAVES,
     .when = NET_OUT(0) " != 0",
     .does = NET_HEADERS_OUT,
     .args = {"$skb", "$skb->sk", "this->__dt_net_ip", "$skb->dev", HEADER(4), HEADER(6)}},
    {.probe = "receive",
     .on = NET_ARRIVES,
     .when = NET_IN(0) " != 0",
     .does = NET_HEADERS_IN,
     .args = {"$skb", "0", "this->__dt_net_ip", "$skb->dev", HEADER(4), HEADER(6)}},
    {0},
};

const dt_provider_t dt_provider_ip = {
    .name = "ip",
    .attr = DT_STABLE_ATTR(ISA),
    .provide = dt_stable_provide,
    .args = dt_stable_args,
    .carried = carried,
    .carriers = carriers,
};
