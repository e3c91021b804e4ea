/*
 * compile.c - one compile from beginning to end, and how it fails.
 *
 * The first error leaves everything by longjmp: the program's arena, the lexer and
 * the identifiers made so far are taken back at the place the compile began.
 */
#include "compile.h"

#include <limits.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "../sema/xlate.h"
#include "lexer.h"
#include "library.h"
#include "pragma.h"

int dt_yyparse(dt_compile_t *);

/* LOCATION of diagnostics.md 1.2. */
static void
location(const dt_compile_t *c, dt_src_t src, char *buf, size_t size)
{
	const char *file = src.file ? src.file : c->filename;
	if (file)
		snprintf(buf, size, "\"%s\", line %d: ", file, src.line);
	else if (c->is_file)
		snprintf(buf, size, "line %d: ", src.line);
	else if (c->ctx == DT_CTX_ACTIONS)
		snprintf(buf, size, "in action list: ");
	else if (c->ctx == DT_CTX_PREDICATE)
		snprintf(buf, size, "in predicate: ");
	else
		buf[0] = '\0';
}

void
dt_error(dt_compile_t *c, const char *tag, dt_src_t src, const char *fmt, ...)
{
	char where[600], text[1024];
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	location(c, src, where, sizeof(where));
	if (c->cflags & DTRACE_C_ETAGS)
		dt_set_error(c->dtp, EDT_COMPILER, "[%s] %s%s", tag, where, text);
	else
		dt_set_error(c->dtp, EDT_COMPILER, "%s%s", where, text);
	c->errtag = tag;
	longjmp(c->onerror, 1);
}

static dt_compile_t *
compile_new(dtrace_hdl_t *dtp, dt_arena_t *arena, const char *text, size_t len, bool is_file,
	    dtrace_probespec_t pspec, uint32_t cflags, int argc, char *const argv[])
{
	dt_compile_t *c = dt_arena_alloc(arena, sizeof(*c));
	c->dtp = dtp;
	c->arena = arena;
	c->cflags = cflags | dtp->cflags;
	c->pspec = pspec;
	c->is_file = is_file;
	c->argc = argc;
	c->argv = argv;
	c->argused = dt_arena_alloc(arena, sizeof(*c->argused) * (size_t)(argc > 0 ? argc : 1));
	c->text = text;
	c->len = len;
	return c;
}

/* The checks that wait for the end of the text. */
static void
check_whole(dt_compile_t *c)
{
	dt_src_t end = dt_lex_src(c->lexer);
	if (!c->ndecls && !(c->cflags & DTRACE_C_EMPTY))
		dt_error(c, "D_EMPTY", end, "the program is empty: it has no clause and no declaration");
	/* L65: only the last operand is looked at. */
	if (c->argc > 1 && !c->argused[c->argc - 1] && !(c->cflags & DTRACE_C_ARGREF))
		dt_error(c, "D_MACRO_UNUSED", end,
			 "macro argument \"%s\" ($%d) is not used by the program (option argref allows it)",
			 c->argv[c->argc - 1], c->argc - 1);
	dt_pragmas_finish(c);
}

static void
take_item(dt_compile_t *c, dt_node_t *item)
{
	dt_sema_item(c, item);
	dt_pragmas_resolve(c);
}

static void
keep_item(dt_compile_t *c, dt_node_t *item)
{
	*c->itemtail = item;
	c->itemtail = &item->next;
}

/* False, with the handle's error set and nothing left behind, when the text is wrong. */
static bool
run(dt_compile_t *c, void (*finish)(dt_compile_t *))
{
	int mark = dt_idents_mark(c->dtp), xlators = c->dtp->xlators.n, provdecls = c->dtp->provdecls.n;
	if (c->len > INT_MAX / 2) {
		dt_set_error(c->dtp, EDT_COMPILER, "the program text is too long");
		return false;
	}
	if (setjmp(c->onerror) != 0) {
		dt_lexer_free(c->lexer);
		dt_idents_rollback(c->dtp, mark);
		dt_xlators_rollback(c->dtp, xlators, provdecls);
		return false;
	}
	c->lexer = dt_lexer_new(c);
	dt_pragmas_start(c);
	dt_yyparse(c);
	check_whole(c);
	if (finish)
		finish(c);
	dt_lexer_free(c->lexer);
	return true;
}

int
dt_compile_library(dtrace_hdl_t *dtp, const char *path, const char *text, size_t len)
{
	dtrace_prog_t *prog = dt_xcalloc(1, sizeof(*prog));
	prog->dtp = dtp;
	prog->arena = dt_arena_new();
	dt_compile_t *c =
	    compile_new(dtp, prog->arena, text, len, true, DTRACE_PROBESPEC_NONE, DTRACE_C_EMPTY, 0, NULL);
	c->cflags &= ~(uint32_t)(DTRACE_C_PSPEC | DTRACE_C_EATTR);
	c->filename = path;
	c->prog = prog;
	c->tail = &prog->clauses;
	c->item = take_item;
	if (!run(c, NULL)) {
		int rc = c->skip ? 1 : -1;
		dt_program_free(prog);
		return rc;
	}
	*dt_vec_push(&dtp->progs) = prog;
	return 0;
}

/* The values leave the list of statements before anybody wonders what they are for. */
static void
take_carrier(dt_compile_t *c, dt_node_t *item)
{
	dt_clause_t *cl = item->clause;
	int n = dt_node_count(cl->stmts) - c->nvalues;
	dt_node_t **end = &cl->stmts;
	for (int i = 0; i < n; i++)
		end = &(*end)->next;
	cl->values = dt_arena_alloc(c->arena, sizeof(*cl->values) * (size_t)(c->nvalues + 1));
	for (dt_node_t *s = *end; s; s = s->next)
		cl->values[cl->nvalues++] = s->left;
	*end = NULL;
	dt_sema_item(c, item);
}

dt_clause_t *
dt_compile_carrier(dtrace_hdl_t *dtp, const char *text, int nvalues)
{
	uint32_t flags = dtp->cflags;
	dtrace_prog_t *prog = dt_xcalloc(1, sizeof(*prog));
	prog->dtp = dtp;
	prog->arena = dt_arena_new();
	dtp->cflags = 0;
	dt_compile_t *c = compile_new(dtp, prog->arena, text, strlen(text), false, DTRACE_PROBESPEC_NAME,
				      DTRACE_C_ZDEFS, 0, NULL);
	c->prog = prog;
	c->tail = &prog->clauses;
	c->item = take_carrier;
	c->nvalues = nvalues;
	bool ok = run(c, dt_sema_finish);
	dtp->cflags = flags;
	if (!ok) {
		dt_program_free(prog);
		return NULL;
	}
	*dt_vec_push(&dtp->progs) = prog;
	return prog->clauses;
}

dtrace_prog_t *
dt_compile_text(dtrace_hdl_t *dtp, const char *text, size_t len, bool is_file, dtrace_probespec_t pspec,
		uint32_t cflags, int argc, char *const argv[])
{
	if (!dt_libs_start(dtp))
		return NULL;
	dtrace_prog_t *prog = dt_xcalloc(1, sizeof(*prog));
	prog->dtp = dtp;
	prog->arena = dt_arena_new();
	prog->name = argc > 0 && argv[0] ? dt_arena_strdup(prog->arena, argv[0]) : NULL;
	dtp->progtext = dt_arena_strndup(prog->arena, text, len);

	dt_compile_t *c = compile_new(dtp, prog->arena, text, len, is_file, pspec, cflags, argc, argv);
	c->prog = prog;
	c->tail = &prog->clauses;
	c->item = take_item;
	bool ok = run(c, dt_sema_finish);
	dtp->progtext = NULL;
	if (!ok) {
		dt_program_free(prog);
		return NULL;
	}
	prog->cflags = c->cflags;
	*dt_vec_push(&dtp->progs) = prog;
	return prog;
}

dt_node_t *
dt_parse_only(dtrace_hdl_t *dtp, dt_arena_t *arena, const char *text, size_t len, bool is_file,
	      dtrace_probespec_t pspec, uint32_t cflags, int argc, char *const argv[])
{
	dt_compile_t *c = compile_new(dtp, arena, text, len, is_file, pspec, cflags, argc, argv);
	c->itemtail = &c->items;
	c->item = keep_item;
	return run(c, NULL) ? c->items : NULL;
}

void
dt_program_free(dtrace_prog_t *prog)
{
	if (!prog)
		return;
	dt_arena_free(prog->arena);
	free(prog);
}
