/* spec.c - declaration specifiers, "const unsigned long", into a type: language.md 3.1. */
#include "lexer.h"

static void
set_base(dt_compile_t *c, dt_spec_t *s, dt_basekind_t base, dt_src_t src)
{
	if (s->base != DT_BK_NONE)
		dt_error(c, "D_DECL_COMBO", src, "a declaration names one type, not two");
	s->base = base;
}

static dt_type_t
named_type(dt_compile_t *c, const char *name, dt_src_t src)
{
	dt_type_t t = dt_type_lookup(c->dtp, name);
	if (!dt_type_ok(t))
		dt_error(c, "D_TYPE_ERR", src, "type %s cannot be found", name);
	return t;
}

static dt_type_t
user_type(dt_compile_t *c, const dt_specitem_t *item, dt_src_t src)
{
	static const char *const words[] = {
	    [CTF_K_STRUCT] = "struct ", [CTF_K_UNION] = "union ", [CTF_K_ENUM] = "enum ", [CTF_K_TYPEDEF] = ""};
	uint32_t kind = item->kind == DT_SI_TAG ? (uint32_t)item->n : CTF_K_TYPEDEF;
	const char *why;
	dt_type_t t = dt_type_user_lookup(c->dtp, kind, item->name, &why);
	if (!dt_type_ok(t))
		dt_error(c, "D_TYPE_ERR", src, "type userland %s%s cannot be found: %s", words[kind],
			 item->name, why);
	return t;
}

/* The type that a word of the specifiers names. */
static dt_type_t
item_type(dt_compile_t *c, const dt_spec_t *s, const dt_specitem_t *item, dt_src_t src)
{
	if (dt_type_ok(item->type))
		return item->type;
	if (s->is_user)
		return user_type(c, item, src);
	return item->kind == DT_SI_TAG ? dt_tag_reference(c, (uint32_t)item->n, item->name, src)
				       : named_type(c, item->name, src);
}

dt_spec_t *
dt_spec_add(dt_compile_t *c, dt_spec_t *s, dt_specitem_t item, dt_src_t src)
{
	if (!s) {
		s = dt_arena_alloc(c->arena, sizeof(*s));
		s->src = src;
	}
	switch (item.kind) {
	case DT_SI_STORAGE:
		if (s->storage != DT_ST_NONE)
			dt_error(c, "D_DECL_CLASS", src, "only one storage class is possible in a declaration");
		s->storage = (dt_storage_t)item.n;
		break;
	case DT_SI_BASE:
		set_base(c, s, (dt_basekind_t)item.n, src);
		break;
	case DT_SI_NAMED:
	case DT_SI_TAG:
	case DT_SI_SOU:
		set_base(c, s, DT_BK_NAMED, src);
		s->named = item_type(c, s, &item, src);
		s->is_sou = item.kind == DT_SI_SOU;
		s->declares_tag = item.kind == DT_SI_TAG || (item.kind == DT_SI_SOU && item.name);
		break;
	case DT_SI_SIGN:
		if (s->sign != DT_SIGN_NONE)
			dt_error(c, "D_DECL_COMBO", src, "signed or unsigned is written once");
		s->sign = (dt_sign_t)item.n;
		break;
	case DT_SI_SHORT:
		if (s->nshort || s->nlong)
			dt_error(c, "D_DECL_COMBO", src, "short stands alone, without short or long");
		s->nshort++;
		break;
	case DT_SI_LONG:
		if (s->nshort || s->nlong == 2)
			dt_error(c, "D_DECL_COMBO", src, "long is written at most twice, and not with short");
		s->nlong++;
		break;
	case DT_SI_CONST:
		s->is_const = true;
		break;
	case DT_SI_VOLATILE:
		s->is_volatile = true;
		break;
	case DT_SI_RESTRICT:
		break;
	case DT_SI_USER:
		if (s->base == DT_BK_NAMED)
			dt_error(c, "D_DECL_COMBO", src, "userland stands before the type");
		s->is_user = true;
		break;
	}
	return s;
}

/* Sizes and signs that do not go with the type (T4). */
static void
check_attributes(dt_compile_t *c, const dt_spec_t *s)
{
	bool sized = s->nshort || s->nlong, attr = sized || s->sign != DT_SIGN_NONE;
	switch (s->base) {
	case DT_BK_VOID:
		if (attr)
			dt_error(c, "D_DECL_VOIDATTR", s->src, "void has no size and no sign");
		break;
	case DT_BK_CHAR:
		if (sized)
			dt_error(c, "D_DECL_CHARATTR", s->src, "char is neither short nor long");
		break;
	case DT_BK_FLOAT:
	case DT_BK_DOUBLE:
		if (s->sign != DT_SIGN_NONE)
			dt_error(c, "D_DECL_SIGNINT", s->src, "only integers are signed or unsigned");
		if (s->nshort)
			dt_error(c, "D_DECL_LONGINT", s->src, "only integers are short");
		if (s->nlong > 1 || (s->nlong && s->base == DT_BK_FLOAT))
			dt_error(c, "D_DECL_COMBO", s->src, "no such floating-point type");
		break;
	case DT_BK_NAMED: {
		bool integer = dt_type_info(s->named).kind == DT_K_INT;
		if (attr && integer)
			dt_error(c, "D_DECL_COMBO", s->src, "a declaration names one type, not two");
		if (s->sign != DT_SIGN_NONE)
			dt_error(c, "D_DECL_SIGNINT", s->src, "only integers are signed or unsigned");
		if (sized)
			dt_error(c, "D_DECL_LONGINT", s->src, "only integers and double can be long");
		break;
	}
	default:
		break;
	}
}

static const char *
base_name(const dt_spec_t *s)
{
	static const char *const ints[2][4] = {
	    {"short", "int", "long", "long long"},
	    {"unsigned short", "unsigned int", "unsigned long", "unsigned long long"},
	};
	bool uns = s->sign == DT_SIGN_UNSIGNED;
	switch (s->base) {
	case DT_BK_VOID:
		return "void";
	case DT_BK_CHAR:
		return uns ? "unsigned char" : s->sign == DT_SIGN_SIGNED ? "signed char" : "char";
	case DT_BK_FLOAT:
		return "float";
	case DT_BK_DOUBLE:
		return s->nlong ? "long double" : "double";
	default:
		return ints[uns][s->nshort ? 0 : 1 + s->nlong];
	}
}

dt_type_t
dt_spec_type(dt_compile_t *c, dt_spec_t *s)
{
	if (dt_type_ok(s->type))
		return s->type;
	if (s->base == DT_BK_NONE && s->sign == DT_SIGN_NONE && !s->nshort && !s->nlong)
		dt_lex_error(c->lexer, "D_SYNTAX", "the declaration names no type");
	check_attributes(c, s);

	dt_type_t t = s->named;
	if (s->base != DT_BK_NAMED) {
		t = dt_type_lookup(c->dtp, base_name(s));
		if (!dt_type_ok(t))
			dt_error(c, "D_TYPE_ERR", s->src, "type %s cannot be found", base_name(s));
	}
	if (s->is_user && dt_type_info(t).kind == DT_K_STRING)
		dt_error(c, "D_DECL_COMBO", s->src,
			 "string is a type of D: a string of the process is a userland char *");
	if (s->is_user)
		t = dt_type_userland(c->dtp, t);
	if (s->is_const)
		t = dt_type_const(c->dtp, t);
	if (s->is_volatile)
		t = dt_type_volatile(c->dtp, t);
	s->type = t;
	return t;
}
