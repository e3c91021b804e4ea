/*
 * aggs.c - aggregations: @name[keys] = function(arguments), and the actions on them,
 * clear, trunc, normalize, denormalize (language.md part 6; tags: diagnostics.md 2.5).
 *
 * The first use in the text fixes the keys and the function; whether an action's
 * aggregation is assigned at all is asked when the whole clause has been typed.
 */
#include "sema.h"

static const int aggact[DT_F_MAX_] = {
    [DT_F_COUNT] = DTRACEAGG_COUNT,
    [DT_F_SUM] = DTRACEAGG_SUM,
    [DT_F_AVG] = DTRACEAGG_AVG,
    [DT_F_MIN] = DTRACEAGG_MIN,
    [DT_F_MAX] = DTRACEAGG_MAX,
    [DT_F_STDDEV] = DTRACEAGG_STDDEV,
    [DT_F_QUANTIZE] = DTRACEAGG_QUANTIZE,
    [DT_F_LQUANTIZE] = DTRACEAGG_LQUANTIZE,
    [DT_F_LLQUANTIZE] = DTRACEAGG_LLQUANTIZE,
};

/* A key that an action makes: stack(), sym() and so on; 0 for plain values. */
static int
key_action(const dt_node_t *key)
{
	return key->kind == DN_CALL ? dt_func_keyact(key->func) : 0;
}

static void
cook_keys(dt_compile_t *c, dt_node_t *n)
{
	for (dt_node_t **k = &n->args; *k; k = &(*k)->next) {
		const dt_funcdesc_t *f = sema_callee(c, *k);
		if (f && dt_func_keyact(f->func))
			sema_state(c)->action = *k;
		sema_key(c, k);
		sema_state(c)->action = NULL;
	}
}

/* @name where it may stand: the ident is made at its first mention. */
void
sema_agg(dt_compile_t *c, dt_node_t *n)
{
	dt_sema_t *s = sema_state(c);

	if (s->agg != n)
		dt_error(
		    c, "D_IDENT_BADREF", n->src,
		    "@%s has no value here: an aggregation is assigned, or given to printa(), clear(), trunc() "
		    "or normalize()",
		    n->name);
	s->agg = NULL;
	if (n->index_groups > 1)
		dt_error(c, "D_AGG_MDIM", n->src, "@%s: all keys go into one pair of brackets: @%s[a, b]",
			 n->name, n->name);
	n->id = dt_ident_lookup(c->dtp, DT_SC_AGG, n->name);
	if (!n->id) {
		n->id = dt_ident_insert(c->dtp, DT_SC_AGG, DT_ID_AGG, n->name);
		n->id->src = n->src;
	}
	cook_keys(c, n);
	sema_use_attr(c, n->id->attr);
	n->type = dt_basetypes(c->dtp)->v;
}

static void
check_signature(dt_compile_t *c, dt_node_t *n)
{
	dt_ident_t *id = n->id;
	bool first = id->nkeys < 0;
	int i = 0;

	sema_keys(c, id, n, n->args);
	for (const dt_node_t *k = n->args; k; k = k->next, i++) {
		int act = key_action(k);
		bool stack = act == DTRACEACT_STACK || act == DTRACEACT_USTACK || act == DTRACEACT_JSTACK;
		uint32_t frames = stack ? (uint32_t)k->ival : 0;
		if (first) {
			id->keyact[i] = act;
			id->keyframes[i] = frames;
		} else if (id->keyact[i] != act || id->keyframes[i] != frames) {
			dt_error(c, "D_PROTO_ARG", k->src,
				 "key %d of @%s is not the same kind of key as where it was used first", i + 1,
				 n->name);
		}
	}
}

static int64_t
constant(dt_compile_t *c, const dt_node_t *call, int i, const char *tag, const char *what)
{
	dt_node_t *a = sema_arg(call, i);

	if (!sema_is_const(a))
		dt_error(c, tag, a->src, "%s of %s() must be an integer constant", what, call->left->name);
	return (int64_t)a->ival;
}

static void
lquantize_args(dt_compile_t *c, const dt_node_t *n, int64_t *out)
{
	int64_t base = constant(c, n, 1, "D_LQUANT_BASETYPE", "lower bound");
	int64_t limit = constant(c, n, 2, "D_LQUANT_LIMTYPE", "upper bound");
	int64_t step = 1;

	if (base < INT32_MIN || base > INT32_MAX)
		dt_error(c, "D_LQUANT_BASEVAL", n->src, "lower bound of lquantize() must fit 32 bits");
	if (limit < INT32_MIN || limit > INT32_MAX)
		dt_error(c, "D_LQUANT_LIMVAL", n->src, "upper bound of lquantize() must fit 32 bits");
	if (limit <= base)
		dt_error(c, "D_LQUANT_MISMATCH", n->src,
			 "upper bound of lquantize(), %lld, must be above the lower, %lld", (long long)limit,
			 (long long)base);
	if (sema_arg(n, 3)) {
		step = constant(c, n, 3, "D_LQUANT_STEPTYPE", "step");
		if (step <= 0)
			dt_error(c, "D_LQUANT_STEPTYPE", n->src, "step of lquantize() must be positive");
		if (step > UINT16_MAX)
			dt_error(c, "D_LQUANT_STEPVAL", n->src, "step of lquantize() must be at most %d",
				 UINT16_MAX);
	}
	if ((limit - base) / step == 0)
		dt_error(c, "D_LQUANT_STEPLARGE", n->src,
			 "step of lquantize() is so large that no level is left");
	if ((limit - base) / step > UINT16_MAX)
		dt_error(c, "D_LQUANT_STEPSMALL", n->src,
			 "step of lquantize() is so small that there are over %d levels", UINT16_MAX);
	out[0] = base;
	out[1] = limit;
	out[2] = step;
}

/* Does n divide some power of base? */
static bool
divides_power(uint64_t n, uint64_t base)
{
	uint64_t power = base;

	while (power < n)
		power *= base;
	return power % n == 0;
}

static void
llquantize_args(dt_compile_t *c, const dt_node_t *n, int64_t *out)
{
	static const struct {
		const char *what, *typetag, *valtag;
	} arg[4] = {{"factor", "D_LLQUANT_FACTORTYPE", "D_LLQUANT_FACTORVAL"},
		    {"low magnitude", "D_LLQUANT_LOWTYPE", "D_LLQUANT_LOWVAL"},
		    {"high magnitude", "D_LLQUANT_HIGHTYPE", "D_LLQUANT_HIGHVAL"},
		    {"number of steps", "D_LLQUANT_NSTEPTYPE", "D_LLQUANT_NSTEPVAL"}};
	uint64_t v[4], power = 1;

	for (int i = 0; i < 4; i++) {
		out[i] = constant(c, n, i + 1, arg[i].typetag, arg[i].what);
		if (out[i] < 0 || out[i] > UINT16_MAX)
			dt_error(c, arg[i].valtag, n->src, "%s of llquantize() must be from 0 to %d",
				 arg[i].what, UINT16_MAX);
		v[i] = (uint64_t)out[i];
	}
	if (v[0] < 2)
		dt_error(c, "D_LLQUANT_FACTORSMALL", n->src, "factor of llquantize() must be at least 2");
	if (v[1] >= v[2])
		dt_error(c, "D_LLQUANT_MAGRANGE", n->src,
			 "low magnitude of llquantize() must be below the high one");
	if (v[3] < v[0])
		dt_error(c, "D_LLQUANT_FACTORNSTEPS", n->src,
			 "llquantize() needs at least as many steps as its factor");
	if (v[3] % v[0] != 0 || !divides_power(v[3], v[0]))
		dt_error(c, "D_LLQUANT_FACTOREVEN", n->src,
			 "steps of llquantize() must be a multiple of the factor and divide a power of it");
	for (uint64_t i = 0; i <= v[2]; i++)
		if (__builtin_mul_overflow(power, v[0], &power))
			dt_error(c, "D_LLQUANT_MAGTOOBIG", n->src,
				 "%llu to the power of %llu does not fit 64 bits", (unsigned long long)v[0],
				 (unsigned long long)v[2] + 1);
}

static void
check_match(dt_compile_t *c, const dt_node_t *n, const dt_ident_t *id, const int64_t *arg)
{
	static const char *const ltag[] = {"D_LQUANT_MATCHBASE", "D_LQUANT_MATCHLIM", "D_LQUANT_MATCHSTEP",
					   NULL};
	static const char *const lltag[] = {"D_LLQUANT_FACTORMATCH", "D_LLQUANT_LOWMATCH",
					    "D_LLQUANT_HIGHMATCH", "D_LLQUANT_NSTEPMATCH"};

	for (int i = 0; i < 4; i++)
		if (arg[i] != id->aggarg[i])
			dt_error(c, id->aggfunc == DTRACEAGG_LQUANTIZE ? ltag[i] : lltag[i], n->src,
				 "@%s was used before with %lld, not %lld, as argument %d of %s()", id->name,
				 (long long)id->aggarg[i], (long long)arg[i], i + 2, n->left->name);
}

static void
check_function(dt_compile_t *c, dt_node_t *n, dt_ident_t *id, const dt_funcdesc_t *f)
{
	/* Where the optional increment of the distributions stands. */
	int inc = f->func == DT_F_QUANTIZE     ? 1
		  : f->func == DT_F_LQUANTIZE  ? 4
		  : f->func == DT_F_LLQUANTIZE ? 5
					       : 0;
	int64_t arg[4] = {0};
	dt_node_t *a;

	sema_argcount(c, n, "D_PROTO_LEN", f->minargs, f->maxargs);
	sema_cook_list(c, &n->args);
	if (n->args && !sema_is_scalar(n->args->type))
		dt_error(c, "D_AGG_SCALAR", n->args->src, "%s() takes an integer or pointer, not %s", f->name,
			 sema_tname(c, n->args->type));
	if (inc && (a = sema_arg(n, inc)) && !sema_is_scalar(a->type))
		dt_error(c, "D_PROTO_ARG", a->src, "the increment of %s() must be an integer", f->name);
	if (f->func == DT_F_LQUANTIZE)
		lquantize_args(c, n, arg);
	if (f->func == DT_F_LLQUANTIZE)
		llquantize_args(c, n, arg);

	const dt_basetypes_t *base = dt_basetypes(c->dtp);
	if (id->aggfunc) {
		check_match(c, n, id, arg);
		return;
	}
	id->aggfunc = aggact[f->func];
	id->type = f->func == DT_F_COUNT ? base->u64 : base->i64;
	for (int i = 0; i < 4; i++)
		id->aggarg[i] = arg[i];
}

/* The statement @name[keys] = function(...). */
void
sema_aggregate(dt_compile_t *c, dt_node_t *n)
{
	dt_node_t *call = n->right;
	const dt_funcdesc_t *f = sema_callee(c, call);

	if (n->op != DT_OP_ASSIGN)
		dt_error(c, "D_OP_LVAL", n->src,
			 "an aggregation is assigned with =, not %s=", dt_op_text(n->op));
	if (call->kind == DN_CALL && call->left->kind == DN_IDENT && !f &&
	    !dt_ident_lookup(c->dtp, DT_SC_GLOBAL, call->left->name))
		dt_error(c, "D_FUNC_UNDEF", call->src, "%s() is no D function", call->left->name);
	if (!f || f->kind != DT_FK_AGG)
		dt_error(c, "D_AGG_FUNC", n->src,
			 "@%s must be assigned an aggregating function such as count()", n->left->name);
	sema_state(c)->agg = n->left;
	sema_cook(c, &n->left);

	dt_ident_t *id = n->left->id;
	if (sema_state(c)->dead) {
		dt_ident_t alone = {.name = id->name, .nkeys = -1};
		check_function(c, call, &alone, f);
	} else {
		if (id->aggfunc && id->aggfunc != aggact[f->func])
			dt_error(c, "D_AGG_REDEF", n->src,
				 "@%s was used before with another aggregating function than %s()", id->name,
				 f->name);
		check_signature(c, n->left);
		check_function(c, call, id, f);
	}
	call->func = f->func;
	call->id = call->left->id = dt_ident_lookup(c->dtp, DT_SC_GLOBAL, f->name);
	call->cooked = call->left->cooked = n->cooked = true;
	call->type = n->type = dt_basetypes(c->dtp)->v;
}

typedef struct aggtags {
	const char *proto, *agg, *bad, *scalar;
} aggtags_t;

static aggtags_t
tags_of(int func)
{
	switch (func) {
	case DT_F_CLEAR:
		return (aggtags_t){"D_CLEAR_PROTO", "D_CLEAR_AGGARG", "D_CLEAR_AGGBAD", NULL};
	case DT_F_TRUNC:
		return (aggtags_t){"D_TRUNC_PROTO", "D_TRUNC_AGGARG", "D_TRUNC_AGGBAD", "D_TRUNC_SCALAR"};
	default:
		return (aggtags_t){"D_NORMALIZE_PROTO", "D_NORMALIZE_AGGARG", "D_NORMALIZE_AGGBAD",
				   "D_NORMALIZE_SCALAR"};
	}
}

/* clear(@a), trunc(@a, [n]), normalize(@a, n), denormalize(@a). */
void
sema_aggdata(dt_compile_t *c, dt_node_t *n)
{
	const dt_funcdesc_t *f = dt_funcdesc(n->func);
	aggtags_t tags = tags_of(n->func);

	sema_argcount(c, n, tags.proto, f->minargs, f->maxargs);
	if (n->args->kind != DN_AGG)
		dt_error(c, tags.agg, n->src, "first argument of %s() must be an aggregation: %s(@name)",
			 f->name, f->name);
	sema_state(c)->agg = n->args;
	sema_cook(c, &n->args);
	if (n->args->next) {
		sema_cook(c, &n->args->next);
		if (!sema_is_scalar(n->args->next->type))
			dt_error(c, tags.scalar, n->args->next->src,
				 "second argument of %s() must be an integer", f->name);
	}
}

void
sema_check_use(dt_compile_t *c, dt_node_t *n)
{
	if (n->func == DT_F_PRINTA) {
		sema_printa_check(c, n);
		return;
	}
	if (!n->args->id->aggfunc)
		dt_error(c, tags_of(n->func).bad, n->src,
			 "@%s is not assigned in this clause or an earlier one", n->args->name);
	if (n->func == DT_F_CLEAR || n->func == DT_F_TRUNC)
		n->args->id->agg_cleared = true;
}
