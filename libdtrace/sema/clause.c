/*
 * clause.c - a clause: its probes, its statements, its predicate, and what the rest
 * of the library wants to know about it.
 *
 * The statements are typed before the predicate; if they use a name nobody has
 * defined, the predicate gets its turn first and the statements a second one, so
 * that a variable may be assigned in the predicate (diagnostics.md 1.2).
 */
#include "sema.h"

#include <stdlib.h>
#include <string.h>

static const dtrace_attribute_t attr_max = {DTRACE_STABILITY_MAX, DTRACE_STABILITY_MAX, DTRACE_CLASS_MAX};

static int
by_id(const void *a, const void *b)
{
	const dt_probe_t *pa = *(dt_probe_t *const *)a, *pb = *(dt_probe_t *const *)b;
	return (pa->id > pb->id) - (pa->id < pb->id);
}

/* Add the probes of one description; attributes depend on the provider alone. */
static void
add_matches(dt_compile_t *c, dt_clause_t *cl, const dtrace_probedesc_t *pd, dt_probe_t **found, int n)
{
	const struct dt_provider *last = NULL;
	dt_probe_t **all = dt_arena_alloc(c->arena, sizeof(dt_probe_t *) * (size_t)(cl->nprobes + n));

	for (int i = 0; i < n; i++)
		if (found[i]->provider != last) {
			last = found[i]->provider;
			cl->descattr = dtrace_attr_min(cl->descattr, dt_desc_attr(pd, found[i]));
		}
	if (cl->nprobes)
		memcpy(all, cl->probes, sizeof(dt_probe_t *) * (size_t)cl->nprobes);
	memcpy(all + cl->nprobes, found, sizeof(dt_probe_t *) * (size_t)n);
	n += cl->nprobes;
	qsort(all, (size_t)n, sizeof(dt_probe_t *), by_id);
	cl->nprobes = 0;
	for (int i = 0; i < n; i++)
		if (cl->nprobes == 0 || all[cl->nprobes - 1] != all[i])
			all[cl->nprobes++] = all[i];
	cl->probes = all;
}

static void
match(dt_compile_t *c, dt_clause_t *cl)
{
	dtrace_probespec_t spec = c->pspec == DTRACE_PROBESPEC_NONE ? DTRACE_PROBESPEC_NAME : c->pspec;

	cl->descattr = attr_max;
	cl->pdescs = dt_arena_alloc(c->arena, sizeof(*cl->pdescs) * (size_t)cl->ndescs);
	for (int i = 0; i < cl->ndescs; i++) {
		dtrace_probedesc_t *pd = &cl->pdescs[i];
		dt_probe_t **found = NULL;
		int n;

		c->dtp->desctag = NULL;
		if (dt_str2desc(c->dtp, spec, cl->descs[i], pd) != 0 ||
		    (n = dt_probe_match(c->dtp, pd, &found)) < 0)
			dt_error(c, c->dtp->desctag ? c->dtp->desctag : "D_PDESC_INVAL", cl->src,
				 "probe description %s: %s", cl->descs[i],
				 dtrace_errmsg(c->dtp, dtrace_errno(c->dtp)));
		if (n > 0)
			add_matches(c, cl, pd, found, n);
		free(found);
		if (n == 0 && !(c->cflags & DTRACE_C_ZDEFS)) {
			const char *why = dt_probe_why_absent(c->dtp);
			dt_error(
			    c, "D_PDESC_ZERO", cl->src,
			    why ? "probe description %s does not match any probes: %s"
				: "probe description %s does not match any probes (dtrace -l lists them, -Z "
				  "lets it match none)",
			    cl->descs[i], why);
		}
	}
}

static void
cook_predicate(dt_compile_t *c, dt_clause_t *cl)
{
	if (!cl->pred)
		return;
	c->ctx = DT_CTX_PREDICATE;
	sema_cook(c, &cl->pred);
	if (!sema_is_scalar(cl->pred->type))
		dt_error(c, "D_PRED_SCALAR", cl->pred->src, "a predicate must be an integer or pointer, not %s",
			 sema_tname(c, cl->pred->type));
}

static void
cook_clause(dt_compile_t *c, dt_clause_t *cl)
{
	dt_sema_t *s = sema_state(c);
	jmp_buf undefined;

	if (cl->pred) {
		s->undef = &undefined;
		if (setjmp(undefined) != 0) {
			s->undef = NULL;
			s->depth = s->inlines = 0;
			s->action = s->agg = NULL;
			s->dead = false;
			cook_predicate(c, cl);
		}
	}
	c->ctx = DT_CTX_ACTIONS;
	sema_stmts(c, &cl->stmts);
	s->undef = NULL;
	cook_predicate(c, cl);
	for (int i = 0; i < cl->nvalues; i++)
		sema_cook(c, &cl->values[i]);
	c->ctx = DT_CTX_NONE;
}

/* What the typed statements do: records, exit, aggregations. */
static void
note_effects(dt_compile_t *c, dt_clause_t *cl, const dt_node_t *list)
{
	dtrace_proginfo_t *info = &c->prog->info;

	for (const dt_node_t *n = list; n; n = n->next) {
		dt_node_t *e = n->left;
		if (n->kind == DN_IF) {
			note_effects(c, cl, n->body);
			note_effects(c, cl, n->orelse);
			continue;
		}
		if (e->kind == DN_ASSIGN && e->left->kind == DN_AGG)
			info->dpi_aggregates++;
		const dt_funcdesc_t *f = e->kind == DN_CALL ? dt_funcdesc(e->func) : NULL;
		if (!f || f->kind != DT_FK_ACT)
			continue;
		cl->records = true;
		info->dpi_recgens++;
		info->dpi_speculations += f->func == DT_F_SPECULATE;
		cl->has_exit |= f->func == DT_F_EXIT;
		cl->is_destructive |= f->destructive;
		if (f->func == DT_F_BREAKPOINT || f->func == DT_F_PANIC)
			cl->impossible = f->name;
		if (f->func == DT_F_PRINTA || f->func == DT_F_CLEAR || f->func == DT_F_TRUNC ||
		    f->func == DT_F_NORMALIZE || f->func == DT_F_DENORMALIZE)
			sema_check_use(c, e);
	}
}

static bool
below(dtrace_attribute_t a, dtrace_attribute_t min)
{
	return a.dtat_name < min.dtat_name || a.dtat_data < min.dtat_data || a.dtat_class < min.dtat_class;
}

static void
check_stability(dt_compile_t *c, const dt_clause_t *cl)
{
	char need[64];

	if (!(c->cflags & DTRACE_C_EATTR))
		return;
	dtrace_attr2str(c->dtp->amin, need, sizeof(need));
	if (below(cl->descattr, c->dtp->amin))
		dt_error(c, "D_ATTR_MIN", cl->src,
			 "the clause's probe descriptions are less stable than %s (option amin)", need);
	if (below(cl->stmtattr, c->dtp->amin))
		dt_error(c, "D_ATTR_MIN", cl->src,
			 "the clause's statements are less stable than %s (option amin)", need);
}

void
sema_clause(dt_compile_t *c, dt_node_t *item)
{
	dt_clause_t *cl = item->clause;
	dt_sema_t *s = sema_state(c);
	dtrace_proginfo_t *info = &c->prog->info;

	s->attr = (dtrace_attribute_t){DTRACE_STABILITY_STABLE, DTRACE_STABILITY_STABLE, DTRACE_CLASS_COMMON};
	s->argc = -1;
	cl->prog = c->prog;
	match(c, cl);
	c->clause = cl;
	cook_clause(c, cl);
	cl->records = !cl->stmts; /* an empty or absent body is the default action */
	sema_check_order(c, cl->stmts);
	note_effects(c, cl, cl->stmts);
	cl->stmtattr = s->attr;
	check_stability(c, cl);

	if (!c->prog->clauses)
		info->dpi_descattr = info->dpi_stmtattr = attr_max;
	info->dpi_descattr = dtrace_attr_min(info->dpi_descattr, cl->descattr);
	info->dpi_stmtattr = dtrace_attr_min(info->dpi_stmtattr, cl->stmtattr);
	info->dpi_matches += (unsigned int)cl->nprobes;
	*c->tail = cl;
	c->tail = &cl->next;
	c->clause = NULL;
}
