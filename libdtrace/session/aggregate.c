/*
 * aggregate.c - the consumer's copy of the aggregations: see aggregate.h for what it
 * promises and aggimpl.h for how a row adds up.
 */
#include "../output/output.h"
#include "aggimpl.h"

#include <stdlib.h>
#include <string.h>

/* ------------------------------------------------------------------ rows */

static uint64_t
hash_bytes(const char *p, size_t n)
{
	uint64_t h = 0xcbf29ce484222325ULL ^ n, w;
	for (; n >= 8; p += 8, n -= 8) {
		memcpy(&w, p, 8);
		h = (h ^ w) * 0x9e3779b97f4a7c15ULL;
		h ^= h >> 29;
	}
	for (; n; p++, n--)
		h = (h ^ (unsigned char)*p) * 0x100000001b3ULL;
	return h ^ h >> 32;
}

static void
grow(dt_aggstate_t *st)
{
	uint32_t n = st->nslots ? st->nslots * 2 : 64;
	dt_row_t **tab = dt_xcalloc(n, sizeof(*tab));
	for (uint32_t i = 0; i < st->nslots; i++)
		for (dt_row_t *r = st->tab[i], *next; r; r = next) {
			next = r->next;
			r->next = tab[r->hash & (n - 1)];
			tab[r->hash & (n - 1)] = r;
		}
	free(st->tab);
	st->tab = tab;
	st->nslots = n;
}

static size_t
shown_size(const dt_aggstate_t *st)
{
	return st->info->desc.dtagd_size - st->valoff;
}

/* A row and all it needs in one piece of memory. */
static dt_row_t *
row_new(struct dt_aggregate *a, dt_aggstate_t *st, const char *data)
{
	size_t words = (size_t)a->ncols * (size_t)st->nwords;
	size_t datalen = ((size_t)st->info->desc.dtagd_size + 7) & ~(size_t)7;
	size_t shown = (shown_size(st) + 7) & ~(size_t)7, ncpus = a->ncols > 1 ? (size_t)a->ncpus : 0;
	size_t head = (sizeof(dt_row_t) + 15) & ~(size_t)15;
	dt_row_t *r = dt_xcalloc(1, head + 2 * words * 8 + datalen + ncpus * (sizeof(char *) + shown));
	char *p = (char *)r + head;
	r->base = (uint64_t *)(void *)p;
	r->live = r->base + words;
	p = (char *)(r->live + words);
	r->pub.agg = st->info;
	r->pub.data = (dtrace_aggdata_t){
	    .dtada_handle = a->dtp,
	    .dtada_desc = &st->info->desc,
	    .dtada_edesc = &st->edesc,
	    .dtada_pdesc = &st->pdesc,
	    .dtada_data = p,
	    .dtada_normal = st->normal,
	    .dtada_size = st->info->desc.dtagd_size,
	};
	memcpy(p, data, st->info->desc.dtagd_size);
	p += datalen;
	if (ncpus) {
		r->pub.data.dtada_flags = DTRACE_A_PERCPU;
		r->pub.data.dtada_percpu = (char **)(void *)p;
		p += ncpus * sizeof(char *);
		for (size_t c = 0; c < ncpus; c++)
			r->pub.data.dtada_percpu[c] = p + c * shown;
	}
	return r;
}

static dt_row_t *
row_find(struct dt_aggregate *a, dt_aggstate_t *st, const char *data)
{
	uint64_t h = hash_bytes(data + st->keyoff, st->keylen);
	if (st->nslots)
		for (dt_row_t *r = st->tab[h & (st->nslots - 1)]; r; r = r->next)
			if (r->hash == h &&
			    memcmp(r->pub.data.dtada_data + st->keyoff, data + st->keyoff, st->keylen) == 0)
				return r;
	if (st->nrows >= st->nslots)
		grow(st);
	dt_row_t *r = row_new(a, st, data);
	r->hash = h;
	r->next = st->tab[h & (st->nslots - 1)];
	st->tab[h & (st->nslots - 1)] = r;
	st->nrows++;
	return r;
}

#define FOREACH_ROW(st, r)                                                                                     \
	for (uint32_t slot_ = 0; slot_ < (st)->nslots; slot_++)                                                \
		for (dt_row_t *r = (st)->tab[slot_]; r; r = r->next)

/* Removed rows that have nothing in the kernel either. */
static void
sweep(dt_aggstate_t *st, int ncols)
{
	for (uint32_t i = 0; i < st->nslots; i++)
		for (dt_row_t **link = &st->tab[i], *r; (r = *link) != NULL;) {
			if (!r->pub.removed || !dt_aggval_is_zero(r->base, ncols * st->nwords)) {
				link = &r->next;
				continue;
			}
			*link = r->next;
			free(r);
			st->nrows--;
		}
}

/* --------------------------------------------------------------- snapshots */

/*
 * An aggregation without keys has its value from the start, used or not.  Zeros mean never used: where counting
 * could bring them back, a word behind the value is not zero then.
 */
static bool
touched(const dt_aggstate_t *st, const char *values, int ncpus)
{
	uint32_t stride = dt_agg_stride(st->info);
	for (int c = 0; c < ncpus; c++, values += stride)
		for (const char *p = values; p < values + st->info->value_size; p++)
			if (*p)
				return true;
	return false;
}

dt_row_t *
dt_agg_take(struct dt_aggregate *a, dt_aggstate_t *st, const void *kkey, char *values, bool to_base)
{
	if (st->info->nkeys == 0 && !touched(st, values, a->ncpus))
		return NULL;
	dt_agg_key(a, st->info, kkey, a->keybuf);
	dt_row_t *r = row_find(a, st, a->keybuf);
	uint64_t *to = to_base ? r->base : r->live;
	uint32_t stride = dt_agg_stride(st->info);
	for (int c = 0; c < a->ncpus; c++, values += stride) {
		uint64_t *v = (uint64_t *)(void *)values;
		dt_aggval_decode(st->func, v);
		dt_aggval_add(st->func, to, v, st->nwords);
		if (a->ncols > 1)
			dt_aggval_add(st->func, to + (c + 1) * st->nwords, v, st->nwords);
	}
	return r;
}

void
dt_agg_begin(dt_aggstate_t *st, int ncols)
{
	FOREACH_ROW(st, r)
	memset(r->live, 0, (size_t)ncols * (size_t)st->nwords * 8);
}

/* What the row shows now.  A removed one is back when its value has changed since. */
static void
show_row(struct dt_aggregate *a, dt_aggstate_t *st, dt_row_t *r)
{
	size_t n = (size_t)st->nwords, size = shown_size(st);
	for (int c = 0; c < a->ncols; c++) {
		memcpy(a->sum, r->base + (size_t)c * n, n * 8);
		dt_aggval_add(st->func, a->sum, r->live + (size_t)c * n, st->nwords);
		if (c == 0 && r->pub.removed && !dt_aggval_is_zero(a->sum, st->nwords))
			r->pub.removed = false;
		char *out = c ? r->pub.data.dtada_percpu[c - 1] : r->pub.data.dtada_data + st->valoff;
		if (st->info->nbuckets)
			dt_dist_show(st->info, a->sum, out);
		else
			dt_aggval_show(st->func, a->sum, st->nwords, out, size);
	}
	r->pub.data.dtada_normal = r->normal ? r->normal : st->normal;
}

void
dt_agg_end(struct dt_aggregate *a, dt_aggstate_t *st)
{
	FOREACH_ROW(st, r)
	show_row(a, st, r);
}

typedef struct reading {
	struct dt_aggregate *a;
	dt_aggstate_t *st;
	uint32_t gen;        /* fold: the generation to take */
	const dt_row_t *row; /* forget: the keys of this row, NULL: all */
	DT_VEC(char) keys;   /* to be deleted */
} reading_t;

static int
take_live(void *arg, const void *key, char *values)
{
	reading_t *rd = arg;
	dt_agg_take(rd->a, rd->st, key, values, false);
	return 0;
}

static int
snapshot(struct dt_aggregate *a, dt_aggstate_t *st)
{
	reading_t rd = {.a = a, .st = st};
	st->snaptime = dt_now();
	dt_agg_begin(st, a->ncols);
	int rc = dt_aggread(a->dtp, st->info, a->mod, take_live, &rd);
	dt_agg_end(a, st);
	return rc;
}

static uint32_t
key_size(const dt_aggstate_t *st)
{
	return st->info->key_size ? st->info->key_size : (uint32_t)sizeof(uint32_t);
}

static void
note_key(reading_t *rd, const void *key)
{
	for (uint32_t i = 0; i < key_size(rd->st); i++)
		*dt_vec_push(&rd->keys) = ((const char *)key)[i];
}

static int
delete_noted(reading_t *rd)
{
	int rc = 0, size = (int)key_size(rd->st);
	for (int at = 0; at < rd->keys.n && rc == 0; at += size)
		rc = dt_aggforget(rd->a->dtp, rd->st->info, rd->a->mod, rd->keys.p + at);
	dt_vec_free(&rd->keys);
	return rc;
}

/* Without keys the generation's low bit is the index. */
static int
take_generation(void *arg, const void *key, char *values)
{
	reading_t *rd = arg;
	uint32_t gen, mine = rd->st->info->key_size ? rd->gen : rd->gen & 1;
	memcpy(&gen, key, sizeof(gen));
	dt_agg_take(rd->a, rd->st, key, values, gen == mine);
	if (gen == mine)
		note_key(rd, key);
	return 0;
}

/* Does the kernel's side have generations?  struct dt_state has room for so many. */
static bool
has_generations(const dt_aggstate_t *st)
{
	enum {
		NGENS = sizeof(((struct dt_state *)0)->agggen) / sizeof(uint32_t)
	};
	return st->info->has_gen && st->info->id <= NGENS;
}

/*
 * Empty the kernel's side into base: programs go over to the next generation, those that still use the
 * old one end within a grace period, and then nothing touches the old one any more.
 */
static int
fold(struct dt_aggregate *a, dt_aggstate_t *st)
{
	struct dt_state *state = dt_session_state(a->dtp);
	uint32_t *gen = &state->agggen[st->info->id - 1];
	reading_t rd = {.a = a, .st = st, .gen = *gen};
	__atomic_store_n(gen, rd.gen + 1, __ATOMIC_SEQ_CST);
	if (dt_session_quiesce(a->dtp) != 0)
		return -1;
	st->snaptime = dt_now();
	st->fold_due = false;
	dt_agg_begin(st, a->ncols);
	int rc = dt_aggread(a->dtp, st->info, a->mod, take_generation, &rd);
	if (delete_noted(&rd) != 0)
		rc = -1;
	dt_agg_end(a, st);
	sweep(st, a->ncols);
	return rc;
}

static int
note_row_key(void *arg, const void *key, char *values)
{
	reading_t *rd = arg;
	(void)values;
	dt_agg_key(rd->a, rd->st->info, key, rd->a->keybuf);
	if (!rd->row || memcmp(rd->a->keybuf + rd->st->keyoff, rd->row->pub.data.dtada_data + rd->st->keyoff,
			       rd->st->keylen) == 0)
		note_key(rd, key);
	return 0;
}

/* Delete what the kernel has for this row. */
static int
forget(struct dt_aggregate *a, dt_aggstate_t *st, const dt_row_t *row)
{
	reading_t rd = {.a = a, .st = st, .row = row};
	int rc = dt_aggread(a->dtp, st->info, a->mod, note_row_key, &rd);
	return delete_noted(&rd) != 0 ? -1 : rc;
}

int
dtrace_aggregate_snap(dtrace_hdl_t *dtp)
{
	struct dt_aggregate *a = dtp->agg;
	if (!a)
		return 0;
	for (int i = 0; i < a->n; i++)
		if ((a->aggs[i].fold_due ? fold(a, &a->aggs[i]) : snapshot(a, &a->aggs[i])) != 0)
			return -1;
	return dt_drops_aggregation(dtp);
}

int
dt_aggregate_upto(dtrace_hdl_t *dtp, dt_agginfo_t *const *aggs, int naggs, uint64_t time)
{
	for (int i = 0; i < naggs; i++) {
		dt_aggstate_t *st = dt_agg_state(dtp, aggs[i]);
		if (!st || st->snaptime >= time)
			continue;
		bool empty_kernel = (dt_agg_is_minmax(st) || st->fold_due) && has_generations(st);
		if ((empty_kernel ? fold(dtp->agg, st) : snapshot(dtp->agg, st)) != 0)
			return -1;
	}
	return 0;
}

/* ------------------------------------------------------ clear, trunc, normalize */

static void
subtract(struct dt_aggregate *a, dt_aggstate_t *st, dt_row_t *r)
{
	for (int c = 0; c < a->ncols; c++)
		dt_aggval_negate(st->func, r->base + c * st->nwords, r->live + c * st->nwords, st->nwords);
}

static void
zero_row(struct dt_aggregate *a, dt_aggstate_t *st, dt_row_t *r)
{
	memset(r->base, 0, (size_t)a->ncols * (size_t)st->nwords * 8);
	memset(r->live, 0, (size_t)a->ncols * (size_t)st->nwords * 8);
}

static bool
has_live(const dt_aggstate_t *st)
{
	FOREACH_ROW(st, r)
	if (!dt_aggval_is_zero(r->live, st->nwords))
		return true;
	return false;
}

/* Minima and maxima: nothing of what is to go may stay in the kernel. */
static int
empty_kernel(struct dt_aggregate *a, dt_aggstate_t *st)
{
	if (!dt_agg_is_minmax(st) || !has_live(st))
		return 0;
	return has_generations(st) ? fold(a, st) : forget(a, st, NULL);
}

static void
take_away(struct dt_aggregate *a, dt_aggstate_t *st, dt_row_t *r)
{
	if (dt_agg_is_minmax(st))
		zero_row(a, st, r);
	else
		subtract(a, st, r);
}

int
dt_agg_row_clear(struct dt_aggregate *a, dt_aggstate_t *st, dt_row_t *r)
{
	if (dt_agg_is_minmax(st) && forget(a, st, r) != 0)
		return -1;
	take_away(a, st, r);
	show_row(a, st, r);
	return 0;
}

int
dt_agg_row_remove(struct dt_aggregate *a, dt_aggstate_t *st, dt_row_t *r)
{
	r->pub.removed = true;
	return dt_agg_row_clear(a, st, r);
}

int
dt_aggregate_do_clear(dtrace_hdl_t *dtp, dt_agginfo_t *info)
{
	dt_aggstate_t *st = dt_agg_state(dtp, info);
	if (!st)
		return dt_set_errno(dtp, EDT_BADAGGVAR);
	if (empty_kernel(dtp->agg, st) != 0)
		return -1;
	FOREACH_ROW(st, r)
	if (!r->pub.removed)
		take_away(dtp->agg, st, r);
	dt_agg_end(dtp->agg, st);
	return 0;
}

int
dt_aggregate_do_trunc(dtrace_hdl_t *dtp, dt_agginfo_t *info, int64_t n)
{
	dt_aggstate_t *st = dt_agg_state(dtp, info);
	if (!st)
		return dt_set_errno(dtp, EDT_BADAGGVAR);
	if (empty_kernel(dtp->agg, st) != 0)
		return -1;
	const dt_aggorder_t byvalue = {0};
	dt_aggrow_t **rows;
	int nrows = dt_agg_sorted(st, &byvalue, &rows);
	/* Ascending: the n largest are the last, the n smallest the first. */
	uint64_t keep = n < 0 ? -(uint64_t)n : (uint64_t)n;
	int kept = keep < (uint64_t)nrows ? (int)keep : nrows, from = n < 0 ? kept : 0;
	for (int i = from; i < from + nrows - kept; i++) {
		dt_row_t *r = (dt_row_t *)rows[i];
		r->pub.removed = true;
		take_away(dtp->agg, st, r);
	}
	free(rows);
	dt_agg_end(dtp->agg, st);
	/*
	 * The kernel's memory is freed by the next reading, not now: what has been counted in the meantime
	 * would join the n rows that a printa() after this one is to show.  Until then the rows that go must
	 * stay hidden, else what the kernel still has would bring them back.
	 */
	if (has_generations(st) && kept < nrows)
		st->fold_due = true;
	else
		sweep(st, dtp->agg->ncols);
	return 0;
}

int
dt_aggregate_do_normalize(dtrace_hdl_t *dtp, dt_agginfo_t *info, uint64_t factor)
{
	dt_aggstate_t *st = dt_agg_state(dtp, info);
	if (!st)
		return dt_set_errno(dtp, EDT_BADAGGVAR);
	if (factor == 0)
		return dt_set_errno(dtp, EDT_BADNORMAL);
	st->normal = factor;
	FOREACH_ROW(st, r)
	{
		r->normal = 0;
		r->pub.data.dtada_normal = factor;
	}
	return 0;
}

void
dt_aggregate_printed(dtrace_hdl_t *dtp, dt_agginfo_t *info)
{
	dt_aggstate_t *st = dt_agg_state(dtp, info);
	if (st)
		st->info->desc.dtagd_flags |= DTRACE_AGD_PRINTED;
}

/* ------------------------------------------------------------ opening, closing */

dt_aggstate_t *
dt_agg_state(dtrace_hdl_t *dtp, const dt_agginfo_t *info)
{
	struct dt_aggregate *a = dtp->agg;
	return a && info && info->id >= 1 && info->id <= (dtrace_aggid_t)a->n ? &a->aggs[info->id - 1] : NULL;
}

/* What dtada_edesc and dtada_pdesc show. */
static void
describe_origin(dtrace_hdl_t *dtp, dt_aggstate_t *st)
{
	const dt_clause_t *cl = st->info->clause;
	if (!cl || cl->nprobes == 0)
		return;
	st->info->desc.dtagd_epid = cl->epid0;
	st->edesc = (dtrace_eprobedesc_t){
	    .dtepd_epid = cl->epid0,
	    .dtepd_probeid = cl->probes[0]->id,
	    .dtepd_size = cl->recsize,
	    .dtepd_nrecs = cl->nrecs,
	    .dtepd_rec = cl->recs,
	};
	dtrace_id2desc(dtp, cl->probes[0]->id, &st->pdesc);
}

int
dt_aggregate_open(dtrace_hdl_t *dtp)
{
	const dt_module_t *mod = dtp->module;
	struct dt_aggregate *a = dtp->agg = dt_xcalloc(1, sizeof(*a));
	size_t max = 8;
	int words = 1;
	a->dtp = dtp;
	a->mod = mod;
	a->n = mod->aggs.n;
	a->ncpus = mod->ncpus;
	a->ncols = dt_optval(dtp, DT_OPT_AGGPERCPU, 0) ? 1 + mod->ncpus : 1;
	a->aggs = dt_xcalloc((size_t)a->n, sizeof(*a->aggs));
	for (int i = 0; i < a->n; i++) {
		dt_agginfo_t *info = mod->aggs.p[i];
		dt_aggstate_t *st = &a->aggs[i];
		st->info = info;
		st->func = info->ident->aggfunc;
		st->nwords = dt_aggval_words(info);
		st->valoff = info->recs[info->nkeys + 1].dtrd_offset;
		st->keyoff = info->nkeys ? info->recs[1].dtrd_offset : st->valoff;
		st->keylen = st->valoff - st->keyoff;
		st->normal = 1;
		describe_origin(dtp, st);
		if (info->desc.dtagd_size > max)
			max = info->desc.dtagd_size;
		if (st->nwords > words)
			words = st->nwords;
	}
	a->keybuf = dt_xcalloc(1, max);
	a->sum = dt_xcalloc((size_t)words, 8);
	return 0;
}

void
dt_aggregate_close(dtrace_hdl_t *dtp)
{
	struct dt_aggregate *a = dtp->agg;
	if (!a)
		return;
	for (int i = 0; i < a->n; i++) {
		dt_aggstate_t *st = &a->aggs[i];
		for (uint32_t s = 0; s < st->nslots; s++)
			for (dt_row_t *r = st->tab[s], *next; r; r = next) {
				next = r->next;
				free(r);
			}
		free(st->tab);
	}
	for (int i = 0; i < a->modules.n; i++)
		free(a->modules.p[i].name);
	dt_vec_free(&a->modules);
	free(a->aggs);
	free(a->keybuf);
	free(a->sum);
	free(a);
	dtp->agg = NULL;
}
