/*
 * actions.c - the arguments of actions: trace, tracemem, stack, ustack, exit
 * (language.md 5.5, 5.6; tags: diagnostics.md 2.4).  A stack call's ival is
 * frames | (strsize << 32), as the record's dtrd_arg will be.
 */
#include "sema.h"

enum {
	DEFAULT_FRAMES = 20
};

static void
check_trace(dt_compile_t *c, dt_node_t *n)
{
	sema_argcount(c, n, "D_PROTO_LEN", 1, 1);
	if (n->args->kind == DN_AGG)
		dt_error(c, "D_TRACE_AGG", n->src, "trace() cannot record an aggregation: use printa(@%s)",
			 n->args->name);
	sema_cook_dyn(c, &n->args);
	if (sema_is_dyn(n->args))
		dt_error(c, "D_TRACE_DYN", n->src,
			 "trace() cannot record a translated object (%s): trace its members",
			 sema_tname(c, n->args->type));
	dt_tinfo_t ti = dt_type_info(n->args->type);
	if (ti.kind == DT_K_VOID)
		dt_error(c, "D_TRACE_VOID", n->src, "trace() needs a value, and this expression has none");
	if (ti.size == 0)
		dt_error(c, "D_PROTO_ARG", n->src,
			 "trace() cannot record a value of type %s: its size is not known",
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

static uint64_t
default_frames(const dt_compile_t *c, enum dt_opt opt)
{
	dtrace_optval_t v = c->dtp->opt[opt];
	return v == DTRACEOPT_UNSET || v == 0 || v > INT32_MAX ? DEFAULT_FRAMES : v;
}

/* stack([frames]), ustack([frames, [strsize]]): as actions and as keys. */
void
sema_stack(dt_compile_t *c, dt_node_t *n)
{
	bool user = n->func == DT_F_USTACK;
	uint64_t frames = default_frames(c, user ? DT_OPT_USTACKFRAMES : DT_OPT_STACKFRAMES), strsize = 0;
	dt_node_t *a;

	sema_argcount(c, n, user ? "D_USTACK_PROTO" : "D_STACK_PROTO", 0, user ? 2 : 1);
	sema_cook_list(c, &n->args);
	if ((a = sema_arg(n, 0))) {
		if (!sema_is_const(a) || (int64_t)a->ival <= 0 || a->ival > INT32_MAX)
			dt_error(c, user ? "D_USTACK_FRAMES" : "D_STACK_SIZE", a->src,
				 "number of frames of %s() must be a positive integer constant", n->left->name);
		frames = a->ival;
	}
	if ((a = sema_arg(n, 1))) {
		if (!sema_is_const(a) || (int64_t)a->ival < 0 || a->ival > INT32_MAX)
			dt_error(c, "D_USTACK_STRSIZE", a->src,
				 "string size of ustack() must be an integer constant, 0 or more");
		strsize = a->ival;
	}
	n->ival = frames | strsize << 32;
}

static void
check_exit(dt_compile_t *c, dt_node_t *n)
{
	sema_argcount(c, n, "D_PROTO_LEN", 1, 1);
	sema_cook(c, &n->args);
	if (!sema_is_int(n->args->type))
		dt_error(c, "D_PROTO_ARG", n->args->src, "argument of exit() must be an integer, not %s",
			 sema_tname(c, n->args->type));
}

void
sema_action(dt_compile_t *c, dt_node_t *n)
{
	switch (n->func) {
	case DT_F_TRACE:
		check_trace(c, n);
		break;
	case DT_F_TRACEMEM:
		check_tracemem(c, n);
		break;
	case DT_F_PRINTF:
		sema_printf(c, n);
		break;
	case DT_F_PRINTA:
		sema_printa(c, n);
		break;
	case DT_F_STACK:
	case DT_F_USTACK:
		sema_stack(c, n);
		break;
	case DT_F_EXIT:
		check_exit(c, n);
		break;
	default: /* clear, trunc, normalize, denormalize */
		sema_aggdata(c, n);
	}
}
