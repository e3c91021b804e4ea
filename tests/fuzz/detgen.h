/*
 * detgen.h - what the files of the generator of deterministic programs share; see detgen.c.
 */
#ifndef DETGEN_H
#define DETGEN_H

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "dgen.h"

enum {
	MAX_DEPTH = 5,
	MAX_STRS = 30, /* string temporaries of one clause: the arena is bounded */
	NAGGS = 8
};

typedef struct gen {
	uint64_t s;
	char *buf;
	size_t len, n;
	int depth;
	unsigned strs, nodes; /* in this clause */
	bool risky, in_error;
	dgen_has_f *has;
} gen_t;

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

#define PICK(g, a) ((a)[rnd((g), sizeof(a) / sizeof((a)[0]))])

enum {
	NTYPES = 16,
	NVARS = 10,
	NSTRVARS = 6,
	NTEXTS = 14
};
extern const char *const det_types[NTYPES], *const det_vars[NVARS], *const det_strvars[NSTRVARS],
									*const det_texts[NTEXTS];

/* Expressions (detexpr.c). */
void det_constant(gen_t *);
void det_num(gen_t *);
void det_str(gen_t *);
void det_element(gen_t *); /* of an associative array of numbers */
void det_change(gen_t *);  /* =, op=, ++, -- */
void det_pointer(gen_t *);

#endif
