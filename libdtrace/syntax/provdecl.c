/* provdecl.c - provider declarations: language.md G11, diagnostics.md 2.6. */
#include <ctype.h>
#include <string.h>

#include "decl.h"

enum {
	MAXARGS = 255
};

/* Probe and provider names; "__" in a probe's name stands for "-". */
static const char *
check_name(dt_compile_t *c, const char *what, const char *name, dt_src_t src)
{
	if (strchr(name, '`'))
		dt_error(c, "D_PROV_BADNAME", src, "%s name %s has a backquote", what, name);
	if (strlen(name) >= DTRACE_PROVNAMELEN)
		dt_error(c, "D_PROV_BADNAME", src, "%s name %s is longer than %d characters", what, name,
			 DTRACE_PROVNAMELEN - 1);
	return name;
}

static const char *
hyphenate(dt_arena_t *arena, const char *name)
{
	char *out = dt_arena_strdup(arena, name), *p = out;
	for (; *name; name++) {
		if (name[0] == '_' && name[1] == '_') {
			*p++ = '-';
			name++;
		} else {
			*p++ = *name;
		}
	}
	*p = '\0';
	return out;
}

static const dt_param_t *
find_param(const dt_params_t *ps, const char *name, const dt_param_t *before)
{
	for (const dt_param_t *p = ps->head; p && p != before; p = p->next)
		if (p->name && strcmp(p->name, name) == 0)
			return p;
	return NULL;
}

/* Parameters as a list of DN_TYPE, named when the source named them. */
static dt_node_t *
type_list(dt_compile_t *c, const dt_params_t *ps, const dt_params_t *inputs, dt_src_t src)
{
	dt_node_t *list = NULL, **tail = &list;
	if (ps->varargs)
		dt_error(c, "D_DECL_PROTO_VARARGS", src, "... is not possible in a probe's arguments");
	for (const dt_param_t *p = ps->head; p; p = p->next) {
		if (p->is_void && (ps->n > 1 || p->name))
			dt_error(c, p->name ? "D_DECL_PROTO_NAME" : "D_DECL_PROTO_VOID", p->src,
				 "a void argument stands alone, without a name");
		if (p->is_void)
			break;
		if (p->name && find_param(ps, p->name, p))
			dt_error(c, "D_DECL_PROTO_FORM", p->src, "argument %s appears twice", p->name);
		if (inputs && !p->name)
			dt_error(c, "D_DECL_PROTO_NAME", p->src,
				 "a translated argument is named after its input");
		if (inputs && !find_param(inputs, p->name, NULL))
			dt_error(c, "D_DECL_PROTO_FORM", p->src, "%s is not an input argument of the probe",
				 p->name);
		dt_node_t *n = dt_node_new(c->arena, DN_TYPE, p->src);
		n->dtype = p->type;
		n->name = p->name;
		*tail = n;
		tail = &n->next;
	}
	return list;
}

dt_node_t *
dt_decl_probe(dt_compile_t *c, const char *name, dt_params_t *args, dt_params_t *out, dt_src_t src)
{
	dt_node_t *n = dt_node_new(c->arena, DN_PROBE, src);
	n->name = hyphenate(c->arena, check_name(c, "probe", name, src));
	if (args->n > MAXARGS || (out && out->n > MAXARGS))
		dt_error(c, "D_PROV_PRARGLEN", src, "probe %s has more than %d arguments", name, MAXARGS);
	n->args = type_list(c, args, NULL, src);
	n->right = out ? type_list(c, out, args, src) : NULL;
	return n;
}

dt_node_t *
dt_decl_provider(dt_compile_t *c, const char *name, dt_node_t *probes, dt_src_t src)
{
	dt_node_t *n = dt_node_new(c->arena, DN_PROVIDER, src);
	n->name = check_name(c, "provider", name, src);
	if (isdigit((unsigned char)name[strlen(name) - 1]))
		dt_error(c, "D_PROV_BADNAME", src, "the name of provider %s may not end in a digit", name);
	for (const dt_node_t *p = probes; p; p = p->next)
		for (const dt_node_t *q = probes; q != p; q = q->next)
			if (strcmp(p->name, q->name) == 0)
				dt_error(c, "D_PROV_PRDUP", p->src, "probe %s is declared twice", p->name);
	n->body = probes;
	return n;
}
