/*
 * args.c - args[n]: the typed arguments of the probes a clause was matched with.
 * The node's ival becomes the raw argument that carries the value (dt_argtype.mapping).
 */
#include "sema.h"

#include "../syntax/library.h"

#include <string.h>

static bool
same_arg(const dt_argtype_t *a, const dt_argtype_t *b)
{
	return strcmp(a->type, b->type) == 0 && strcmp(a->native, b->native) == 0 && a->mapping == b->mapping &&
	       a->is_user == b->is_user;
}

/* Ask the providers once per clause; an argument the probes disagree on is marked. */
static void
collect(dt_compile_t *c)
{
	dt_sema_t *s = sema_state(c);
	dt_clause_t *cl = c->clause;
	dt_argtype_t argv[DT_NARGS];

	s->argc = 0;
	s->argv = dt_arena_alloc(c->arena, sizeof(argv));
	for (int i = 0; i < DT_NARGS; i++)
		s->argbad[i] = false;
	for (int p = 0; p < cl->nprobes; p++) {
		const dt_provider_t *prov = cl->probes[p]->provider;
		memset(argv, 0, sizeof(argv));
		int n = prov->args ? prov->args(c->dtp, cl->probes[p], argv, DT_NARGS) : 0;
		if (n < 0)
			n = 0;
		s->argattr = p ? dtrace_attr_min(s->argattr, prov->attr.args) : prov->attr.args;
		for (int i = 0; p && i < DT_NARGS; i++)
			if ((i < n) != (i < s->argc) || (i < n && !same_arg(&argv[i], &s->argv[i])))
				s->argbad[i] = true;
		/* Trusted only where every probe vouches for the pointer. */
		for (int i = 0; p && i < n; i++)
			argv[i].trusted = argv[i].trusted && s->argv[i].trusted;
		if (n > s->argc || p == 0) {
			memcpy(s->argv, argv, sizeof(argv));
			s->argc = n;
		} else {
			for (int i = 0; i < n; i++)
				s->argv[i].trusted = argv[i].trusted;
		}
	}
}

/* The argument as the provider promises it: the native one, translated where the types differ. */
static void
translate(dt_compile_t *c, dt_node_t **np, const dt_argtype_t *a)
{
	dt_node_t *n = *np;
	dt_type_t type = n->type;

	n->type = dt_lib_type(c, a->native);
	if (!dt_type_ok(n->type))
		dt_error(c, "D_ARGS_TYPE", n->src, "the native type %s of this argument is not known",
			 a->native);
	if (sema_same(c, type, n->type))
		return;
	dt_node_t *x = dt_node_new(c->arena, DN_XLATE, n->src);
	x->left = n;
	x->next = n->next;
	n->next = NULL;
	n->cooked = true;
	if (!sema_translate(c, x, type))
		dt_error(c, "D_ARGS_XLATOR", n->src, "there is no translator from %s to %s for this argument",
			 sema_tname(c, n->type), sema_tname(c, type));
	*np = x;
}

/* The library with the translator may define the type, too, where the kernel has another one of that name
 * (siginfo_t): it comes first. */
static void
need_translator(dt_compile_t *c, const dt_argtype_t *a)
{
	size_t n = strcspn(a->type, " *");
	if (a->native[0] && strncmp(a->type, "struct ", 7) != 0)
		dt_lib_need(c, dt_arena_printf(c->arena, "translator %.*s", (int)n, a->type));
}

void
sema_copyinstr(dt_compile_t *c, dt_node_t **np)
{
	dt_node_t *n = *np, *call = dt_node_new(c->arena, DN_CALL, n->src);
	dt_tinfo_t t = dt_type_info(n->type);

	call->left = dt_node_new(c->arena, DN_IDENT, n->src);
	call->left->name = "copyinstr";
	call->args = n;
	call->next = n->next;
	n->next = NULL;
	if (t.kind == DT_K_STRING)
		n->type = dt_basetypes(c->dtp)->uintptr;
	if (t.kind == DT_K_ARRAY && t.nelem > 0)
		n->next = sema_int(c, n, t.nelem, dt_basetypes(c->dtp)->size);
	n->cooked = true;
	sema_cook(c, &call);
	*np = call;
}

void
sema_user_string(dt_compile_t *c, dt_node_t **np)
{
	if (!sema_is_string((*np)->type) && sema_strcompat(c, (*np)->type) && dt_node_is_user(*np))
		sema_copyinstr(c, np);
}

void
sema_args(dt_compile_t *c, dt_node_t **np)
{
	dt_node_t *n = *np;
	dt_sema_t *s = sema_state(c);

	if (!c->clause)
		dt_error(c, "D_ARGS_NONE", n->src, "args[] can only be used in a clause");
	sema_cook_list(c, &n->args);
	if (dt_node_count(n->args) != 1)
		dt_error(c, "D_PROTO_LEN", n->src, "args[] takes one index");
	if (!sema_is_const(n->args))
		dt_error(c, "D_ARGS_TYPE", n->src, "the index of args[] must be an integer constant");
	if (s->argc < 0)
		collect(c);

	uint64_t i = n->args->ival;
	if (c->clause->nprobes == 0)
		dt_error(c, "D_ARGS_NONE", n->src,
			 "args[%lld]: no probe matches, so the argument's type is not known", (long long)i);
	if (s->argc == 0)
		dt_error(c, "D_ARGS_NONE", n->src,
			 "args[%lld]: the probes of this clause have no typed arguments: use arg%lld",
			 (long long)i, (long long)i);
	if (i >= (uint64_t)s->argc)
		dt_error(c, "D_ARGS_IDX", n->src, "args[%lld]: the probes of this clause have %d argument%s",
			 (long long)i, s->argc, s->argc == 1 ? "" : "s");
	if (s->argbad[i])
		dt_error(c, "D_ARGS_MULTI", n->src,
			 "args[%lld]: the %d probes of this clause disagree about its type: describe them one "
			 "by one",
			 (long long)i, c->clause->nprobes);

	const dt_argtype_t *a = &s->argv[i];
	need_translator(c, a);
	n->type = dt_type_ok(a->exact) || !a->type[0] ? a->exact : dt_lib_type(c, a->type);
	if (!dt_type_ok(n->type))
		dt_error(c, "D_ARGS_TYPE", n->src, "args[%lld]: its type %s is not known: use arg%lld",
			 (long long)i, a->type, (long long)i);
	n->ival = (uint64_t)a->mapping;
	n->user = a->is_user;
	n->trusted = a->trusted;
	sema_use_attr(c, s->argattr);
	if (a->is_user && sema_is_string(n->type))
		sema_copyinstr(c, np);
	else if (a->native[0])
		translate(c, np, a);
}
