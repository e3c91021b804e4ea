/*
 * xlate.c - translators: their definition, the xlate operator, and members of translated
 * objects (language.md G10, E28; tags: diagnostics.md 2.6).
 *
 * A translated object is a DN_XLATE node: it has a type but no value.  Taking a member
 * replaces the node by the member's expression, the translator's parameter replaced by the
 * operand, so that only what is used is ever computed.  Translators of D libraries are not
 * typed where they stand but where they are used: a member may name what this kernel lacks.
 */
#include "xlate.h"

#include "../syntax/decl.h"
#include "../syntax/library.h"
#include "../syntax/pragma.h"
#include "sema.h"

#include <string.h>

static const dtrace_attribute_t attr_stable = {DTRACE_STABILITY_STABLE, DTRACE_STABILITY_STABLE,
					       DTRACE_CLASS_COMMON};

void
dt_xlators_rollback(dtrace_hdl_t *dtp, int xlators, int provdecls)
{
	int n = xlators;
	for (int i = xlators; i < dtp->xlators.n; i++)
		if (dtp->xlators.p[i]->lib != dtp->curlib)
			dtp->xlators.p[n++] = dtp->xlators.p[i];
	dtp->xlators.n = n;
	n = provdecls;
	for (int i = provdecls; i < dtp->provdecls.n; i++)
		if (dtp->provdecls.p[i]->lib != dtp->curlib)
			dtp->provdecls.p[n++] = dtp->provdecls.p[i];
	dtp->provdecls.n = n;
}

bool
sema_is_dyn(const dt_node_t *n)
{
	return n->kind == DN_XLATE;
}

static bool
matches(dt_compile_t *c, const dt_xlator_t *x, dt_type_t dst, const dt_node_t *e, bool exact)
{
	if (x->version > c->dtp->version || !sema_same(c, x->dst, dst))
		return false;
	if (exact)
		return sema_same(c, x->src, sema_decay(c, e->type));
	return !sema_is_void(e->type) && !sema_is_zero(e) && sema_assignable(c, x->src, e);
}

/* The translator for that operand: of exactly its type, else one it could be passed to. */
static dt_xlator_t *
find(dt_compile_t *c, dt_type_t dst, const dt_node_t *e)
{
	for (int exact = 1; exact >= 0; exact--)
		for (int i = 0; i < c->dtp->xlators.n; i++)
			if (matches(c, c->dtp->xlators.p[i], dst, e, exact))
				return c->dtp->xlators.p[i];
	return NULL;
}

static dt_xlator_t *
lookup(dt_compile_t *c, dt_type_t dst, const dt_node_t *e)
{
	dt_xlator_t *x = find(c, dst, e);
	const char *name = sema_tname(c, dst), *tag = strrchr(name, ' ');

	if (!x && dt_lib_need(c, dt_arena_printf(c->arena, "translator %s", tag ? tag + 1 : name)))
		x = find(c, dst, e);
	return x;
}

/* Make n, a DN_XLATE whose operand is typed, the translated object; false when nothing translates. */
bool
sema_translate(dt_compile_t *c, dt_node_t *n, dt_type_t type)
{
	dt_type_t dst = dt_type_info(type).kind == DT_K_PTR ? sema_pointee(c, type) : type;
	dt_xlator_t *x = lookup(c, dst, n->left);

	if (!x)
		return false;
	n->xlator = x;
	n->type = type;
	sema_use_attr(c, x->attr);
	return true;
}

void
sema_xlate(dt_compile_t *c, dt_node_t *n)
{
	sema_cook(c, &n->left);
	if (!sema_translate(c, n, n->dtype))
		dt_error(c, "D_XLATE_NONE", n->src, "there is no translator from %s to %s",
			 sema_tname(c, n->left->type), sema_tname(c, n->dtype));
}

static dt_node_t *
find_member(const dt_xlator_t *x, const char *name)
{
	dt_node_t *m = x->members;
	while (m && strcmp(m->name, name) != 0)
		m = m->next;
	return m;
}

/* May the value be that member?  Text may be a char array's, cut to its size where it is recorded. */
static bool
fits(dt_compile_t *c, dt_type_t member, const dt_node_t *e)
{
	if (sema_is_dyn(e))
		return sema_same(c, member, e->type);
	return sema_assignable(c, member, e);
}

/* The member's expression, typed, with that operand. */
static dt_node_t *
member_value(dt_compile_t *c, const dt_xlator_t *x, const dt_node_t *m, dt_node_t *operand, dt_type_t type)
{
	dt_node_t *e = sema_copy(c, m->left, &x->param, &operand);

	sema_cook_dyn(c, &e);
	if (!fits(c, type, e))
		dt_error(c, "D_XLATE_INCOMPAT", m->src,
			 "member %s of %s is of type %s, but its value is of type %s", m->name,
			 sema_tname(c, x->dst), sema_tname(c, type), sema_tname(c, e->type));
	if (sema_is_dyn(e) || (dt_type_info(type).kind == DT_K_ARRAY && sema_strcompat(c, e->type)))
		return e;
	e = sema_cast_to(c, e, type);
	e->lval = e->writable = false;
	return e;
}

/* *np is left . name or left -> name, left is a translated object. */
void
sema_xlate_member(dt_compile_t *c, dt_node_t **np)
{
	dt_node_t *n = *np, *left = n->left;
	const dt_xlator_t *x = left->xlator;
	bool is_ptr = dt_type_info(left->type).kind == DT_K_PTR;
	dt_member_t member;

	if (n->kind == DN_PTRMEMBER && !is_ptr)
		dt_error(c, "D_OP_PTR", n->src, "left of -> must be a pointer, not %s: use .",
			 sema_tname(c, left->type));
	if (n->kind == DN_MEMBER && is_ptr)
		dt_error(c, "D_OP_SOU", n->src, "left of . must be a struct or union, not %s: use ->",
			 sema_tname(c, left->type));
	if (!dt_type_member(c->dtp, x->dst, n->name, &member))
		dt_error(c, "D_TYPE_MEMBER", n->src, "%s has no member %s", sema_tname(c, x->dst), n->name);

	const dt_node_t *m = find_member(x, n->name);
	if (!m)
		dt_error(c, "D_XLATE_NOCONV", n->src, "the translator from %s to %s does not define member %s",
			 sema_tname(c, x->src), sema_tname(c, x->dst), n->name);
	dt_sema_t *s = sema_state(c);
	if (++s->inlines > SEMA_MAX_INLINES)
		dt_error(c, "D_NOREG", n->src, "translators are nested too deeply");
	dtrace_attribute_t attr = s->attr;
	*np = member_value(c, x, m, sema_cast_to(c, left->left, x->src), member.type);
	if (x->attr_given)
		s->attr = dtrace_attr_min(attr, x->attr);
	s->inlines--;
}

/* -------------------------------------------------------------- definition */

static void
check_members(dt_compile_t *c, const dt_xlator_t *x)
{
	dt_member_t member;

	for (const dt_node_t *m = x->members; m; m = m->next) {
		if (!dt_type_member(c->dtp, x->dst, m->name, &member))
			dt_error(c, "D_XLATE_MEMB", m->src, "%s is no member of %s", m->name,
				 sema_tname(c, x->dst));
		if (find_member(x, m->name) != m)
			dt_error(c, "D_XLATE_REDECL", m->src, "member %s is defined twice", m->name);
		if (x->lib)
			continue;
		dt_node_t *p = dt_node_new(c->arena, DN_IDENT, m->src);
		p->name = x->param.name;
		p->id = (dt_ident_t *)&x->param;
		p->type = x->src;
		p->cooked = true;
		member_value(c, x, m, p, member.type);
	}
}

void
sema_xlate_define(dt_compile_t *c, dt_node_t *n)
{
	dt_kind_t kind = dt_type_info(dt_type_complete(c->dtp, n->dtype)).kind;

	if (kind != DT_K_STRUCT && kind != DT_K_UNION)
		dt_error(c, "D_XLATE_SOU", n->src,
			 "a translator makes a struct or union that is defined, not %s",
			 sema_tname(c, n->dtype));
	dt_type_t src = sema_decay(c, n->decl->type);
	for (int i = 0; i < c->dtp->xlators.n; i++) {
		const dt_xlator_t *old = c->dtp->xlators.p[i];
		if (sema_same(c, old->dst, n->dtype) && sema_same(c, old->src, src)) {
			if (c->dtp->curlib && old->lib != c->dtp->curlib)
				return; /* a program's own, or a library's of -L, comes before the system's */
			dt_error(c, "D_XLATE_REDECL", n->src, "a translator from %s to %s is defined already",
				 sema_tname(c, src), sema_tname(c, n->dtype));
		}
	}
	dt_xlator_t *x = dt_arena_alloc(c->dtp->arena, sizeof(*x));
	*x = (dt_xlator_t){.dst = n->dtype,
			   .src = src,
			   .param = {.name = n->decl->name, .kind = DT_ID_SCALAR, .type = src, .id = -1},
			   .members = n->body,
			   .attr = attr_stable,
			   .lib = c->dtp->curlib,
			   .at = n->src};
	x->attr_given = dt_pragma_translator(c, &x->attr, &x->version);
	check_members(c, x);
	*dt_vec_push(&c->dtp->xlators) = x;
}

/* --------------------------------------------------------------- providers */

dt_provdecl_t *
dt_provdecl_byname(dtrace_hdl_t *dtp, const char *name)
{
	for (int i = 0; i < dtp->provdecls.n; i++)
		if (strcmp(dtp->provdecls.p[i]->name, name) == 0)
			return dtp->provdecls.p[i];
	return NULL;
}

static bool
same_types(dt_compile_t *c, const dt_node_t *a, const dt_node_t *b)
{
	for (; a && b; a = a->next, b = b->next)
		if (!sema_same(c, a->dtype, b->dtype) || (a->name && b->name && strcmp(a->name, b->name) != 0))
			return false;
	return !a && !b;
}

static const dt_node_t *
find_probe(const dt_node_t *list, const char *name)
{
	while (list && strcmp(list->name, name) != 0)
		list = list->next;
	return list;
}

/* A provider declared again must say the same. */
static void
check_again(dt_compile_t *c, const dt_provdecl_t *old, const dt_node_t *n)
{
	for (const dt_node_t *p = n->body; p; p = p->next) {
		const dt_node_t *q = find_probe(old->probes, p->name);
		if (!q)
			dt_error(c, "D_PROV_INCOMPAT", p->src,
				 "provider %s is declared already, without a probe %s", n->name, p->name);
		if (!same_types(c, q->args, p->args))
			dt_error(c, "D_PROV_INCOMPAT", p->src,
				 "probe %s:::%s is declared already with other arguments", n->name, p->name);
		if (!same_types(c, q->right ? q->right : q->args, p->right ? p->right : p->args))
			dt_error(c, "D_PROV_INCOMPAT", p->src,
				 "probe %s:::%s is declared already with another output form", n->name,
				 p->name);
	}
	for (const dt_node_t *q = old->probes; q; q = q->next)
		if (!find_probe(n->body, q->name))
			dt_error(c, "D_PROV_INCOMPAT", n->src,
				 "provider %s is declared already, with a probe %s", n->name, q->name);
}

/* Each translated argument: the native one's type, one that it converts to, or one it is translated to. */
static void
check_outputs(dt_compile_t *c, const dt_node_t *probe)
{
	for (const dt_node_t *out = probe->right; out; out = out->next) {
		const dt_node_t *in = probe->args;
		while (in && (!in->name || strcmp(in->name, out->name) != 0))
			in = in->next;
		dt_node_t *v = dt_node_new(c->arena, DN_IDENT, out->src);
		v->name = out->name;
		v->type = in->dtype;
		v->cooked = true;
		if (sema_same(c, out->dtype, in->dtype) || sema_assignable(c, out->dtype, v))
			continue;
		dt_type_t dst =
		    dt_type_info(out->dtype).kind == DT_K_PTR ? sema_pointee(c, out->dtype) : out->dtype;
		if (!lookup(c, dst, v))
			dt_error(c, "D_PROV_PRXLATOR", out->src,
				 "argument %s of probe %s is of type %s, and there is no translator to %s",
				 out->name, probe->name, sema_tname(c, in->dtype), sema_tname(c, out->dtype));
	}
}

void
sema_provider_define(dt_compile_t *c, dt_node_t *n)
{
	static const dtrace_attribute_t none = {DTRACE_STABILITY_UNSTABLE, DTRACE_STABILITY_UNSTABLE,
						DTRACE_CLASS_UNKNOWN};
	dt_provdecl_t *p = dt_provdecl_byname(c->dtp, n->name);

	for (const dt_node_t *q = n->body; q; q = q->next)
		check_outputs(c, q);
	if (p) {
		check_again(c, p, n);
		return;
	}
	p = dt_arena_alloc(c->dtp->arena, sizeof(*p));
	*p = (dt_provdecl_t){.name = dt_arena_strdup(c->dtp->arena, n->name),
			     .probes = n->body,
			     .attr = {none, none, none, none, none},
			     .lib = c->dtp->curlib};
	*dt_vec_push(&c->dtp->provdecls) = p;
}
