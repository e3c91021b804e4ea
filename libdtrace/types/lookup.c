/*
 * lookup.c - type names as people write them, to types.
 *
 *   [qualifiers] base [qualifiers | * ]... [ [n] ]... [ (*)(types) ]
 *
 * base is C's integer words in any order, `struct tag`, or a typedef; either may be
 * scoped: mod`name, struct mod`tag, mod`struct tag.  Scopes: C, D, vmlinux (and what other
 * systems call their kernel), or a kernel module.  Unscoped names: C, D, vmlinux, modules.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "types_impl.h"

enum {
	MAXWORD = 256,
	MAXDIMS = 8,
	MAXPARAMS = 16
};

typedef struct scan {
	dt_types_t *ts;
	const char *p;
	char word[MAXWORD]; /* the current identifier, "" at anything else */
	char scope[MAXWORD];
} scan_t;

static bool
ident_char(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '`' || c == '.';
}

/* Take the next identifier, putting a scope before the last backquote aside. */
static bool
next_word(scan_t *s)
{
	while (isspace((unsigned char)*s->p))
		s->p++;
	size_t n = 0;
	while (ident_char(s->p[n]))
		n++;
	s->word[0] = '\0';
	/* Modules may begin with a digit (9p), names may not. */
	if (!n || n >= MAXWORD || (isdigit((unsigned char)*s->p) && !memchr(s->p, '`', n)))
		return false;
	memcpy(s->word, s->p, n);
	s->word[n] = '\0';
	s->p += n;
	char *tick = strrchr(s->word, '`');
	if (tick) {
		*tick = '\0';
		strcpy(s->scope, s->word);
		memmove(s->word, tick + 1, strlen(tick + 1) + 1);
	}
	return true;
}

static bool
word_in(const char *w, const char *const *list)
{
	for (; *list; list++)
		if (!strcmp(w, *list))
			return true;
	return false;
}

bool
dt_type_iskernel(const char *scope)
{
	static const char *const names[] = {"vmlinux", "kernel", "genunix", "unix", "mach_kernel", NULL};
	return word_in(scope, names);
}

/* D's own name, or the kernel's, as the scope asks. */
static ctf_id_t
find(dt_types_t *ts, const char *scope, dt_ns_t ns, const char *name)
{
	if (!*scope || !strcmp(scope, "D") || !strcmp(scope, "C")) {
		dt_tname_t *n = dt_types_name(ts, ns, name);
		if (n)
			return n->id;
		return *scope ? 0 : dt_types_kernel(ts, ns, name, true);
	}
	if (dt_type_iskernel(scope))
		return dt_types_kernel(ts, ns, name, false);
	dt_btffile_t *f = dt_types_module(ts, scope);
	uint32_t id = f ? dt_btf_find(f->btf, dt_types_btfkind(ns), name) : 0;
	return id ? dt_types_import(ts, (int)(f - ts->btf.p), id) : 0;
}

/* Integer and floating words, counted; false when the word is none of them. */
typedef struct words {
	int is_signed, is_unsigned, is_short, is_long;
	const char *base;
} words_t;

static bool
count_word(words_t *w, const char *word)
{
	static const char *const bases[] = {"char", "int",   "float",    "double",
					    "void", "_Bool", "__int128", NULL};
	if (!strcmp(word, "signed"))
		w->is_signed++;
	else if (!strcmp(word, "unsigned"))
		w->is_unsigned++;
	else if (!strcmp(word, "short"))
		w->is_short++;
	else if (!strcmp(word, "long"))
		w->is_long++;
	else if (word_in(word, bases) && !w->base)
		for (int i = 0; bases[i]; i++)
			w->base = !strcmp(word, bases[i]) ? bases[i] : w->base;
	else
		return false;
	return true;
}

/* The intrinsic the words make together, 0 for a mix that is none ("short char"). */
static ctf_id_t
from_words(dt_types_t *ts, const words_t *w)
{
	char name[64];
	const char *base = w->base ? w->base : "int";
	bool is_int = !strcmp(base, "int"), is_char = !strcmp(base, "char"), is_128 = !strcmp(base, "__int128");
	if (w->is_signed + w->is_unsigned > 1 || w->is_short > 1 || w->is_long > 2 ||
	    (w->is_short && w->is_long))
		return 0;
	if ((w->is_signed || w->is_unsigned) && !is_int && !is_char && !is_128)
		return 0;
	if (w->is_short && !is_int)
		return 0;
	if (w->is_long && !is_int && !(w->is_long == 1 && !strcmp(base, "double")))
		return 0;
	const char *len = w->is_short ? "short " : w->is_long == 1 ? "long " : w->is_long ? "long long " : "";
	snprintf(name, sizeof(name), "%s%s%s",
		 w->is_unsigned            ? "unsigned "
		 : w->is_signed && is_char ? "signed "
					   : "",
		 len, is_int && *len ? "" : base);
	size_t n = strlen(name);
	if (n && name[n - 1] == ' ')
		name[n - 1] = '\0';
	return dt_types_intrinsic(ts, name);
}

static bool
qualifier(const char *word, ctf_id_t *id, dt_types_t *ts)
{
	static const char *const ignored[] = {"restrict", "__restrict", "__user", "__rcu",
					      "__percpu", "__iomem",    NULL};
	uint32_t kind = !strcmp(word, "const") ? CTF_K_CONST : !strcmp(word, "volatile") ? CTF_K_VOLATILE : 0;
	if (kind && *id)
		*id = dt_types_derive(ts, kind, *id);
	return kind || word_in(word, ignored);
}

/* Everything up to the first star, bracket or the end. */
static ctf_id_t
parse_base(scan_t *s)
{
	words_t w = {0};
	bool any_words = false, is_const = false, is_volatile = false;
	ctf_id_t id = 0, none = 0;
	const char *before = s->p;
	for (; next_word(s); before = s->p) {
		if (qualifier(s->word, &none, s->ts)) {
			is_const |= !strcmp(s->word, "const");
			is_volatile |= !strcmp(s->word, "volatile");
			continue;
		}
		if (!id && count_word(&w, s->word)) {
			any_words = true;
			continue;
		}
		if (any_words || id)
			return 0;
		bool st = !strcmp(s->word, "struct"), un = !strcmp(s->word, "union"),
		     en = !strcmp(s->word, "enum");
		if (st || un || en) {
			if (!next_word(s))
				return 0;
			id = find(s->ts, s->scope, st ? DT_NS_STRUCT : un ? DT_NS_UNION : DT_NS_ENUM, s->word);
		} else {
			id = find(s->ts, s->scope, DT_NS_TYPEDEF, s->word);
		}
		if (!id)
			return 0;
	}
	s->p = before;
	if (any_words)
		id = !*s->scope || !strcmp(s->scope, "C") || dt_type_iskernel(s->scope) ? from_words(s->ts, &w)
											: 0;
	if (id && is_volatile)
		id = dt_types_derive(s->ts, CTF_K_VOLATILE, id);
	return id && is_const ? dt_types_derive(s->ts, CTF_K_CONST, id) : id;
}

static void
skip_blanks(scan_t *s)
{
	while (isspace((unsigned char)*s->p))
		s->p++;
}

static ctf_id_t
parse_arrays(scan_t *s, ctf_id_t id)
{
	uint32_t dims[MAXDIMS];
	int n = 0;
	for (skip_blanks(s); *s->p == '['; skip_blanks(s)) {
		s->p++;
		char *end;
		unsigned long v = strtoul(s->p, &end, 0);
		for (s->p = end; isspace((unsigned char)*s->p); s->p++)
			;
		if (*s->p++ != ']' || n == MAXDIMS || v > UINT32_MAX)
			return 0;
		dims[n++] = (uint32_t)v;
	}
	while (n > 0 && id)
		id = dt_types_array(s->ts, id, dims[--n]);
	return id;
}

/* After what a function gives: "(*)(int, char *)" is a pointer to it. */
static ctf_id_t
parse_function(dtrace_hdl_t *dtp, scan_t *s, ctf_id_t result)
{
	static const char star[] = "(*)(";
	dt_type_t argv[MAXPARAMS];
	char param[MAXWORD];
	int argc = 0;
	if (strncmp(s->p, star, strlen(star)) != 0)
		return 0;
	s->p += strlen(star);
	for (size_t n; (n = strcspn(s->p, ",()")) > 0 && s->p[n] != '('; s->p += n + 1) {
		if (n >= sizeof(param) || argc == MAXPARAMS || !s->p[n])
			return 0;
		memcpy(param, s->p, n);
		param[n] = '\0';
		if (!dt_type_ok(argv[argc++] = dt_type_lookup(dtp, param)))
			return 0;
		if (s->p[n] == ',')
			continue;
		s->p += n + 1;
		if (argc == 1 && dt_type_info(argv[0]).kind == DT_K_VOID)
			argc = 0;
		dt_type_t f = dt_type_function(dtp, dt_types_value(s->ts, result), argv, argc, false);
		return dt_types_derive(s->ts, CTF_K_POINTER, f.id);
	}
	return 0;
}

dt_type_t
dt_type_lookup(dtrace_hdl_t *dtp, const char *name)
{
	scan_t s = {.ts = dtp->types, .p = name};
	ctf_id_t id = parse_base(&s);
	while (id) {
		skip_blanks(&s);
		if (*s.p == '*') {
			s.p++;
			id = dt_types_derive(s.ts, CTF_K_POINTER, id);
		} else if (*s.p == '[') {
			id = parse_arrays(&s, id);
		} else if (*s.p == '(') {
			id = parse_function(dtp, &s, id);
		} else if (!*s.p) {
			break;
		} else if (!next_word(&s) || !qualifier(s.word, &id, s.ts)) {
			id = 0;
		}
	}
	return dt_types_value(s.ts, id);
}

bool
dt_type_is_typedef(dtrace_hdl_t *dtp, const char *name)
{
	dt_types_t *ts = dtp->types;
	scan_t s = {.ts = ts, .p = name};
	if (!next_word(&s) || *s.p)
		return false;
	if (!*s.scope || !strcmp(s.scope, "D") || !strcmp(s.scope, "C")) {
		dt_tname_t *n = dt_types_name(ts, DT_NS_TYPEDEF, s.word);
		if (n)
			return ctf_type_kind(ts->fp, n->id) == CTF_K_TYPEDEF;
		/* Modules are not searched: this is asked of every word of a program. */
		return !*s.scope && dt_types_vmlinux(ts) &&
		       dt_btf_find(ts->btf.p[0].btf, BTF_KIND_TYPEDEF, s.word);
	}
	dt_btffile_t *f = dt_type_iskernel(s.scope) ? dt_types_vmlinux(ts) : dt_types_module(ts, s.scope);
	return f && dt_btf_find(f->btf, BTF_KIND_TYPEDEF, s.word);
}

static bool
is_percpu(const dt_btf_t *b, uint32_t var)
{
	const struct btf_type *sec = dt_btf_type(b, dt_btf_find(b, BTF_KIND_DATASEC, ".data..percpu"));
	const struct btf_var_secinfo *v = (const struct btf_var_secinfo *)(sec + 1);

	if (dt_btf_kind(sec) != BTF_KIND_DATASEC)
		return false;
	for (uint32_t i = 0; i < dt_btf_vlen(sec); i++)
		if (v[i].type == var)
			return true;
	return false;
}

dt_type_t
dt_type_symbol(dtrace_hdl_t *dtp, const char *mod, const char *name, bool is_data, bool *percpu)
{
	dt_types_t *ts = dtp->types;
	dt_btffile_t *f = dt_type_iskernel(mod) ? dt_types_vmlinux(ts) : dt_types_module(ts, mod);
	uint32_t id = f ? dt_btf_find(f->btf, is_data ? BTF_KIND_VAR : BTF_KIND_FUNC, name) : 0;

	*percpu = id && is_data && is_percpu(f->btf, id);
	return id ? dt_types_value(ts, dt_types_import(ts, (int)(f - ts->btf.p), id)) : DT_NOTYPE;
}
