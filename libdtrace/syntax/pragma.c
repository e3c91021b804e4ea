/* pragma.c - control lines: language.md 1.9, diagnostics.md 2.1. */
#include "pragma.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../sema/xlate.h"
#include "../session/probe.h"
#include "lexer.h"
#include "library.h"

enum {
	MAXWORDS = 8,
	/* Identifiers introduced after this D version would be hidden: D 1.13, as -V tells. */
	D_MAJOR = 1,
	D_MINOR = 13
};

typedef struct word {
	const char *text;
	bool quoted;
} word_t;

typedef struct line {
	dt_lexer_t *lx;
	word_t words[MAXWORDS];
	int n;                      /* may exceed MAXWORDS */
	const char *rest[MAXWORDS]; /* the line from word i on */
} line_t;

typedef struct pending {
	struct pending *next;
	const char *name; /* "translator": the next translator */
	int part;         /* of provider `name`: index into parts[]; -1: an identifier */
	bool has_attr;    /* attributes, else binding */
	dtrace_attribute_t attr;
	uint32_t version;
	dt_src_t src;
} pending_t;

struct dt_pragmas {
	pending_t *pending, **tail;
	int mark;      /* identifiers that were there before this program */
	int provdecls; /* and provider declarations */
};

static const char *const parts[] = {"provider", "module", "function", "name", "args"};
enum {
	NPARTS = sizeof(parts) / sizeof(parts[0])
};

/* ----------------------------------------------------------------- the names */

void
dt_pragmas_start(dt_compile_t *c)
{
	c->pragmas = dt_arena_alloc(c->arena, sizeof(*c->pragmas));
	c->pragmas->tail = &c->pragmas->pending;
	c->pragmas->mark = dt_idents_mark(c->dtp);
	c->pragmas->provdecls = c->dtp->provdecls.n;
}

static void __attribute__((noreturn)) foreign(dt_compile_t *c, const pending_t *p)
{
	dt_error(c, "D_PRAGMA_SCOPE", p->src, "%s is not defined by this program", p->name);
}

/* False: there is no such identifier yet. */
static bool
apply_ident(dt_compile_t *c, const pending_t *p)
{
	dt_ident_t *id = dt_ident_lookup(c->dtp, DT_SC_GLOBAL, p->name);
	if (!id)
		return false;
	if (id->lib != c->dtp->curlib || !dt_idents_since(c->dtp, id, c->pragmas->mark)) {
		if (c->dtp->curlib) /* the library left its own definition out: the program has one */
			return true;
		foreign(c, p);
	}
	if (p->has_attr) {
		id->attr = p->attr;
		id->attr_given = true;
	} else {
		id->version = p->version;
	}
	return true;
}

static bool
apply_provider(dt_compile_t *c, const pending_t *p)
{
	dt_provdecl_t *pv = dt_provdecl_byname(c->dtp, p->name);
	if (!pv)
		return false;
	if (c->dtp->provdecls.n == c->pragmas->provdecls || pv->lib != c->dtp->curlib)
		foreign(c, p);
	dtrace_attribute_t *of[NPARTS] = {&pv->attr.provider, &pv->attr.module, &pv->attr.function,
					  &pv->attr.name, &pv->attr.args};
	*of[p->part] = p->attr;
	return true;
}

bool
dt_pragma_translator(dt_compile_t *c, dtrace_attribute_t *attr, uint32_t *version)
{
	bool has_attr = false;
	for (pending_t **link = &c->pragmas->pending; *link;) {
		pending_t *p = *link;
		if (p->part >= 0 || strcmp(p->name, "translator") != 0) {
			link = &p->next;
			continue;
		}
		if (p->has_attr) {
			*attr = p->attr;
			has_attr = true;
		} else {
			*version = p->version;
		}
		*link = p->next;
		if (!*link)
			c->pragmas->tail = link;
	}
	return has_attr;
}

void
dt_pragmas_resolve(dt_compile_t *c)
{
	pending_t **link = &c->pragmas->pending;
	while (*link) {
		const pending_t *p = *link;
		if (p->part >= 0 ? apply_provider(c, p) : apply_ident(c, p))
			*link = p->next;
		else
			link = &(*link)->next;
	}
	c->pragmas->tail = link;
}

void
dt_pragmas_finish(dt_compile_t *c)
{
	dt_pragmas_resolve(c);
	const pending_t *p = c->pragmas->pending;
	if (p)
		dt_error(c, "D_PRAGMA_UNUSED", p->src, "#pragma D names %s, which this program does not define",
			 p->name);
}

static void
wait_for(const line_t *l, const char *name, int part, const dtrace_attribute_t *attr, uint32_t version)
{
	dt_compile_t *c = l->lx->c;
	pending_t *p = dt_arena_alloc(c->arena, sizeof(*p));
	p->name = name;
	p->src = dt_lex_src(l->lx);
	p->part = part;
	p->version = version;
	p->has_attr = attr != NULL;
	if (attr)
		p->attr = *attr;
	*c->pragmas->tail = p;
	c->pragmas->tail = &p->next;
	dt_pragmas_resolve(c);
}

/* ----------------------------------------------------------- #pragma D things */

static void
want_words(const line_t *l, int n, const char *form)
{
	if (l->n != n)
		dt_lex_error(l->lx, "D_PRAGMA_MALFORM", "malformed pragma, it is: #pragma D %s", form);
}

static void
pragma_option(const line_t *l)
{
	dt_compile_t *c = l->lx->c;
	want_words(l, 4, "option NAME or #pragma D option NAME=VALUE");
	char *name = dt_arena_strdup(c->arena, l->words[3].text), *val = strchr(name, '=');
	if (val)
		*val++ = '\0';
	if (dt_setopt_pragma(c->dtp, name, val) != 0)
		dt_lex_error(l->lx, "D_PRAGMA_OPTSET", "cannot set option %s%s%s: %s", name, val ? "=" : "",
			     val ? val : "", dtrace_errmsg(c->dtp, dtrace_errno(c->dtp)));
	c->cflags |= c->dtp->cflags;
}

static bool
parse_attr(char *text, dtrace_attribute_t *attr)
{
	char *data = strchr(text, '/'), *cls = data ? strchr(data + 1, '/') : NULL;
	int found = 0;
	if (!cls)
		return false;
	*data++ = '\0';
	*cls++ = '\0';
	for (int i = 0; i <= DTRACE_STABILITY_MAX; i++) {
		const char *name = dtrace_stability_name((dtrace_stability_t)i);
		if (strcmp(name, text) == 0) {
			attr->dtat_name = (dtrace_stability_t)i;
			found |= 1;
		}
		if (strcmp(name, data) == 0) {
			attr->dtat_data = (dtrace_stability_t)i;
			found |= 2;
		}
	}
	for (int i = 0; i <= DTRACE_CLASS_MAX; i++)
		if (strcmp(dtrace_class_name((dtrace_class_t)i), cls) == 0) {
			attr->dtat_class = (dtrace_class_t)i;
			found |= 4;
		}
	return found == 7;
}

static void
pragma_attributes(const line_t *l)
{
	static const char form[] =
	    "attributes NAME/DATA/CLASS IDENTIFIER, or NAME/DATA/CLASS provider PROVIDER "
	    "{provider|module|function|name|args}";
	dt_compile_t *c = l->lx->c;
	dtrace_attribute_t attr = {0};
	bool of_provider = l->n >= 5 && strcmp(l->words[4].text, "provider") == 0;
	want_words(l, of_provider ? 7 : 5, form);
	if (!parse_attr(dt_arena_strdup(c->arena, l->words[3].text), &attr))
		dt_lex_error(l->lx, "D_PRAGMA_INVAL", "%s is no stability triple like Stable/Stable/Common",
			     l->words[3].text);
	if (!of_provider) {
		wait_for(l, l->words[4].text, -1, &attr, 0);
		return;
	}
	for (int i = 0; i < NPARTS; i++)
		if (strcmp(l->words[6].text, parts[i]) == 0) {
			wait_for(l, l->words[5].text, i, &attr, 0);
			return;
		}
	dt_lex_error(l->lx, "D_PRAGMA_INVAL", "%s is not one of provider, module, function, name, args",
		     l->words[6].text);
}

/* "1.2" or "1.2.3" */
static bool
parse_version(const char *s, unsigned long v[3])
{
	for (int i = 0; i < 3; i++) {
		char *end;
		if (!isdigit((unsigned char)*s))
			return false;
		v[i] = strtoul(s, &end, 10);
		if (!*end)
			return i > 0;
		if (*end != '.')
			return false;
		s = end + 1;
	}
	return false;
}

static void
pragma_binding(const line_t *l)
{
	unsigned long v[3] = {0};
	if (l->n != 5 || !l->words[3].quoted)
		want_words(l, -1, "binding \"VERSION\" IDENTIFIER");
	if (!parse_version(l->words[3].text, v))
		dt_lex_error(l->lx, "D_PRAGMA_INVAL", "\"%s\" is no version like \"1.2\"", l->words[3].text);
	if (v[0] > D_MAJOR || (v[0] == D_MAJOR && v[1] > D_MINOR))
		dt_lex_error(l->lx, "D_PRAGMA_INVAL", "D version %s is not known: the latest is %d.%d",
			     l->words[3].text, D_MAJOR, D_MINOR);
	wait_for(l, l->words[4].text, -1, NULL, (uint32_t)(v[0] << 24 | (v[1] & 0xfff) << 12 | (v[2] & 0xfff)));
}

static bool
module_exists(dt_compile_t *c, const char *name)
{
	static const char *const kernel[] = {"vmlinux", "genunix", "unix", "kernel", "mach_kernel"};
	for (size_t i = 0; i < sizeof(kernel) / sizeof(kernel[0]); i++)
		if (strcmp(name, kernel[i]) == 0)
			return true;
	if (strchr(name, '/') || name[0] == '.')
		return false;
	return access(dt_arena_printf(c->arena, "/sys/module/%s", name), F_OK) == 0;
}

static bool
provider_exists(dt_compile_t *c, const char *name)
{
	dtrace_probedesc_t pd = {0};
	dt_probe_t **probes = NULL;
	if (strlen(name) >= sizeof(pd.dtpd_provider))
		return false;
	strcpy(pd.dtpd_provider, name);
	int n = dt_probe_match(c->dtp, &pd, &probes);
	free(probes);
	return n > 0;
}

/* What a program depends on must be here; a library without it is left out. */
static void
unmet(const line_t *l, const char *what, const char *name, const char *why)
{
	dt_compile_t *c = l->lx->c;
	if (c->dtp->curlib) {
		c->skip = true;
		longjmp(c->onerror, 1);
	}
	dt_lex_error(l->lx, "D_PRAGMA_DEPEND", "the program depends on %s %s, which %s", what, name, why);
}

static void
pragma_depends_on(const line_t *l)
{
	dt_compile_t *c = l->lx->c;
	want_words(l, 5, "depends_on {library|module|provider} NAME");
	const char *kind = l->words[3].text, *name = l->words[4].text;
	if (strcmp(kind, "library") == 0 && !c->dtp->curlib)
		dt_lex_error(l->lx, "D_PRAGMA_DEPEND", "only a D library may depend on a library (%s)", name);
	else if (strcmp(kind, "library") == 0) {
		int rc = dt_lib_depend(c, name);
		if (rc < 0)
			dt_lex_error(l->lx, "D_PRAGMA_DEPEND", "libraries depend on each other in a circle: %s",
				     name);
		if (!rc)
			unmet(l, kind, name, "is not there");
	} else if (strcmp(kind, "module") == 0 && !module_exists(c, name))
		unmet(l, kind, name, "is not loaded");
	else if (strcmp(kind, "provider") == 0 && !provider_exists(c, name))
		unmet(l, kind, name, "has no probes");
	else if (strcmp(kind, "module") != 0 && strcmp(kind, "provider") != 0)
		dt_lex_error(l->lx, "D_PRAGMA_INVAL", "depends_on knows library, module and provider, not %s",
			     kind);
}

/* ------------------------------------------------------------- control lines */

/* # N "file" flags...; i is the index of the number. */
static void
line_marker(const line_t *l, int i)
{
	dt_lexer_t *lx = l->lx;
	char *end = NULL;
	long n =
	    l->n > i && isdigit((unsigned char)l->words[i].text[0]) ? strtol(l->words[i].text, &end, 10) : -1;
	if (n < 0 || *end || n > 1000000000 || (l->n > i + 1 && !l->words[i + 1].quoted))
		dt_lex_error(lx, "D_PRAGMA_MALFORM", "malformed line marker, it is: # NUMBER \"FILE\"");
	lx->line = (int)n - 1; /* the newline that follows counts */
	if (l->n > i + 1)
		lx->file = l->words[i + 1].text;
}

static void
pragma_d(const line_t *l)
{
	const char *what = l->n > 2 ? l->words[2].text : "";
	if (strcmp(what, "option") == 0)
		pragma_option(l);
	else if (strcmp(what, "attributes") == 0)
		pragma_attributes(l);
	else if (strcmp(what, "binding") == 0)
		pragma_binding(l);
	else if (strcmp(what, "depends_on") == 0)
		pragma_depends_on(l);
	else
		dt_lex_error(l->lx, "D_PRAGMA_INVAL",
			     "#pragma D knows option, attributes, binding and depends_on, "
			     "not \"%s\"",
			     what);
}

/* Split into words; comments and backslash-newlines are blanks, "..." is one word. */
static void
split(line_t *l, const char *text, size_t len)
{
	dt_arena_t *arena = l->lx->c->arena;
	const char *s = dt_arena_strndup(arena, text, len);
	while (*s) {
		const char *end;
		if (isspace((unsigned char)*s) || (s[0] == '\\' && s[1] == '\n')) {
			s++;
			continue;
		}
		if (s[0] == '/' && s[1] == '*' && (end = strstr(s + 2, "*/"))) {
			s = end + 2;
			continue;
		}
		bool quoted = *s == '"' && strchr(s + 1, '"');
		const char *start = s;
		if (quoted) {
			start = s + 1;
			end = strchr(start, '"');
			s = end + 1;
		} else {
			while (*s && !isspace((unsigned char)*s))
				s++;
			end = s;
		}
		if (l->n < MAXWORDS) {
			l->words[l->n] =
			    (word_t){dt_arena_strndup(arena, start, (size_t)(end - start)), quoted};
			l->rest[l->n] = start - quoted;
		}
		l->n++;
	}
}

/* The text behind word i, for #error. */
static const char *
rest_of(const line_t *l, int i)
{
	return l->n > i ? l->rest[i] : "";
}

void
dt_control_line(dt_lexer_t *lx, const char *text, size_t len)
{
	line_t l = {.lx = lx};
	if (len > 1 && text[1] == '!') /* an interpreter line, wherever it stands */
		return;
	if (lx->pos >= lx->c->len) {
		lx->tokpos = lx->pos;
		dt_lex_error(lx, "D_SYNTAX", "control line does not end in a newline");
	}
	split(&l, text + 1, len - 1);
	if (l.n == 0)
		return;

	int i = 0;
	const char *what = l.words[0].text;
	bool pragma = strcmp(what, "pragma") == 0;
	if (isdigit((unsigned char)what[0])) {
		line_marker(&l, 0);
		return;
	}
	if (pragma) {
		what = l.n > 1 ? l.words[1].text : "";
		i = 1;
	}
	if (strcmp(what, "line") == 0)
		line_marker(&l, i + 1);
	else if (strcmp(what, "error") == 0)
		dt_lex_error(lx, "D_PRAGERR", "#error: %s", rest_of(&l, i + 1));
	else if (pragma && strcmp(what, "D") == 0)
		pragma_d(&l);
	else if (!pragma && strcmp(what, "ident") != 0)
		dt_lex_error(lx, "D_PRAGCTL_INVAL", "#%s is no control line of D%s", what,
			     strcmp(what, "include") == 0 || strcmp(what, "define") == 0 ||
				     strncmp(what, "if", 2) == 0
				 ? ": it needs the C preprocessor (-C)"
				 : "");
}
