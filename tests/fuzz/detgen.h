/*
 * detgen.h - what the files of the generator of deterministic programs share; see detgen.c.
 */
#ifndef DETGEN_H
#define DETGEN_H

#include "gen.h"

enum {
	MAX_DEPTH = 5,
	MAX_STRS = 30, /* string temporaries of one clause: the arena is bounded */
	NAGGS = 8
};

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
