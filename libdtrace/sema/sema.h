/*
 * sema.h - what the files of sema/ share.  Nothing outside sema/ includes it.
 *
 * sema_cook(c, &node) types an expression in place: children first, then the node,
 * which may be replaced (constants folded, inlines substituted).  Cooking twice does
 * nothing, so a clause whose body met an unknown name can be tried again.
 * Errors leave through dt_error().
 */
#ifndef DT_SEMA_H
#define DT_SEMA_H

#include "../../providers/provider.h"
#include "../syntax/compile.h"
#include "functions.h"
#include "ident.h"

enum {
	SEMA_MAX_NODES = 1 << 20, /* of one program, inlines expanded */
	SEMA_MAX_INLINES = 64     /* nesting of inlines in inlines, of translators in translators */
};

/* State of sema during one compile (dt_compile_t.sema). */
typedef struct dt_sema {
	jmp_buf *undef;          /* where an unknown name leads while the clause may be retried */
	const dt_node_t *action; /* the call that may be an action: a statement, or an aggregation key */
	const dt_node_t *agg;    /* the @name that may stand here: target or argument of an action */
	bool dead;               /* in an arm that a constant condition rules out */
	int depth;               /* nesting of sema_cook() */
	int nodes;               /* nodes typed: bounds what inlines can expand to */
	int inlines;             /* nesting of inline expansions */
	dtrace_attribute_t attr; /* minimum over what the clause used */
	dt_argtype_t *argv;      /* of the clause's probes */
	int argc;                /* -1 = not asked yet */
	bool argbad[DT_NARGS];
	dtrace_attribute_t argattr;
} dt_sema_t;

dt_sema_t *sema_state(dt_compile_t *);

/* expr.c */
void sema_cook(dt_compile_t *, dt_node_t **);
void sema_cook_list(dt_compile_t *, dt_node_t **); /* every node of a list */
void sema_cook_dyn(dt_compile_t *, dt_node_t **);  /* may be a translated object: sema_is_dyn() */
dt_node_t *sema_int(dt_compile_t *, const dt_node_t *at, int64_t, dt_type_t);
dt_node_t *sema_cast_to(dt_compile_t *, dt_node_t *, dt_type_t); /* n as (type)n, folded */
bool sema_is_const(const dt_node_t *);                           /* a constant integer */
bool sema_is_zero(const dt_node_t *);                            /* the constant 0 */
void sema_use_attr(dt_compile_t *, dtrace_attribute_t);
/* An error if it is a name of other systems. */
void sema_absent(dt_compile_t *, const char *tag, dt_src_t, const char *name);
void sema_undefined(dt_compile_t *, const char *tag, dt_src_t, const char *fmt, ...)
    __attribute__((noreturn, format(printf, 4, 5)));

/* conv.c: relations between types. */
bool sema_is_int(dt_type_t); /* integers and enums */
bool sema_is_ptr(dt_type_t); /* pointers, arrays (which decay) and functions */
bool sema_is_scalar(dt_type_t);
bool sema_is_string(dt_type_t);
bool sema_is_void(dt_type_t);
bool sema_strcompat(dt_compile_t *, dt_type_t);
bool sema_ptrcompat(dt_compile_t *, const dt_node_t *, const dt_node_t *);
bool sema_pointee_compat(dt_compile_t *, dt_type_t, dt_type_t);
bool sema_same(dt_compile_t *, dt_type_t, dt_type_t);
dt_type_t sema_pointee(dt_compile_t *, dt_type_t); /* resolved for use: forwards completed */
dt_type_t sema_decay(dt_compile_t *, dt_type_t);   /* arrays to pointers */
dt_type_t sema_promote(dt_compile_t *, dt_type_t);
dt_type_t sema_common(dt_compile_t *, dt_type_t, dt_type_t); /* of two integers */
dt_type_t sema_vartype(dt_compile_t *, dt_type_t);           /* of a variable first assigned such a value */
bool sema_assignable(dt_compile_t *, dt_type_t, const dt_node_t *value);
const char *sema_tname(dt_compile_t *, dt_type_t);

/* fold.c */
int64_t sema_truncate(int64_t, dt_type_t);
bool sema_fold_binary(dt_compile_t *, const dt_node_t *, int64_t *);

/* operators.c */
void sema_binary(dt_compile_t *, dt_node_t **);
void sema_unary(dt_compile_t *, dt_node_t **);
void sema_cond(dt_compile_t *, dt_node_t **);
void sema_scalar_operand(dt_compile_t *, const dt_node_t *, const char *op);
dt_type_t sema_additive(dt_compile_t *, const dt_node_t *at, dt_op_t, const dt_node_t *, const dt_node_t *);
dt_type_t sema_arith(dt_compile_t *, const dt_node_t *at, dt_op_t, const dt_node_t *, const dt_node_t *);

/* assign.c */
void sema_assign(dt_compile_t *, dt_node_t **);
void sema_incdec(dt_compile_t *, dt_node_t *);

/* member.c */
void sema_member(dt_compile_t *, dt_node_t **);
void sema_deref(dt_compile_t *, dt_node_t **);
void sema_addrof(dt_compile_t *, dt_node_t **);
void sema_element(dt_compile_t *, dt_node_t *); /* a[i] of a C array, pointer or string */
bool sema_in_variable(const dt_node_t *);
bool sema_is_bitfield(const dt_node_t *);
/* A string in the process's memory is read there, as if the program had said copyinstr(); of a char array no
 * more than it holds. */
void sema_copyinstr(dt_compile_t *, dt_node_t **);
void sema_user_string(dt_compile_t *, dt_node_t **); /* the same, for nothing but such a string */

/* vars.c */
void sema_name(dt_compile_t *, dt_node_t **);  /* DN_IDENT */
void sema_scoped(dt_compile_t *, dt_node_t *); /* DN_SELF, DN_THIS */
void sema_index(dt_compile_t *, dt_node_t **); /* DN_INDEX */
/* The left side of an assignment of `type`: declares the variable when it is new. */
void sema_target(dt_compile_t *, dt_node_t **, dt_type_t type);
bool sema_is_new_target(dt_compile_t *, const dt_node_t *);
bool sema_is_var(const dt_node_t *);         /* a D variable, or an element of an associative array */
void sema_key(dt_compile_t *, dt_node_t **); /* type one key */
void sema_keys(dt_compile_t *, dt_ident_t *, dt_node_t *at, dt_node_t *keys);
void sema_enumerator(dt_compile_t *, dt_node_t **, dt_type_t other); /* a bare name of that enum */

dt_ident_t *sema_global(dt_compile_t *, const char *name); /* also from D libraries */

/* symbols.c */
void sema_symbol(dt_compile_t *, dt_node_t **);              /* DN_IDENT with a backquote, or extern */
bool sema_symbol_addr(dt_compile_t *, dt_node_t **addrof);   /* false: the operand is no symbol */
int64_t sema_symbol_size(dt_compile_t *, const dt_node_t *); /* of a function, else -1 */
void sema_extern(dt_compile_t *, const struct dt_decl *);

/* args.c */
void sema_args(dt_compile_t *, dt_node_t **);

/* inlines.c */
void sema_inline_expand(dt_compile_t *, dt_node_t **, dt_ident_t *, dt_node_t *args);
dt_node_t *sema_copy(dt_compile_t *, const dt_node_t *, const dt_ident_t *params, dt_node_t *const *args);

/* xlate.c */
bool sema_is_dyn(const dt_node_t *); /* a translated object: a type, but no value */
void sema_xlate(dt_compile_t *, dt_node_t *);
bool sema_translate(dt_compile_t *, dt_node_t *xlate, dt_type_t type);
void sema_xlate_member(dt_compile_t *, dt_node_t **);
void sema_xlate_define(dt_compile_t *, dt_node_t *);
void sema_provider_define(dt_compile_t *, dt_node_t *);

/* calls.c */
void sema_call(dt_compile_t *, dt_node_t *);
const dt_funcdesc_t *sema_callee(dt_compile_t *, const dt_node_t *); /* NULL if it is no call of a function */
void sema_argcount(dt_compile_t *, const dt_node_t *, const char *tag, int min, int max);
dt_node_t *sema_arg(const dt_node_t *call, int i);

/* actions.c */
void sema_action(dt_compile_t *, dt_node_t *call);
void sema_stack(dt_compile_t *, dt_node_t *call);

/* aggs.c */
void sema_agg(dt_compile_t *, dt_node_t *); /* DN_AGG where it may stand */
void sema_aggregate(dt_compile_t *, dt_node_t *assign);
void sema_aggdata(dt_compile_t *, dt_node_t *call);   /* printa, clear, trunc, normalize, denormalize */
void sema_check_use(dt_compile_t *, dt_node_t *call); /* the same, once the whole clause is known */

/* formats.c */
void sema_printf(dt_compile_t *, dt_node_t *call);
void sema_printa(dt_compile_t *, dt_node_t *call);
void sema_printa_check(dt_compile_t *, dt_node_t *call);

/* order.c */
void sema_check_order(dt_compile_t *, const dt_node_t *stmts);

/* stmt.c */
void sema_stmts(dt_compile_t *, dt_node_t **);

/* clause.c, decls.c */
void sema_clause(dt_compile_t *, dt_node_t *);
void sema_decl(dt_compile_t *, dt_node_t *);
void sema_inline_define(dt_compile_t *, dt_node_t *);

#endif
