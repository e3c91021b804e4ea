/*
 * compile.h - the state of one compile, shared by the lexer, the parser and sema.
 *
 * dt_compile_text() drives it all: lex and parse, handing each top-level item to
 * dt_sema_item() as soon as it is complete, since declarations change how later
 * text is read.  The first error ends the compile by longjmp to its start; all
 * memory is in the program's arena.
 */
#ifndef DT_COMPILE_H
#define DT_COMPILE_H

#include <setjmp.h>

#include "tree.h"

typedef enum dt_errctx {
	DT_CTX_NONE,
	DT_CTX_ACTIONS,
	DT_CTX_PREDICATE
} dt_errctx_t;

typedef struct dt_compile {
	dtrace_hdl_t *dtp;
	dtrace_prog_t *prog;
	dt_arena_t *arena;
	uint32_t cflags;
	dtrace_probespec_t pspec;
	bool is_file;         /* -s: errors carry "line N:" */
	bool skip;            /* a library that depends on what is not here: raised like an error */
	const char *filename; /* known name (line marker, library), or NULL */
	int argc;
	char *const *argv; /* macro arguments: argv[0] is $0 */
	bool *argused;     /* which $N were referenced */
	dt_errctx_t ctx;
	dt_clause_t *clause; /* being typed, or NULL */
	dt_clause_t **tail;  /* where the next clause is linked */
	const char *text;    /* whole source */
	size_t len;
	struct dt_lexer *lexer;     /* syntax/lexer.h */
	struct dt_pragmas *pragmas; /* syntax/pragma.c: attributes and bindings that wait for their name */
	struct dt_sema *sema;       /* sema's own, made at its first use */
	/* Takes each top-level item as soon as it is complete: dt_sema_item(), unless only parsing. */
	void (*item)(struct dt_compile *, dt_node_t *);
	dt_node_t *items, **itemtail; /* of a parse alone */
	int nvalues;                  /* of dt_compile_carrier() */
	int ndecls;                   /* clauses and declarations seen: 0 is an empty program */
	const char *errtag;           /* of the error raised last, for a stage that catches it in onerror */
	jmp_buf onerror;
} dt_compile_t;

/* Compile into a new program; NULL with the handle's error set. */
dtrace_prog_t *dt_compile_text(dtrace_hdl_t *, const char *text, size_t len, bool is_file, dtrace_probespec_t,
			       uint32_t cflags, int argc, char *const argv[]);
/* One clause of ours (providers/provider.h: carriers): its last nvalues statements are expressions whose
 * values are wanted; they become clause->values.  No option of the user's programs bears on it.  It may match
 * no probe.  NULL with the handle's error set; else it is freed with the handle. */
dt_clause_t *dt_compile_carrier(dtrace_hdl_t *, const char *text, int nvalues);
void dt_program_free(dtrace_prog_t *);
/* Parse without sema: the items in order, NULL with the handle's error set (or when there are none).
 * Everything is in the arena.  Types and enumerators that the text declares do take effect. */
dt_node_t *dt_parse_only(dtrace_hdl_t *, dt_arena_t *, const char *text, size_t len, bool is_file,
			 dtrace_probespec_t, uint32_t cflags, int argc, char *const argv[]);

/* Raise a compile error: never returns.  tag is "D_SYNTAX" and so on (diagnostics.md 2);
 * the message is composed as diagnostics.md 1.2 says. */
void dt_error(dt_compile_t *, const char *tag, dt_src_t, const char *fmt, ...)
    __attribute__((noreturn, format(printf, 4, 5)));

/* sema's entry points, called by the parser. */
void dt_sema_item(dt_compile_t *, dt_node_t *item);   /* a complete top-level item */
dt_node_t *dt_sema_expr(dt_compile_t *, dt_node_t *); /* type one expression (array sizes...) */
void dt_sema_finish(dt_compile_t *);                  /* after the last item */
/* Integer constant value of a typed expression, or error with that tag. */
int64_t dt_sema_intconst(dt_compile_t *, dt_node_t *, const char *tag, const char *what);

#endif
