/*
 * mib.c - the mib provider: the counters of the network as they are counted.
 * Spec: providers.md 16.  args[0] is the increment.
 *
 * Linux counts without an event: a probe here is the tracepoint that means the same.
 */
#include "net.h"

#define NO_EVENT "Linux counts this, if at all, without an event (nstat -az shows its counters)"
#define NO_LEVEL                                                                                               \
	"it is a level, which Linux tells (nstat TcpCurrEstab) but does not count up; see tcp:::state-change"
#define NO_SUCH "Linux has no such case"
#define NO_RAW  "Linux has no event for packets of raw sockets; ip:::send and ip:::receive show them"
#define NO_SCTP "this version has nothing for SCTP"

#define BY                                                                                                     \
	{                                                                                                      \
		{                                                                                              \
			"int"                                                                                  \
		}                                                                                              \
	}
#define HERE(n)                                                                                                \
	{                                                                                                      \
		.name = n, .args = BY                                                                          \
	}
#define NOT(n, why)                                                                                            \
	{                                                                                                      \
		.name = n, .absent = why                                                                       \
	}

static const dt_carried_t carried[] = {
    HERE("icmpInAddrMaskReps"),
    HERE("icmpInAddrMasks"),
    NOT("icmpInBadRedirects", NO_EVENT),
    HERE("icmpInCksumErrs"),
    HERE("icmpInDestUnreachs"),
    HERE("icmpInEchoReps"),
    HERE("icmpInEchos"),
    NOT("icmpInErrors", NO_EVENT),
    HERE("icmpInFragNeeded"),
    HERE("icmpInMsgs"),
    NOT("icmpInOverflows", NO_EVENT),
    HERE("icmpInParmProbs"),
    HERE("icmpInRedirects"),
    HERE("icmpInSrcQuenchs"),
    HERE("icmpInTimeExcds"),
    HERE("icmpInTimestampReps"),
    HERE("icmpInTimestamps"),
    NOT("icmpInUnknowns", NO_EVENT),
    HERE("icmpOutAddrMaskReps"),
    HERE("icmpOutDestUnreachs"),
    NOT("icmpOutDrops", NO_EVENT),
    HERE("icmpOutEchoReps"),
    NOT("icmpOutErrors", NO_EVENT),
    HERE("icmpOutFragNeeded"),
    HERE("icmpOutMsgs"),
    HERE("icmpOutParmProbs"),
    HERE("icmpOutRedirects"),
    HERE("icmpOutTimeExcds"),
    HERE("icmpOutTimestampReps"),
    NOT("ipForwDatagrams", NO_EVENT),
    NOT("ipForwProhibits", NO_SUCH),
    HERE("ipFragCreates"),
    NOT("ipFragFails", NO_EVENT),
    NOT("ipFragOKs", NO_EVENT),
    HERE("ipIfStatsHCInOctets"),
    HERE("ipIfStatsHCOutOctets"),
    HERE("ipInCksumErrs"),
    NOT("ipInDelivers", NO_EVENT),
    NOT("ipInDiscards", NO_EVENT),
    HERE("ipInHdrErrors"),
    NOT("ipInIPv6", NO_SUCH),
    HERE("ipInReceives"),
    HERE("ipInUnknownProtos"),
    HERE("ipOutDiscards"),
    NOT("ipOutIPv6", NO_SUCH),
    HERE("ipOutNoRoutes"),
    HERE("ipOutRequests"),
    NOT("ipOutSwitchIPv6", NO_SUCH),
    HERE("ipReasmDuplicates"),
    HERE("ipReasmFails"),
    NOT("ipReasmOKs", NO_EVENT),
    NOT("ipReasmPartDups", NO_EVENT),
    HERE("ipReasmReqds"),
    HERE("ipsecInFailed"),
    NOT("ipsecInSucceeded", NO_EVENT),
    NOT("ipv6ForwProhibits", NO_SUCH),
    NOT("ipv6IfIcmpBadHoplimit", NO_EVENT),
    HERE("ipv6IfIcmpInAdminProhibs"),
    NOT("ipv6IfIcmpInBadNeighborAdvertisements", NO_EVENT),
    NOT("ipv6IfIcmpInBadNeighborSolicitations", NO_EVENT),
    NOT("ipv6IfIcmpInBadRedirects", NO_EVENT),
    HERE("ipv6IfIcmpInDestUnreachs"),
    HERE("ipv6IfIcmpInEchoReplies"),
    HERE("ipv6IfIcmpInEchos"),
    NOT("ipv6IfIcmpInErrors", NO_EVENT),
    NOT("ipv6IfIcmpInGroupMembBadQueries", NO_EVENT),
    NOT("ipv6IfIcmpInGroupMembBadReports", NO_EVENT),
    NOT("ipv6IfIcmpInGroupMembOurReports", NO_EVENT),
    HERE("ipv6IfIcmpInGroupMembQueries"),
    HERE("ipv6IfIcmpInGroupMembReductions"),
    HERE("ipv6IfIcmpInGroupMembResponses"),
    NOT("ipv6IfIcmpInGroupMembTotal", NO_EVENT),
    HERE("ipv6IfIcmpInMsgs"),
    HERE("ipv6IfIcmpInNeighborAdvertisements"),
    HERE("ipv6IfIcmpInNeighborSolicits"),
    NOT("ipv6IfIcmpInOverflows", NO_EVENT),
    HERE("ipv6IfIcmpInParmProblems"),
    HERE("ipv6IfIcmpInPktTooBigs"),
    HERE("ipv6IfIcmpInRedirects"),
    HERE("ipv6IfIcmpInRouterAdvertisements"),
    HERE("ipv6IfIcmpInRouterSolicits"),
    HERE("ipv6IfIcmpInTimeExcds"),
    HERE("ipv6IfIcmpOutAdminProhibs"),
    HERE("ipv6IfIcmpOutDestUnreachs"),
    HERE("ipv6IfIcmpOutEchoReplies"),
    HERE("ipv6IfIcmpOutEchos"),
    NOT("ipv6IfIcmpOutErrors", NO_EVENT),
    HERE("ipv6IfIcmpOutGroupMembQueries"),
    HERE("ipv6IfIcmpOutGroupMembReductions"),
    HERE("ipv6IfIcmpOutGroupMembResponses"),
    HERE("ipv6IfIcmpOutMsgs"),
    HERE("ipv6IfIcmpOutNeighborAdvertisements"),
    HERE("ipv6IfIcmpOutNeighborSolicits"),
    HERE("ipv6IfIcmpOutParmProblems"),
    HERE("ipv6IfIcmpOutPktTooBigs"),
    HERE("ipv6IfIcmpOutRedirects"),
    HERE("ipv6IfIcmpOutRouterAdvertisements"),
    HERE("ipv6IfIcmpOutRouterSolicits"),
    HERE("ipv6IfIcmpOutTimeExcds"),
    NOT("ipv6InAddrErrors", NO_EVENT),
    NOT("ipv6InDelivers", NO_EVENT),
    NOT("ipv6InDiscards", NO_EVENT),
    HERE("ipv6InHdrErrors"),
    NOT("ipv6InIPv4", NO_SUCH),
    HERE("ipv6InMcastPkts"),
    NOT("ipv6InNoRoutes", NO_EVENT),
    HERE("ipv6InReceives"),
    NOT("ipv6InTooBigErrors", NO_EVENT),
    NOT("ipv6InTruncatedPkts", NO_EVENT),
    HERE("ipv6InUnknownProtos"),
    HERE("ipv6OutDiscards"),
    NOT("ipv6OutForwDatagrams", NO_EVENT),
    NOT("ipv6OutFragCreates", NO_EVENT),
    NOT("ipv6OutFragFails", NO_EVENT),
    NOT("ipv6OutFragOKs", NO_EVENT),
    NOT("ipv6OutIPv4", NO_SUCH),
    HERE("ipv6OutMcastPkts"),
    HERE("ipv6OutNoRoutes"),
    HERE("ipv6OutRequests"),
    NOT("ipv6OutSwitchIPv4", NO_SUCH),
    HERE("ipv6ReasmDuplicates"),
    HERE("ipv6ReasmFails"),
    NOT("ipv6ReasmOKs", NO_EVENT),
    NOT("ipv6ReasmPartDups", NO_EVENT),
    NOT("ipv6ReasmReqds", NO_EVENT),
    NOT("rawipInCksumErrs", NO_RAW),
    NOT("rawipInDatagrams", NO_RAW),
    NOT("rawipInErrors", NO_RAW),
    NOT("rawipInOverflows", NO_RAW),
    NOT("rawipOutDatagrams", NO_RAW),
    NOT("rawipOutErrors", NO_RAW),
    NOT("sctpAborted", NO_SCTP),
    NOT("sctpActiveEstab", NO_SCTP),
    NOT("sctpChecksumError", NO_SCTP),
    NOT("sctpCurrEstab", NO_SCTP),
    NOT("sctpFragUsrMsgs", NO_SCTP),
    NOT("sctpInClosed", NO_SCTP),
    NOT("sctpInCtrlChunks", NO_SCTP),
    NOT("sctpInDupAck", NO_SCTP),
    NOT("sctpInInvalidCookie", NO_SCTP),
    NOT("sctpInOrderChunks", NO_SCTP),
    NOT("sctpInSCTPPkts", NO_SCTP),
    NOT("sctpInUnorderChunks", NO_SCTP),
    NOT("sctpListenDrop", NO_SCTP),
    NOT("sctpOutAck", NO_SCTP),
    NOT("sctpOutAckDelayed", NO_SCTP),
    NOT("sctpOutCtrlChunks", NO_SCTP),
    NOT("sctpOutOfBlue", NO_SCTP),
    NOT("sctpOutOrderChunks", NO_SCTP),
    NOT("sctpOutSCTPPkts", NO_SCTP),
    NOT("sctpOutUnorderChunks", NO_SCTP),
    NOT("sctpOutWinProbe", NO_SCTP),
    NOT("sctpOutWinUpdate", NO_SCTP),
    NOT("sctpPassiveEstab", NO_SCTP),
    NOT("sctpReasmUsrMsgs", NO_SCTP),
    NOT("sctpRetransChunks", NO_SCTP),
    NOT("sctpShutdowns", NO_SCTP),
    NOT("sctpTimHeartBeatDrop", NO_SCTP),
    NOT("sctpTimHeartBeatProbe", NO_SCTP),
    NOT("sctpTimRetrans", NO_SCTP),
    NOT("sctpTimRetransDrop", NO_SCTP),
    HERE("tcpActiveOpens"),
    HERE("tcpAttemptFails"),
    NOT("tcpCurrEstab", NO_LEVEL),
    HERE("tcpEstabResets"),
    NOT("tcpHalfOpenDrop", NO_EVENT),
    HERE("tcpInAckBytes"),
    HERE("tcpInAckSegs"),
    HERE("tcpInAckUnsent"),
    HERE("tcpInClosed"),
    HERE("tcpInDataDupBytes"),
    HERE("tcpInDataDupSegs"),
    HERE("tcpInDataInorderBytes"),
    HERE("tcpInDataInorderSegs"),
    HERE("tcpInDataPartDupBytes"),
    HERE("tcpInDataPartDupSegs"),
    HERE("tcpInDataPastWinBytes"),
    HERE("tcpInDataPastWinSegs"),
    HERE("tcpInDataUnorderBytes"),
    HERE("tcpInDataUnorderSegs"),
    HERE("tcpInDupAck"),
    HERE("tcpInErrs"),
    HERE("tcpInSegs"),
    NOT("tcpInWinProbe", NO_EVENT),
    NOT("tcpInWinUpdate", NO_EVENT),
    HERE("tcpListenDrop"),
    NOT("tcpListenDropQ0", NO_EVENT),
    HERE("tcpOutAck"),
    NOT("tcpOutAckDelayed", NO_EVENT),
    HERE("tcpOutControl"),
    HERE("tcpOutDataBytes"),
    HERE("tcpOutDataSegs"),
    HERE("tcpOutFastRetrans"),
    HERE("tcpOutRsts"),
    HERE("tcpOutSackRetransSegs"),
    HERE("tcpOutSegs"),
    HERE("tcpOutUrg"),
    NOT("tcpOutWinProbe", NO_EVENT),
    NOT("tcpOutWinUpdate", NO_EVENT),
    HERE("tcpPassiveOpens"),
    HERE("tcpRetransBytes"),
    HERE("tcpRetransSegs"),
    NOT("tcpRttNoUpdate", NO_EVENT),
    NOT("tcpRttUpdate", NO_EVENT),
    NOT("tcpTimKeepalive", NO_EVENT),
    NOT("tcpTimKeepaliveDrop", NO_EVENT),
    NOT("tcpTimKeepaliveProbe", NO_EVENT),
    HERE("tcpTimRetrans"),
    HERE("tcpTimRetransDrop"),
    HERE("udpInCksumErrs"),
    HERE("udpInDatagrams"),
    HERE("udpInErrors"),
    HERE("udpInOverflows"),
    HERE("udpNoPorts"),
    HERE("udpOutDatagrams"),
    HERE("udpOutErrors"),
    {0},
};

#define COUNT(name, event, cond, by)                                                                           \
	{                                                                                                      \
		.probe = name, .on = event, .when = cond, .args = { by }                                       \
	}

/* Packets. */
#define OUT(name, cond, by)     COUNT(name, NET_LEAVES, cond, by)
#define IN(name, cond, by)      COUNT(name, NET_ARRIVES, cond, by)
#define OUT_TCP(name, cond, by) OUT(name, NET_OUT(1) " == 6 && " cond, by)
#define OUT_FLAGS               NET_OUT(5)
/* The message's type and code. */
#define OUT_ICMP(name, proto, cond) OUT(name, NET_OUT(1) " == " #proto cond, "1")
#define IN_ICMP(name, proto, cond)  IN(name, NET_IN(1) " == " #proto cond, "1")
#define TYPE_OUT(n)                 " && *(uint8_t *)" NET_OUT(2) " == " #n
#define TYPE_IN(n)                  " && *(uint8_t *)" NET_IN(2) " == " #n
#define CODE_OUT(n)                 " && *(uint8_t *)(" NET_OUT(2) " + 1) == " #n
#define CODE_IN(n)                  " && *(uint8_t *)(" NET_IN(2) " + 1) == " #n
#define ICMP(name, type)            IN_ICMP("icmpIn" name, 1, TYPE_IN(type)), OUT_ICMP("icmpOut" name, 1, TYPE_OUT(type))
#define ICMP6(name, type)                                                                                      \
	IN_ICMP("ipv6IfIcmpIn" name, 58, TYPE_IN(type)), OUT_ICMP("ipv6IfIcmpOut" name, 58, TYPE_OUT(type))

/* Versions of IP. */
#define IN_IP(name, version, cond, by)                                                                         \
	IN(name, NET_IN(0) " != 0 && *(uint8_t *)" NET_IN(0) " >> 4 == " #version cond, by)
#define OUT_IP(name, version, cond, by)                                                                        \
	OUT(name, NET_OUT(0) " != 0 && *(uint8_t *)" NET_OUT(0) " >> 4 == " #version cond, by)
/* One of several pieces: the bit "more", or an offset. */
#define FRAGMENT(ip) " && (ntohs(*(uint16_t *)(" ip " + 6)) & 0x3fff) != 0"

/* Changes of a connection: Linux's states. */
#define CHANGE(name, cond) COUNT(name, "sdt:sock::inet_sock_set_state", "$sk->sk_protocol == 6 && " cond, "1")

/* What an established connection gets. */
#define AFTER(a, b)          "(int)(" a " - " b ") > 0"
#define TP(field)            "((struct tcp_sock *)$sk)->" field
#define WINDOW_END           "(" TP("rcv_wup") " + " TP("rcv_wnd") ")"
#define SEQ                  "__dt_mib_seq[$skb]"
#define END                  "__dt_mib_end[$skb]"
#define ACK                  "__dt_mib_ack[$skb]"
#define DATA                 "__dt_mib_data[$skb]"
#define GETS(name, cond, by) COUNT(name, "sdt:tcp::tcp_probe", cond, by)
#define GETS_DATA(name, cond, by)                                                                              \
	GETS("tcpInData" name "Segs", DATA " != 0 && " cond, "1"),                                             \
	    GETS("tcpInData" name "Bytes", DATA " != 0 && " cond, by)

#define AGAIN(name, cond, by) COUNT(name, "sdt:tcp::tcp_retransmit_skb", cond, by)
#define CA_STATE              "((struct inet_connection_sock *)$sk)->icsk_ca_state"

/* Packets that are dropped, by the kernel's reason for it, where it has that. */
#define DROP(name, reason, cond, by)                                                                           \
	{                                                                                                      \
		.probe = name, .on = "sdt:skb::kfree_skb", .enumerator = "SKB_DROP_REASON_" reason,            \
		.when = "$reason == __dt_enum(\"SKB_DROP_REASON_" reason "\", -1)" cond, .args = {             \
			by                                                                                     \
		}                                                                                              \
	}
#define OF_V4    " && $skb->protocol == htons(0x0800)"
#define OF_V6    " && $skb->protocol == htons(0x86dd)"
#define OF_PROTO " && " NET_OUT(1) " == "

#define FAMILY "__dt_mib_sender->sk->__sk_common.skc_family"

static const dt_carrier_t carriers[] = {
    CHANGE("tcpActiveOpens", "$oldstate == 7 && $newstate == 2"),
    CHANGE("tcpPassiveOpens", "$oldstate == 10 && $newstate == 3"),
    CHANGE("tcpAttemptFails", "($oldstate == 2 || $oldstate == 3) && $newstate == 7"),
    CHANGE("tcpEstabResets", "($oldstate == 1 || $oldstate == 8) && $newstate == 7"),
    /* ETIMEDOUT */
    CHANGE("tcpTimRetransDrop", "$newstate == 7 && $sk->sk_err == 110"),

    IN("tcpInSegs", NET_IN(1) " == 6", "1"),
    {.probe = "tcpOutSegs",
     .on = NET_LEAVES,
     .when = NET_OUT(1) " == 6",
     .does = "this->__dt_mib_segs = __dt_mib_gso[$skb];",
     .args = {"this->__dt_mib_segs > 1 ? this->__dt_mib_segs : 1"}},
    {.probe = "tcpOutDataSegs",
     .on = NET_LEAVES,
     .when = NET_OUT(1) " == 6 && " NET_OUT(4) " != 0",
     .does = "this->__dt_mib_segs = __dt_mib_gso[$skb];",
     .args = {"this->__dt_mib_segs > 1 ? this->__dt_mib_segs : 1"}},
    OUT_TCP("tcpOutDataBytes", NET_OUT(4) " != 0", NET_OUT(4)),
    OUT_TCP("tcpOutControl", "(" OUT_FLAGS " & 7) != 0", "1"),
    OUT_TCP("tcpOutRsts", "(" OUT_FLAGS " & 4) != 0", "1"),
    OUT_TCP("tcpOutAck", "(" OUT_FLAGS " & 0x17) == 0x10 && " NET_OUT(4) " == 0", "1"),
    OUT_TCP("tcpOutUrg", "(" OUT_FLAGS " & 0x20) != 0", "1"),

    AGAIN("tcpRetransSegs", NULL, "1"),
    AGAIN("tcpRetransBytes", DATA " != 0", DATA),
    /* The kernel's names: recovery, loss. */
    AGAIN("tcpOutFastRetrans", CA_STATE " == __dt_enum(\"TCP_CA_Recovery\", 3)", "1"),
    AGAIN("tcpTimRetrans", CA_STATE " == __dt_enum(\"TCP_CA_Loss\", 4)", "1"),
    AGAIN("tcpOutSackRetransSegs", TP("rx_opt.sack_ok") " != 0", "1"),

    {.probe = "tcpInErrs", .on = "sdt:tcp::tcp_bad_csum", .args = {"1"}},
    GETS_DATA("Inorder", SEQ " == " TP("rcv_nxt"), DATA),
    GETS_DATA("Unorder", AFTER(SEQ, TP("rcv_nxt")) " && " AFTER(WINDOW_END, SEQ), DATA),
    GETS_DATA("PastWin", "!(" AFTER(WINDOW_END, SEQ) ")", DATA),
    GETS_DATA("Dup", "!(" AFTER(END, TP("rcv_nxt")) ")", DATA),
    GETS_DATA("PartDup", AFTER(TP("rcv_nxt"), SEQ) " && " AFTER(END, TP("rcv_nxt")), TP("rcv_nxt") " - " SEQ),
    GETS("tcpInAckSegs", AFTER(ACK, TP("snd_una")), "1"),
    GETS("tcpInAckBytes", AFTER(ACK, TP("snd_una")), ACK " - " TP("snd_una")),
    GETS("tcpInAckUnsent", AFTER(ACK, TP("snd_nxt")), "1"),
    GETS("tcpInDupAck", DATA " == 0 && " ACK " == " TP("snd_una") " && " TP("packets_out") " != 0", "1"),
    DROP("tcpInClosed", "TCP_CLOSE", "", "1"),
    /* Found full by the last step of a handshake; of one found full by the first Linux says nothing. */
    DROP("tcpListenDrop", "TCP_LISTEN_OVERFLOW", "", "1"),

    IN("udpInDatagrams", NET_IN(1) " == 17", "1"),
    OUT("udpOutDatagrams", NET_OUT(1) " == 17", "1"),
    DROP("udpNoPorts", "NO_SOCKET", OF_PROTO "17", "1"),
    DROP("udpInCksumErrs", "UDP_CSUM", "", "1"),
    DROP("udpInErrors", "PKT_TOO_SMALL", OF_PROTO "17", "1"),
    /* The descriptor is still in the first argument's register. */
    COUNT("udpOutErrors", "syscall::sendto:return,syscall::sendmsg:return,syscall::sendmmsg:return",
	  "errno != 0 && errno != 9 && errno != 88 && " /* EBADF, ENOTSOCK: there is no socket */
	  "__dt_mib_sender->sk->sk_protocol == 17 && (" FAMILY " == 2 || " FAMILY " == 10)",
	  "1"),
    {.probe = "udpInOverflows", .on = "sdt:udp::udp_fail_queue_rcv_skb", .args = {"1"}},

    IN_IP("ipInReceives", 4, "", "1"),
    IN_IP("ipv6InReceives", 6, "", "1"),
    OUT_IP("ipOutRequests", 4, "", "1"),
    OUT_IP("ipv6OutRequests", 6, "", "1"),
    IN_IP("ipReasmReqds", 4, FRAGMENT(NET_IN(0)), "1"),
    OUT_IP("ipFragCreates", 4, FRAGMENT(NET_OUT(0)), "1"),
    IN_IP("ipIfStatsHCInOctets", 4, "", NET_IN(3) " + 20"),
    OUT_IP("ipIfStatsHCOutOctets", 4, "", NET_OUT(3) " + 20"),
    /* Addresses that begin with ff. */
    IN_IP("ipv6InMcastPkts", 6, " && *(uint8_t *)(" NET_IN(0) " + 24) == 0xff", "1"),
    OUT_IP("ipv6OutMcastPkts", 6, " && *(uint8_t *)(" NET_OUT(0) " + 24) == 0xff", "1"),
    DROP("ipInHdrErrors", "IP_INHDR", OF_V4, "1"),
    DROP("ipv6InHdrErrors", "IP_INHDR", OF_V6, "1"),
    DROP("ipInCksumErrs", "IP_CSUM", OF_V4, "1"),
    DROP("ipInUnknownProtos", "IP_NOPROTO", OF_V4, "1"),
    DROP("ipv6InUnknownProtos", "IP_NOPROTO", OF_V6, "1"),
    DROP("ipOutNoRoutes", "IP_OUTNOROUTES", OF_V4, "1"),
    DROP("ipv6OutNoRoutes", "IP_OUTNOROUTES", OF_V6, "1"),
    DROP("ipOutDiscards", "QDISC_DROP", OF_V4, "1"),
    DROP("ipOutDiscards", "NEIGH_FAILED", OF_V4, "1"),
    DROP("ipv6OutDiscards", "QDISC_DROP", OF_V6, "1"),
    DROP("ipv6OutDiscards", "NEIGH_FAILED", OF_V6, "1"),
    DROP("ipReasmFails", "FRAG_REASM_TIMEOUT", OF_V4, "1"),
    DROP("ipReasmFails", "FRAG_TOO_FAR", OF_V4, "1"),
    DROP("ipv6ReasmFails", "FRAG_REASM_TIMEOUT", OF_V6, "1"),
    DROP("ipv6ReasmFails", "FRAG_TOO_FAR", OF_V6, "1"),
    DROP("ipReasmDuplicates", "DUP_FRAG", OF_V4, "1"),
    DROP("ipv6ReasmDuplicates", "DUP_FRAG", OF_V6, "1"),
    DROP("ipsecInFailed", "XFRM_POLICY", "", "1"),

    IN_ICMP("icmpInMsgs", 1, ""),
    OUT_ICMP("icmpOutMsgs", 1, ""),
    ICMP("EchoReps", 0),
    ICMP("DestUnreachs", 3),
    IN_ICMP("icmpInFragNeeded", 1, TYPE_IN(3) CODE_IN(4)),
    OUT_ICMP("icmpOutFragNeeded", 1, TYPE_OUT(3) CODE_OUT(4)),
    IN_ICMP("icmpInSrcQuenchs", 1, TYPE_IN(4)),
    ICMP("Redirects", 5),
    IN_ICMP("icmpInEchos", 1, TYPE_IN(8)),
    ICMP("TimeExcds", 11),
    ICMP("ParmProbs", 12),
    IN_ICMP("icmpInTimestamps", 1, TYPE_IN(13)),
    ICMP("TimestampReps", 14),
    IN_ICMP("icmpInAddrMasks", 1, TYPE_IN(17)),
    ICMP("AddrMaskReps", 18),
    DROP("icmpInCksumErrs", "ICMP_CSUM", OF_V4, "1"),

    IN_ICMP("ipv6IfIcmpInMsgs", 58, ""),
    OUT_ICMP("ipv6IfIcmpOutMsgs", 58, ""),
    ICMP6("DestUnreachs", 1),
    IN_ICMP("ipv6IfIcmpInAdminProhibs", 58, TYPE_IN(1) CODE_IN(1)),
    OUT_ICMP("ipv6IfIcmpOutAdminProhibs", 58, TYPE_OUT(1) CODE_OUT(1)),
    ICMP6("PktTooBigs", 2),
    ICMP6("TimeExcds", 3),
    ICMP6("ParmProblems", 4),
    ICMP6("Echos", 128),
    ICMP6("EchoReplies", 129),
    ICMP6("GroupMembQueries", 130),
    ICMP6("GroupMembResponses", 131),
    ICMP6("GroupMembReductions", 132),
    ICMP6("RouterSolicits", 133),
    ICMP6("RouterAdvertisements", 134),
    ICMP6("NeighborSolicits", 135),
    ICMP6("NeighborAdvertisements", 136),
    ICMP6("Redirects", 137),
    {0},
};

const dt_provider_t dt_provider_mib = {
    .name = "mib",
    .attr = DT_STABLE_ATTR(ISA),
    .provide = dt_stable_provide,
    .args = dt_stable_args,
    .carried = carried,
    .carriers = carriers,
};
