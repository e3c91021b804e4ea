/*
 * ident.h - what names of a D program stand for.  Five name spaces: globals (with
 * functions, built-ins and inlines), self->, this->, aggregations; types are in types/.
 * Identifiers live as long as the handle: later programs see earlier ones' variables.
 */
#ifndef DT_IDENT_H
#define DT_IDENT_H

#include "../syntax/tree.h"

typedef enum dt_idkind {
	DT_ID_SCALAR,  /* D variable */
	DT_ID_ARRAY,   /* associative array */
	DT_ID_BUILTIN, /* builtin = dt_builtin_t */
	DT_ID_INLINE,  /* expression in ->expr, parameters in ->params */
	DT_ID_ENUM,    /* enumerator of a D program: ->value */
	DT_ID_FUNC,    /* subroutine, action or aggregating function: func = dt_func_t */
	DT_ID_AGG,
	DT_ID_EXTERN /* declared kernel symbol: ->type */
} dt_idkind_t;

typedef enum dt_scope {
	DT_SC_GLOBAL,
	DT_SC_SELF,
	DT_SC_THIS,
	DT_SC_AGG
} dt_scope_t;

typedef enum dt_builtin {
	DT_BV_NONE,
	DT_BV_ARG, /* ident->value = 0..9 */
	DT_BV_ARGS,
	DT_BV_CALLER,
	DT_BV_CPU,
	DT_BV_CURTHREAD,
	DT_BV_EPID,
	DT_BV_ERRNO,
	DT_BV_EXECNAME,
	DT_BV_GID,
	DT_BV_ID,
	DT_BV_IPL,
	DT_BV_PID,
	DT_BV_PPID,
	DT_BV_PROBEFUNC,
	DT_BV_PROBEMOD,
	DT_BV_PROBENAME,
	DT_BV_PROBEPROV,
	DT_BV_STACKDEPTH,
	DT_BV_TID,
	DT_BV_TIMESTAMP,
	DT_BV_UCALLER,
	DT_BV_UID,
	DT_BV_UREGS,
	DT_BV_USTACKDEPTH,
	DT_BV_VTIMESTAMP,
	DT_BV_WALLTIMESTAMP,
	DT_BV_ZONENAME,
	DT_BV_EACH /* of carriers: providers/provider.h */
} dt_builtin_t;

enum {
	DT_MAXKEYS = 16
};

typedef struct dt_ident {
	struct dt_ident *next; /* hash chain */
	const char *name;
	dt_idkind_t kind;
	dt_scope_t scope;
	dt_type_t type; /* of the value; DT_NOTYPE until known */
	int nkeys;      /* DT_ID_ARRAY, DT_ID_AGG, inline parameters; -1 = not yet known */
	dt_type_t keys[DT_MAXKEYS];
	int id; /* storage number within its scope, dense from 0 */
	bool is_const, declared;
	bool attr_given; /* by a pragma: what the inline is made of does not count */
	dtrace_attribute_t attr;
	dt_src_t src;
	dt_builtin_t builtin;
	int64_t value;           /* DT_ID_ENUM; DT_BV_ARG: n */
	int func;                /* DT_ID_FUNC */
	dt_node_t *expr;         /* DT_ID_INLINE */
	struct dt_ident *params; /* DT_ID_INLINE: linked by pnext */
	struct dt_ident *pnext;
	/* DT_ID_AGG */
	int aggfunc;                    /* DTRACEAGG_* of all uses */
	int keyact[DT_MAXKEYS];         /* 0, or DTRACEACT_STACK/USTACK/SYM/...: keys made by an action */
	uint32_t keyframes[DT_MAXKEYS]; /* stacks: frames */
	int64_t aggarg[4];              /* lquantize: base, limit, step; llquantize: factor, low, high, steps */
	bool agg_cleared;               /* clear() or trunc() is applied to it somewhere */
	int kvar;                       /* 1 + the number of the variable of compat/compat.h it is, 0: none */
	bool dead;                      /* made by a compile that failed */
	int lib;                        /* D library that defines it (dtrace_hdl.curlib), 0 = a program */
	uint32_t version;               /* D API that brought it: hidden when option version asks for less */
	void *storage;                  /* ir/'s own: where the variable lives in this module */
} dt_ident_t;

enum {
	DT_NREGS = 26 /* registers of uregs[]: sema/regs.c */
};

typedef struct dt_idents dt_idents_t;

void dt_regs_define(dtrace_hdl_t *); /* the R_ constants */
int dt_idents_open(dtrace_hdl_t *);  /* with all built-ins and functions */
void dt_idents_close(dtrace_hdl_t *);
dt_ident_t *dt_ident_lookup(dtrace_hdl_t *, dt_scope_t, const char *name);
dt_ident_t *dt_ident_insert(dtrace_hdl_t *, dt_scope_t, dt_idkind_t, const char *name);
/* A failed compile takes back what it inserted: mark, then either forget or roll back.  What D libraries
 * that were loaded on its way define stays. */
int dt_idents_mark(dtrace_hdl_t *);
bool dt_idents_since(dtrace_hdl_t *, const dt_ident_t *, int mark); /* inserted after the mark? */
void dt_idents_rollback(dtrace_hdl_t *, int mark);
int dt_idents_count(dtrace_hdl_t *, dt_scope_t); /* ids handed out in a scope */
dt_ident_t *dt_ident_byid(dtrace_hdl_t *, dt_scope_t, int id);

#endif
