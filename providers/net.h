/*
 * net.h - what the carriers of ip, tcp, udp and mib have in common: packets that leave and arrive, in D.
 * The numbers: enum dt_packet (libdtrace/runtime/rt.h).
 *
 * A packet leaves at net_dev_queue, as it is given to its device, and arrives at netif_receive_skb, before IP
 * has looked at it: once for each of several stacked devices.
 */
#ifndef DT_NET_H
#define DT_NET_H

#include "stable.h"

#define NET_LEAVES  "sdt:net::net_dev_queue"
#define NET_ARRIVES "sdt:net::netif_receive_skb"

#define NET_OUT(what) "__dt_packet($skb, " #what ")"
#define NET_IN(what)  "__dt_packet($skb, 16 + " #what ")"

/* The socket of a packet that leaves; none where it is not a whole one (of a handshake, of TIME_WAIT), or the
 * kernel's own, which is closed. */
#define NET_SOCK                                                                                               \
	"this->__dt_net_st = $skb->sk == NULL ? 7 : $skb->sk->__sk_common.skc_state; "                         \
	"this->__dt_net_sk = this->__dt_net_st == 7 || this->__dt_net_st == 6 || this->__dt_net_st == 12 ? "   \
	"NULL : $skb->sk; "

/* Where its headers are; with NET_TCP_OUT and its like in `when`, which find the second. */
#define NET_HEADERS_OUT                                                                                        \
	"this->__dt_net_skb = $skb; this->__dt_net_ip = (struct iphdr *)($skb->head + $skb->network_header); "
#define NET_HEADERS_IN                                                                                         \
	"this->__dt_net_skb = $skb; this->__dt_net_ip = (struct iphdr *)$skb->data; "                          \
	"this->__dt_net_arrived = 16; "
#define NET_TCP_OUT "(this->__dt_net_header = " NET_OUT(8) ") != 0"
#define NET_TCP_IN  "(this->__dt_net_header = " NET_IN(8) ") != 0"
#define NET_UDP_OUT "(this->__dt_net_header = " NET_OUT(9) ") != 0"
#define NET_UDP_IN  "(this->__dt_net_header = " NET_IN(9) ") != 0"

#define NET_PKTINFO                                                                                            \
	{                                                                                                      \
		"pktinfo_t *", "struct sk_buff *"                                                              \
	}
#define NET_CSINFO                                                                                             \
	{                                                                                                      \
		"csinfo_t *", "struct sock *"                                                                  \
	}
#define NET_IPINFO                                                                                             \
	{                                                                                                      \
		"ipinfo_t *", "struct iphdr *"                                                                 \
	}

#endif
