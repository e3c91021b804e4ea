/*
 * decl.h - C declarations of D programs: specifiers and declarators as the parser
 * collects them, and what comes out: a type, or a variable for sema to register.
 * Spec: language.md 3.1, 3.4; conditions: diagnostics.md 2.2.
 */
#ifndef DT_DECL_H
#define DT_DECL_H

#include "../sema/ident.h"
#include "compile.h"

typedef enum dt_storage {
	DT_ST_NONE,
	DT_ST_TYPEDEF,
	DT_ST_EXTERN,
	DT_ST_AUTO,
	DT_ST_REGISTER,
	DT_ST_STATIC,
	DT_ST_SELF,
	DT_ST_THIS
} dt_storage_t;

/* A finished declaration: DN_DECL, the head of DN_INLINE, the parameter of DN_XLATOR. */
typedef struct dt_decl {
	const char *name; /* NULL in a type name */
	dt_src_t src;
	dt_scope_t scope;
	dt_storage_t storage; /* DT_ST_NONE, _EXTERN, _SELF, _THIS */
	dt_type_t type;       /* of the value */
	bool is_const;
	int nkeys; /* > 0: associative array, or parameters of an inline */
	dt_type_t keys[DT_MAXKEYS];
	const char *keynames[DT_MAXKEYS]; /* inline parameters; NULL elsewhere */
} dt_decl_t;

/* Words before the declarators: "static const unsigned long". */
typedef enum dt_basekind {
	DT_BK_NONE,
	DT_BK_VOID,
	DT_BK_CHAR,
	DT_BK_INT,
	DT_BK_FLOAT,
	DT_BK_DOUBLE,
	DT_BK_NAMED /* typedef name, struct, union, enum, string */
} dt_basekind_t;
typedef enum dt_sign {
	DT_SIGN_NONE,
	DT_SIGN_SIGNED,
	DT_SIGN_UNSIGNED
} dt_sign_t;

typedef struct dt_spec {
	dt_src_t src;
	dt_storage_t storage;
	dt_basekind_t base;
	dt_sign_t sign;
	int nshort, nlong;
	bool is_const, is_volatile, is_user;
	bool declares_tag; /* names a struct, union or enum: no declarator is needed */
	bool is_sou;       /* defines a struct or union on the spot */
	dt_type_t named;   /* DT_BK_NAMED */
	dt_type_t type;    /* the result, once asked for */
} dt_spec_t;

/* Parts of a declarator, from the name outwards: *a[3] is array, pointer. */
typedef enum dt_modkind {
	DT_MOD_PTR,
	DT_MOD_ARRAY,
	DT_MOD_TUPLE, /* a[T1, T2] */
	DT_MOD_FUNC
} dt_modkind_t;

typedef struct dt_param {
	struct dt_param *next;
	const char *name;
	dt_src_t src;
	dt_type_t type;
	bool is_void;
} dt_param_t;

typedef struct dt_params {
	dt_param_t *head, **tail;
	int n;
	bool varargs;
} dt_params_t;

typedef struct dt_mod {
	struct dt_mod *next;
	dt_modkind_t kind;
	bool is_const, is_volatile; /* DT_MOD_PTR */
	dt_node_t *dim;             /* DT_MOD_ARRAY; NULL: [] */
	dt_params_t *params;        /* DT_MOD_TUPLE, DT_MOD_FUNC */
} dt_mod_t;

typedef struct dt_declarator {
	struct dt_declarator *next; /* in "a, *b, c[2]" */
	const char *name;           /* NULL: abstract */
	dt_src_t src;
	dt_mod_t *mods, **tail;
	int nmods;
	dt_node_t *width; /* bit-fields */
} dt_declarator_t;

/* One word of them; n: the storage class, base or sign. */
typedef struct dt_specitem {
	enum {
		DT_SI_STORAGE,
		DT_SI_BASE,
		DT_SI_NAMED, /* by name, or by type when there is no name */
		DT_SI_TAG,   /* struct, union, enum */
		DT_SI_SOU,   /* the same, defined on the spot; name may be NULL */
		DT_SI_SIGN,
		DT_SI_SHORT,
		DT_SI_LONG,
		DT_SI_CONST,
		DT_SI_VOLATILE,
		DT_SI_RESTRICT,
		DT_SI_USER
	} kind;
	int n;
	const char *name;
	dt_type_t type;
} dt_specitem_t;

/* spec.c: collecting specifiers; NULL starts a new declaration */
dt_spec_t *dt_spec_add(dt_compile_t *, dt_spec_t *, dt_specitem_t, dt_src_t);
dt_type_t dt_spec_type(dt_compile_t *, dt_spec_t *);

typedef struct dt_declarators {
	dt_declarator_t *head, *last;
} dt_declarators_t;

typedef struct dt_rawparam {
	dt_spec_t *spec;
	dt_declarator_t *dcl; /* or NULL */
} dt_rawparam_t;

/* decl.c: declarators, and what they mean in each place */
dt_declarator_t *dt_declarator_new(dt_compile_t *, const char *name, dt_src_t);
dt_mod_t *dt_mod_new(dt_compile_t *, dt_modkind_t);
void dt_declarator_add(dt_compile_t *, dt_declarator_t *, dt_mod_t *);
dt_params_t *dt_params_new(dt_compile_t *);
void dt_params_add(dt_compile_t *, dt_params_t *, dt_spec_t *, dt_declarator_t *);
dt_type_t dt_decl_typename(dt_compile_t *, dt_spec_t *, dt_declarator_t *); /* declarator may be NULL */
/* A program-level declaration takes effect: typedefs here, variables through c->item. */
void dt_decl_program(dt_compile_t *, dt_spec_t *, dt_declarator_t *list);
dt_decl_t *dt_decl_inline(dt_compile_t *, dt_spec_t *, dt_declarator_t *);
dt_decl_t *dt_decl_xlarg(dt_compile_t *, dt_spec_t *, dt_declarator_t *);
dt_type_t dt_decl_member_type(dt_compile_t *, dt_spec_t *, dt_declarator_t *, bool *open);

/* provdecl.c: provider name { probe ...; } */
dt_node_t *dt_decl_probe(dt_compile_t *, const char *name, dt_params_t *args, dt_params_t *out, dt_src_t);
dt_node_t *dt_decl_provider(dt_compile_t *, const char *name, dt_node_t *probes, dt_src_t);

/* tagdecl.c: struct, union, enum */
typedef struct dt_member_decl {
	struct dt_member_decl *next;
	dt_spec_t *spec;
	dt_declarator_t *dcl; /* NULL: no declarator at all */
} dt_member_decl_t;

typedef struct dt_members {
	dt_member_decl_t *head, *last;
} dt_members_t;

dt_members_t dt_members_add(dt_compile_t *, dt_members_t, dt_spec_t *, dt_declarator_t *);
dt_members_t dt_members_of(dt_compile_t *, dt_spec_t *, dt_declarator_t *list);
dt_members_t dt_members_join(dt_members_t, dt_members_t);
dt_type_t dt_tag_reference(dt_compile_t *, uint32_t ctfkind, const char *name, dt_src_t);
dt_type_t dt_sou_begin(dt_compile_t *, uint32_t ctfkind, const char *name, dt_src_t);
void dt_sou_members(dt_compile_t *, dt_type_t, dt_member_decl_t *);
dt_type_t dt_enum_define(dt_compile_t *, const char *name, dt_node_t *list, dt_src_t);

#endif
