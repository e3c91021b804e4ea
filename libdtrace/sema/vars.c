/*
 * vars.c - what names stand for: variables, built-ins, enumerators, elements of
 * associative arrays, and how they come to exist (language.md 2.5, part 7).
 */
#include "sema.h"

#include "../syntax/library.h"

#include <ctype.h>
#include <string.h>

static const struct {
	dt_builtin_t builtin;
	const char *type;
} builtin_types[] = {
    {DT_BV_ARG, "int64_t"},
    {DT_BV_CALLER, "uintptr_t"},
    {DT_BV_CPU, "int"},
    {DT_BV_EPID, "uint_t"},
    {DT_BV_ERRNO, "int"},
    {DT_BV_EXECNAME, "string"},
    {DT_BV_GID, "unsigned int"},
    {DT_BV_ID, "uint_t"},
    {DT_BV_IPL, "uint_t"},
    {DT_BV_PID, "pid_t"},
    {DT_BV_PPID, "pid_t"},
    {DT_BV_PROBEFUNC, "string"},
    {DT_BV_PROBEMOD, "string"},
    {DT_BV_PROBENAME, "string"},
    {DT_BV_PROBEPROV, "string"},
    {DT_BV_STACKDEPTH, "uint32_t"},
    {DT_BV_TID, "id_t"},
    {DT_BV_TIMESTAMP, "uint64_t"},
    {DT_BV_UCALLER, "uint64_t"},
    {DT_BV_UID, "unsigned int"},
    {DT_BV_UREGS, "uint64_t"},
    {DT_BV_USTACKDEPTH, "uint32_t"},
    {DT_BV_VTIMESTAMP, "uint64_t"},
    {DT_BV_WALLTIMESTAMP, "int64_t"},
    {DT_BV_ZONENAME, "string"},
    {DT_BV_EACH, "uintptr_t"},
    {DT_BV_CURTHREAD, "struct task_struct *"},
};

static const char *
scope_prefix(dt_scope_t scope)
{
	return scope == DT_SC_SELF ? "self->" : scope == DT_SC_THIS ? "this->" : "";
}

bool
sema_is_var(const dt_node_t *n)
{
	if (n->kind == DN_IDENT || n->kind == DN_SELF || n->kind == DN_THIS)
		return n->id && n->id->kind == DT_ID_SCALAR;
	return n->kind == DN_INDEX && n->id && n->id->kind == DT_ID_ARRAY;
}

static dt_type_t
builtin_type(dt_compile_t *c, const dt_ident_t *id)
{
	for (size_t i = 0; i < sizeof(builtin_types) / sizeof(builtin_types[0]); i++)
		if (builtin_types[i].builtin == id->builtin)
			return dt_type_lookup(c->dtp, builtin_types[i].type);
	return DT_NOTYPE;
}

static void
cook_builtin(dt_compile_t *c, dt_node_t *n, dt_ident_t *id)
{
	if (id->nkeys > 0)
		dt_error(c, "D_IDENT_BADREF", n->src, "%s is an array: write %s[n]", n->name, n->name);
	n->type = builtin_type(c, id);
	if (!dt_type_ok(n->type))
		dt_error(c, "D_TYPE_ERR", n->src,
			 "the type of %s is not known: the kernel's type data (/sys/kernel/btf/vmlinux) cannot "
			 "be read",
			 n->name);
	n->trusted = id->builtin == DT_BV_CURTHREAD;
}

static void __attribute__((noreturn)) unknown_name(dt_compile_t *c, const dt_node_t *n)
{
	sema_absent(c, "D_IDENT_UNDEF", n->src, n->name);
	sema_undefined(c, "D_IDENT_UNDEF", n->src,
		       "%s is not defined: no variable, built-in or constant has this name", n->name);
}

/* The node stands for this variable. */
static void
set_var(dt_compile_t *c, dt_node_t *n, dt_ident_t *id)
{
	n->id = id;
	n->type = id->type;
	n->lval = true;
	n->writable = !id->is_const && !dt_type_info(id->type).is_const;
	sema_use_attr(c, id->attr);
}

dt_ident_t *
sema_global(dt_compile_t *c, const char *name)
{
	dt_ident_t *id = dt_ident_lookup(c->dtp, DT_SC_GLOBAL, name);

	if (!id && dt_lib_need(c, name))
		id = dt_ident_lookup(c->dtp, DT_SC_GLOBAL, name);
	return id;
}

void
sema_name(dt_compile_t *c, dt_node_t **np)
{
	dt_node_t *n = *np;
	dt_ident_t *id = sema_global(c, n->name);

	if (strchr(n->name, '`') || (id && id->kind == DT_ID_EXTERN)) {
		sema_symbol(c, np);
		return;
	}
	if (!id)
		unknown_name(c, n);
	n->id = id;
	n->attr = id->attr;
	sema_use_attr(c, id->attr);
	switch (id->kind) {
	case DT_ID_SCALAR:
		set_var(c, n, id);
		break;
	case DT_ID_BUILTIN:
		cook_builtin(c, n, id);
		break;
	case DT_ID_INLINE:
		sema_inline_expand(c, np, id, NULL);
		break;
	case DT_ID_ENUM:
		/* T26: enumerators of D programs are ints; NULL, the only one without a type, is a long. */
		*np = sema_int(c, n, id->value,
			       dt_type_ok(id->type) ? dt_basetypes(c->dtp)->i32 : dt_basetypes(c->dtp)->i64);
		break;
	case DT_ID_ARRAY:
		dt_error(c, "D_IDENT_BADREF", n->src, "%s is an associative array: it needs its keys in [ ]",
			 n->name);
	case DT_ID_FUNC:
		dt_error(c, "D_IDENT_BADREF", n->src, "%s is a function: call it as %s()", n->name, n->name);
	default:
		dt_error(c, "D_IDENT_BADREF", n->src, "%s cannot be used as a value", n->name);
	}
}

static dt_scope_t
node_scope(const dt_node_t *n)
{
	return n->kind == DN_SELF ? DT_SC_SELF : n->kind == DN_THIS ? DT_SC_THIS : DT_SC_GLOBAL;
}

/* self-> and this-> variables of our own D (providers/provider.h) are declared by the libraries. */
static dt_ident_t *
lookup_scoped(dt_compile_t *c, const dt_node_t *n)
{
	dt_ident_t *id = dt_ident_lookup(c->dtp, node_scope(n), n->name);

	if (!id && !strncmp(n->name, "__dt_", 5) && dt_lib_need(c, n->name))
		id = dt_ident_lookup(c->dtp, node_scope(n), n->name);
	return id;
}

void
sema_scoped(dt_compile_t *c, dt_node_t *n)
{
	dt_scope_t scope = node_scope(n);
	dt_ident_t *id = lookup_scoped(c, n);

	if (!id)
		sema_undefined(c, "D_VAR_UNDEF", n->src, "%s%s has not been declared or assigned",
			       scope_prefix(scope), n->name);
	if (id->kind == DT_ID_ARRAY)
		dt_error(c, "D_IDENT_BADREF", n->src, "%s%s is an associative array: it needs its keys in [ ]",
			 scope_prefix(scope), n->name);
	set_var(c, n, id);
}

/* Fix the type of a new array's or aggregation's key. */
static dt_type_t
key_type(dt_compile_t *c, const dt_ident_t *id, const dt_node_t *key)
{
	dt_type_t t = sema_vartype(c, key->type);

	/* Text keys of associative arrays are strings, so that any string finds them. */
	if (id->kind == DT_ID_ARRAY && dt_type_info(t).kind == DT_K_ARRAY && sema_strcompat(c, t))
		return dt_basetypes(c->dtp)->string;
	return t;
}

static bool
key_fits(dt_compile_t *c, dt_type_t want, const dt_node_t *key)
{
	dt_kind_t kind = dt_type_info(want).kind;

	if (kind == DT_K_PTR && sema_is_ptr(key->type))
		return true;
	if (kind == DT_K_ARRAY)
		return sema_same(c, want, key->type);
	if (kind == DT_K_STRUCT || kind == DT_K_UNION)
		return sema_same(c, want, key->type);
	return sema_assignable(c, want, key);
}

void
sema_key(dt_compile_t *c, dt_node_t **np)
{
	sema_cook_dyn(c, np);
	if (sema_is_dyn(*np))
		dt_error(c, "D_KEY_TYPE", (*np)->src,
			 "a translated object (%s) cannot be a key: use its members",
			 sema_tname(c, (*np)->type));
}

static void
cook_key_list(dt_compile_t *c, dt_node_t **list)
{
	for (; *list; list = &(*list)->next)
		sema_key(c, list);
}

/* Check cooked keys against the signature; the first use fixes it (W13). */
void
sema_keys(dt_compile_t *c, dt_ident_t *id, dt_node_t *at, dt_node_t *keys)
{
	int n = dt_node_count(keys), i = 0;
	const char *prefix = id->scope == DT_SC_AGG ? "@" : scope_prefix(id->scope);

	for (const dt_node_t *k = keys; k; k = k->next) {
		dt_tinfo_t ti = dt_type_info(k->type);
		bool by_action = id->kind == DT_ID_AGG && (ti.kind == DT_K_STACK || ti.kind == DT_K_SYMADDR);
		if (ti.kind == DT_K_VOID || ti.kind == DT_K_FLOAT || (ti.size == 0 && !by_action))
			dt_error(c, "D_KEY_TYPE", k->src, "a value of type %s cannot be a key",
				 sema_tname(c, k->type));
	}
	if (id->nkeys < 0) {
		if (n > DT_MAXKEYS)
			dt_error(c, "D_PROTO_LEN", at->src, "%s%s has %d keys: at most %d are possible", prefix,
				 id->name, n, DT_MAXKEYS);
		id->nkeys = n;
		for (dt_node_t *k = keys; k; k = k->next)
			id->keys[i++] = key_type(c, id, k);
		return;
	}
	if (n != id->nkeys)
		dt_error(c, "D_PROTO_LEN", at->src, "%s%s has %d key%s, here are %d", prefix, id->name,
			 id->nkeys, id->nkeys == 1 ? "" : "s", n);
	for (dt_node_t *k = keys; k; k = k->next, i++)
		if (!id->keyact[i] && !key_fits(c, id->keys[i], k))
			dt_error(c, "D_PROTO_ARG", k->src, "key %d of %s%s is of type %s, not %s", i + 1,
				 prefix, id->name, sema_tname(c, id->keys[i]), sema_tname(c, k->type));
}

static dt_ident_t *
base_ident(dt_compile_t *c, const dt_node_t *n)
{
	if (n->kind != DN_IDENT && n->kind != DN_SELF && n->kind != DN_THIS)
		return NULL;
	return n->kind == DN_IDENT ? sema_global(c, n->name) : lookup_scoped(c, n);
}

static void
cook_uregs(dt_compile_t *c, dt_node_t *n)
{
	sema_cook_list(c, &n->args);
	if (dt_node_count(n->args) != 1)
		dt_error(c, "D_PROTO_LEN", n->src, "uregs[] takes one index");
	if (!sema_is_int(n->args->type))
		dt_error(c, "D_PROTO_ARG", n->src, "the index of uregs[] must be an integer");
	if (sema_is_const(n->args) && n->args->ival >= DT_NREGS)
		dt_error(c, "D_REGS_IDX", n->src, "uregs[] has no register %lld: use the R_ constants",
			 (long long)n->args->ival);
	n->type = dt_basetypes(c->dtp)->u64;
}

/* An element of an associative array that exists already. */
static void
cook_assoc(dt_compile_t *c, dt_node_t *n, dt_ident_t *id)
{
	cook_key_list(c, &n->args);
	sema_keys(c, id, n, n->args);
	set_var(c, n, id);
	n->left->id = id;
	n->left->type = id->type;
	n->left->cooked = true;
}

/* Past name[ ... ] at p; NULL: something else is there. */
static const char *
skip_element(const char *p, const char *end, size_t len)
{
	int depth = 0;

	for (p += len; p < end && isspace((unsigned char)*p); p++)
		continue;
	if (p == end || *p != '[')
		return NULL;
	for (; p < end; p++)
		if (*p == '[')
			depth++;
		else if (*p == ']' && --depth == 0)
			break;
	for (p += p < end; p < end && isspace((unsigned char)*p); p++)
		continue;
	return p;
}

/* Does the text of the program assign an element of this array anywhere? */
static bool
is_assigned_somewhere(const dt_compile_t *c, const char *name)
{
	size_t len = strlen(name);
	const char *p = c->text, *end = c->text + c->len;

	for (; p && (size_t)(end - p) > len && (p = memmem(p, (size_t)(end - p), name, len)); p++) {
		if (p > c->text && (isalnum((unsigned char)p[-1]) || strchr("_>@`", p[-1])))
			continue;
		const char *q = skip_element(p, end, len);
		if (!q || end - q < 2)
			continue;
		if ((*q == '=' && q[1] != '=') || (strchr("+-*/%&|^", *q) && q[1] == '=') ||
		    (q[0] == q[1] && strchr("+-", q[0])))
			return true;
	}
	return false;
}

void
sema_index(dt_compile_t *c, dt_node_t **np)
{
	dt_node_t *n = *np;
	dt_ident_t *id = base_ident(c, n->left);

	if (id && id->kind == DT_ID_ARRAY) {
		cook_assoc(c, n, id);
		return;
	}
	if (id && id->kind == DT_ID_INLINE && id->nkeys > 0) {
		sema_inline_expand(c, np, id, n->args);
		return;
	}
	if (id && id->kind == DT_ID_BUILTIN && id->nkeys > 0) {
		n->id = n->left->id = id;
		n->left->cooked = true;
		sema_use_attr(c, id->attr);
		if (id->builtin == DT_BV_ARGS)
			sema_args(c, np);
		else
			cook_uregs(c, n);
		return;
	}
	/* Scripts ask in a predicate for what only a later clause assigns: it is 0 until then. */
	if (c->ctx == DT_CTX_PREDICATE && n->left->kind == DN_IDENT && sema_is_new_target(c, n) &&
	    is_assigned_somewhere(c, n->left->name)) {
		sema_target(c, np, dt_basetypes(c->dtp)->i64);
		return;
	}
	if (!id && n->left->kind == DN_THIS && !n->left->cooked)
		dt_error(c, "D_ARR_LOCAL", n->src,
			 "this->%s cannot be an associative array: use self-> or a global", n->left->name);
	sema_cook(c, &n->left);
	if (sema_is_var(n->left) && sema_is_scalar(n->left->type) && !sema_is_ptr(n->left->type))
		dt_error(c, n->args && n->args->next ? "D_ARR_BADREF" : "D_IDENT_BADREF", n->src,
			 "%s%s is a scalar, not an array", scope_prefix(node_scope(n->left)), n->left->name);
	sema_element(c, n);
}

static dt_ident_t *
declare(dt_compile_t *c, const dt_node_t *var, dt_idkind_t kind, dt_type_t type)
{
	dt_ident_t *id = dt_ident_insert(c->dtp, node_scope(var), kind, var->name);

	id->type = sema_vartype(c, type);
	id->src = var->src;
	if (!dt_type_ok(id->type) || dt_type_info(id->type).size == 0)
		dt_error(c, "D_OP_INCOMPAT", var->src, "a value of type %s cannot be assigned to a variable",
			 sema_tname(c, type));
	return id;
}

/* Does an assignment to this make a variable? */
bool
sema_is_new_target(dt_compile_t *c, const dt_node_t *n)
{
	const dt_node_t *var = n->kind == DN_INDEX ? n->left : n;

	return (var->kind == DN_IDENT || var->kind == DN_SELF || var->kind == DN_THIS) && !var->cooked &&
	       !strchr(var->name, '`') && !base_ident(c, var);
}

/* W2: the target of an assignment; a name not known yet becomes a variable of that type. */
void
sema_target(dt_compile_t *c, dt_node_t **np, dt_type_t type)
{
	dt_node_t *n = *np;
	dt_node_t *var = n->kind == DN_INDEX ? n->left : n;
	dt_ident_t *id = base_ident(c, var);

	if (id && (id->kind == DT_ID_INLINE || id->kind == DT_ID_ENUM))
		dt_error(c, "D_OP_WRITE", n->src, "%s is a constant: it cannot be assigned", var->name);
	if (!sema_is_new_target(c, n)) {
		sema_cook(c, np);
		return;
	}
	if (n->kind == DN_INDEX) {
		if (var->kind == DN_THIS)
			dt_error(c, "D_ARR_LOCAL", n->src,
				 "this->%s cannot be an associative array: use self-> or a global", var->name);
		cook_key_list(c, &n->args);
		declare(c, var, DT_ID_ARRAY, type);
	} else {
		declare(c, var, DT_ID_SCALAR, type);
	}
	sema_cook(c, np);
}

/* E13, T26: beside a value of type `en`, a bare name that is one of its enumerators. */
void
sema_enumerator(dt_compile_t *c, dt_node_t **np, dt_type_t en)
{
	dt_node_t *n = *np;
	int value;

	if (n->kind != DN_IDENT || n->cooked ||
	    !dt_type_enumerator(c->dtp, dt_type_resolve(c->dtp, en), n->name, &value))
		return;
	dt_ident_t *id = dt_ident_lookup(c->dtp, DT_SC_GLOBAL, n->name);
	if (id && !(id->kind == DT_ID_ENUM && id->value == value))
		dt_error(c, "D_IDENT_AMBIG", n->src, "%s is both an enumerator of %s and a D identifier",
			 n->name, sema_tname(c, en));
	dt_node_t *next = n->next;
	*np = sema_int(c, n, value, en);
	(*np)->next = next;
}
