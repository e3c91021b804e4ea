/*
 * aggsort.c - rows in order: by value and then key, or the other way round
 * (output.md 4.4, language.md 6.4); rows of several aggregations joined by key.
 */
#include "../output/output.h"
#include "aggimpl.h"

#include <stdlib.h>
#include <string.h>

dt_aggorder_t
dt_agg_order(const dtrace_hdl_t *dtp)
{
	uint64_t keypos = dt_optval(dtp, DT_OPT_AGGSORTKEYPOS, 0), pos = dt_optval(dtp, DT_OPT_AGGSORTPOS, 0);
	return (dt_aggorder_t){
	    .bykey = dt_optval(dtp, DT_OPT_AGGSORTKEY, 0) != 0,
	    .reverse = dt_optval(dtp, DT_OPT_AGGSORTREV, 0) != 0,
	    .keypos = keypos < DT_MAXKEYS ? (int)keypos : 0,
	    .pos = pos < INT32_MAX ? (int)pos : 0,
	};
}

/* ---------------------------------------------------------------- weights */

/* Distributions: each count at its bucket's label; what lies outside just beyond its edge. */
static void
weigh_distribution(dt_row_t *r, const dt_agginfo_t *info, const char *value)
{
	value += dt_dist_head(info);
	r->weight = 0;
	r->zero = 0;
	for (int i = 0; i < info->nbuckets; i++) {
		int64_t count;
		int edge = 0;
		memcpy(&count, value + (size_t)i * 8, 8);
		if (count == 0)
			continue;
		int64_t label = dt_dist_label(info, i, &edge);
		r->weight += ((long double)label + edge) * (long double)count;
		if (label == 0 && edge == 0)
			r->zero = count;
	}
}

static void
weigh(dt_row_t *r, const dt_aggstate_t *st)
{
	const char *value = r->pub.data.dtada_data + st->valoff;
	uint64_t count;
	int64_t v;
	switch (st->func) {
	case DTRACEAGG_COUNT:
	case DTRACEAGG_SUM:
	case DTRACEAGG_MIN:
	case DTRACEAGG_MAX:
		memcpy(&v, value, 8);
		r->weight = (long double)v;
		break;
	case DTRACEAGG_AVG:
		memcpy(&count, value, 8);
		memcpy(&v, value + 8, 8);
		r->weight = count ? (long double)(int64_t)((__int128)v / (__int128)count) : 0;
		break;
	case DTRACEAGG_STDDEV: {
		dtrace_aggdata_t raw = r->pub.data;
		raw.dtada_normal = 1;
		r->weight = (long double)(uint64_t)dt_agg_scalar(&raw);
		break;
	}
	default:
		weigh_distribution(r, st->info, value);
		break;
	}
}

/* -------------------------------------------------------------- comparison */

static int
cmp_unsigned(uint64_t a, uint64_t b)
{
	return a < b ? -1 : a > b;
}

static int
cmp_signed(int64_t a, int64_t b)
{
	return a < b ? -1 : a > b;
}

static int
cmp_bytes(const char *a, size_t na, const char *b, size_t nb)
{
	int rc = memcmp(a, b, na < nb ? na : nb);
	return rc ? rc : cmp_unsigned(na, nb);
}

static bool
is_integer(const dtrace_recdesc_t *rec)
{
	uint32_t size = rec->dtrd_size;
	return rec->dtrd_action == DTRACEACT_DIFEXPR && !(rec->dtrd_arg & DT_RECF_STRING) &&
	       (size == 1 || size == 2 || size == 4 || size == 8);
}

static int64_t
integer(const dtrace_recdesc_t *rec, const char *p)
{
	uint64_t v = 0;
	memcpy(&v, p, rec->dtrd_size);
	int shift = rec->dtrd_arg & DT_RECF_SIGNED ? 64 - 8 * (int)rec->dtrd_size : 0;
	return (int64_t)(v << shift) >> shift;
}

static int
cmp_addresses(const char *a, const char *b, uint32_t size)
{
	for (uint32_t i = 0; i + 8 <= size; i += 8) {
		uint64_t x, y;
		memcpy(&x, a + i, 8);
		memcpy(&y, b + i, 8);
		if (x != y)
			return cmp_unsigned(x, y);
	}
	return 0;
}

/* One key of each; of different kinds they have an order, too, though one without a meaning. */
static int
cmp_key(const dtrace_recdesc_t *ra, const char *a, const dtrace_recdesc_t *rb, const char *b)
{
	size_t na = ra->dtrd_size, nb = rb->dtrd_size;
	if (ra->dtrd_action != rb->dtrd_action)
		return ra->dtrd_action < rb->dtrd_action ? -1 : 1;
	if (ra->dtrd_action != DTRACEACT_DIFEXPR) {
		int rc = cmp_addresses(a, b, (uint32_t)(na < nb ? na : nb));
		return rc ? rc : cmp_unsigned(na, nb);
	}
	if (is_integer(ra) && is_integer(rb)) {
		int64_t x = integer(ra, a), y = integer(rb, b);
		return ra->dtrd_arg & rb->dtrd_arg & DT_RECF_SIGNED ? cmp_signed(x, y)
								    : cmp_unsigned((uint64_t)x, (uint64_t)y);
	}
	/* Texts of one key may have more room here than there. */
	if (ra->dtrd_arg & rb->dtrd_arg & DT_RECF_STRING)
		return cmp_bytes(a, strnlen(a, na), b, strnlen(b, nb));
	return cmp_bytes(a, na, b, nb);
}

static int
cmp_keys(const dt_aggrow_t *a, const dt_aggrow_t *b, int keypos)
{
	int n = a->agg->nkeys < b->agg->nkeys ? a->agg->nkeys : b->agg->nkeys;
	if (keypos >= n)
		keypos = 0;
	for (int k = 0; k < n; k++) {
		int i = 1 + (keypos + k) % n;
		const dtrace_recdesc_t *ra = &a->agg->recs[i], *rb = &b->agg->recs[i];
		int rc =
		    cmp_key(ra, a->data.dtada_data + ra->dtrd_offset, rb, b->data.dtada_data + rb->dtrd_offset);
		if (rc)
			return rc;
	}
	return a->agg->nkeys - b->agg->nkeys;
}

/* A missing row is one of that function's zero. */
static int
cmp_values(const dt_aggrow_t *a, const dt_aggrow_t *b)
{
	const dt_row_t *x = (const dt_row_t *)a, *y = (const dt_row_t *)b;
	long double wx = x ? x->weight : 0, wy = y ? y->weight : 0;
	if (wx != wy)
		return wx < wy ? -1 : 1;
	return cmp_signed(x ? x->zero : 0, y ? y->zero : 0);
}

typedef struct ordering {
	const dt_aggorder_t *order;
	int naggs;
} ordering_t;

static const dt_aggrow_t *
first_of(dt_aggrow_t *const *rows, int n)
{
	for (int i = 0; i < n; i++)
		if (rows[i])
			return rows[i];
	return NULL;
}

/* Joined rows: pointers, one an aggregation. */
static int
cmp_joined(const void *va, const void *vb, void *arg)
{
	const ordering_t *o = arg;
	dt_aggrow_t *const *a = va, *const *b = vb;
	int pos = o->order->pos < o->naggs ? o->order->pos : 0, byvalue = 0;
	for (int k = 0; k < o->naggs && byvalue == 0; k++) {
		int j = (pos + k) % o->naggs;
		byvalue = cmp_values(a[j], b[j]);
	}
	int bykey = cmp_keys(first_of(a, o->naggs), first_of(b, o->naggs), o->order->keypos);
	int rc = o->order->bykey ? bykey ? bykey : byvalue : byvalue ? byvalue : bykey;
	return o->order->reverse ? -rc : rc;
}

static void
sort(dt_aggrow_t **rows, int n, int naggs, const dt_aggorder_t *order)
{
	ordering_t o = {order, naggs};
	if (n > 1)
		qsort_r(rows, (size_t)n, (size_t)naggs * sizeof(*rows), cmp_joined, &o);
}

/* ------------------------------------------------------- rows of one aggregation */

/*
 * What decides between nearly all pairs of rows, side by side in memory: a million rows are
 * sorted in their own time, not in that of a million cache misses.  Order-preserving numbers.
 */
typedef struct sortkey {
	uint64_t value;
	uint64_t key; /* of the first key compared: all of an integer, the beginning of a text */
	dt_aggrow_t *row;
} sortkey_t;

typedef struct keyorder {
	const dt_aggorder_t *order;
	bool exact; /* value says all: the function is not a distribution */
} keyorder_t;

static uint64_t
ordered_signed(int64_t v)
{
	return (uint64_t)v ^ (1ULL << 63);
}

static uint64_t
ordered_real(double v)
{
	int64_t bits;
	memcpy(&bits, &v, sizeof(bits));
	return bits < 0 ? ~(uint64_t)bits : (uint64_t)bits | (1ULL << 63);
}

static uint64_t
value_number(const dt_aggstate_t *st, const dt_row_t *r)
{
	if (st->info->nbuckets)
		return ordered_real((double)r->weight);
	return st->func == DTRACEAGG_STDDEV ? (uint64_t)r->weight : ordered_signed((int64_t)r->weight);
}

static uint64_t
key_number(const dtrace_recdesc_t *rec, const char *data)
{
	uint64_t v = 0;
	uint32_t size = rec->dtrd_size < 8 ? rec->dtrd_size : 8;
	memcpy(&v, data, size);
	bool is_text = rec->dtrd_arg & DT_RECF_STRING;
	bool is_value = rec->dtrd_action == DTRACEACT_DIFEXPR;
	if (!is_value || (!is_text && (size == 1 || size == 2 || size == 4 || rec->dtrd_size == 8))) {
		int shift = 64 - 8 * (int)size;
		return is_value && rec->dtrd_arg & DT_RECF_SIGNED
			   ? ordered_signed((int64_t)(v << shift) >> shift)
			   : v;
	}
	return __builtin_bswap64(v); /* memcmp() of the first bytes */
}

static int
cmp_sortkeys(const void *va, const void *vb, void *arg)
{
	const keyorder_t *o = arg;
	const sortkey_t *a = va, *b = vb;
	int byvalue = cmp_unsigned(a->value, b->value);
	if (!byvalue && !o->exact)
		byvalue = cmp_values(a->row, b->row);
	int rc = byvalue;
	if (o->order->bykey || !byvalue) {
		int bykey = cmp_unsigned(a->key, b->key);
		if (!bykey)
			bykey = cmp_keys(a->row, b->row, o->order->keypos);
		rc = bykey ? bykey : byvalue;
	}
	return o->order->reverse ? -rc : rc;
}

static void
sort_one(const dt_aggstate_t *st, dt_aggrow_t **rows, int n, const dt_aggorder_t *order)
{
	const dt_agginfo_t *info = st->info;
	const dtrace_recdesc_t *rec =
	    info->nkeys ? &info->recs[1 + (order->keypos < info->nkeys ? order->keypos : 0)] : NULL;
	sortkey_t *keys = dt_xcalloc((size_t)n, sizeof(*keys));
	for (int i = 0; i < n; i++)
		keys[i] = (sortkey_t){
		    .value = value_number(st, (dt_row_t *)rows[i]),
		    .key = rec ? key_number(rec, rows[i]->data.dtada_data + rec->dtrd_offset) : 0,
		    .row = rows[i],
		};
	qsort_r(keys, (size_t)n, sizeof(*keys), cmp_sortkeys, &(keyorder_t){order, info->nbuckets == 0});
	for (int i = 0; i < n; i++)
		rows[i] = keys[i].row;
	free(keys);
}

/* ------------------------------------------------------------------- rows */

static dt_aggrow_t **
present_rows(dt_aggstate_t *st, int *n)
{
	dt_aggrow_t **rows = dt_xcalloc(st->nrows, sizeof(*rows));
	*n = 0;
	for (uint32_t i = 0; i < st->nslots; i++)
		for (dt_row_t *r = st->tab[i]; r; r = r->next)
			if (!r->pub.removed) {
				weigh(r, st);
				rows[(*n)++] = &r->pub;
			}
	return rows;
}

int
dt_agg_sorted(dt_aggstate_t *st, const dt_aggorder_t *order, dt_aggrow_t ***rows)
{
	int n;
	*rows = present_rows(st, &n);
	if (n > 1)
		sort_one(st, *rows, n, order);
	return n;
}

static int
rows_of_all(dtrace_hdl_t *dtp, const dt_aggorder_t *order, dt_aggrow_t ***out)
{
	struct dt_aggregate *a = dtp->agg;
	DT_VEC(dt_aggrow_t *) all = {0};
	for (int i = 0; i < a->n; i++) {
		dt_aggrow_t **rows;
		int n = dt_agg_sorted(&a->aggs[order->reverse ? a->n - 1 - i : i], order, &rows);
		for (int k = 0; k < n; k++)
			*dt_vec_push(&all) = rows[k];
		free(rows);
	}
	*out = all.p ? all.p : dt_xcalloc(1, sizeof(**out));
	return all.n;
}

static int
cmp_across(const void *va, const void *vb, void *arg)
{
	const dt_aggorder_t *o = arg;
	const dt_aggrow_t *a = *(dt_aggrow_t *const *)va, *b = *(dt_aggrow_t *const *)vb;
	int rc = 0, byagg = cmp_unsigned(a->agg->id, b->agg->id);
	if (!o->bykey)
		rc = cmp_signed(a->agg->ident->aggfunc, b->agg->ident->aggfunc);
	if (rc == 0)
		rc = cmp_signed(a->agg->nkeys, b->agg->nkeys);
	if (rc == 0 && !o->bykey)
		rc = cmp_values(a, b);
	if (rc == 0 && !o->bykey)
		rc = byagg;
	if (rc == 0)
		rc = cmp_keys(a, b, 0);
	if (rc == 0)
		rc = byagg;
	return o->reverse ? -rc : rc;
}

int
dt_agg_sorted_across(dtrace_hdl_t *dtp, const dt_aggorder_t *order, dt_aggrow_t ***rows)
{
	dt_aggorder_t o = *order;
	*rows = NULL;
	int n = dtp->agg ? rows_of_all(dtp, order, rows) : 0;
	if (n > 1)
		qsort_r(*rows, (size_t)n, sizeof(**rows), cmp_across, &o);
	return n;
}

typedef struct tagged {
	dt_aggrow_t *row;
	int agg; /* column */
} tagged_t;

static int
cmp_tagged(const void *va, const void *vb)
{
	const tagged_t *a = va, *b = vb;
	int rc = cmp_keys(a->row, b->row, 0);
	return rc ? rc : a->agg - b->agg;
}

/* Rows of equal keys, found by sorting them all by key, become one joined row. */
static int
join(dtrace_hdl_t *dtp, dt_agginfo_t *const *aggs, int naggs, dt_aggrow_t ***out)
{
	DT_VEC(tagged_t) all = {0};
	for (int j = 0; j < naggs; j++) {
		dt_aggstate_t *st = dt_agg_state(dtp, aggs[j]);
		int n = 0;
		dt_aggrow_t **rows = st ? present_rows(st, &n) : NULL;
		for (int i = 0; i < n; i++)
			*dt_vec_push(&all) = (tagged_t){rows[i], j};
		free(rows);
	}
	if (all.n > 1)
		qsort(all.p, (size_t)all.n, sizeof(tagged_t), cmp_tagged);
	dt_aggrow_t **joined = dt_xcalloc((size_t)all.n * (size_t)naggs, sizeof(*joined));
	int n = 0;
	for (int i = 0; i < all.n; i++) {
		const tagged_t *t = &all.p[i];
		/* The same aggregation named twice has its own column each time. */
		if (i == 0 || cmp_keys(all.p[i - 1].row, t->row, 0) != 0)
			n++;
		joined[(n - 1) * naggs + t->agg] = t->row;
	}
	dt_vec_free(&all);
	*out = joined;
	return n;
}

int
dt_aggregate_rows(dtrace_hdl_t *dtp, dt_agginfo_t *const *aggs, int naggs, dt_aggrow_t ***rows)
{
	const dt_aggorder_t order = dt_agg_order(dtp);
	*rows = NULL;
	if (!dtp->agg)
		return 0;
	if (!aggs)
		return rows_of_all(dtp, &order, rows);
	if (naggs == 1) {
		dt_aggstate_t *st = dt_agg_state(dtp, aggs[0]);
		return st ? dt_agg_sorted(st, &order, rows) : dt_set_errno(dtp, EDT_BADAGGVAR);
	}
	int n = join(dtp, aggs, naggs, rows);
	sort(*rows, n, naggs, &order);
	return n;
}
