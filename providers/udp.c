/*
 * udp.c - the udp provider: datagrams leave and arrive.
 * Spec: providers.md 15; the arguments are made in translators/udp.d and net.d.
 *
 * One that arrives does not know its socket yet.
 */
#include "net.h"

#define ARGS                                                                                                   \
	{                                                                                                      \
		NET_PKTINFO, NET_CSINFO, NET_IPINFO, {"udpsinfo_t *", "struct sock *"},                        \
		    {"udpinfo_t *", "struct udphdr *"},                                                        \
	}

static const dt_carried_t carried[] = {
    {.name = "receive", .args = ARGS},
    {.name = "send", .args = ARGS},
    {0},
};

static const dt_carrier_t carriers[] = {
    {.probe = "send",
     .on = NET_LEAVES,
     .when = NET_UDP_OUT,
     .does = NET_HEADERS_OUT,
     .args = {"$skb", "$skb->sk", "this->__dt_net_ip", "$skb->sk", "this->__dt_net_header"}},
    {.probe = "receive",
     .on = NET_ARRIVES,
     .when = NET_UDP_IN,
     .does = NET_HEADERS_IN,
     .args = {"$skb", "0", "this->__dt_net_ip", "0", "this->__dt_net_header"}},
    {0},
};

const dt_provider_t dt_provider_udp = {
    .name = "udp",
    .attr = DT_STABLE_ATTR(ISA),
    .provide = dt_stable_provide,
    .args = dt_stable_args,
    .carried = carried,
    .carriers = carriers,
};
