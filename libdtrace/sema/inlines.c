/*
 * inlines.c - inline names: their expression is kept as parsed, and every use gets a
 * copy of it, typed where it stands and cast to the inline's type.  Parameters are
 * replaced by copies of the arguments, cast to the parameters' types.
 */
#include "sema.h"

#include "../syntax/decl.h"

#include <string.h>

static dt_node_t *
copy_list(dt_compile_t *c, const dt_node_t *n, const dt_ident_t *params, dt_node_t *const *args)
{
	dt_node_t *list = NULL, **tail = &list;

	for (; n; n = n->next, tail = &(*tail)->next)
		*tail = sema_copy(c, n, params, args);
	return list;
}

/* A deep copy of one node (not of its successors), names of parameters replaced. */
dt_node_t *
sema_copy(dt_compile_t *c, const dt_node_t *n, const dt_ident_t *params, dt_node_t *const *args)
{
	dt_sema_t *s = sema_state(c);
	int i = 0;

	if (!n)
		return NULL;
	if (++s->nodes > SEMA_MAX_NODES)
		dt_error(c, "D_NOREG", n->src, "the program's inlines expand to too much code");
	if (n->kind == DN_IDENT && !n->cooked)
		for (const dt_ident_t *p = params; p; p = p->pnext, i++)
			if (strcmp(p->name, n->name) == 0)
				return sema_copy(c, args[i], NULL, NULL);

	dt_node_t *m = dt_arena_alloc(c->arena, sizeof(*m));
	*m = *n;
	m->next = NULL;
	m->left = sema_copy(c, n->left, params, args);
	m->right = sema_copy(c, n->right, params, args);
	m->cond = sema_copy(c, n->cond, params, args);
	m->args = copy_list(c, n->args, params, args);
	return m;
}

/* Replace a use of the inline; args are NULL for one without parameters. */
void
sema_inline_expand(dt_compile_t *c, dt_node_t **np, dt_ident_t *id, dt_node_t *args)
{
	dt_sema_t *s = sema_state(c);
	dt_node_t *n = *np, *argv[DT_MAXKEYS];
	int argc = 0;

	sema_use_attr(c, id->attr);
	if (!id->expr)
		dt_error(c, "D_IDENT_BADREF", n->src, "inline %s refers to itself", id->name);
	if (dt_node_count(args) != id->nkeys)
		dt_error(c, id->nkeys && !args ? "D_IDENT_BADREF" : "D_PROTO_LEN", n->src,
			 "inline %s takes %d argument%s in [ ], here are %d", id->name, id->nkeys,
			 id->nkeys == 1 ? "" : "s", dt_node_count(args));
	if (++s->inlines > SEMA_MAX_INLINES)
		dt_error(c, "D_NOREG", n->src, "inlines are nested too deeply");

	const dt_ident_t *p = id->params;
	for (; args; args = args->next, p = p->pnext) {
		dt_node_t *a = sema_copy(c, args, NULL, NULL);
		sema_cook_dyn(c, &a);
		if (!sema_assignable(c, p->type, a))
			dt_error(c, "D_PROTO_ARG", a->src,
				 "argument %d of inline %s must be of type %s, not %s", argc + 1, id->name,
				 sema_tname(c, p->type), sema_tname(c, a->type));
		argv[argc++] = sema_cast_to(c, a, p->type);
	}
	dtrace_attribute_t attr = s->attr;
	dt_node_t *e = sema_copy(c, id->expr, id->params, argv);
	sema_cook_dyn(c, &e);
	if (id->attr_given)
		s->attr = attr;
	if (id->lib && !sema_assignable(c, id->type, e))
		dt_error(c, "D_OP_INCOMPAT", e->src, "inline %s is of type %s, but its value is of type %s",
			 id->name, sema_tname(c, id->type), sema_tname(c, e->type));
	*np = sema_cast_to(c, e, id->type);
	s->inlines--;
}

/* Type the expression once where it is defined, the parameters standing for themselves. */
static void
check_expr(dt_compile_t *c, dt_node_t *n, dt_ident_t *id)
{
	dt_node_t *argv[DT_MAXKEYS];
	int argc = 0;

	for (dt_ident_t *p = id->params; p; p = p->pnext) {
		dt_node_t *a = dt_node_new(c->arena, DN_IDENT, n->src);
		a->name = p->name;
		a->id = p;
		a->type = p->type;
		a->cooked = true;
		argv[argc++] = a;
	}
	dt_node_t *e = sema_copy(c, n->left, id->params, argv);
	sema_cook_dyn(c, &e);
	if (!sema_assignable(c, id->type, e))
		dt_error(c, "D_OP_INCOMPAT", n->src, "inline %s is of type %s, but its value is of type %s",
			 id->name, sema_tname(c, id->type), sema_tname(c, e->type));
}

void
sema_inline_define(dt_compile_t *c, dt_node_t *n)
{
	const dt_decl_t *d = n->decl;

	const dt_ident_t *old = dt_ident_lookup(c->dtp, DT_SC_GLOBAL, d->name);
	if (old && c->dtp->curlib && old->lib != c->dtp->curlib)
		return; /* what a program defines by itself it does not want from a library */
	if (old)
		dt_error(c, "D_DECL_IDRED", d->src, "%s is defined already: an inline needs a name of its own",
			 d->name);
	dt_ident_t *id = dt_ident_insert(c->dtp, DT_SC_GLOBAL, DT_ID_INLINE, d->name), **tail = &id->params;

	id->type = d->type;
	id->src = d->src;
	id->declared = id->is_const = true;
	id->nkeys = d->nkeys;
	for (int i = 0; i < d->nkeys; i++) {
		dt_ident_t *p = dt_arena_alloc(c->dtp->arena, sizeof(*p));
		p->name = dt_arena_strdup(c->dtp->arena, d->keynames[i]);
		p->kind = DT_ID_SCALAR;
		p->type = id->keys[i] = d->keys[i];
		p->id = -1;
		*tail = p;
		tail = &p->pnext;
	}
	if (!id->lib) /* of a library: where it is used */
		check_expr(c, n, id);
	id->expr = n->left;
}
