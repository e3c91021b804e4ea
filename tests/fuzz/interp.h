/*
 * interp.h - what a D program must do, by an interpreter of its typed tree (sema's output) in user space.
 *
 * It reads the specification, not the code generator: nothing of libdtrace/ir, runtime, session or output is
 * used, only the tree and the types.  Deterministic programs alone: clauses on dtrace:::BEGIN, END and ERROR,
 * no clocks, processes or kernel memory.  What it does not know ends the run with a reason (interp_unknown).
 *
 * Two phases, as in life: the clauses run and leave records and aggregations; then the records are read, in
 * order.
 */
#ifndef INTERP_H
#define INTERP_H

#include <setjmp.h>

#include "../../libdtrace/sema/functions.h"
#include "../../libdtrace/sema/ident.h"
#include "../../libdtrace/syntax/compile.h"
#include "../../providers/provider.h"

/* A value: a number, or a string.  A string with s == NULL is an address nobody can read; n == 0: the null
 * string. */
typedef struct value {
	bool is_str;
	uint64_t n;
	const char *s;
} value_t;

/* A variable or an element of an associative array. */
typedef struct cell {
	struct cell *next;
	const dt_ident_t *id;
	value_t key[DT_MAXKEYS];
	value_t v;
} cell_t;

typedef struct aggrow {
	value_t key[DT_MAXKEYS];
	int64_t count, sum; /* count, sum, avg, min, max; count 0: nothing since clear() */
	unsigned __int128 squares;
	int64_t *bucket;
} aggrow_t;

typedef struct agg {
	const dt_ident_t *id;
	DT_VEC(aggrow_t *) rows;
	uint64_t normal;
	bool printed;
	int nbuckets;
	int64_t *label; /* of each bucket; */
	char *edge;     /* '<': below the label, '>': from it on, 'm': llquantize's middle, 'n': up to it */
} agg_t;

typedef enum evkind {
	EV_RECORD, /* begin: probe id in n */
	EV_END,
	EV_CALL, /* an action's call with its values */
	EV_FAULT
} evkind_t;

typedef struct event {
	evkind_t kind;
	uint64_t n;    /* probe; fault code */
	uint64_t addr; /* EV_FAULT */
	bool pred;
	int clause;
	const dt_node_t *call;
	value_t *args;
} event_t;

typedef DT_VEC(event_t) events_t;

typedef struct interp {
	dtrace_hdl_t *dtp;
	dt_arena_t *arena;
	uint32_t strsize;
	bool quiet;
	FILE *out;
	jmp_buf unknown;
	char reason[256];

	dt_clause_t *clauses;
	cell_t *globals, *self, *local;
	DT_VEC(agg_t *) aggs;
	events_t events, pending; /* pending: of the record being made */
	unsigned dblerrors;
	bool exited;

	jmp_buf *fault;
	uint64_t code, addr;
	bool in_pred;
	dtrace_id_t probe;
	uint64_t errargs[6]; /* of dtrace:::ERROR */
} interp_t;

/* Run the program and write what tracing it prints.  False: something is not known, see in->reason. */
bool interp_run(interp_t *, dt_clause_t *clauses);

/* Inside. */
void interp_unknown(interp_t *, const char *fmt, ...) __attribute__((noreturn, format(printf, 2, 3)));
void interp_fault(interp_t *, int code, uint64_t addr) __attribute__((noreturn));
value_t interp_expr(interp_t *, dt_node_t *);
uint64_t interp_number(interp_t *, dt_node_t *); /* of an expression */
int64_t interp_cut(int64_t v, dt_type_t);        /* to the type's size, by its sign */
value_t interp_num(uint64_t);
value_t interp_string(interp_t *, const char *, size_t len); /* a copy, cut to strsize */
const char *interp_read(interp_t *, value_t);                /* the text as a routine reads it */
bool interp_is_string(dt_type_t);
bool interp_subr(interp_t *, dt_node_t *call, value_t *out); /* interp_subr.c */
void interp_aggregate(interp_t *, dt_node_t *assign);        /* interp_agg.c */
void interp_consume(interp_t *);                             /* interp_out.c */
void interp_printf(interp_t *, const char *fmt, const dt_node_t *args, const value_t *v, const agg_t *,
		   const aggrow_t *);
agg_t *interp_agg_of(interp_t *, const dt_ident_t *);
void interp_printa(interp_t *, const dt_node_t *call);
void interp_print_agg(interp_t *, agg_t *);
void interp_agg_clear(agg_t *);
void interp_agg_trunc(agg_t *, int64_t n);
int64_t interp_agg_scalar(const agg_t *, const aggrow_t *, uint64_t normal);
void interp_agg_free(interp_t *);

#endif
