/* tagdecl.c - struct, union and enum: language.md T24 - T26. */
#include <limits.h>
#include <string.h>

#include "decl.h"
#include "library.h"

static const char *
tag_word(uint32_t kind)
{
	return kind == CTF_K_STRUCT ? "struct" : kind == CTF_K_UNION ? "union" : "enum";
}

static void
no_scope(dt_compile_t *c, const char *name, dt_src_t src)
{
	if (name && strchr(name, '`'))
		dt_error(c, "D_DECL_SCOPE", src, "a declared name has no backquote: %s", name);
}

dt_type_t
dt_tag_reference(dt_compile_t *c, uint32_t kind, const char *name, dt_src_t src)
{
	const char *tick = strrchr(name, '`');
	dt_type_t t;
	if (tick)
		t = dt_type_lookup(c->dtp, dt_arena_printf(c->arena, "%.*s`%s %s", (int)(tick - name), name,
							   tag_word(kind), tick + 1));
	else if (!dt_lib_need(c, dt_arena_printf(c->arena, "struct %s", name)) ||
		 !dt_type_ok(
		     t = dt_type_lookup(c->dtp, dt_arena_printf(c->arena, "%s %s", tag_word(kind), name))))
		t = dt_type_declare_tag(c->dtp, kind, name);
	if (!dt_type_ok(t))
		dt_error(c, tick ? "D_TYPE_ERR" : "D_DECL_TYPERED", src, "%s %s %s", tag_word(kind), name,
			 tick ? "cannot be found" : "is not possible: the tag means something else");
	return t;
}

dt_type_t
dt_sou_begin(dt_compile_t *c, uint32_t kind, const char *name, dt_src_t src)
{
	no_scope(c, name, src);
	dt_type_t t = dt_type_begin_sou(c->dtp, kind, name);
	if (!dt_type_ok(t))
		dt_error(c, "D_DECL_TYPERED", src, "%s %s is already defined", tag_word(kind),
			 name ? name : "");
	return t;
}

dt_members_t
dt_members_add(dt_compile_t *c, dt_members_t list, dt_spec_t *spec, dt_declarator_t *dcl)
{
	dt_member_decl_t *m = dt_arena_alloc(c->arena, sizeof(*m));
	m->spec = spec;
	m->dcl = dcl;
	return dt_members_join(list, (dt_members_t){m, m});
}

dt_members_t
dt_members_of(dt_compile_t *c, dt_spec_t *spec, dt_declarator_t *list)
{
	dt_members_t out = {NULL, NULL};
	for (; list; list = list->next)
		out = dt_members_add(c, out, spec, list);
	return out;
}

dt_members_t
dt_members_join(dt_members_t a, dt_members_t b)
{
	if (!a.head)
		return b;
	a.last->next = b.head;
	return (dt_members_t){a.head, b.last};
}

static void
add_bitfield(dt_compile_t *c, dt_type_t sou, dt_spec_t *spec, dt_declarator_t *dcl)
{
	bool open;
	dt_type_t t = dt_decl_member_type(c, spec, dcl, &open);
	dt_tinfo_t ti = dt_type_info(t);
	if (ti.kind != DT_K_INT && ti.kind != DT_K_ENUM)
		dt_error(c, "D_DECL_BFTYPE", dcl->src, "a bit-field is an integer or an enum");
	int64_t w =
	    dt_sema_intconst(c, dt_sema_expr(c, dcl->width), "D_DECL_BFCONST", "width of the bit-field");
	if (w < 0 || (w == 0 && dcl->name))
		dt_error(c, "D_DECL_BFCONST", dcl->src,
			 "the width of a bit-field is a positive integer constant");
	if (w > (int64_t)ti.size * 8)
		dt_error(c, "D_DECL_BFSIZE", dcl->src, "the bit-field is wider than its type (%u bits)",
			 ti.size * 8);
	if (!dt_type_add_member(c->dtp, sou, dcl->name, t, (int)w))
		dt_error(c, "D_UNKNOWN", dcl->src, "member %s cannot be added: is it there twice?",
			 dcl->name ? dcl->name : "(unnamed)");
}

void
dt_sou_members(dt_compile_t *c, dt_type_t sou, dt_member_decl_t *list)
{
	bool last_open = false;
	for (const dt_member_decl_t *m = list; m; m = m->next) {
		const char *name = m->dcl ? m->dcl->name : NULL;
		dt_src_t src = m->dcl ? m->dcl->src : m->spec->src;
		if (m->spec->storage != DT_ST_NONE)
			dt_error(c, "D_DECL_BADCLASS", src, "a member has no storage class");
		if (last_open)
			dt_error(c, "D_DECL_ARRNULL", src,
				 "only the last member may be an array without a size");
		no_scope(c, name, src);
		if (m->dcl && m->dcl->width) {
			add_bitfield(c, sou, m->spec, m->dcl);
			continue;
		}
		if (!name && !m->spec->is_sou)
			dt_error(c, "D_DECL_MNAME", src, "the member needs a name");
		dt_type_t t = dt_decl_member_type(c, m->spec, m->dcl, &last_open);
		if (!dt_type_add_member(c->dtp, sou, name, t, -1))
			dt_error(c, "D_UNKNOWN", src, "member %s cannot be added: is it there twice?",
				 name ? name : "(unnamed)");
	}
}

/* Enumerators are global names of the program (T26). */
static void
define_enumerator(dt_compile_t *c, dt_type_t en, const dt_node_t *e, int64_t value)
{
	if (value < INT_MIN || value > INT_MAX)
		dt_error(c, "D_DECL_ENOFLOW", e->src, "the value of %s does not fit an int", e->name);
	no_scope(c, e->name, e->src);
	if (dt_ident_lookup(c->dtp, DT_SC_GLOBAL, e->name))
		dt_error(c, "D_DECL_IDRED", e->src, "%s is already an identifier", e->name);
	if (!dt_type_add_enumerator(c->dtp, en, e->name, (int)value))
		dt_error(c, "D_DECL_IDRED", e->src, "enumerator %s is there twice", e->name);
	dt_ident_t *id = dt_ident_insert(c->dtp, DT_SC_GLOBAL, DT_ID_ENUM, e->name);
	id->type = en;
	id->value = value;
	id->src = e->src;
	id->is_const = id->declared = true;
}

/* list: DN_XMEMBER nodes, value in left or NULL. */
dt_type_t
dt_enum_define(dt_compile_t *c, const char *name, dt_node_t *list, dt_src_t src)
{
	int64_t value = 0;
	no_scope(c, name, src);
	dt_type_t en = dt_type_begin_enum(c->dtp, name);
	if (!dt_type_ok(en))
		dt_error(c, "D_DECL_TYPERED", src, "enum %s is already defined", name ? name : "");
	for (const dt_node_t *e = list; e; e = e->next) {
		if (e->left)
			value = dt_sema_intconst(c, dt_sema_expr(c, e->left), "D_DECL_ENCONST",
						 "value of an enumerator");
		define_enumerator(c, en, e, value);
		value++;
	}
	return en;
}
