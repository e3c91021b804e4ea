/*
 * actions.c - the arguments of actions (language.md 5.5 - 5.8; tags: diagnostics.md
 * 2.4).  A stack call's ival is frames | (strsize << 32), as the record's dtrd_arg
 * will be.
 */
#include "sema.h"

enum {
	DEFAULT_FRAMES = 20
};

/* trace() and print(): a value of any type that has one. */
static void
check_value(dt_compile_t *c, dt_node_t *n, const char *agg, const char *none, const char *dyn)
{
	const char *name = n->left->name;

	sema_argcount(c, n, "D_PROTO_LEN", 1, 1);
	if (n->args->kind == DN_AGG)
		dt_error(c, agg, n->src, "%s() cannot record an aggregation: use printa(@%s)", name,
			 n->args->name);
	sema_cook_dyn(c, &n->args);
	if (sema_is_dyn(n->args))
		dt_error(c, dyn, n->src, "%s() cannot record a translated object (%s): %s its members", name,
			 sema_tname(c, n->args->type), name);
	dt_tinfo_t ti = dt_type_info(n->args->type);
	if (ti.kind == DT_K_VOID)
		dt_error(c, none, n->src, "%s() needs a value, and this expression has none", name);
	if (ti.size == 0)
		dt_error(c, "D_PROTO_ARG", n->src,
			 "%s() cannot record a value of type %s: its size is not known", name,
			 sema_tname(c, n->args->type));
}

static void
check_tracemem(dt_compile_t *c, dt_node_t *n)
{
	dt_node_t *a;

	sema_argcount(c, n, dt_node_count(n->args) > 3 ? "D_TRACEMEM_ARGS" : "D_PROTO_LEN", 2, 3);
	sema_cook_list(c, &n->args);
	a = n->args;
	if (!sema_is_int(a->type) && !sema_is_ptr(a->type))
		dt_error(c, "D_TRACEMEM_ADDR", a->src,
			 "first argument of tracemem() must be an address, not %s", sema_tname(c, a->type));
	a = a->next;
	if (!sema_is_const(a) || (int64_t)a->ival <= 0)
		dt_error(c, "D_TRACEMEM_SIZE", a->src,
			 "second argument of tracemem() must be a positive integer constant");
	if (a->ival > INT32_MAX)
		dt_error(c, "D_TRACEMEM_SIZE", a->src, "tracemem() of %llu bytes is too much",
			 (unsigned long long)a->ival);
	a = a->next;
	if (a && !sema_is_int(a->type))
		dt_error(c, "D_TRACEMEM_DYNSIZE", a->src, "third argument of tracemem() must be an integer");
}

/* printm(most, {address, length}): what memref() gives. */
static void
check_printm(dt_compile_t *c, dt_node_t *n)
{
	sema_argcount(c, n, "D_PROTO_LEN", 2, 2);
	sema_cook_list(c, &n->args);
	const dt_node_t *size = n->args, *ref = size->next;
	if (!sema_is_const(size) || (int64_t)size->ival <= 0 || size->ival > INT32_MAX)
		dt_error(c, "D_PRINTM_SIZE", size->src,
			 "first argument of printm(), the most bytes to record, must be a positive integer "
			 "constant");
	if (!sema_is_ptr(ref->type))
		dt_error(c, "D_PRINTM_ADDR", ref->src,
			 "second argument of printm() must be what memref() gives, not %s",
			 sema_tname(c, ref->type));
}

static uint64_t
stack_option(const dt_compile_t *c, enum dt_opt opt, uint64_t unset)
{
	dtrace_optval_t v = c->dtp->opt[opt];
	return v == DTRACEOPT_UNSET || v == 0 || v > INT32_MAX ? unset : v;
}

/* Option maxframes caps what is asked for. */
static uint64_t
at_most_maxframes(const dt_compile_t *c, uint64_t frames)
{
	uint64_t most = stack_option(c, DT_OPT_MAXFRAMES, frames);
	return frames < most ? frames : most;
}

/* stack([frames]), ustack([frames, [strsize]]), jstack the same: as actions and as keys. */
void
sema_stack(dt_compile_t *c, dt_node_t *n)
{
	static const struct {
		enum dt_opt frames;
		const char *proto, *count;
		int maxargs;
	} kinds[] = {{DT_OPT_STACKFRAMES, "D_STACK_PROTO", "D_STACK_SIZE", 1},
		     {DT_OPT_USTACKFRAMES, "D_USTACK_PROTO", "D_USTACK_FRAMES", 2},
		     {DT_OPT_JSTACKFRAMES, "D_USTACK_PROTO", "D_USTACK_FRAMES", 2}};
	int kind = n->func == DT_F_STACK ? 0 : n->func == DT_F_USTACK ? 1 : 2;
	uint64_t frames = stack_option(c, kinds[kind].frames, DEFAULT_FRAMES), strsize = 0;
	dt_node_t *a;

	if (n->func == DT_F_JSTACK)
		strsize = stack_option(c, DT_OPT_JSTACKSTRSIZE, 0);
	sema_argcount(c, n, kinds[kind].proto, 0, kinds[kind].maxargs);
	sema_cook_list(c, &n->args);
	if ((a = sema_arg(n, 0))) {
		if (!sema_is_const(a) || (int64_t)a->ival <= 0 || a->ival > INT32_MAX)
			dt_error(c, kinds[kind].count, a->src,
				 "number of frames of %s() must be a positive integer constant", n->left->name);
		frames = a->ival;
	}
	if ((a = sema_arg(n, 1))) {
		if (!sema_is_const(a) || (int64_t)a->ival < 0 || a->ival > INT32_MAX)
			dt_error(c, "D_USTACK_STRSIZE", a->src,
				 "string size of %s() must be an integer constant, 0 or more", n->left->name);
		strsize = a->ival;
	}
	n->ival = at_most_maxframes(c, frames) | strsize << 32;
}

/* One argument, an integer: exit, raise, chill, speculate, commit, discard. */
static void
check_integer(dt_compile_t *c, dt_node_t *n)
{
	sema_argcount(c, n, "D_PROTO_LEN", 1, 1);
	sema_cook(c, &n->args);
	if (!sema_is_int(n->args->type))
		dt_error(c, "D_PROTO_ARG", n->args->src, "argument of %s() must be an integer, not %s",
			 n->left->name, sema_tname(c, n->args->type));
}

/* sym, mod, usym and kin. */
static void
check_address(dt_compile_t *c, dt_node_t *n)
{
	sema_argcount(c, n, "D_PROTO_LEN", 1, 1);
	sema_cook(c, &n->args);
	if (!sema_is_scalar(n->args->type))
		dt_error(c, "D_PROTO_ARG", n->args->src, "argument of %s() must be an address, not %s",
			 n->left->name, sema_tname(c, n->args->type));
}

static void
check_setopt(dt_compile_t *c, dt_node_t *n)
{
	sema_argcount(c, n, "D_PROTO_LEN", 1, 2);
	sema_cook_list(c, &n->args);
	for (const dt_node_t *a = n->args; a; a = a->next)
		if (!sema_strcompat(c, a->type))
			dt_error(c, "D_PROTO_ARG", a->src, "arguments of setopt() must be strings, not %s",
				 sema_tname(c, a->type));
}

void
sema_action(dt_compile_t *c, dt_node_t *n)
{
	switch (n->func) {
	case DT_F_TRACE:
		check_value(c, n, "D_TRACE_AGG", "D_TRACE_VOID", "D_TRACE_DYN");
		break;
	case DT_F_PRINT:
		check_value(c, n, "D_PRINT_AGG", "D_PRINT_VOID", "D_PRINT_DYN");
		break;
	case DT_F_TRACEMEM:
		check_tracemem(c, n);
		break;
	case DT_F_PRINTM:
		check_printm(c, n);
		break;
	case DT_F_PRINTF:
	case DT_F_SYSTEM:
	case DT_F_FREOPEN:
		sema_printf(c, n);
		break;
	case DT_F_PRINTA:
		sema_printa(c, n);
		break;
	case DT_F_STACK:
	case DT_F_USTACK:
	case DT_F_JSTACK:
		sema_stack(c, n);
		break;
	case DT_F_SYM:
	case DT_F_FUNC:
	case DT_F_MOD:
	case DT_F_USYM:
	case DT_F_UFUNC:
	case DT_F_UMOD:
	case DT_F_UADDR:
		check_address(c, n);
		break;
	case DT_F_EXIT:
	case DT_F_RAISE:
	case DT_F_CHILL:
	case DT_F_SPECULATE:
	case DT_F_COMMIT:
	case DT_F_DISCARD:
		check_integer(c, n);
		break;
	case DT_F_SETOPT:
		check_setopt(c, n);
		break;
	case DT_F_FTRUNCATE:
	case DT_F_STOP:
	case DT_F_BREAKPOINT:
	case DT_F_PANIC:
		sema_argcount(c, n, "D_PROTO_LEN", 0, 0);
		break;
	default: /* clear, trunc, normalize, denormalize */
		sema_aggdata(c, n);
	}
}
