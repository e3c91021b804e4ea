/*
 * gen_net.c - subroutines of the D libraries of networks (net.d).  None of them faults.
 *
 *   __dt_packet(skb, what)      enum dt_packet of rt.h
 *   __dt_sock(sk, what)         enum dt_sock
 *   __dt_sockaddr(addr, what)   enum dt_sockaddr: an address as text, "<unknown>" of 0
 */
#include <time.h>

#include "gen.h"

static ir_opnd_t
constant(gen_t *g, const void *data, size_t size)
{
	uint32_t at = mod_rodata(g->mod, data, size, 8);
	return gen_op2(g, IR_SCALAR, gen_mapval(g, g->mod->rodata, at), ir_none());
}

static ir_opnd_t
packet_offsets(gen_t *g)
{
	struct dt_packetoffs o = {
	    .protocol = gen_offset(g, "sk_buff", "protocol"),
	    .head = gen_offset(g, "sk_buff", "head"),
	    .data = gen_offset(g, "sk_buff", "data"),
	    .len = gen_offset(g, "sk_buff", "len"),
	    .network = gen_offset(g, "sk_buff", "network_header"),
	    .type = gen_offset(g, "sk_buff", "__pkt_type_offset"),
	    .dev = gen_offset(g, "sk_buff", "dev"),
	    .net = gen_offset(g, "net_device", "nd_net.net"),
	};
	return constant(g, &o, sizeof(o));
}

/* The kernel's coarse clocks go on with its tick. */
static uint32_t
tick(void)
{
	struct timespec t = {0};
	clock_getres(CLOCK_MONOTONIC_COARSE, &t);
	return (uint32_t)t.tv_nsec;
}

static ir_opnd_t
sock_offsets(gen_t *g)
{
	struct dt_sockoffs o = {
	    .family = gen_offset(g, "sock", "__sk_common.skc_family"),
	    .net = gen_offset(g, "sock", "__sk_common.skc_net.net"),
	    .num = gen_offset(g, "sock", "__sk_common.skc_num"),
	    .dport = gen_offset(g, "sock", "__sk_common.skc_dport"),
	    .sport = gen_offset(g, "inet_sock", "inet_sport"),
	    .daddr = gen_offset(g, "sock", "__sk_common.skc_daddr"),
	    .saddr = gen_offset(g, "sock", "__sk_common.skc_rcv_saddr"),
	    .daddr6 = gen_offset(g, "sock", "__sk_common.skc_v6_daddr"),
	    .saddr6 = gen_offset(g, "sock", "__sk_common.skc_v6_rcv_saddr"),
	    .rto = gen_offset(g, "inet_connection_sock", "icsk_rto"),
	    .tick = tick(),
	};
	return constant(g, &o, sizeof(o));
}

/* What the routines take is a number, also of a pointer that the kernel vouches for. */
static ir_opnd_t
number(gen_t *g, dt_node_t *a)
{
	return gen_op2(g, IR_SCALAR, gen_num(g, a), ir_none());
}

static val_t
address(gen_t *g, dt_node_t *a)
{
	ir_opnd_t addr = number(g, a), what = gen_num(g, a->next);
	ir_opnd_t where = gen_rt(g, "dt_sockaddr", 3, addr, sock_offsets(g), what);
	uint32_t dst = gen_arena(g, g->strsize);
	gen_rt(g, "dt_inet_sock", 4, gen_scratchp(g), ir_imm(dst), where, ir_imm(g->strsize));
	return (val_t){.kind = V_STR, .o = gen_arenap(g, dst), .ptr = true};
}

bool
gen_is_net_subr(int func)
{
	return func == DT_F_X_PACKET || func == DT_F_X_SOCK || func == DT_F_X_SOCKADDR;
}

val_t
gen_net_subr(gen_t *g, dt_node_t *n)
{
	dt_node_t *a = n->args;
	if (n->func == DT_F_X_SOCKADDR)
		return address(g, a);
	bool packet = n->func == DT_F_X_PACKET;
	ir_opnd_t addr = number(g, a), what = gen_num(g, a->next);
	return val_num(gen_rt(g, packet ? "dt_packet" : "dt_sock", 3, addr,
			      packet ? packet_offsets(g) : sock_offsets(g), what));
}
