/*
 * formats.c - printf() and printa(): the format against its arguments (language.md
 * part 8; tags: diagnostics.md 2.4).
 */
#include "sema.h"

#include "../output/format.h"

#include <string.h>

static dt_fmt_t *
parse(dt_compile_t *c, const dt_node_t *n, const dt_node_t *text, bool is_printa)
{
	char err[256] = "malformed format";
	const char *tag = "D_SYNTAX";
	dt_fmt_t *fmt = dt_fmt_parse(c->arena, text->str, text->len, is_printa, &tag, err, sizeof(err));

	if (!fmt)
		dt_error(c, tag, text->src, "%s() %s", n->left->name, err);
	return fmt;
}

/* The argument of a * width or precision; the argument after it. */
static dt_node_t *
star(dt_compile_t *c, const dt_node_t *n, int i, dt_node_t *arg)
{
	if (!arg)
		dt_error(c, "D_PRINTF_DYN_PROTO", n->src, "%s() format conversion #%d: no argument for its *",
			 n->left->name, i);
	if (!sema_is_int(arg->type))
		dt_error(c, "D_PRINTF_DYN_TYPE", arg->src,
			 "%s() format conversion #%d: the argument for * must be an integer", n->left->name, i);
	return arg->next;
}

/* freopen("") returns to the original output: it has no format.  In a record the text that stands for
 * that is no file name a program may give. */
static bool
freopen_name(dt_compile_t *c, const dt_node_t *n)
{
	const dt_node_t *text = n->args;

	if (strcmp(text->str, DT_FREOPEN_ORIGINAL) == 0)
		dt_error(c, "D_FREOPEN_INVALID", text->src,
			 "freopen() cannot open this name: freopen(\"\") returns to the original output");
	return text->len == 0 && !text->next;
}

/* printf(), system(), freopen(). */
void
sema_printf(dt_compile_t *c, dt_node_t *n)
{
	const char *name = n->left->name;
	int i = 0;

	sema_argcount(c, n, "D_PROTO_LEN", 1, -1);
	for (const dt_node_t *a = n->args; a; a = a->next)
		if (a->kind == DN_AGG)
			dt_error(c, "D_PRINTF_ARG_TYPE", a->src,
				 "%s() cannot print an aggregation: use printa(@%s)", name, a->name);
	sema_cook_list(c, &n->args);
	if (n->args->kind != DN_STR)
		dt_error(c, "D_PRINTF_ARG_FMT", n->args->src, "the format of %s() must be a string constant",
			 name);
	if (n->func == DT_F_FREOPEN && freopen_name(c, n))
		return;
	n->fmt = parse(c, n, n->args, false);

	dt_node_t *arg = n->args->next;
	for (int k = 0; k < n->fmt->nconv; k++) {
		const dt_conv_t *conv = &n->fmt->conv[k];
		const char *want;
		if (!conv->conv)
			continue;
		i++;
		if (conv->dynwidth)
			arg = star(c, n, i, arg);
		if (conv->dynprec)
			arg = star(c, n, i, arg);
		if (!arg)
			dt_error(c, "D_PRINTF_ARG_PROTO", n->src,
				 "%s() format conversion #%d (%%%s%c) has no argument", name, i, conv->size,
				 conv->conv);
		if ((want = dt_fmt_want(conv, arg->type)) || sema_is_void(arg->type))
			dt_error(c, "D_PRINTF_ARG_TYPE", arg->src,
				 "argument %d of %s() does not fit conversion #%d (%%%s%c): it needs %s, "
				 "not %s%s",
				 i + 1, name, i, conv->size, conv->conv, want ? want : "a value",
				 sema_tname(c, arg->type),
				 conv->conv == 's' && sema_is_scalar(arg->type)
				     ? " (stringof or copyinstr makes a string)"
				     : "");
		arg = arg->next;
	}
	if (arg)
		dt_error(c, "D_PRINTF_ARG_EXTRA", arg->src,
			 "%s() has more arguments than its format has conversions", name);
}

/* printa(@a...), printa(format, @a...): keys and values are checked when the clause is known. */
void
sema_printa(dt_compile_t *c, dt_node_t *n)
{
	dt_node_t **p = &n->args;

	sema_argcount(c, n, "D_PROTO_LEN", 1, -1);
	if ((*p)->kind != DN_AGG) {
		sema_cook(c, p);
		if ((*p)->kind != DN_STR)
			dt_error(c, "D_PRINTA_AGGARG", (*p)->src,
				 "first argument of printa() must be a format or an aggregation");
		n->fmt = parse(c, n, *p, true);
		p = &(*p)->next;
		if (!*p)
			dt_error(c, "D_PRINTA_PROTO", n->src, "printa() needs an aggregation after its format");
	}
	for (; *p; p = &(*p)->next) {
		if ((*p)->kind != DN_AGG)
			dt_error(c, "D_PRINTA_AGGARG", (*p)->src, "printa() prints aggregations: this is none");
		sema_state(c)->agg = *p;
		sema_cook(c, p);
	}
}

/* Conversions without @ take the keys in order. */
static void
check_keys(dt_compile_t *c, const dt_node_t *n, const dt_ident_t *id)
{
	int key = 0, i = 0;

	for (int k = 0; k < n->fmt->nconv; k++) {
		const dt_conv_t *conv = &n->fmt->conv[k];
		const char *want;
		if (!conv->conv)
			continue;
		i++;
		for (int s = conv->dynwidth + conv->dynprec; s > 0; s--, key++) {
			if (key >= id->nkeys)
				dt_error(c, "D_PRINTF_DYN_PROTO", n->src,
					 "printa() format conversion #%d: no key for its *", i);
			if (!sema_is_int(id->keys[key]))
				dt_error(c, "D_PRINTF_DYN_TYPE", n->src,
					 "printa() format conversion #%d: the key for * must be an integer", i);
		}
		if (conv->agg) {
			bool scalar = id->aggfunc == DTRACEAGG_COUNT || id->aggfunc == DTRACEAGG_SUM ||
				      id->aggfunc == DTRACEAGG_MIN || id->aggfunc == DTRACEAGG_MAX;
			if (scalar && (want = dt_fmt_want(conv, id->type)))
				dt_error(c, "D_PRINTF_ARG_TYPE", n->src,
					 "printa() format conversion #%d prints a %s, but the value of @%s is "
					 "a number",
					 i, want, id->name);
			continue;
		}
		if (key >= id->nkeys)
			dt_error(c, "D_PRINTF_ARG_PROTO", n->src,
				 "printa() format conversion #%d: @%s has only %d key%s (%%@ prints its value)",
				 i, id->name, id->nkeys, id->nkeys == 1 ? "" : "s");
		if ((want = dt_fmt_want(conv, id->keys[key])))
			dt_error(c, "D_PRINTF_ARG_TYPE", n->src,
				 "key %d of @%s does not fit printa() conversion #%d (%%%s%c): it needs %s, "
				 "not %s",
				 key + 1, id->name, i, conv->size, conv->conv, want,
				 sema_tname(c, id->keys[key]));
		key++;
	}
}

void
sema_printa_check(dt_compile_t *c, dt_node_t *n)
{
	const dt_node_t *first = n->args->kind == DN_AGG ? n->args : n->args->next;
	const dt_ident_t *id = first->id;

	for (const dt_node_t *a = first; a; a = a->next) {
		if (!a->id->aggfunc)
			dt_error(c, "D_PRINTA_AGGBAD", a->src,
				 "@%s is not assigned in this clause or an earlier one", a->name);
		if (a->id->nkeys != id->nkeys)
			dt_error(c, "D_PRINTA_AGGKEY", a->src,
				 "@%s and @%s cannot be printed together: %d and %d keys", id->name, a->name,
				 id->nkeys, a->id->nkeys);
		for (int i = 0; i < id->nkeys; i++)
			if (!sema_same(c, id->keys[i], a->id->keys[i]) || id->keyact[i] != a->id->keyact[i])
				dt_error(c, "D_PRINTA_AGGPROTO", a->src,
					 "@%s and @%s cannot be printed together: key %d is of type %s and %s",
					 id->name, a->name, i + 1, sema_tname(c, id->keys[i]),
					 sema_tname(c, a->id->keys[i]));
	}
	if (n->fmt)
		check_keys(c, n, id);
}
