/*
 * ident.c - the name tables of a handle.  Variables, arrays and aggregations get a
 * storage number, dense from 0 within their scope.  Insertions are remembered in
 * order, so that a failed compile is undone by popping back to its mark.
 */
#include "ident.h"

#include <stdlib.h>
#include <string.h>

#include "functions.h"

enum {
	NBUCKETS = 256,
	NSCOPES = DT_SC_AGG + 1,
	V1_2 = 1 << 24 | 2 << 12
};

struct dt_idents {
	dt_ident_t *bucket[NSCOPES][NBUCKETS];
	DT_VEC(dt_ident_t *) all;
	DT_VEC(dt_ident_t *) ids[NSCOPES];
};

static const dtrace_attribute_t attr_stable = {DTRACE_STABILITY_STABLE, DTRACE_STABILITY_STABLE,
					       DTRACE_CLASS_COMMON};

static const struct {
	const char *name;
	dt_builtin_t builtin;
} builtins[] = {
    {"args", DT_BV_ARGS},
    {"caller", DT_BV_CALLER},
    {"cpu", DT_BV_CPU},
    {"curthread", DT_BV_CURTHREAD},
    {"epid", DT_BV_EPID},
    {"errno", DT_BV_ERRNO},
    {"execname", DT_BV_EXECNAME},
    {"gid", DT_BV_GID},
    {"id", DT_BV_ID},
    {"ipl", DT_BV_IPL},
    {"pid", DT_BV_PID},
    {"ppid", DT_BV_PPID},
    {"probefunc", DT_BV_PROBEFUNC},
    {"probemod", DT_BV_PROBEMOD},
    {"probename", DT_BV_PROBENAME},
    {"probeprov", DT_BV_PROBEPROV},
    {"stackdepth", DT_BV_STACKDEPTH},
    {"tid", DT_BV_TID},
    {"timestamp", DT_BV_TIMESTAMP},
    {"ucaller", DT_BV_UCALLER},
    {"uid", DT_BV_UID},
    {"uregs", DT_BV_UREGS},
    {"ustackdepth", DT_BV_USTACKDEPTH},
    {"vtimestamp", DT_BV_VTIMESTAMP},
    {"walltimestamp", DT_BV_WALLTIMESTAMP},
    {"zonename", DT_BV_ZONENAME},
};

static unsigned int
hash(const char *s)
{
	unsigned int h = 2166136261u;
	while (*s)
		h = (h ^ (unsigned char)*s++) * 16777619u;
	return h % NBUCKETS;
}

static bool
has_storage(dt_idkind_t kind)
{
	return kind == DT_ID_SCALAR || kind == DT_ID_ARRAY || kind == DT_ID_AGG;
}

dt_ident_t *
dt_ident_lookup(dtrace_hdl_t *dtp, dt_scope_t scope, const char *name)
{
	dt_ident_t *id = dtp->idents->bucket[scope][hash(name)];
	while (id && (strcmp(id->name, name) != 0 || id->version > dtp->version))
		id = id->next;
	return id;
}

dt_ident_t *
dt_ident_insert(dtrace_hdl_t *dtp, dt_scope_t scope, dt_idkind_t kind, const char *name)
{
	struct dt_idents *t = dtp->idents;
	dt_ident_t **head = &t->bucket[scope][hash(name)];
	dt_ident_t *id = dt_arena_alloc(dtp->arena, sizeof(*id));

	id->name = dt_arena_strdup(dtp->arena, name);
	id->kind = kind;
	id->scope = scope;
	id->type = DT_NOTYPE;
	id->nkeys = kind == DT_ID_ARRAY || kind == DT_ID_AGG ? -1 : 0;
	id->attr = attr_stable;
	id->lib = dtp->curlib;
	id->id = -1;
	if (has_storage(kind)) {
		id->id = t->ids[scope].n;
		*dt_vec_push(&t->ids[scope]) = id;
	}
	id->next = *head;
	*head = id;
	*dt_vec_push(&t->all) = id;
	return id;
}

int
dt_idents_mark(dtrace_hdl_t *dtp)
{
	return dtp->idents->all.n;
}

bool
dt_idents_since(dtrace_hdl_t *dtp, const dt_ident_t *id, int mark)
{
	for (int i = mark; i < dtp->idents->all.n; i++)
		if (dtp->idents->all.p[i] == id)
			return true;
	return false;
}

/* Only what is last in its scope gives its storage number back: a variable of a library may stand above. */
void
dt_idents_rollback(dtrace_hdl_t *dtp, int mark)
{
	struct dt_idents *t = dtp->idents;
	int kept = mark;

	for (int i = t->all.n; i-- > mark;) {
		dt_ident_t *id = t->all.p[i], **link = &t->bucket[id->scope][hash(id->name)];
		if (id->lib != dtp->curlib)
			continue;
		while (*link != id)
			link = &(*link)->next;
		*link = id->next;
		if (id->id >= 0 && id->id == t->ids[id->scope].n - 1)
			t->ids[id->scope].n--;
		id->dead = true;
	}
	for (int i = mark; i < t->all.n; i++)
		if (!t->all.p[i]->dead)
			t->all.p[kept++] = t->all.p[i];
	t->all.n = kept;
}

int
dt_idents_count(dtrace_hdl_t *dtp, dt_scope_t scope)
{
	return dtp->idents->ids[scope].n;
}

dt_ident_t *
dt_ident_byid(dtrace_hdl_t *dtp, dt_scope_t scope, int id)
{
	struct dt_idents *t = dtp->idents;
	return id >= 0 && id < t->ids[scope].n ? t->ids[scope].p[id] : NULL;
}

static void
add_builtin(dtrace_hdl_t *dtp, const char *name, dt_builtin_t builtin, int64_t value)
{
	dt_ident_t *id = dt_ident_insert(dtp, DT_SC_GLOBAL, DT_ID_BUILTIN, name);

	id->builtin = builtin;
	id->value = value;
	id->is_const = id->declared = true;
	if (builtin == DT_BV_UCALLER || builtin == DT_BV_USTACKDEPTH)
		id->version = V1_2;
	if (builtin == DT_BV_ARGS || builtin == DT_BV_UREGS)
		id->nkeys = 1;
	if (builtin == DT_BV_CURTHREAD)
		id->attr.dtat_data = DTRACE_STABILITY_PRIVATE;
}

int
dt_idents_open(dtrace_hdl_t *dtp)
{
	dtp->idents = dt_xcalloc(1, sizeof(*dtp->idents));
	for (size_t i = 0; i < sizeof(builtins) / sizeof(builtins[0]); i++)
		add_builtin(dtp, builtins[i].name, builtins[i].builtin, 0);
	add_builtin(dtp, "__dt_each", DT_BV_EACH, 0);
	for (int i = 0; i < 10; i++) {
		char name[16];
		snprintf(name, sizeof(name), "arg%d", i);
		add_builtin(dtp, name, DT_BV_ARG, i);
	}
	for (int f = DT_F_NONE + 1; f < DT_F_MAX_; f++) {
		dt_ident_t *id = dt_ident_insert(dtp, DT_SC_GLOBAL, DT_ID_FUNC, dt_funcdesc(f)->name);
		id->func = f;
		id->version = dt_funcdesc(f)->version;
		id->declared = true;
	}
	/* NULL is a constant 0 wide enough for a pointer; its type is looked up at each use. */
	dt_ident_insert(dtp, DT_SC_GLOBAL, DT_ID_ENUM, "NULL")->declared = true;
	dt_regs_define(dtp);
	return 0;
}

void
dt_idents_close(dtrace_hdl_t *dtp)
{
	struct dt_idents *t = dtp->idents;

	if (!t)
		return;
	dt_vec_free(&t->all);
	for (int i = 0; i < NSCOPES; i++)
		dt_vec_free(&t->ids[i]);
	free(t);
	dtp->idents = NULL;
}
