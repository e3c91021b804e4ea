/*
 * insn.c - lengths of x86-64 and arm64 instructions.
 *
 * An x86 instruction is prefixes, opcode, ModRM with what it asks for, immediate.  One letter an
 * opcode tells the last two; it is all that a length needs to know.
 */
#include "insn.h"

#if defined(__x86_64__)

#include <string.h>

/*
 * .  nothing follows         m  ModRM             x  no such opcode in 64-bit mode
 * b  1 byte                  B  ModRM, 1 byte     p  prefix, or handled apart
 * w  2 bytes                 e  3 bytes (enter)
 * z  4 bytes, 2 with 66      Z  ModRM, the same
 * d  4 bytes                 v  8 bytes with REX.W, else as z
 * a  an address: 8 bytes, 4 with 67
 * g  ModRM, and 1 byte if its reg is 0 or 1 (test)      G  the same with z
 */
static const char one_byte[] = "mmmmbzxxmmmmbzxp"  /* 00 */
			       "mmmmbzxxmmmmbzxx"  /* 10 */
			       "mmmmbzpxmmmmbzpx"  /* 20 */
			       "mmmmbzpxmmmmbzpx"  /* 30 */
			       "pppppppppppppppp"  /* 40 */
			       "................"  /* 50 */
			       "xxpmppppzZbB...."  /* 60 */
			       "bbbbbbbbbbbbbbbb"  /* 70 */
			       "BZxBmmmmmmmmmmmm"  /* 80 */
			       "..........x....."  /* 90 */
			       "aaaa....bz......"  /* a0 */
			       "bbbbbbbbvvvvvvvv"  /* b0 */
			       "BBw.ppBZe.w..bx."  /* c0 */
			       "mmmmxxx.mmmmmmmm"  /* d0 */
			       "bbbbbbbbddxb...."  /* e0 */
			       "p.pp..gG......mm"; /* f0 */

/* Behind 0f. */
static const char two_byte[] = "mmmmx.....x.xm.B"  /* 00 */
			       "mmmmmmmmmmmmmmmm"  /* 10 */
			       "mmmmxxxxmmmmmmmm"  /* 20 */
			       "........pxpxxxxx"  /* 30 */
			       "mmmmmmmmmmmmmmmm"  /* 40 */
			       "mmmmmmmmmmmmmmmm"  /* 50 */
			       "mmmmmmmmmmmmmmmm"  /* 60 */
			       "BBBBmmm.mmmmmmmm"  /* 70 */
			       "dddddddddddddddd"  /* 80 */
			       "mmmmmmmmmmmmmmmm"  /* 90 */
			       "...mBmxx...mBmmm"  /* a0 */
			       "mmmmmmmmmmBmmmmm"  /* b0 */
			       "mmBmBBBm........"  /* c0 */
			       "mmmmmmmmmmmmmmmm"  /* d0 */
			       "mmmmmmmmmmmmmmmm"  /* e0 */
			       "mmmmmmmmmmmmmmmm"; /* f0 */

typedef struct code {
	const uint8_t *p;
	size_t n, at;
	bool opsize, addrsize, rexw;
} code_t;

static int
byte(code_t *c)
{
	return c->at < c->n ? c->p[c->at++] : -1;
}

/* What ModRM asks for; its value, or -1. */
static int
modrm(code_t *c)
{
	int m = byte(c), mod = m >> 6, rm = m & 7, base = rm;
	if (m < 0)
		return -1;
	if (mod == 3)
		return m;
	if (rm == 4) {
		int sib = byte(c);
		if (sib < 0)
			return -1;
		base = sib & 7;
	}
	c->at += mod == 1 ? 1 : mod == 2 || base == 5 ? 4 : 0;
	return m;
}

static bool
operands(code_t *c, char kind)
{
	size_t z = c->opsize ? 2 : 4;
	int m = 0;
	if (kind == 'x' || kind == 'p')
		return false;
	if (strchr("mBZgG", kind) && (m = modrm(c)) < 0)
		return false;
	bool test = (m >> 3 & 7) < 2;
	switch (kind) {
	case 'b':
	case 'B':
		c->at += 1;
		break;
	case 'w':
		c->at += 2;
		break;
	case 'e':
		c->at += 3;
		break;
	case 'z':
	case 'Z':
		c->at += z;
		break;
	case 'd':
		c->at += 4;
		break;
	case 'v':
		c->at += c->rexw ? 8 : z;
		break;
	case 'a':
		c->at += c->addrsize ? 4 : 8;
		break;
	case 'g':
		c->at += test;
		break;
	case 'G':
		c->at += test ? z : 0;
		break;
	default:
		break;
	}
	return true;
}

/* Opcode and operands of map 1 (0f), 2 (0f 38), 3 (0f 3a); 5 and 6 (EVEX) are like 2. */
static bool
in_map(code_t *c, int map)
{
	int op = byte(c);
	if (op < 0)
		return false;
	switch (map) {
	case 1:
		return operands(c, two_byte[op]);
	case 2:
	case 5:
	case 6:
		return operands(c, 'm');
	case 3:
		return operands(c, 'B');
	default:
		return false;
	}
}

static bool
escape(code_t *c)
{
	int op = byte(c);
	if (op == 0x38 || op == 0x3a)
		return in_map(c, op == 0x38 ? 2 : 3);
	return op >= 0 && operands(c, two_byte[op]);
}

/* AMD's: map 8 has a byte behind it, map 10 four. */
static bool
xop(code_t *c, int map)
{
	c->at += 3;
	if (modrm(c) < 0)
		return false;
	c->at += map == 8 ? 1 : map == 10 ? 4 : 0;
	return map >= 8 && map <= 10;
}

/*
 * Opcodes the kernel does not single-step: those that are none in 64-bit mode, traps, ports, the interrupt
 * flag.  It asks the same of the opcode behind a VEX prefix, where they mean harmless things (vmovd).
 */
static bool
is_refused(int op)
{
	return op == 0xcc || op == 0xcd || op == 0xcf || op == 0xf1 || op == 0xf4 || op == 0xfa || op == 0xfb ||
	       (op >= 0x6c && op <= 0x6f) || (op >= 0xe4 && op <= 0xe7) || (op >= 0xec && op <= 0xef) ||
	       one_byte[op] == 'x';
}

static bool
in_vex(code_t *c, int map, dt_insn_t *out)
{
	int op = c->at < c->n ? c->p[c->at] : 0;
	out->refused |= is_refused(op) || op == 0x1f || op == 0x62;
	return in_map(c, map);
}

static bool
opcode(code_t *c, dt_insn_t *out)
{
	int op = byte(c);
	if (op < 0)
		return false;
	out->refused |= is_refused(op);
	int next = c->at < c->n ? c->p[c->at] : 0;
	switch (op) {
	case 0x0f:
		return escape(c);
	case 0xc5: /* VEX */
		c->at += 1;
		return in_vex(c, 1, out);
	case 0xc4:
		c->at += 2;
		return in_vex(c, next & 0x1f, out);
	case 0x62: /* EVEX */
		c->at += 3;
		return in_vex(c, next & 7, out);
	case 0x8f:
		if ((next & 0x1f) >= 8)
			return xop(c, next & 0x1f);
		break;
	default:
		break;
	}
	return operands(c, one_byte[op]);
}

bool
dt_insn_decode(const uint8_t *p, size_t n, dt_insn_t *out)
{
	enum {
		LONGEST = 15
	};
	code_t c = {.p = p, .n = n < LONGEST ? n : LONGEST};
	out->refused = false;
	for (; c.at < c.n; c.at++) {
		int b = p[c.at];
		if (b == 0x66)
			c.opsize = true;
		else if (b == 0x67)
			c.addrsize = true;
		else if (b == 0xf0 || b == 0x26 || b == 0x2e || b == 0x36 || b == 0x3e)
			out->refused = true;
		else if (b != 0xf2 && b != 0xf3 && b != 0x64 && b != 0x65)
			break;
	}
	if (c.at < c.n && p[c.at] >= 0x40 && p[c.at] < 0x50)
		c.rexw = p[c.at++] & 8;
	if (!opcode(&c, out) || c.at > c.n)
		return false;
	out->length = (int)c.at;
	return true;
}

#else

bool
dt_insn_decode(const uint8_t *p, size_t n, dt_insn_t *out)
{
	(void)p;
	*out = (dt_insn_t){.length = 4};
	return n >= 4;
}

#endif
