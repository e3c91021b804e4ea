/* parse.c - see parse.h. */
#include "parse.h"

#include <string.h>

static void
check_depth(dt_compile_t *c, const dt_node_t *n)
{
	if (n->depth > DT_MAXDEPTH)
		dt_lex_error(c->lexer, "D_SYNTAX", "nested more than %d levels deep", DT_MAXDEPTH);
}

static void
deepen(dt_compile_t *c, dt_node_t *n, int depth)
{
	if (n->depth <= depth)
		n->depth = depth + 1;
	check_depth(c, n);
}

dt_list_t
dt_list_add(dt_list_t list, dt_node_t *n)
{
	if (!n)
		return list;
	if (list.last)
		list.last->next = n;
	else
		list.head = n;
	list.last = n;
	list.n++;
	if (n->depth > list.depth)
		list.depth = n->depth;
	return list;
}

dt_node_t *
dt_mk(dt_compile_t *c, dt_nkind_t kind, dt_src_t src, dt_node_t *cond, dt_node_t *left, dt_node_t *right)
{
	dt_node_t *n = dt_node_new(c->arena, kind, src);
	n->cond = cond;
	n->left = left;
	n->right = right;
	if (cond)
		deepen(c, n, cond->depth);
	if (left)
		deepen(c, n, left->depth);
	if (right)
		deepen(c, n, right->depth);
	return n;
}

dt_node_t *
dt_mk_op(dt_compile_t *c, dt_nkind_t kind, dt_op_t op, dt_src_t src, dt_node_t *left, dt_node_t *right)
{
	dt_node_t *n = dt_mk(c, kind, src, NULL, left, right);
	n->op = op;
	return n;
}

dt_node_t *
dt_mk_name(dt_compile_t *c, dt_nkind_t kind, dt_src_t src, const char *name, dt_node_t *left)
{
	dt_node_t *n = dt_mk(c, kind, src, NULL, left, NULL);
	n->name = name;
	return n;
}

dt_node_t *
dt_mk_typed(dt_compile_t *c, dt_nkind_t kind, dt_src_t src, dt_type_t type, dt_node_t *left)
{
	dt_node_t *n = dt_mk(c, kind, src, NULL, left, NULL);
	n->dtype = type;
	return n;
}

/* @a[k] keeps its keys; a second group is counted for sema to refuse. */
dt_node_t *
dt_mk_index(dt_compile_t *c, dt_src_t src, dt_node_t *left, dt_list_t keys)
{
	dt_node_t *n = left;
	if (left->kind == DN_AGG) {
		if (left->index_groups++)
			return left;
	} else {
		n = dt_mk(c, DN_INDEX, src, NULL, left, NULL);
	}
	n->args = keys.head;
	deepen(c, n, keys.depth);
	return n;
}

dt_node_t *
dt_mk_call(dt_compile_t *c, dt_src_t src, dt_node_t *left, dt_list_t args)
{
	dt_node_t *n = dt_mk(c, DN_CALL, src, NULL, left, NULL);
	n->args = args.head;
	deepen(c, n, args.depth);
	return n;
}

dt_node_t *
dt_mk_if(dt_compile_t *c, dt_src_t src, dt_node_t *cond, dt_list_t body, dt_list_t orelse)
{
	dt_node_t *n = dt_mk(c, DN_IF, src, cond, NULL, NULL);
	n->body = body.head;
	n->orelse = orelse.head;
	deepen(c, n, body.depth);
	deepen(c, n, orelse.depth);
	return n;
}

/* descs: DN_IDENT nodes that carry the texts.  body NULL: no braces were written (G3). */
dt_node_t *
dt_mk_clause(dt_compile_t *c, dt_src_t src, dt_list_t descs, dt_node_t *pred, const dt_list_t *body)
{
	dt_node_t *n = dt_node_new(c->arena, DN_CLAUSE, src);
	dt_clause_t *cl = dt_arena_alloc(c->arena, sizeof(*cl));
	if (c->dtp->curlib)
		dt_lex_error(c->lexer, "D_SYNTAX", "a D library holds declarations, no clauses");
	if (!body && pred)
		dt_lex_error(c->lexer, "D_SYNTAX", "a predicate is followed by actions in braces");
	if (!body && c->pspec == DTRACE_PROBESPEC_NONE)
		dt_lex_error(c->lexer, "D_SYNTAX",
			     "a probe description is followed by a predicate or by actions in braces");
	cl->prog = c->prog;
	cl->src = src;
	cl->descs = dt_arena_alloc(c->arena, sizeof(*cl->descs) * (size_t)descs.n);
	for (const dt_node_t *d = descs.head; d; d = d->next)
		cl->descs[cl->ndescs++] = d->name;
	cl->pred = pred;
	cl->stmts = body ? body->head : NULL;
	cl->no_body = !body;
	n->clause = cl;
	n->has_body = body != NULL;
	n->body = cl->stmts;
	n->cond = pred;
	c->ndecls++;
	return n;
}

dt_node_t *
dt_mk_inline(dt_compile_t *c, dt_src_t src, dt_spec_t *spec, dt_declarator_t *dcl, dt_node_t *expr)
{
	dt_node_t *n = dt_mk(c, DN_INLINE, src, NULL, expr, NULL);
	n->decl = dt_decl_inline(c, spec, dcl);
	n->name = n->decl->name;
	n->dtype = n->decl->type;
	c->ndecls++;
	return n;
}

dt_node_t *
dt_mk_xlator(dt_compile_t *c, dt_src_t src, dt_type_t dst, dt_decl_t *param, dt_list_t members)
{
	dt_node_t *n = dt_node_new(c->arena, DN_XLATOR, src);
	n->dtype = dst;
	n->decl = param;
	n->name = param->name;
	n->body = members.head;
	c->ndecls++;
	return n;
}
