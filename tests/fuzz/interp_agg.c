/* interp_agg.c - aggregations: what the functions of language.md part 6 keep, and their rows as text. */
#include "interp.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* ----------------------------------------------------------------- buckets */

static void
add_bucket(agg_t *a, int64_t label, char edge)
{
	a->label = dt_xrealloc(a->label, sizeof(*a->label) * (size_t)(a->nbuckets + 1));
	a->edge = dt_xrealloc(a->edge, (size_t)(a->nbuckets + 1));
	a->label[a->nbuckets] = label;
	a->edge[a->nbuckets++] = edge;
}

static uint64_t
power(uint64_t base, int64_t n)
{
	uint64_t p = 1;
	while (n-- > 0)
		p *= base;
	return p;
}

/* G56: within one magnitude steps are as wide as its end divided by nsteps, at least 1. */
static void
ll_buckets(agg_t *a, const int64_t *arg)
{
	uint64_t factor = (uint64_t)arg[0], nsteps = (uint64_t)arg[3], top = power(factor, arg[2] + 1);
	DT_VEC(uint64_t) at = {0};
	for (int64_t m = arg[1]; m <= arg[2]; m++) {
		uint64_t hi = power(factor, m + 1), width = hi > nsteps ? hi / nsteps : 1;
		for (uint64_t v = power(factor, m); v < hi; v += width)
			*dt_vec_push(&at) = v;
	}
	add_bucket(a, -(int64_t)top, 'n');
	for (int i = at.n - 1; i >= 0; i--)
		add_bucket(a, -(int64_t)at.p[i], 0);
	add_bucket(a, (int64_t)power(factor, arg[1]), 'm');
	for (int i = 0; i < at.n; i++)
		add_bucket(a, (int64_t)at.p[i], 0);
	add_bucket(a, (int64_t)top, '>');
	dt_vec_free(&at);
}

static void
make_buckets(agg_t *a)
{
	const int64_t *arg = a->id->aggarg;
	switch (a->id->aggfunc) {
	case DTRACEAGG_QUANTIZE:
		for (int i = 62; i >= 0; i--)
			add_bucket(a, -(INT64_C(1) << i), 0);
		add_bucket(a, 0, 0);
		for (int i = 0; i <= 62; i++)
			add_bucket(a, INT64_C(1) << i, 0);
		break;
	case DTRACEAGG_LQUANTIZE:
		add_bucket(a, arg[0], '<');
		for (int64_t i = 0; i < (arg[1] - arg[0]) / arg[2]; i++)
			add_bucket(a, arg[0] + i * arg[2], 0);
		add_bucket(a, arg[0] + (arg[1] - arg[0]) / arg[2] * arg[2], '>');
		break;
	case DTRACEAGG_LLQUANTIZE:
		ll_buckets(a, arg);
		break;
	default:
		break;
	}
}

/* The bucket of a value: by the labels, not by arithmetic. */
static int
bucket_of(const agg_t *a, int64_t v)
{
	int b = 0, last = a->nbuckets - 1;
	switch (a->id->aggfunc) {
	case DTRACEAGG_QUANTIZE:
		if (v < 0) { /* -2^n holds down to -(2^(n+1) - 1) */
			for (b = 62; b > 0 && v <= 2 * a->label[b]; b--)
				;
			return b;
		}
		for (b = last; a->label[b] > v; b--)
			;
		return b;
	case DTRACEAGG_LQUANTIZE:
		if (v < a->label[0])
			return 0;
		for (b = last; a->label[b] > v; b--)
			;
		return b == 0 ? 1 : b;
	default: { /* llquantize: the magnitude, mirrored */
		int middle = a->nbuckets / 2;
		uint64_t size = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
		for (b = last; b > middle && (uint64_t)a->label[b] > size; b--)
			;
		if (b == middle)
			return b;
		return v < 0 ? middle - (b - middle) : b;
	}
	}
}

/* -------------------------------------------------------------------- rows */

agg_t *
interp_agg_of(interp_t *in, const dt_ident_t *id)
{
	for (int i = 0; i < in->aggs.n; i++)
		if (in->aggs.p[i]->id == id)
			return in->aggs.p[i];
	agg_t *a = dt_xcalloc(1, sizeof(*a));
	a->id = id;
	a->normal = 1;
	make_buckets(a);
	*dt_vec_push(&in->aggs) = a;
	return a;
}

void
interp_agg_free(interp_t *in)
{
	for (int i = 0; i < in->aggs.n; i++) {
		agg_t *a = in->aggs.p[i];
		for (int k = 0; k < a->rows.n; k++) {
			free(a->rows.p[k]->bucket);
			free(a->rows.p[k]);
		}
		dt_vec_free(&a->rows);
		free(a->label);
		free(a->edge);
		free(a);
	}
	dt_vec_free(&in->aggs);
}

static int
compare_keys(const agg_t *a, const value_t *x, const value_t *y)
{
	for (int i = 0; i < a->id->nkeys; i++) {
		int order;
		if (interp_is_string(a->id->keys[i]))
			order = strcmp(x[i].s, y[i].s);
		else if (dt_type_info(a->id->keys[i]).is_signed)
			order = ((int64_t)x[i].n > (int64_t)y[i].n) - ((int64_t)x[i].n < (int64_t)y[i].n);
		else
			order = (x[i].n > y[i].n) - (x[i].n < y[i].n);
		if (order)
			return order;
	}
	return 0;
}

static aggrow_t *
row_of(agg_t *a, const value_t *key)
{
	for (int i = 0; i < a->rows.n; i++)
		if (compare_keys(a, a->rows.p[i]->key, key) == 0)
			return a->rows.p[i];
	aggrow_t *r = dt_xcalloc(1, sizeof(*r));
	if (a->id->nkeys > 0)
		memcpy(r->key, key, sizeof(*key) * (size_t)a->id->nkeys);
	if (a->nbuckets)
		r->bucket = dt_xcalloc((size_t)a->nbuckets, sizeof(*r->bucket));
	*dt_vec_push(&a->rows) = r;
	return r;
}

/* @a[keys] = f(value, ...): keys, then arguments, then the update; a fault before it leaves all as it was. */
void
interp_aggregate(interp_t *in, dt_node_t *n)
{
	static const int inc_at[] = {
	    [DTRACEAGG_QUANTIZE & 15] = 1, [DTRACEAGG_LQUANTIZE & 15] = 4, [DTRACEAGG_LLQUANTIZE & 15] = 5};
	const dt_ident_t *id = n->left->id;
	agg_t *a = interp_agg_of(in, id);
	value_t key[DT_MAXKEYS];
	int i = 0, inc = inc_at[id->aggfunc & 15];
	for (dt_node_t *k = n->left->args; k; k = k->next, i++) {
		value_t v = interp_expr(in, k);
		if (interp_is_string(id->keys[i])) {
			const char *s = interp_read(in, v);
			key[i] = interp_string(in, s, strlen(s));
		} else {
			key[i] = interp_num((uint64_t)interp_cut((int64_t)v.n, id->keys[i]));
		}
	}
	int64_t v = 0, by = 1;
	i = 0;
	for (dt_node_t *arg = n->right->args; arg; arg = arg->next, i++) {
		int64_t x = (int64_t)interp_expr(in, arg).n;
		if (i == 0)
			v = x;
		else if (inc && i == inc)
			by = x;
	}
	aggrow_t *r = row_of(a, key);
	unsigned __int128 size = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
	switch (id->aggfunc) {
	case DTRACEAGG_MIN:
		r->sum = r->count == 0 || v < r->sum ? v : r->sum;
		break;
	case DTRACEAGG_MAX:
		r->sum = r->count == 0 || v > r->sum ? v : r->sum;
		break;
	default:
		r->sum = (int64_t)((uint64_t)r->sum + (uint64_t)v);
		r->squares += size * size;
	}
	r->count++;
	if (a->nbuckets) {
		int64_t *b = &r->bucket[bucket_of(a, v)];
		*b = (int64_t)((uint64_t)*b + (uint64_t)by);
	}
}

/* ------------------------------------------------------------------ values */

static int64_t
divide(int64_t v, uint64_t by)
{
	return (int64_t)((__int128)v / (__int128)by);
}

/* Integer square root of mean of squares minus square of mean; values count after division by the factor. */
static int64_t
deviation(const aggrow_t *r, uint64_t normal)
{
	int64_t mean = divide(divide(r->sum, normal), (uint64_t)r->count);
	__int128 d =
	    (__int128)(r->squares / normal / normal / (unsigned __int128)r->count) - (__int128)mean * mean;
	if (d <= 0)
		return 0;
	unsigned __int128 lo = 0, hi = (unsigned __int128)1 << 64;
	while (hi - lo > 1) {
		unsigned __int128 mid = lo + (hi - lo) / 2;
		if (mid * mid <= (unsigned __int128)d)
			lo = mid;
		else
			hi = mid;
	}
	return (int64_t)(uint64_t)lo;
}

int64_t
interp_agg_scalar(const agg_t *a, const aggrow_t *r, uint64_t normal)
{
	switch (a->id->aggfunc) {
	case DTRACEAGG_COUNT:
		return (int64_t)((uint64_t)r->count / normal);
	case DTRACEAGG_AVG:
		return r->count ? divide(divide(r->sum, normal), (uint64_t)r->count) : 0;
	case DTRACEAGG_STDDEV:
		return r->count ? deviation(r, normal) : 0;
	default:
		return divide(r->sum, normal);
	}
}

/* G81: distributions by the weighted sum, then by the count at zero. */
static void
weigh(const agg_t *a, const aggrow_t *r, long double *weight, int64_t *zero)
{
	*zero = 0;
	if (!a->nbuckets) {
		int64_t v = interp_agg_scalar(a, r, 1);
		*weight = a->id->aggfunc == DTRACEAGG_STDDEV ? (long double)(uint64_t)v : (long double)v;
		return;
	}
	*weight = 0;
	for (int i = 0; i < a->nbuckets; i++) {
		long double label = (long double)a->label[i] + (a->edge[i] == '<' || a->edge[i] == 'n' ? -1
								: a->edge[i] == '>'                    ? 1
												       : 0);
		if (a->edge[i] == 'm')
			label = 0;
		if (r->bucket[i])
			*weight += label * (long double)r->bucket[i];
		if (label == 0)
			*zero = r->bucket[i];
	}
}

static int
by_value(const void *x, const void *y, void *arg)
{
	const agg_t *a = arg;
	const aggrow_t *rx = *(aggrow_t *const *)x, *ry = *(aggrow_t *const *)y;
	long double wx, wy;
	int64_t zx, zy;
	weigh(a, rx, &wx, &zx);
	weigh(a, ry, &wy, &zy);
	if (wx != wy)
		return wx < wy ? -1 : 1;
	if (zx != zy)
		return zx < zy ? -1 : 1;
	return compare_keys(a, rx->key, ry->key);
}

static void
sort(agg_t *a)
{
	if (a->rows.n > 1)
		qsort_r(a->rows.p, (size_t)a->rows.n, sizeof(*a->rows.p), by_value, a);
}

void
interp_agg_clear(agg_t *a)
{
	for (int i = 0; i < a->rows.n; i++) {
		aggrow_t *r = a->rows.p[i];
		r->count = r->sum = 0;
		r->squares = 0;
		if (a->nbuckets)
			memset(r->bucket, 0, sizeof(*r->bucket) * (size_t)a->nbuckets);
	}
}

void
interp_agg_trunc(agg_t *a, int64_t n)
{
	int keep = a->rows.n;
	sort(a);
	if (n >= 0 && n < keep)
		keep = (int)n;
	else if (n < 0 && n > -keep)
		keep = (int)-n;
	int first = n < 0 ? 0 : a->rows.n - keep;
	for (int i = 0; i < a->rows.n; i++)
		if (i < first || i >= first + keep) {
			free(a->rows.p[i]->bucket);
			free(a->rows.p[i]);
		}
	if (keep)
		memmove(a->rows.p, a->rows.p + first, sizeof(*a->rows.p) * (size_t)keep);
	a->rows.n = keep;
}

/* -------------------------------------------------------------------- text */

static void
put_bar(interp_t *in, int64_t c, long double total, bool pos, bool neg)
{
	char bar[64];
	int width = pos && neg ? 20 : 40;
	uint64_t size = c < 0 ? 0 - (uint64_t)c : (uint64_t)c;
	int n = total > 0 ? (int)((double)(long double)size * width / (double)total + 0.5) : 0;
	memset(bar, '@', sizeof(bar));
	if (pos && neg && c > 0)
		fprintf(in->out, "%20s|%.*s%*s", "", n, bar, 20 - n, "");
	else if (pos && neg)
		fprintf(in->out, "%*s%.*s|%20s", 20 - n, "", n, bar, "");
	else if (neg)
		fprintf(in->out, "%*s%.*s|", 40 - n, "", n, bar);
	else
		fprintf(in->out, "|%.*s%*s", n, bar, 40 - n, "");
}

static void
put_table(interp_t *in, const agg_t *a, const aggrow_t *r)
{
	int first = 0, last = a->nbuckets - 1, middle = a->nbuckets / 2;
	bool ll = a->id->aggfunc == DTRACEAGG_LLQUANTIZE, mirrored = false, pos = false, neg = false;
	long double total = 0;
	while (first <= last && !r->bucket[first])
		first++;
	while (last > first && !r->bucket[last])
		last--;
	if (first > last) {
		first = ll ? middle : a->id->aggfunc == DTRACEAGG_QUANTIZE ? middle - 1 : 0;
		last = first + (ll ? 1 : 2);
	} else {
		mirrored = ll && first < middle;
		first = first > 0 ? first - 1 : 0;
		if (ll && !mirrored && first < middle)
			first = middle;
		last++;
	}
	if (last > a->nbuckets - 1)
		last = a->nbuckets - 1;
	for (int i = first; i <= last; i++) {
		pos |= r->bucket[i] > 0;
		neg |= r->bucket[i] < 0;
		total += r->bucket[i] < 0 ? -(long double)r->bucket[i] : (long double)r->bucket[i];
	}
	fprintf(in->out, "\n%16s %41s %-9s\n", "value", "------------- Distribution -------------", "count");
	for (int i = first; i <= last; i++) {
		char label[64];
		const char *mark = a->edge[i] == '<'       ? "< "
				   : a->edge[i] == '>'     ? ">= "
				   : a->edge[i] == 'n'     ? "<= "
				   : a->edge[i] != 'm'     ? ""
				   : !mirrored             ? "< "
				   : a->id->aggarg[1] == 0 ? ""
							   : "abs() < ";
		bool zero = a->edge[i] == 'm' && mirrored && a->id->aggarg[1] == 0;
		snprintf(label, sizeof(label), "%s%" PRId64, mark, zero ? 0 : a->label[i]);
		fprintf(in->out, "%16s ", label);
		put_bar(in, r->bucket[i], total, pos, neg);
		fprintf(in->out, " %-9" PRId64 "\n", divide(r->bucket[i], a->normal));
	}
}

static void
put_key(interp_t *in, const value_t *v, dt_type_t t)
{
	size_t size = v->is_str ? 0 : dt_type_info(t).size;
	if (v->is_str)
		fprintf(in->out, "  %-50s", v->s);
	else if (size == 8) /* as trace() shows integers: by their size alone */
		fprintf(in->out, " %16" PRId64, (int64_t)v->n);
	else if (size == 4)
		fprintf(in->out, " %8d", (int32_t)v->n);
	else
		fprintf(in->out, " %*u", size == 2 ? 5 : 3,
			(unsigned)(size == 2 ? (uint16_t)v->n : (uint8_t)v->n));
}

static void
put_value(interp_t *in, const agg_t *a, const aggrow_t *r)
{
	if (a->nbuckets)
		put_table(in, a, r);
	else if (a->id->aggfunc == DTRACEAGG_STDDEV)
		fprintf(in->out, " %16" PRIu64, (uint64_t)interp_agg_scalar(a, r, a->normal));
	else
		fprintf(in->out, " %16" PRId64, interp_agg_scalar(a, r, a->normal));
}

/* Rows in the default layout. */
void
interp_print_agg(interp_t *in, agg_t *a)
{
	sort(a);
	for (int i = 0; i < a->rows.n; i++) {
		for (int k = 0; k < a->id->nkeys; k++)
			put_key(in, &a->rows.p[i]->key[k], a->id->keys[k]);
		put_value(in, a, a->rows.p[i]);
		fputc('\n', in->out);
	}
}

/* printa(@a), printa(format, @a): of one aggregation. */
void
interp_printa(interp_t *in, const dt_node_t *call)
{
	const dt_node_t *first = call->args->kind == DN_AGG ? call->args : call->args->next;
	agg_t *a = interp_agg_of(in, first->id);
	if (first->next)
		interp_unknown(in, "printa() of several");
	a->printed |= a->rows.n > 0;
	if (first == call->args) {
		fputc('\n', in->out);
		interp_print_agg(in, a);
		return;
	}
	sort(a);
	for (int i = 0; i < a->rows.n; i++)
		interp_printf(in, call->args->str, NULL, a->rows.p[i]->key, a, a->rows.p[i]);
}
