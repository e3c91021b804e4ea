/*
 * symbols.c - symbols: of the kernel, `name and mod`name, and what extern declares about them; of the traced
 * process, ``name and obj``name (language.md 1.5, 2.5, 3.6).
 *
 * A function stands for its address, a constant.  A variable becomes *(T *)address, so that it is
 * read like all other kernel memory; one that each CPU has of its own is that of the current CPU.
 * T is what an extern declaration says, else what BTF says.  In a process it is `userland` T, as DWARF says.
 */
#include "sema.h"

#include "../../compat/compat.h"
#include "../process/ksyms.h"
#include "../process/proc.h"
#include "../syntax/decl.h"
#include "../syntax/library.h"

#include <string.h>

typedef struct symbol {
	uint64_t addr, size;
	bool is_data, of_process;
	const char *name; /* without its module */
	dt_type_t type;   /* DT_NOTYPE: nobody knows */
	bool percpu;
} symbol_t;

static const dtrace_attribute_t attr_symbol = {DTRACE_STABILITY_PRIVATE, DTRACE_STABILITY_PRIVATE,
					       DTRACE_CLASS_UNKNOWN};

static bool
has_module(dt_compile_t *c, const char *mod)
{
	return dt_type_iskernel(mod) || dt_ksym_ismodule(c->dtp, mod);
}

/* obj``name, ``name: of the traced process. */
static bool
is_process_scope(const char *mod)
{
	size_t n = strlen(mod);
	return n && mod[n - 1] == '`';
}

/* These and LM0`name: symbols of user programs. */
static bool
is_user_scope(const char *mod)
{
	return strchr(mod, '`') ||
	       (strncmp(mod, "LM", 2) == 0 && mod[2] && !mod[2 + strspn(mod + 2, "0123456789abcdefABCDEF")]);
}

static void __attribute__((noreturn)) unknown_symbol(dt_compile_t *c, const dt_node_t *n, const char *mod)
{
	const char *why = "";

	if (*mod && !has_module(c, mod))
		sema_undefined(c, "D_IDENT_UNDEF", n->src, "%s: no kernel module %s is loaded", n->name, mod);
	if (!dt_ksym_byname(c->dtp, NULL, "init_task"))
		why = ": /proc/kallsyms of this kernel lists functions only, no variables";
	sema_undefined(c, "D_IDENT_UNDEF", n->src, "%s: the kernel has no such symbol%s", n->name, why);
}

/* The declaration of exactly this name, else of the name without its module. */
static const dt_ident_t *
declared(dt_compile_t *c, const char *full, const char *name)
{
	const dt_ident_t *id = dt_ident_lookup(c->dtp, DT_SC_GLOBAL, full);

	if (!id)
		id = dt_ident_lookup(c->dtp, DT_SC_GLOBAL, name);
	return id && id->kind == DT_ID_EXTERN ? id : NULL;
}

/* What options knodefs and unodefs leave for run time: a variable at address 0, where to read is a fault. */
static symbol_t
absent(dt_compile_t *c, const char *name)
{
	return (symbol_t){.is_data = true, .name = name, .type = dt_basetypes(c->dtp)->i64};
}

static symbol_t
find_kernel(dt_compile_t *c, const dt_node_t *n, const char *mod, const char *name)
{
	symbol_t s = {.name = name};
	const dt_ksym_t *k = NULL;

	/* L22: the kernel proper before its modules. */
	if (!*mod || dt_type_iskernel(mod))
		k = dt_ksym_byname(c->dtp, "vmlinux", name);
	if (!k && !dt_type_iskernel(mod))
		k = dt_ksym_byname(c->dtp, *mod ? mod : NULL, name);
	if (!k && (c->cflags & DTRACE_C_KNODEF))
		return absent(c, name);
	if (!k)
		unknown_symbol(c, n, mod);
	s.addr = k->addr;
	s.size = k->size;
	s.is_data = k->is_data;
	s.type = dt_type_symbol(c->dtp, k->mod, name, k->is_data, &s.percpu);
	return s;
}

static symbol_t
find_user(dt_compile_t *c, const dt_node_t *n, const char *mod, const char *name)
{
	dt_usersym_t u;
	const char *why = "", *object = dt_arena_strndup(c->arena, mod, strlen(mod) - is_process_scope(mod));

	if (is_process_scope(mod) && dt_type_user_symbol(c->dtp, object, name, &u, &why))
		return (symbol_t){.addr = u.addr,
				  .size = u.size,
				  .is_data = !u.is_func,
				  .of_process = true,
				  .name = name,
				  .type = dt_type_userland(c->dtp, u.type)};
	if (c->cflags & DTRACE_C_UNODEF)
		return absent(c, name);
	if (is_process_scope(mod) && dt_procs_count(c->dtp) == 0)
		dt_error(c, "D_SYM_BADREF", n->src, "%s: %s", n->name, why);
	if (!is_process_scope(mod))
		dt_error(c, "D_SYM_BADREF", n->src,
			 "%s: symbols of user programs are written object``name, or ``name", n->name);
	sema_undefined(c, "D_IDENT_UNDEF", n->src, "%s: %s", n->name,
		       *why ? why : "the process has no such symbol");
	return absent(c, name);
}

static symbol_t
find(dt_compile_t *c, const dt_node_t *n)
{
	const char *tick = strrchr(n->name, '`'), *mod = "", *name = n->name;

	if (tick) {
		mod = dt_arena_strndup(c->arena, n->name, (size_t)(tick - n->name));
		name = tick + 1;
	}
	symbol_t s = is_user_scope(mod) ? find_user(c, n, mod, name) : find_kernel(c, n, mod, name);
	const dt_ident_t *id = is_user_scope(mod) ? NULL : declared(c, n->name, name);
	if (id)
		s.type = id->type;
	sema_use_attr(c, attr_symbol);
	return s;
}

static bool
is_function(const symbol_t *s)
{
	return !s->is_data;
}

/* Its address may be taken whether or not its type is known. */
static dt_type_t
pointer_to(dt_compile_t *c, const symbol_t *s)
{
	dt_type_t t = dt_type_ok(s->type) ? dt_type_pointer(c->dtp, s->type) : dt_basetypes(c->dtp)->voidp;
	return s->of_process ? dt_type_userland(c->dtp, t) : t;
}

static dt_node_t *
plus(dt_compile_t *c, dt_node_t *a, dt_node_t *b)
{
	dt_node_t *n = dt_node_new(c->arena, DN_BINARY, a->src);
	n->op = DT_OP_ADD;
	n->left = a;
	n->right = b;
	return n;
}

static dt_node_t *
deref(dt_compile_t *c, dt_node_t *address, dt_type_t type)
{
	dt_node_t *cast = dt_node_new(c->arena, DN_CAST, address->src);
	dt_node_t *n = dt_node_new(c->arena, DN_UNARY, address->src);

	cast->left = address;
	cast->dtype = dt_type_pointer(c->dtp, type);
	n->op = DT_OP_DEREF;
	n->left = cast;
	return n;
}

/* Of a per-CPU variable kallsyms gives the offset within each CPU's area; __per_cpu_offset[] says where that
 * is. */
static dt_node_t *
address_of(dt_compile_t *c, const dt_node_t *n, const symbol_t *s)
{
	const dt_basetypes_t *b = dt_basetypes(c->dtp);
	dt_node_t *at = sema_int(c, n, (int64_t)s->addr, b->uintptr);
	const dt_ksym_t *areas = s->percpu ? dt_ksym_byname(c->dtp, "vmlinux", "__per_cpu_offset") : NULL;

	if (!areas)
		return at;
	dt_node_t *cpu = dt_node_new(c->arena, DN_IDENT, n->src);
	dt_node_t *scaled = dt_node_new(c->arena, DN_BINARY, n->src);
	cpu->name = "cpu";
	scaled->op = DT_OP_MUL;
	scaled->left = cpu;
	scaled->right = sema_int(c, n, sizeof(uint64_t), b->u64);
	return plus(c, deref(c, plus(c, sema_int(c, n, (int64_t)areas->addr, b->u64), scaled), b->u64), at);
}

static void __attribute__((noreturn)) no_types(dt_compile_t *c, const dt_node_t *n, const symbol_t *s)
{
	if (s->of_process)
		dt_error(
		    c, "D_SYM_NOTYPES", n->src,
		    "%s: no type data of the process has its type (compile it with -g): cast its address, &%s",
		    n->name, n->name);
	dt_error(c, "D_SYM_NOTYPES", n->src,
		 "%s: the kernel's type data does not have its type: take its address with &, or declare it "
		 "(extern int "
		 "%s;)",
		 n->name, s->name);
}

/* A variable of Solaris that the kernel does not have itself but the consumer brings; -1: it is none. */
static int
brought(dt_compile_t *c, const dt_node_t *n)
{
	const char *tick = strrchr(n->name, '`'), *name = tick ? tick + 1 : n->name;
	size_t len = tick ? (size_t)(tick - n->name) : 0;
	bool kernel = len == 0 || (len == 4 && !strncmp(n->name, "unix", len)) ||
		      (len == 7 && (!strncmp(n->name, "genunix", len) || !strncmp(n->name, "vmlinux", len)));

	return kernel && !dt_ksym_byname(c->dtp, NULL, name) ? dt_kvar_find(name) : -1;
}

/* It becomes a global variable that programs cannot write. */
static void
use_brought(dt_compile_t *c, dt_node_t *n, int number)
{
	uint32_t count;
	dt_type_t t = dt_lib_type(c, dt_kvar_type(number, &count));
	const char *tick = strrchr(n->name, '`');
	const char *name = dt_arena_printf(c->dtp->arena, "`%s", tick ? tick + 1 : n->name);
	dt_ident_t *id = dt_ident_lookup(c->dtp, DT_SC_GLOBAL, name);

	if (!dt_type_ok(t))
		dt_error(c, "D_SYM_NOTYPES", n->src, "%s: the kernel's type data does not have its type",
			 n->name);
	if (!id) {
		id = dt_ident_insert(c->dtp, DT_SC_GLOBAL, DT_ID_SCALAR, name);
		id->type = count ? dt_type_array(c->dtp, t, count) : t;
		id->declared = id->is_const = true;
		id->attr = attr_symbol;
		id->kvar = number + 1;
	}
	n->id = id;
	n->type = id->type;
	n->lval = true;
	n->attr = attr_symbol;
	sema_use_attr(c, attr_symbol);
}

void
sema_symbol(dt_compile_t *c, dt_node_t **np)
{
	dt_node_t *n = *np, *r;
	int number = brought(c, n);

	if (number >= 0) {
		use_brought(c, n, number);
		return;
	}
	symbol_t s = find(c, n);

	if (is_function(&s)) {
		/* Without a declaration, and of no known type, it is an address all the same. */
		dt_type_t t = pointer_to(c, &s);
		r = sema_int(c, n, (int64_t)s.addr, t);
		r->attr = attr_symbol;
	} else {
		if (!dt_type_ok(s.type))
			no_types(c, n, &s);
		r = deref(c, address_of(c, n, &s), s.type);
		sema_cook(c, &r);
	}
	r->next = n->next;
	*np = r;
}

/* & of a symbol: a function's address is its value, and a variable of unknown type has one too. */
bool
sema_symbol_addr(dt_compile_t *c, dt_node_t **np)
{
	dt_node_t *n = *np, *operand = n->left, *r;

	if (operand->kind != DN_IDENT || operand->cooked)
		return false;
	const dt_ident_t *id = dt_ident_lookup(c->dtp, DT_SC_GLOBAL, operand->name);
	if (!strchr(operand->name, '`') && !(id && id->kind == DT_ID_EXTERN))
		return false;
	symbol_t s = find(c, operand);
	if (is_function(&s)) {
		r = operand;
		sema_symbol(c, &r);
	} else {
		dt_type_t t = pointer_to(c, &s);
		dt_node_t *cast = dt_node_new(c->arena, DN_CAST, n->src);
		cast->left = address_of(c, operand, &s);
		cast->dtype = t;
		r = cast;
		sema_cook(c, &r);
	}
	r->next = n->next;
	*np = r;
	return true;
}

/* E23: sizeof a function is that of its code.  -1: the operand is no function. */
int64_t
sema_symbol_size(dt_compile_t *c, const dt_node_t *n)
{
	if (n->kind != DN_IDENT || n->cooked || !strchr(n->name, '`') || brought(c, n) >= 0)
		return -1;
	symbol_t s = find(c, n);
	return is_function(&s) ? (int64_t)s.size : -1;
}

/* G14: whether there is such a symbol shows when it is used. */
void
sema_extern(dt_compile_t *c, const dt_decl_t *d)
{
	dt_ident_t *id = dt_ident_lookup(c->dtp, DT_SC_GLOBAL, d->name);

	if (d->nkeys > 0)
		dt_error(c, "D_DECL_DYNOBJ", d->src, "%s: an associative array cannot be extern", d->name);
	if (id && (id->kind != DT_ID_EXTERN || !sema_same(c, id->type, d->type)))
		dt_error(c, "D_DECL_IDRED", d->src, "%s is declared or used already with another meaning",
			 d->name);
	if (id)
		return;
	id = dt_ident_insert(c->dtp, DT_SC_GLOBAL, DT_ID_EXTERN, d->name);
	id->type = d->type;
	id->src = d->src;
	id->declared = id->is_const = true;
}
