/*
 * tcp.c - the tcp provider: segments leave and arrive, connections are made, refused, change their state.
 * Spec: providers.md 15; the arguments are made in translators/tcp.d and net.d.
 *
 * A segment that arrives does not know its socket yet: the hooks keep where sockets are.  Connections older
 * than that are known once they have sent something; until then, and for listening sockets, a segment has only
 * itself. TIME_WAIT is no state of a Linux socket: it is closed when it goes there.
 */
#include "net.h"

#define TCPSINFO                                                                                               \
	{                                                                                                      \
		"tcpsinfo_t *", "struct sock *"                                                                \
	}
#define ARGS                                                                                                   \
	{                                                                                                      \
		NET_PKTINFO, NET_CSINFO, NET_IPINFO, TCPSINFO, {"tcpinfo_t *", "struct tcphdr *"},             \
	}

static const dt_carried_t carried[] = {
    {.name = "accept-established", .args = ARGS},
    {.name = "accept-refused", .args = ARGS},
    {.name = "connect-established", .args = ARGS},
    {.name = "connect-refused", .args = ARGS},
    {.name = "connect-request", .args = ARGS},
    {.name = "receive", .args = ARGS},
    {.name = "send", .args = ARGS},
    {.name = "state-change",
     .args = {{"void"}, NET_CSINFO, {"void"}, TCPSINFO, {"void"}, {"tcplsinfo_t *", "int"}}},
    {0},
};

#define ALL                                                                                                    \
	"accept-established accept-refused connect-established connect-refused connect-request receive send "  \
	"state-change"

/* Linux's states: 1 established, 2 SYN sent, 3 SYN received, 7 closed, 10 listening. */
#define IS_TCP            "$sk->sk_protocol == 6"
#define CHANGES(from, to) IS_TCP " && $oldstate == " #from " && $newstate == " #to
#define STATE             "sdt:sock::inet_sock_set_state"

/* Segments. */
#define LEAVES  NET_TCP_OUT
#define FLAGS   "*(uint8_t *)(this->__dt_net_header + 13)"
#define ARRIVES NET_TCP_IN
#define OUT_DOES                                                                                               \
	NET_SOCK NET_HEADERS_OUT "this->__dt_tcp_state = this->__dt_net_st == 12 ? 3 : this->__dt_net_st;"
#define OUT                                                                                                    \
	{                                                                                                      \
		"$skb", "$skb->sk", "this->__dt_net_ip", "this->__dt_net_sk", "this->__dt_net_header"          \
	}

/* The segment that made it so is told from the socket: enum dt_packet has its flags. */
#define BECAUSE(flags) "this->__dt_net_sk = (struct sock *)$sk; this->__dt_tcp_flags = " #flags "; "
#define NO_SEGMENT                                                                                             \
	{                                                                                                      \
		"0", "$sk", "0", "$sk", "0"                                                                    \
	}

static const dt_carrier_t carriers[] = {
    /* Where the sockets are, and who opened them. */
    {.probe = ALL,
     .on = STATE,
     .when = CHANGES(7, 2),
     .does = "__dt_tcp_active[(struct sock *)$sk] = 1; __dt_net_pids[(struct sock *)$sk] = pid;",
     .hook = true},
    {.probe = "receive",
     .on = STATE,
     .when = IS_TCP " && $newstate == 1",
     .does = "__dt_net_socks[__dt_sock($sk, 0)] = (struct sock *)$sk;",
     .hook = true},
    {.probe = "receive",
     .on = NET_LEAVES,
     .when = "$skb->sk != NULL && " NET_TCP_OUT,
     .does = NET_SOCK "if (this->__dt_net_sk != NULL) { this->__dt_net_key = __dt_sock(this->__dt_net_sk, 0); "
		      "if (__dt_net_socks[this->__dt_net_key] != this->__dt_net_sk) "
		      "__dt_net_socks[this->__dt_net_key] = this->__dt_net_sk; }",
     .hook = true},

    {.probe = "send", .on = NET_LEAVES, .when = LEAVES, .does = OUT_DOES, .args = OUT},
    {.probe = "connect-request",
     .on = NET_LEAVES,
     .when = LEAVES " && (" FLAGS " & 0x12) == 2 && $skb->sk != NULL && "
		    "((struct inet_connection_sock *)$skb->sk)->icsk_retransmits == 0",
     .does = OUT_DOES,
     .args = OUT},
    /* The answer to a SYN nobody waits for: from the kernel's own socket, of no sequence. */
    {.probe = "accept-refused",
     .on = NET_LEAVES,
     .when = LEAVES " && (" FLAGS " & 0x14) == 0x14 && *(uint32_t *)(this->__dt_net_header + 4) == 0",
     .does = OUT_DOES,
     .args = OUT},
    {.probe = "receive",
     .on = NET_ARRIVES,
     .when = ARRIVES,
     .does = NET_HEADERS_IN "this->__dt_net_sk = __dt_net_socks[" NET_IN(6) "];",
     .args = {"$skb", "this->__dt_net_sk", "this->__dt_net_ip", "this->__dt_net_sk", "this->__dt_net_header"}},

    {.probe = "connect-established",
     .on = STATE,
     .when = CHANGES(2, 1),
     .does = BECAUSE(0x12) "this->__dt_tcp_state = 1;",
     .args = NO_SEGMENT},
    {.probe = "accept-established",
     .on = STATE,
     .when = CHANGES(3, 1),
     .does = BECAUSE(0x10) "this->__dt_tcp_state = 1;",
     .args = NO_SEGMENT},
    {.probe = "connect-refused",
     .on = "sdt:tcp::tcp_receive_reset",
     .when = "$sk->__sk_common.skc_state == 2",
     .does = BECAUSE(0x14),
     .args = NO_SEGMENT},
    {.probe = "state-change",
     .on = STATE,
     .when = IS_TCP,
     .does = BECAUSE(0) "this->__dt_tcp_state = $newstate == 12 ? 3 : $newstate;",
     .args = {"0", "$sk", "0", "$sk", "0", "$oldstate == 12 ? 3 : $oldstate"}},

    /* After all of these. */
    {.probe = ALL,
     .on = STATE,
     .when = IS_TCP " && $newstate == 7",
     .does = "__dt_tcp_active[(struct sock *)$sk] = 0; __dt_net_pids[(struct sock *)$sk] = 0;",
     .hook = true},
    {.probe = "receive",
     .on = STATE,
     .when = IS_TCP " && $newstate == 7",
     .does = "__dt_net_socks[__dt_sock($sk, 0)] = NULL;",
     .hook = true},
    {0},
};

const dt_provider_t dt_provider_tcp = {
    .name = "tcp",
    .attr = DT_STABLE_ATTR(ISA),
    .provide = dt_stable_provide,
    .args = dt_stable_args,
    .carried = carried,
    .carriers = carriers,
};
