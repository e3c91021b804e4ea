/*
 * calls.c - calls of D functions: who is called, whether it may stand there, and the
 * arguments of subroutines against their prototype (language.md part 5).
 */
#include "sema.h"

#include "../runtime/rt.h"
#include "../syntax/library.h"

#include <string.h>

const dt_funcdesc_t *
sema_callee(dt_compile_t *c, const dt_node_t *n)
{
	if (n->kind != DN_CALL || n->left->kind != DN_IDENT)
		return NULL;
	const dt_ident_t *id = dt_ident_lookup(c->dtp, DT_SC_GLOBAL, n->left->name);
	return id && id->kind == DT_ID_FUNC ? dt_funcdesc(id->func) : NULL;
}

dt_node_t *
sema_arg(const dt_node_t *call, int i)
{
	dt_node_t *a = call->args;

	while (a && i-- > 0)
		a = a->next;
	return a;
}

void
sema_argcount(dt_compile_t *c, const dt_node_t *call, const char *tag, int min, int max)
{
	int n = dt_node_count(call->args);

	if (n >= min && (max < 0 || n <= max))
		return;
	if (max < 0)
		dt_error(c, tag, call->src, "%s() takes at least %d argument%s, here %s %d", call->left->name,
			 min, min == 1 ? "" : "s", n == 1 ? "is" : "are", n);
	if (min == max)
		dt_error(c, tag, call->src, "%s() takes %d argument%s, here %s %d", call->left->name, min,
			 min == 1 ? "" : "s", n == 1 ? "is" : "are", n);
	dt_error(c, tag, call->src, "%s() takes %d to %d arguments, here %s %d", call->left->name, min, max,
		 n == 1 ? "is" : "are", n);
}

/* One parameter of a prototype: its text, without the brackets of an optional one. */
static const char *
next_param(const char *p, char *buf, size_t size)
{
	size_t n = 0;

	while (*p == ' ' || *p == ',' || *p == '[')
		p++;
	while (*p && *p != ',' && *p != ')' && *p != ']') {
		if (n + 1 < size)
			buf[n++] = *p;
		p++;
	}
	buf[n] = '\0';
	return *p == ']' ? p + 1 : p;
}

static bool
param_fits(dt_compile_t *c, const char *text, const dt_node_t *arg, dt_type_t *param)
{
	dt_type_t t;

	*param = DT_NOTYPE;
	if (strcmp(text, "@") == 0)
		return !sema_is_void(arg->type);
	*param = t = dt_lib_type(c, text);
	if (!dt_type_ok(t))
		dt_error(c, "D_TYPE_ERR", arg->src, "type %s is not known", text);
	if (sema_strcompat(c, t) && sema_strcompat(c, arg->type))
		return true;
	/* Addresses: integers as a rule, and typed pointers. */
	if (strcmp(text, "uintptr_t") == 0 && sema_is_ptr(arg->type))
		return true;
	/* A string is its address where bytes are copied (E9). */
	if (strcmp(text, "void *") == 0 && sema_is_string(arg->type))
		return true;
	return sema_assignable(c, t, arg);
}

static void
check_prototype(dt_compile_t *c, dt_node_t *n, const dt_funcdesc_t *f)
{
	char text[64];
	const char *p = strchr(f->proto, '(') + 1;
	int i = 1;

	sema_argcount(c, n, "D_PROTO_LEN", f->minargs, f->maxargs);
	for (dt_node_t **at = &n->args; *at; at = &(*at)->next, i++) {
		dt_node_t *a = *at;
		dt_type_t t;
		p = next_param(p, text, sizeof(text));
		if (!param_fits(c, text, a, &t))
			dt_error(c, "D_PROTO_ARG", a->src, "argument %d of %s() must be of type %s, not %s", i,
				 f->name, text, sema_tname(c, a->type));
		/* A number becomes one of the parameter's type: registers hold 64 bits of it. */
		if (sema_is_int(t) && sema_is_int(a->type)) {
			*at = sema_cast_to(c, a, t);
			(*at)->next = a->next;
		}
		if (sema_strcompat(c, t))
			sema_user_string(c, at);
	}
}

static dt_type_t
result_type(dt_compile_t *c, const dt_funcdesc_t *f)
{
	char text[64];
	size_t len = (size_t)(strchr(f->proto, '(') - f->proto);

	while (len > 0 && f->proto[len - 1] == ' ')
		len--;
	snprintf(text, sizeof(text), "%.*s", (int)len, f->proto);
	return dt_type_lookup(c->dtp, text);
}

void
sema_call(dt_compile_t *c, dt_node_t *n)
{
	dt_sema_t *s = sema_state(c);
	bool action_ok = s->action == n;
	const dt_funcdesc_t *f = sema_callee(c, n);

	if (n->left->kind != DN_IDENT)
		dt_error(c, "D_FUNC_IDENT", n->src, "only D functions can be called, by their name");
	if (!f && dt_ident_lookup(c->dtp, DT_SC_GLOBAL, n->left->name))
		dt_error(c, "D_FUNC_IDKIND", n->src, "%s is not a function", n->left->name);
	if (!f) {
		sema_absent(c, "D_FUNC_UNDEF", n->src, n->left->name);
		dt_error(c, "D_FUNC_UNDEF", n->src, "%s() is no D function", n->left->name);
	}
	if (!f->implemented)
		dt_error(c, "D_UNKNOWN", n->src, "%s() has no counterpart on Linux: %s", f->name,
			 f->func == DT_F_DDI_PATHNAME ? "there is no device tree of Solaris"
						      : "there are no STREAMS messages");
	if (f->kind == DT_FK_AGG)
		dt_error(c, "D_CG_EXPR", n->src, "%s() is an aggregating function: write @name = %s(...)",
			 f->name, f->name);
	if (f->kind == DT_FK_ACT && !action_ok)
		dt_error(c, "D_CG_EXPR", n->src, "%s() is an action: it can only be a statement of its own",
			 f->name);

	s->action = NULL;
	n->func = f->func;
	n->id = n->left->id = dt_ident_lookup(c->dtp, DT_SC_GLOBAL, f->name);
	n->left->cooked = true;
	sema_use_attr(c, n->id->attr);
	n->type = result_type(c, f);
	if (f->kind == DT_FK_ACT) {
		sema_action(c, n);
		return;
	}
	sema_cook_list(c, &n->args);
	check_prototype(c, n, f);
	if (f->func == DT_F_ALLOCA && sema_is_const(n->args) && n->args->ival > DT_USER - 8)
		dt_error(c, "D_ALLOCA_SIZE", n->src, "alloca(%llu): scratch space has %d bytes",
			 (unsigned long long)n->args->ival, DT_USER - 8);
	if (f->destructive && c->clause)
		c->clause->is_destructive = true;
}
