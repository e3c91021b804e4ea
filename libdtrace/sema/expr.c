/*
 * expr.c - typing of expressions: the dispatcher, constants, casts, sizeof, offsetof,
 * and the entry points the parser uses.
 */
#include "sema.h"

#include "../../compat/compat.h"

enum {
	MAX_DEPTH = 2 * DT_MAXDEPTH /* nesting of one expression, inlines expanded */
};

dt_sema_t *
sema_state(dt_compile_t *c)
{
	if (!c->sema) {
		c->sema = dt_arena_alloc(c->arena, sizeof(*c->sema));
		c->sema->argc = -1;
		c->sema->attr =
		    (dtrace_attribute_t){DTRACE_STABILITY_MAX, DTRACE_STABILITY_MAX, DTRACE_CLASS_MAX};
	}
	return c->sema;
}

void
sema_use_attr(dt_compile_t *c, dtrace_attribute_t attr)
{
	dt_sema_t *s = sema_state(c);
	s->attr = dtrace_attr_min(s->attr, attr);
}

/* An unknown name is an error, except that a clause's body may be tried again after its predicate. */
void
sema_undefined(dt_compile_t *c, const char *tag, dt_src_t src, const char *fmt, ...)
{
	char text[512];
	va_list ap;

	if (sema_state(c)->undef)
		longjmp(*sema_state(c)->undef, 1);
	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	dt_error(c, tag, src, "%s", text);
}

void
sema_absent(dt_compile_t *c, const char *tag, dt_src_t src, const char *name)
{
	const dt_absent_t *a = dt_absent_find(name);

	if (a)
		dt_error(c, tag, src, "%s is of %s only: on Linux %s", name, a->system, a->why);
}

bool
sema_is_const(const dt_node_t *n)
{
	return n->kind == DN_INT && sema_is_int(n->type);
}

bool
sema_is_zero(const dt_node_t *n)
{
	return n->kind == DN_INT && n->ival == 0;
}

dt_node_t *
sema_int(dt_compile_t *c, const dt_node_t *at, int64_t v, dt_type_t type)
{
	dt_node_t *n = dt_node_new(c->arena, DN_INT, at->src);

	n->ival = (uint64_t)v;
	n->type = type;
	n->is_const = n->cooked = true;
	return n;
}

/* What a cast may do (language.md E26). */
static bool
cast_ok(dt_compile_t *c, dt_type_t to, const dt_node_t *n)
{
	dt_type_t from = n->type;

	if (sema_is_void(to))
		return true;
	if (sema_is_void(from) || !dt_type_ok(from))
		return false;
	if (sema_is_string(to))
		return sema_is_scalar(from) || sema_strcompat(c, from);
	if (dt_type_info(to).kind == DT_K_PTR)
		return sema_is_scalar(from) || sema_is_ptr(from) || sema_is_string(from);
	if (sema_is_int(to))
		return sema_is_scalar(from) || dt_type_info(from).kind == DT_K_FUNC ||
		       dt_type_info(from).kind == DT_K_ARRAY;
	return sema_same(c, to, from);
}

/* The value of n as type `to`: n itself when nothing changes, a constant, or a cooked DN_CAST. */
dt_node_t *
sema_cast_to(dt_compile_t *c, dt_node_t *n, dt_type_t to)
{
	if (n->kind == DN_INT && (sema_is_int(to) || dt_type_info(to).kind == DT_K_PTR)) {
		dt_node_t *i = sema_int(c, n, sema_truncate((int64_t)n->ival, to), to);
		i->user = dt_node_is_user(n);
		return i;
	}
	if (sema_same(c, to, n->type) && !sema_is_int(to)) {
		n->lval = n->writable = false;
		return n;
	}

	if (sema_is_string(to) && dt_node_is_user(n) && sema_strcompat(c, n->type)) {
		sema_copyinstr(c, &n);
		return n;
	}
	dt_node_t *cast = dt_node_new(c->arena, DN_CAST, n->src);
	cast->left = n;
	cast->type = cast->dtype = to;
	cast->trusted = n->trusted;
	cast->user = dt_node_is_user(n);
	cast->cooked = true;
	return cast;
}

static void
cook_cast(dt_compile_t *c, dt_node_t **np)
{
	dt_node_t *n = *np;
	dt_type_t to = n->dtype;

	sema_cook(c, &n->left);
	if (!cast_ok(c, to, n->left))
		dt_error(c, "D_CAST_INVAL", n->src, "cannot cast a value of type %s to %s",
			 sema_tname(c, n->left->type), sema_tname(c, to));
	*np = sema_cast_to(c, n->left, to);
}

static dt_type_t
sized(dt_compile_t *c, const dt_node_t *n, dt_type_t t)
{
	if (dt_type_ok(t) && dt_type_info(t).kind == DT_K_FWD)
		t = dt_type_complete(c->dtp, t);
	if (!dt_type_ok(t) || dt_type_info(t).size == 0)
		dt_error(c, "D_SIZEOF_TYPE", n->src, "sizeof: type %s has no known size", sema_tname(c, t));
	return t;
}

static void
cook_sizeof(dt_compile_t *c, dt_node_t **np)
{
	dt_node_t *n = *np;
	int64_t size;

	if (n->kind == DN_SIZEOF_T) {
		size = dt_type_info(sized(c, n, n->dtype)).size;
	} else if ((size = sema_symbol_size(c, n->left)) < 0) {
		sema_cook_dyn(c, &n->left);
		if (sema_is_dyn(n->left))
			dt_error(c, "D_SIZEOF_TYPE", n->src,
				 "sizeof: a translated object has no size of its own");
		if (sema_is_bitfield(n->left))
			dt_error(c, "D_SIZEOF_BITFIELD", n->src, "sizeof cannot be applied to bit-field %s",
				 n->left->name);
		size = n->left->kind == DN_STR ? (int64_t)n->left->len + 1
					       : (int64_t)dt_type_info(sized(c, n, n->left->type)).size;
	}
	*np = sema_int(c, n, size, dt_basetypes(c->dtp)->size);
}

static void
cook_offsetof(dt_compile_t *c, dt_node_t **np)
{
	dt_node_t *n = *np;
	dt_type_t t = dt_type_complete(c->dtp, n->dtype);
	dt_kind_t kind = dt_type_info(t).kind;

	if (kind != DT_K_STRUCT && kind != DT_K_UNION)
		dt_error(c, "D_OFFSETOF_TYPE", n->src, "offsetof needs a complete struct or union type, not %s",
			 sema_tname(c, t));
	if (!dt_type_member(c->dtp, t, n->name, &n->member))
		dt_error(c, "D_UNKNOWN", n->src, "offsetof: %s has no member %s", sema_tname(c, t), n->name);
	if (dt_type_info(n->member.type).bits != 0)
		dt_error(c, "D_OFFSETOF_BITFIELD", n->src, "offsetof cannot be applied to bit-field %s",
			 n->name);
	*np = sema_int(c, n, (int64_t)(n->member.bitoff / 8), dt_basetypes(c->dtp)->size);
}

static void
cook_node(dt_compile_t *c, dt_node_t **np)
{
	dt_node_t *n = *np;

	switch (n->kind) {
	case DN_INT:
		if (!dt_type_ok(n->type))
			n->type = dt_basetypes(c->dtp)->i32;
		n->is_const = true;
		break;
	case DN_STR:
		n->type = dt_basetypes(c->dtp)->string;
		n->is_const = true;
		break;
	case DN_IDENT:
		sema_name(c, np);
		break;
	case DN_SELF:
	case DN_THIS:
		sema_scoped(c, n);
		break;
	case DN_AGG:
		sema_agg(c, n);
		break;
	case DN_INDEX:
		sema_index(c, np);
		break;
	case DN_CALL:
		sema_call(c, n);
		break;
	case DN_MEMBER:
	case DN_PTRMEMBER:
		sema_member(c, np);
		break;
	case DN_UNARY:
		if (n->op == DT_OP_SIZEOF)
			cook_sizeof(c, np);
		else
			sema_unary(c, np);
		break;
	case DN_BINARY:
		sema_binary(c, np);
		break;
	case DN_ASSIGN:
		sema_assign(c, np);
		break;
	case DN_COND:
		sema_cond(c, np);
		break;
	case DN_CAST:
		cook_cast(c, np);
		break;
	case DN_SIZEOF_T:
		cook_sizeof(c, np);
		break;
	case DN_OFFSETOF:
		cook_offsetof(c, np);
		break;
	case DN_XLATE:
		sema_xlate(c, n);
		break;
	default:
		dt_error(c, "D_SYNTAX", n->src, "a type name stands where a value is expected");
	}
}

void
sema_cook(dt_compile_t *c, dt_node_t **np)
{
	sema_cook_dyn(c, np);
	if (sema_is_dyn(*np))
		dt_error(c, "D_CG_DYN", (*np)->src,
			 "a translated object (%s) has no value of its own: use one of its members",
			 sema_tname(c, (*np)->type));
}

void
sema_cook_dyn(dt_compile_t *c, dt_node_t **np)
{
	dt_sema_t *s = sema_state(c);
	dt_node_t *n = *np, *next = n->next;

	if (n->cooked)
		return;
	if (++s->depth > MAX_DEPTH)
		dt_error(c, "D_NOREG", n->src, "expression is nested too deeply: split it up with variables");
	if (++s->nodes > SEMA_MAX_NODES)
		dt_error(c, "D_NOREG", n->src, "the program's inlines expand to too much code");
	cook_node(c, np);
	s->depth--;
	(*np)->next = next;
	(*np)->cooked = true;
}

void
sema_cook_list(dt_compile_t *c, dt_node_t **list)
{
	for (; *list; list = &(*list)->next)
		sema_cook(c, list);
}

dt_node_t *
dt_sema_expr(dt_compile_t *c, dt_node_t *n)
{
	sema_cook(c, &n);
	return n;
}

int64_t
dt_sema_intconst(dt_compile_t *c, dt_node_t *n, const char *tag, const char *what)
{
	if (!sema_is_const(n))
		dt_error(c, tag, n->src, "%s must be an integer constant", what);
	return (int64_t)n->ival;
}

void
dt_sema_item(dt_compile_t *c, dt_node_t *item)
{
	switch (item->kind) {
	case DN_CLAUSE:
		sema_clause(c, item);
		break;
	case DN_DECL:
		sema_decl(c, item);
		break;
	case DN_INLINE:
		sema_inline_define(c, item);
		break;
	case DN_XLATOR:
		sema_xlate_define(c, item);
		break;
	case DN_PROVIDER:
		sema_provider_define(c, item);
		break;
	default:
		dt_error(c, "D_SYNTAX", item->src, "this cannot stand at the top level of a program");
	}
}

void
dt_sema_finish(dt_compile_t *c)
{
	dtrace_proginfo_t *info = &c->prog->info;

	/* A program of declarations only depends on nothing. */
	if (!c->prog->clauses)
		info->dpi_descattr = info->dpi_stmtattr =
		    (dtrace_attribute_t){DTRACE_STABILITY_STABLE, DTRACE_STABILITY_STABLE, DTRACE_CLASS_COMMON};
}
