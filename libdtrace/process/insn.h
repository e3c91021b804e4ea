/* insn.h - where machine instructions begin: for probes inside functions. */
#ifndef DT_INSN_H
#define DT_INSN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct dt_insn {
	int length;   /* bytes */
	bool refused; /* the kernel puts no breakpoint on it: lock and segment prefixes, traps, port access */
} dt_insn_t;

/* The instruction at p, of which n bytes are there; false when it cannot be told. */
bool dt_insn_decode(const uint8_t *p, size_t n, dt_insn_t *);

#endif
