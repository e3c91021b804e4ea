/* decl.c - declarators, and what a declaration means in each place: language.md 3.4. */
#include "decl.h"

#include <string.h>

#include "lexer.h"
#include "pragma.h"

typedef enum place {
	PL_VAR,
	PL_EXTERN,
	PL_TYPEDEF,
	PL_MEMBER,
	PL_PARAM,
	PL_TYPENAME,
	PL_INLINE
} place_t;

/* ---------------------------------------------------------------- collecting */

dt_declarator_t *
dt_declarator_new(dt_compile_t *c, const char *name, dt_src_t src)
{
	dt_declarator_t *d = dt_arena_alloc(c->arena, sizeof(*d));
	d->name = name;
	d->src = src;
	d->tail = &d->mods;
	return d;
}

dt_mod_t *
dt_mod_new(dt_compile_t *c, dt_modkind_t kind)
{
	dt_mod_t *m = dt_arena_alloc(c->arena, sizeof(*m));
	m->kind = kind;
	return m;
}

void
dt_declarator_add(dt_compile_t *c, dt_declarator_t *d, dt_mod_t *m)
{
	if (++d->nmods > DT_MAXDEPTH)
		dt_lex_error(c->lexer, "D_SYNTAX", "declarator is nested too deeply");
	*d->tail = m;
	d->tail = &m->next;
}

dt_params_t *
dt_params_new(dt_compile_t *c)
{
	dt_params_t *ps = dt_arena_alloc(c->arena, sizeof(*ps));
	ps->tail = &ps->head;
	return ps;
}

/* ------------------------------------------------------------ building types */

static dt_type_t
array_of(dt_compile_t *c, dt_type_t elem, const dt_mod_t *m, place_t place, bool nearest, dt_src_t src)
{
	dt_tinfo_t ti = dt_type_info(elem);
	int64_t n = 0;
	if (ti.kind == DT_K_VOID)
		dt_error(c, "D_DECL_VOIDOBJ", src, "an array of void is not possible");
	if (ti.kind == DT_K_FUNC)
		dt_error(c, "D_DECL_DYNOBJ", src, "an array of functions is not possible");
	if (ti.kind == DT_K_STRUCT || ti.kind == DT_K_UNION || ti.kind == DT_K_FWD) {
		ti = dt_type_info(dt_type_complete(c->dtp, elem));
		if (ti.kind == DT_K_FWD || ti.kind == DT_K_NONE)
			dt_error(c, "D_DECL_INCOMPLETE", src, "the type of the elements is not defined");
	}
	if (!m->dim) {
		if (place == PL_PARAM && nearest)
			return dt_type_pointer(c->dtp, elem);
		if (!nearest || (place != PL_MEMBER && place != PL_EXTERN))
			dt_error(c, "D_DECL_ARRNULL", src, "the array needs a size, or types for its keys");
		return dt_type_array(c->dtp, elem, 0);
	}
	n = dt_sema_intconst(c, dt_sema_expr(c, m->dim), "D_DECL_ARRSUB", "array size");
	if (n <= 0)
		dt_error(c, "D_DECL_ARRSUB", src, "the size of an array is a positive integer constant");
	if (n > UINT32_MAX || (uint64_t)n * ti.size > UINT32_MAX)
		dt_error(c, "D_DECL_ARRBIG", src, "the array is too large");
	if (place == PL_PARAM && nearest)
		return dt_type_pointer(c->dtp, elem);
	return dt_type_array(c->dtp, elem, (uint32_t)n);
}

static dt_type_t
function_of(dt_compile_t *c, dt_type_t ret, const dt_params_t *ps, dt_src_t src)
{
	dt_kind_t kind = dt_type_info(ret).kind;
	if (kind == DT_K_FUNC || kind == DT_K_ARRAY)
		dt_error(c, "D_DECL_PROTO_TYPE", src, "a function returns neither a function nor an array");
	int n = 0;
	dt_type_t *argv = dt_arena_alloc(c->arena, sizeof(*argv) * (size_t)(ps->n + 1));
	for (const dt_param_t *p = ps->head; p; p = p->next) {
		if (p->is_void && (ps->n > 1 || ps->varargs))
			dt_error(c, "D_DECL_PROTO_VOID", p->src, "a void parameter stands alone");
		if (p->is_void && p->name)
			dt_error(c, "D_DECL_PROTO_NAME", p->src, "a void parameter has no name");
		if (!p->is_void)
			argv[n++] = p->type;
	}
	return dt_type_function(c->dtp, ret, argv, n, ps->varargs);
}

/* Keys of an associative array, or parameters of an inline. */
static void
take_tuple(dt_compile_t *c, const dt_params_t *ps, place_t place, dt_decl_t *out)
{
	if (ps->varargs)
		dt_error(c, "D_DECL_PROTO_VARARGS", out->src, "... is not possible in a list of keys");
	if (ps->n > DT_MAXKEYS)
		dt_error(c, "D_DECL_ARRSUB", out->src, "%d keys, at most %d are possible", ps->n, DT_MAXKEYS);
	for (const dt_param_t *p = ps->head; p; p = p->next) {
		if (p->is_void)
			dt_error(c, "D_DECL_PROTO_TYPE", p->src,
				 "a key or parameter of type void is not possible");
		if (place == PL_INLINE) {
			if (!p->name)
				dt_error(c, "D_DECL_PROTO_NAME", p->src,
					 "a parameter of an inline needs a name");
			for (int i = 0; i < out->nkeys; i++)
				if (strcmp(out->keynames[i], p->name) == 0)
					dt_error(c, "D_DECL_PROTO_FORM", p->src, "parameter %s appears twice",
						 p->name);
			out->keynames[out->nkeys] = p->name;
		}
		out->keys[out->nkeys++] = p->type;
	}
}

/* A [T1, T2] part where no associative array can be. */
static void
refuse_tuple(dt_compile_t *c, place_t place, dt_src_t src)
{
	if (place == PL_PARAM)
		dt_error(c, "D_DECL_PROTO_TYPE", src, "a parameter cannot be an associative array");
	dt_error(c, "D_DECL_DYNOBJ", src,
		 "an associative array is a variable: not a member, an element or a type");
}

/* Applies the declarator to the specifiers' type: from the far end of the declarator to its name. */
static dt_decl_t *
build(dt_compile_t *c, dt_spec_t *spec, const dt_declarator_t *dcl, place_t place)
{
	dt_decl_t *out = dt_arena_alloc(c->arena, sizeof(*out));
	dt_type_t t = dt_spec_type(c, spec);
	out->src = spec->src;
	out->storage = spec->storage;
	out->is_const = spec->is_const;
	if (dcl && dcl->nmods) {
		dt_mod_t **mods = dt_arena_alloc(c->arena, sizeof(*mods) * (size_t)dcl->nmods);
		int n = 0;
		for (dt_mod_t *m = dcl->mods; m; m = m->next)
			mods[n++] = m;
		while (n-- > 0) {
			const dt_mod_t *m = mods[n];
			if (m->kind == DT_MOD_PTR) {
				t = dt_type_pointer(c->dtp, t);
				out->is_const = m->is_const;
				if (m->is_const)
					t = dt_type_const(c->dtp, t);
				if (m->is_volatile)
					t = dt_type_volatile(c->dtp, t);
			} else if (m->kind == DT_MOD_FUNC) {
				t = function_of(c, t, m->params, dcl->src);
			} else if (m->kind == DT_MOD_ARRAY) {
				t = array_of(c, t, m, place, n == 0, dcl->src);
			} else if (n > 0 || place == PL_MEMBER || place == PL_TYPEDEF || place == PL_PARAM ||
				   place == PL_TYPENAME) {
				refuse_tuple(c, place, dcl->src);
			} else {
				out->src = dcl->src;
				take_tuple(c, m->params, place, out);
			}
			if (!dt_type_ok(t))
				dt_error(c, "D_TYPE_ERR", dcl->src, "the type cannot be made");
		}
	}
	if (dcl) {
		out->name = dcl->name;
		out->src = dcl->src;
		if (dcl->name && strchr(dcl->name, '`') && place != PL_EXTERN)
			dt_error(c, "D_DECL_SCOPE", dcl->src, "a declared name has no backquote: %s",
				 dcl->name);
	}
	out->type = t;
	return out;
}

void
dt_params_add(dt_compile_t *c, dt_params_t *ps, dt_spec_t *spec, dt_declarator_t *dcl)
{
	if (spec->storage != DT_ST_NONE && spec->storage != DT_ST_REGISTER)
		dt_error(c, "D_DECL_PARMCLASS", spec->src, "a parameter has no storage class");
	const dt_decl_t *d = build(c, spec, dcl, PL_PARAM);
	dt_tinfo_t ti = dt_type_info(d->type);
	dt_param_t *p = dt_arena_alloc(c->arena, sizeof(*p));
	if (ti.kind == DT_K_STACK || ti.kind == DT_K_SYMADDR)
		dt_error(c, "D_DECL_PROTO_TYPE", spec->src, "a parameter cannot have this type");
	p->name = d->name;
	p->src = d->src;
	p->type = ti.kind == DT_K_FUNC ? dt_type_pointer(c->dtp, d->type) : d->type;
	p->is_void = ti.kind == DT_K_VOID;
	*ps->tail = p;
	ps->tail = &p->next;
	ps->n++;
}

dt_type_t
dt_decl_typename(dt_compile_t *c, dt_spec_t *spec, dt_declarator_t *dcl)
{
	return build(c, spec, dcl, PL_TYPENAME)->type;
}

/* ------------------------------------------------------------- declarations */

static void
check_object(dt_compile_t *c, const dt_decl_t *d)
{
	dt_tinfo_t ti = dt_type_info(d->type);
	if (ti.kind == DT_K_VOID)
		dt_error(c, "D_DECL_VOIDOBJ", d->src, "%s cannot be of type void", d->name);
	if (ti.kind == DT_K_STACK || ti.kind == DT_K_SYMADDR)
		dt_error(c, "D_DECL_DYNOBJ", d->src, "%s cannot have this type: it is a result of an action",
			 d->name);
	if (ti.kind == DT_K_STRUCT || ti.kind == DT_K_UNION || ti.kind == DT_K_FWD) {
		dt_type_t full = dt_type_complete(c->dtp, d->type);
		if (!dt_type_ok(full) || dt_type_info(full).kind == DT_K_FWD)
			dt_error(c, "D_DECL_INCOMPLETE", d->src, "the type of %s is not defined", d->name);
	}
}

static void
define_typedef(dt_compile_t *c, dt_spec_t *spec, const dt_declarator_t *dcl)
{
	const dt_decl_t *d = build(c, spec, dcl, PL_TYPEDEF);
	if (dt_ident_lookup(c->dtp, DT_SC_GLOBAL, d->name) && !c->dtp->curlib)
		dt_error(c, "D_DECL_IDRED", d->src, "%s is already an identifier of another kind", d->name);
	if (!dt_type_typedef(c->dtp, d->name, d->type) && !c->dtp->curlib)
		dt_error(c, "D_DECL_IDRED", d->src, "typedef %s is already defined as another type", d->name);
	c->ndecls++;
}

static void
define_variable(dt_compile_t *c, dt_spec_t *spec, const dt_declarator_t *dcl)
{
	place_t place = spec->storage == DT_ST_EXTERN ? PL_EXTERN : PL_VAR;
	dt_decl_t *d = build(c, spec, dcl, place);
	d->scope = spec->storage == DT_ST_SELF   ? DT_SC_SELF
		   : spec->storage == DT_ST_THIS ? DT_SC_THIS
						 : DT_SC_GLOBAL;
	c->ndecls++;
	if (d->scope == DT_SC_THIS && d->nkeys)
		dt_error(c, "D_DECL_LOCASSC", d->src, "this->%s cannot be an associative array", d->name);
	if (dt_type_info(d->type).kind == DT_K_FUNC && place == PL_VAR) {
		if (d->scope != DT_SC_GLOBAL || d->nkeys)
			dt_error(c, "D_DECL_DYNOBJ", d->src, "%s cannot be a function", d->name);
		return; /* a prototype declares its types, nothing else */
	}
	if (place == PL_VAR)
		check_object(c, d);
	dt_node_t *n = dt_node_new(c->arena, DN_DECL, d->src);
	n->name = d->name;
	n->decl = d;
	n->dtype = d->type;
	c->item(c, n);
}

void
dt_decl_program(dt_compile_t *c, dt_spec_t *spec, dt_declarator_t *list)
{
	if (spec->storage == DT_ST_AUTO || spec->storage == DT_ST_REGISTER || spec->storage == DT_ST_STATIC)
		dt_error(c, "D_DECL_BADCLASS", spec->src, "auto, register and static are not possible in D");
	if (!list) {
		dt_spec_type(c, spec);
		if (!spec->declares_tag || spec->storage == DT_ST_SELF || spec->storage == DT_ST_THIS)
			dt_error(c, "D_DECL_USELESS", spec->src, "the declaration declares nothing");
		c->ndecls++;
	}
	for (const dt_declarator_t *d = list; d; d = d->next) {
		if (spec->storage == DT_ST_TYPEDEF)
			define_typedef(c, spec, d);
		else
			define_variable(c, spec, d);
	}
}

dt_decl_t *
dt_decl_inline(dt_compile_t *c, dt_spec_t *spec, dt_declarator_t *dcl)
{
	if (spec->storage != DT_ST_NONE)
		dt_error(c, "D_DECL_BADCLASS", spec->src, "an inline has no storage class");
	if (!dcl->name)
		dt_error(c, "D_DECL_USELESS", spec->src, "an inline needs a name");
	if (dcl->mods && dcl->mods->kind == DT_MOD_ARRAY)
		dt_error(c, "D_DECL_ARRNULL", dcl->src,
			 "an inline takes parameters in brackets, it is no array");
	dt_decl_t *d = build(c, spec, dcl, PL_INLINE);
	check_object(c, d);
	d->is_const = true;
	return d;
}

dt_decl_t *
dt_decl_xlarg(dt_compile_t *c, dt_spec_t *spec, dt_declarator_t *dcl)
{
	dt_decl_t *d = build(c, spec, dcl, PL_PARAM);
	if (dt_type_info(d->type).kind == DT_K_VOID)
		dt_error(c, "D_DECL_VOIDOBJ", d->src, "the input of a translator cannot be void");
	return d;
}

dt_type_t
dt_decl_member_type(dt_compile_t *c, dt_spec_t *spec, dt_declarator_t *dcl, bool *open)
{
	dt_decl_t *d = build(c, spec, dcl, PL_MEMBER);
	*open = dcl && dcl->mods && dcl->mods->kind == DT_MOD_ARRAY && !dcl->mods->dim;
	if (dt_type_info(d->type).kind == DT_K_FUNC)
		dt_error(c, "D_DECL_DYNOBJ", d->src, "a member cannot be a function: use a pointer to it");
	if (!d->name)
		d->name = "(unnamed)";
	check_object(c, d);
	return d->type;
}
