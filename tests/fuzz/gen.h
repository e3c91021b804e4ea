/*
 * gen.h - what the generators of random D programs share: the source of chance and the text that grows.
 * dgen.c writes programs that use all of the machine, detgen.c ones whose output is decided.
 */
#ifndef GEN_H
#define GEN_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "dgen.h"

typedef struct gen {
	uint64_t s;
	char *buf;
	size_t len, n;
	int depth;            /* of the expression or statement being written */
	unsigned strs, nodes; /* in this clause: string temporaries (the arena is bounded), nodes */
	int site;             /* dgen.c: 0 BEGIN/END, 1 syscall, 2 profile/tick */
	bool risky, in_error; /* detgen.c */
	dgen_has_f *has;      /* detgen.c */
} gen_t;

#define PICK(g, a) ((a)[rnd((g), sizeof(a) / sizeof((a)[0]))])

static inline uint32_t
rnd(gen_t *g, uint32_t n)
{
	g->s ^= g->s << 13;
	g->s ^= g->s >> 7;
	g->s ^= g->s << 17;
	return (uint32_t)((g->s >> 16) % n);
}

static inline void __attribute__((format(printf, 2, 3))) out(gen_t *g, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	int r = vsnprintf(g->buf + g->n, g->len - g->n, fmt, ap);
	va_end(ap);
	if (r > 0 && g->n + (size_t)r < g->len)
		g->n += (size_t)r;
}

/* Each generator salts the seed, so that equal numbers are not alike. */
static inline gen_t
gen_start(uint64_t seed, uint64_t salt, char *buf, size_t len)
{
	gen_t g = {.s = seed * 0x9e3779b97f4a7c15ULL + salt, .buf = buf, .len = len};
	buf[0] = '\0';
	for (int i = 0; i < 8; i++)
		rnd(&g, 2);
	return g;
}

/* What is written the same way whatever the expressions are: e, a, b, num write one. */
typedef void gen_expr_f(gen_t *);

static inline void
gen_wrapped(gen_t *g, const char *before, gen_expr_f *e, const char *after)
{
	out(g, "%s", before);
	e(g);
	out(g, "%s", after);
}

static inline void
gen_pair(gen_t *g, const char *before, gen_expr_f *a, const char *between, gen_expr_f *b, const char *after)
{
	gen_wrapped(g, before, a, between);
	gen_wrapped(g, "", b, after);
}

/* (e op e) */
static inline void
gen_binary(gen_t *g, gen_expr_f *e, const char *op)
{
	out(g, "(");
	e(g);
	out(g, " %s ", op);
	e(g);
	out(g, ")");
}

/* (num ? e : e) */
static inline void
gen_choice(gen_t *g, gen_expr_f *num, gen_expr_f *e)
{
	gen_wrapped(g, "(", num, " ? ");
	gen_pair(g, "", e, " : ", e, ")");
}

#endif
