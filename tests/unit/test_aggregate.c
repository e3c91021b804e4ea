/* test_aggregate.c - rows: adding up CPUs, merging keys, order, clear, trunc, generations. */
#include <bpf/bpf.h>
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "session/aggimpl.h"

enum {
	NCPUS = 2,
	STRSIZE = 16,
	MAXVALUE = 127
};

static dtrace_hdl_t dtp;
static dt_module_t mod;

static void
setup(void)
{
	for (int i = 0; i < DT_OPT_MAX; i++)
		dtp.opt[i] = DTRACEOPT_UNSET;
	mod.ncpus = NCPUS;
	mod.arena = dt_arena_new();
	*dt_vec_push(&mod.strings) = "";
	*dt_vec_push(&mod.strings) = "open";
	*dt_vec_push(&mod.strings) = "close";
	*dt_vec_push(&mod.strings) = "open";
	dtp.module = &mod;
}

static void
teardown(void)
{
	dt_aggregate_close(&dtp);
	dt_vec_free(&mod.strings);
	dt_vec_free(&mod.aggs);
	dt_vec_free(&mod.maps);
	dt_arena_free(mod.arena);
	dtp.module = NULL;
}

TestSuite(aggregate, .init = setup, .fini = teardown);

/* An aggregation whose keys are, letter by letter: i/u 4-byte integers, l 8-byte, s a string, n a string's
 * number. */
static dt_agginfo_t *
agg(const char *name, int func, const char *keys)
{
	dt_agginfo_t *a = dt_arena_alloc(mod.arena, sizeof(*a));
	a->ident = dt_arena_alloc(mod.arena, sizeof(*a->ident));
	a->ident->name = name;
	a->ident->aggfunc = func;
	a->nkeys = (int)strlen(keys);
	a->recs = dt_arena_alloc(mod.arena, sizeof(*a->recs) * (size_t)(a->nkeys + 2));
	uint32_t koff = 0, off = 8;
	a->recs[0] = (dtrace_recdesc_t){.dtrd_action = DTRACEACT_DIFEXPR, .dtrd_size = 4};
	for (int i = 0; i < a->nkeys; i++) {
		char c = keys[i];
		uint32_t ksize = c == 's' ? STRSIZE : 8, size = c == 's' || c == 'n' ? STRSIZE
								: c == 'l'           ? 8
										     : 4;
		a->key[i] = (dt_krec_t){c == 's'   ? DT_KK_STRING
					: c == 'n' ? DT_KK_STRID
						   : DT_KK_BYTES,
					koff,
					c == 's'   ? ksize
					: c == 'l' ? 8
						   : 4};
		a->recs[i + 1] = (dtrace_recdesc_t){.dtrd_action = DTRACEACT_DIFEXPR,
						    .dtrd_size = size,
						    .dtrd_offset = off,
						    .dtrd_arg = c == 's' || c == 'n' ? DT_RECF_STRING
								: c == 'u'           ? 0
										     : DT_RECF_SIGNED};
		koff += ksize;
		off += (size + 7) & ~7U;
	}
	a->key_size = koff;
	a->nbuckets = func == DTRACEAGG_QUANTIZE ? DT_QUANTIZE_NBUCKETS : 0;
	a->value_size = (uint32_t)dt_aggval_words(a) * 8;
	bool minmax = func == DTRACEAGG_MIN || func == DTRACEAGG_MAX;
	a->recs[a->nkeys + 1] = (dtrace_recdesc_t){
	    .dtrd_action = (dtrace_actkind_t)func, .dtrd_offset = off, .dtrd_size = minmax ? 8 : a->value_size};
	a->desc = (dtrace_aggdesc_t){.dtagd_name = (char *)(uintptr_t)name,
				     .dtagd_size = off + a->recs[a->nkeys + 1].dtrd_size,
				     .dtagd_nrecs = a->nkeys + 2,
				     .dtagd_rec = a->recs};
	*dt_vec_push(&mod.aggs) = a;
	a->id = a->desc.dtagd_id = (dtrace_aggid_t)mod.aggs.n;
	return a;
}

/* A minimum or maximum as programs keep it; values are written plainly here. */
static void
encode(const dt_agginfo_t *a, uint64_t *v)
{
	int f = a->ident->aggfunc;
	if (f == DTRACEAGG_MIN || f == DTRACEAGG_MAX)
		v[1] = v[0] ? (uint64_t)DT_AGGMINMAX_CODE(f == DTRACEAGG_MAX, (int64_t)v[1]) : 0;
}

/* One entry of the kernel's map: values of both CPUs, nwords each. */
static void
take(dt_agginfo_t *a, const void *key, const uint64_t *values)
{
	uint64_t kernel[2 * 256];
	memcpy(kernel, values, 2 * a->value_size);
	for (int cpu = 0; cpu < 2; cpu++)
		encode(a, kernel + cpu * (a->value_size / 8));
	dt_agg_take(dtp.agg, dt_agg_state(&dtp, a), key, (char *)kernel, false);
}

static void
take1(dt_agginfo_t *a, uint64_t key, uint64_t cpu0, uint64_t cpu1)
{
	take(a, &key, (uint64_t[]){cpu0, cpu1});
}

static void
begin(dt_agginfo_t *a)
{
	dt_agg_begin(dt_agg_state(&dtp, a), dtp.agg->ncols);
}

static void
end(dt_agginfo_t *a)
{
	dt_agg_end(dtp.agg, dt_agg_state(&dtp, a));
}

static int64_t
value(const dt_aggrow_t *r, int word)
{
	int64_t v;
	memcpy(&v, r->data.dtada_data + r->agg->recs[r->agg->nkeys + 1].dtrd_offset + word * 8, 8);
	return v;
}

/* Rows as "key=value ", keys joined by commas. */
static char *
show(dt_agginfo_t *a)
{
	static char out[4096];
	dt_aggrow_t **rows;
	int n = dt_aggregate_rows(&dtp, &a, 1, &rows);
	char *p = out;
	*p = '\0';
	for (int i = 0; i < n; i++) {
		for (int k = 1; k <= a->nkeys; k++) {
			const dtrace_recdesc_t *rec = &a->recs[k];
			const char *at = rows[i]->data.dtada_data + rec->dtrd_offset;
			int32_t w;
			memcpy(&w, at, 4);
			p += rec->dtrd_arg & DT_RECF_STRING ? sprintf(p, "%s", at) : sprintf(p, "%d", w);
			p += sprintf(p, k < a->nkeys ? "," : "=");
		}
		p += sprintf(p, "%lld ", (long long)value(rows[i], 0));
	}
	free(rows);
	return out;
}

/* ------------------------------------------------------------------ values */

Test(aggregate, cpus_are_summed)
{
	dt_agginfo_t *a = agg("a", DTRACEAGG_COUNT, "i");
	dt_aggregate_open(&dtp);
	for (int pass = 0; pass < 2; pass++) {
		begin(a);
		take1(a, 1, 10, 5);
		take1(a, 2, 0, 3);
		end(a);
		cr_assert_str_eq(show(a), "2=3 1=15 ", "reading twice counts once");
	}
}

Test(aggregate, minima_only_of_cpus_that_have_one)
{
	dt_agginfo_t *lo = agg("lo", DTRACEAGG_MIN, "i"), *hi = agg("hi", DTRACEAGG_MAX, "i");
	dt_aggregate_open(&dtp);
	const uint64_t key = 1, values[] = {0, 0, 1, (uint64_t)-7}, both[] = {1, 3, 1, (uint64_t)-7};
	begin(lo), begin(hi);
	take(lo, &key, values), take(hi, &key, values);
	end(lo), end(hi);
	cr_assert_str_eq(show(lo), "1=-7 ");
	cr_assert_str_eq(show(hi), "1=-7 ");
	begin(lo), begin(hi);
	take(lo, &key, both), take(hi, &key, both);
	end(lo), end(hi);
	cr_assert_str_eq(show(lo), "1=-7 ");
	cr_assert_str_eq(show(hi), "1=3 ");
}

Test(aggregate, arithmetic_of_squares)
{
	/* Sums of squares carry into the high word and come back. */
	uint64_t v[4] = {1, 2, UINT64_MAX, 4}, w[4] = {1, 1, 1, 1}, neg[4];
	dt_aggval_negate(DTRACEAGG_STDDEV, neg, v, 4);
	dt_aggval_add(DTRACEAGG_STDDEV, w, v, 4);
	cr_assert(w[0] == 2 && w[1] == 3 && w[2] == 0 && w[3] == 6);
	dt_aggval_add(DTRACEAGG_STDDEV, w, neg, 4);
	cr_assert(w[0] == 1 && w[1] == 1 && w[2] == 1 && w[3] == 1);
}

Test(aggregate, without_keys_only_once_used)
{
	dt_agginfo_t *a = agg("a", DTRACEAGG_SUM, "");
	dt_aggregate_open(&dtp);
	begin(a);
	take1(a, 0, 0, 0);
	end(a);
	cr_assert_str_eq(show(a), "");
	begin(a);
	take1(a, 0, 0, 4);
	end(a);
	cr_assert_str_eq(show(a), "4 ");
}

Test(aggregate, word_behind_the_value_tells_use)
{
	dt_agginfo_t *a = agg("a", DTRACEAGG_SUM, "");
	a->value_size = 16;
	dt_aggregate_open(&dtp);
	begin(a);
	take(a, &(uint32_t){0}, (uint64_t[]){0, 0, 0, 1});
	end(a);
	cr_assert_str_eq(show(a), "0 ");
}

Test(aggregate, per_cpu_values)
{
	dtp.opt[DT_OPT_AGGPERCPU] = 1;
	dt_agginfo_t *a = agg("a", DTRACEAGG_COUNT, "i");
	dt_aggregate_open(&dtp);
	begin(a);
	take1(a, 1, 10, 5);
	end(a);
	dt_aggrow_t **rows;
	cr_assert_eq(dt_aggregate_rows(&dtp, &a, 1, &rows), 1);
	cr_assert_eq(*(uint64_t *)(void *)rows[0]->data.dtada_percpu[0], 10);
	cr_assert_eq(*(uint64_t *)(void *)rows[0]->data.dtada_percpu[1], 5);
	free(rows);
}

/* -------------------------------------------------------------------- keys */

Test(aggregate, equal_texts_are_one_row)
{
	dt_agginfo_t *a = agg("a", DTRACEAGG_COUNT, "n");
	dt_aggregate_open(&dtp);
	begin(a);
	take1(a, 1, 1, 0);
	take1(a, 2, 10, 0);
	take1(a, 3, 2, 0);
	end(a);
	cr_assert_str_eq(show(a), "open=3 close=10 ");
}

Test(aggregate, many_rows)
{
	dt_agginfo_t *a = agg("a", DTRACEAGG_COUNT, "l");
	dt_aggregate_open(&dtp);
	begin(a);
	for (uint64_t i = 0; i < 10000; i++)
		take1(a, i, 10000 - i, 1);
	end(a);
	dt_aggrow_t **rows;
	cr_assert_eq(dt_aggregate_rows(&dtp, &a, 1, &rows), 10000);
	for (int i = 0; i < 10000; i++)
		cr_assert_eq(value(rows[i], 0), i + 2);
	free(rows);
}

/* ------------------------------------------------------------------- order */

Test(aggregate, orders)
{
	dt_agginfo_t *a = agg("a", DTRACEAGG_SUM, "ii");
	dt_aggregate_open(&dtp);
	static const int32_t rows[][2] = {{1, 9}, {-2, 9}, {3, 5}, {4, 1}};
	static const int64_t values[] = {7, 7, -1, 100};
	begin(a);
	for (int i = 0; i < 4; i++) {
		uint64_t key[2] = {(uint32_t)rows[i][0], (uint32_t)rows[i][1]};
		take(a, key, (uint64_t[]){(uint64_t)values[i], 0});
	}
	end(a);
	cr_assert_str_eq(show(a), "3,5=-1 -2,9=7 1,9=7 4,1=100 ");
	dtp.opt[DT_OPT_AGGSORTREV] = 1;
	cr_assert_str_eq(show(a), "4,1=100 1,9=7 -2,9=7 3,5=-1 ");
	dtp.opt[DT_OPT_AGGSORTREV] = 0;
	dtp.opt[DT_OPT_AGGSORTKEY] = 1;
	cr_assert_str_eq(show(a), "-2,9=7 1,9=7 3,5=-1 4,1=100 ");
	dtp.opt[DT_OPT_AGGSORTKEYPOS] = 1;
	cr_assert_str_eq(show(a), "4,1=100 3,5=-1 -2,9=7 1,9=7 ");
	dtp.opt[DT_OPT_AGGSORTKEYPOS] = 7;
	cr_assert_str_eq(show(a), "-2,9=7 1,9=7 3,5=-1 4,1=100 ");
}

Test(aggregate, unsigned_keys)
{
	dt_agginfo_t *a = agg("a", DTRACEAGG_COUNT, "u");
	dt_aggregate_open(&dtp);
	begin(a);
	take1(a, 0xffffffff, 1, 0);
	take1(a, 1, 1, 0);
	end(a);
	cr_assert_str_eq(show(a), "1=1 -1=1 ", "the larger one comes last");
}

Test(aggregate, averages_and_distributions)
{
	dt_agginfo_t *avg = agg("avg", DTRACEAGG_AVG, "i"), *q = agg("q", DTRACEAGG_QUANTIZE, "i");
	dt_aggregate_open(&dtp);
	begin(avg);
	take(avg, &(uint64_t){1}, (uint64_t[]){10, 50, 0, 0}); /* 5 */
	take(avg, &(uint64_t){2}, (uint64_t[]){1, 3, 1, 3});   /* 3 */
	take(avg, &(uint64_t){3}, (uint64_t[]){2, (uint64_t)-9, 0, 0});
	end(avg);
	cr_assert_str_eq(show(avg), "3=2 2=2 1=10 ", "by average, not by count");

	uint64_t v[2 * MAXVALUE] = {0};
	begin(q);
	v[DT_QUANTIZE_ZERO + 1] = 100; /* 100 ones */
	take(q, &(uint64_t){1}, v);
	v[DT_QUANTIZE_ZERO + 1] = 0;
	v[DT_QUANTIZE_ZERO + 11] = 1; /* one 1024 */
	take(q, &(uint64_t){2}, v);
	v[DT_QUANTIZE_ZERO + 11] = 0;
	v[DT_QUANTIZE_ZERO] = 3; /* three zeros */
	take(q, &(uint64_t){3}, v);
	v[DT_QUANTIZE_ZERO] = 2;
	take(q, &(uint64_t){4}, v);
	end(q);
	cr_assert_str_eq(show(q), "4=0 3=0 1=0 2=0 ", "weighted sums, then the count at zero");
}

Test(aggregate, joined_rows)
{
	dt_agginfo_t *both[2] = {agg("a", DTRACEAGG_COUNT, "s"), agg("b", DTRACEAGG_SUM, "s")};
	dt_aggregate_open(&dtp);
	char x[STRSIZE] = "x", y[STRSIZE] = "y", z[STRSIZE] = "z";
	begin(both[0]), begin(both[1]);
	take(both[0], x, (uint64_t[]){5, 0});
	take(both[0], y, (uint64_t[]){1, 0});
	take(both[1], y, (uint64_t[]){9, 0});
	take(both[1], z, (uint64_t[]){(uint64_t)-3, 0});
	end(both[0]), end(both[1]);
	dt_aggrow_t **r;
	cr_assert_eq(dt_aggregate_rows(&dtp, both, 2, &r), 3);
	cr_assert(!r[0] && value(r[1], 0) == -3, "z has 0 in the first");
	cr_assert(value(r[2], 0) == 1 && value(r[3], 0) == 9);
	cr_assert(value(r[4], 0) == 5 && !r[5]);
	free(r);
	dtp.opt[DT_OPT_AGGSORTPOS] = 1;
	cr_assert_eq(dt_aggregate_rows(&dtp, both, 2, &r), 3);
	cr_assert(value(r[1], 0) == -3 && !r[3] && value(r[5], 0) == 9);
	free(r);
}

/* ------------------------------------------------------ clear, trunc, normalize */

Test(aggregate, clear_keeps_keys_and_what_comes_later)
{
	dt_agginfo_t *a = agg("a", DTRACEAGG_COUNT, "i");
	dt_aggregate_open(&dtp);
	begin(a);
	take1(a, 1, 10, 5);
	take1(a, 2, 1, 0);
	end(a);
	cr_assert_eq(dt_aggregate_do_clear(&dtp, a), 0);
	cr_assert_str_eq(show(a), "1=0 2=0 ");
	begin(a);
	take1(a, 1, 10, 8);
	take1(a, 2, 1, 0);
	end(a);
	cr_assert_str_eq(show(a), "2=0 1=3 ");
}

Test(aggregate, trunc_keeps_the_extremes)
{
	dt_agginfo_t *a = agg("a", DTRACEAGG_COUNT, "i");
	dt_aggregate_open(&dtp);
	begin(a);
	for (uint64_t i = 1; i <= 5; i++)
		take1(a, i, i * 10, 0);
	end(a);
	dtp.opt[DT_OPT_AGGSORTREV] = 1; /* does not matter to trunc */
	dt_aggregate_do_trunc(&dtp, a, 4);
	cr_assert_str_eq(show(a), "5=50 4=40 3=30 2=20 ");
	dt_aggregate_do_trunc(&dtp, a, -3);
	cr_assert_str_eq(show(a), "4=40 3=30 2=20 ");
	dt_aggregate_do_trunc(&dtp, a, 100);
	cr_assert_str_eq(show(a), "4=40 3=30 2=20 ");
	dt_aggregate_do_trunc(&dtp, a, INT64_MIN);
	cr_assert_str_eq(show(a), "4=40 3=30 2=20 ");
	/* A removed row comes back with what is new. */
	begin(a);
	for (uint64_t i = 1; i <= 5; i++)
		take1(a, i, i * 10, i == 1 ? 2 : 0);
	end(a);
	cr_assert_str_eq(show(a), "4=40 3=30 2=20 1=2 ");
	dt_aggregate_do_trunc(&dtp, a, 0);
	cr_assert_str_eq(show(a), "");
}

Test(aggregate, normalize)
{
	dt_agginfo_t *a = agg("a", DTRACEAGG_COUNT, "i");
	dt_aggregate_open(&dtp);
	begin(a);
	take1(a, 1, 10, 0);
	end(a);
	cr_assert_eq(dt_aggregate_do_normalize(&dtp, a, 5), 0);
	cr_assert_eq(dt_aggregate_do_normalize(&dtp, a, 0), -1);
	cr_assert_eq(dtrace_errno(&dtp), EDT_BADNORMAL);
	begin(a);
	take1(a, 1, 20, 0);
	take1(a, 2, 20, 0);
	end(a);
	dt_aggrow_t **rows;
	cr_assert_eq(dt_aggregate_rows(&dtp, &a, 1, &rows), 2);
	for (int i = 0; i < 2; i++)
		cr_assert(rows[i]->data.dtada_normal == 5 && value(rows[i], 0) == 20,
			  "new rows too, data unchanged");
	free(rows);
}

static int
walker(const dtrace_aggdata_t *d, void *arg)
{
	int *answers = arg;
	(void)d;
	return answers[++answers[0]];
}

Test(aggregate, walks)
{
	dt_agginfo_t *a = agg("a", DTRACEAGG_COUNT, "i");
	dt_aggregate_open(&dtp);
	begin(a);
	for (uint64_t i = 1; i <= 4; i++)
		take1(a, i, i, 0);
	end(a);
	int first[] = {0, DTRACE_AGGWALK_NEXT, DTRACE_AGGWALK_REMOVE, DTRACE_AGGWALK_CLEAR,
		       DTRACE_AGGWALK_NEXT};
	cr_assert_eq(dtrace_aggregate_walk_valsorted(&dtp, walker, first), 0);
	cr_assert_str_eq(show(a), "3=0 1=1 4=4 ");
	int second[] = {0, DTRACE_AGGWALK_REMOVE, DTRACE_AGGWALK_ABORT};
	cr_assert_eq(dtrace_aggregate_walk_keyrevsorted(&dtp, walker, second), -1);
	cr_assert_eq(dtrace_errno(&dtp), EDT_DIRABORT);
	cr_assert_str_eq(show(a), "3=0 1=1 ");
	int bad[] = {0, 99};
	cr_assert_eq(dtrace_aggregate_walk(&dtp, walker, bad), -1);
	cr_assert_eq(dtrace_errno(&dtp), EDT_BADRVAL);
	dtrace_aggregate_clear(&dtp);
	cr_assert_str_eq(show(a), "1=0 3=0 ");
}

/* ---------------------------------------------------------- on the live kernel */

typedef struct live {
	dt_session_t s;
	struct dt_state *state;
	int fd, ncpus;
} live_t;

static live_t
go_live(dt_agginfo_t *a, bool has_gen)
{
	live_t l = {.ncpus = (int)sysconf(_SC_NPROCESSORS_CONF)};
	l.state = dt_xcalloc(1, sizeof(*l.state));
	l.s = (dt_session_t){.mod = &mod, .state = l.state, .gp_outer = -1, .gp_inner = -1};
	l.s.seen = dt_xcalloc((size_t)l.ncpus, sizeof(*l.s.seen));
	l.s.ncpus = mod.ncpus = l.ncpus;
	a->has_gen = has_gen;
	if (has_gen && a->key_size) {
		for (int i = 0; i < a->nkeys; i++)
			a->key[i].koff += 4;
		a->key_size += 4;
	}
	*dt_vec_push(&mod.maps) = (dt_map_t){.kind = DT_MAP_AGG,
					     .name = "agg",
					     .key_size = a->key_size,
					     .value_size = a->value_size,
					     .max_entries = a->key_size ? 1000 : 2};
	a->map = 0;
	cr_assert_eq(dt_maps_create(&dtp, &mod), 0);
	l.fd = mod.maps.p[0].fd;
	dt_aggregate_open(&dtp);
	return l;
}

static void
stop(live_t *l)
{
	dt_maps_close(&mod);
	if (l->s.gp_outer >= 0) {
		close(l->s.gp_outer);
		close(l->s.gp_inner);
	}
	free(l->s.seen);
	free(l->state);
	dtp.session = NULL;
}

/* What programs would have counted under that generation: the last CPU has it all. */
static void
kernel_put(live_t *l, dt_agginfo_t *a, uint32_t gen, uint64_t key, const uint64_t *value, int nwords)
{
	uint64_t *values = dt_xcalloc((size_t)l->ncpus * (size_t)nwords, 8);
	memcpy(values + (l->ncpus - 1) * nwords, value, (size_t)nwords * 8);
	encode(a, values + (l->ncpus - 1) * nwords);
	char k[16] = "";
	if (a->key_size == 0) {
		uint32_t index = gen & 1;
		memcpy(k, &index, 4);
	} else if (a->has_gen) {
		memcpy(k, &gen, 4);
		memcpy(k + 4, &key, 8);
	} else {
		memcpy(k, &key, 8);
	}
	cr_assert_eq(bpf_map_update_elem(l->fd, k, values, BPF_ANY), 0);
	free(values);
}

static int
kernel_count(live_t *l, const dt_agginfo_t *a)
{
	char key[16], next[16];
	int n = 0;
	void *at = NULL;
	while (bpf_map_get_next_key(l->fd, at, next) == 0) {
		memcpy(key, next, a->key_size);
		at = key;
		n++;
	}
	return n;
}

static void
need_root(void)
{
	if (geteuid() != 0)
		cr_skip_test("needs root");
}

Test(aggregate, kernel_snapshot_of_many_keys)
{
	need_root();
	dt_agginfo_t *a = agg("a", DTRACEAGG_COUNT, "l");
	live_t l = go_live(a, false);
	dtp.session = &l.s;
	for (uint64_t i = 1; i <= 700; i++)
		kernel_put(&l, a, 0, i, &i, 1);
	for (int pass = 0; pass < 2; pass++)
		cr_assert_eq(dtrace_aggregate_snap(&dtp), 0);
	dt_aggrow_t **rows;
	cr_assert_eq(dt_aggregate_rows(&dtp, &a, 1, &rows), 700);
	for (int i = 0; i < 700; i++)
		cr_assert_eq(value(rows[i], 0), i + 1);
	free(rows);
	stop(&l);
}

Test(aggregate, kernel_trunc_loses_nothing)
{
	need_root();
	dt_agginfo_t *a = agg("a", DTRACEAGG_COUNT, "l");
	live_t l = go_live(a, true);
	dtp.session = &l.s;
	kernel_put(&l, a, 0, 1, &(uint64_t){10}, 1);
	kernel_put(&l, a, 0, 2, &(uint64_t){20}, 1);
	cr_assert_eq(dtrace_aggregate_snap(&dtp), 0);
	/* Counted after the snapshot: not among the rows that trunc() leaves, but there at the next reading. */
	kernel_put(&l, a, 0, 1, &(uint64_t){13}, 1);
	kernel_put(&l, a, 0, 3, &(uint64_t){4}, 1);
	cr_assert_eq(dt_aggregate_do_trunc(&dtp, a, 0), 0);
	cr_assert_str_eq(show(a), "");
	cr_assert_eq(dtrace_aggregate_snap(&dtp), 0);
	cr_assert_eq(l.state->agggen[0], 1);
	cr_assert_eq(kernel_count(&l, a), 0, "the kernel's space is free again");
	cr_assert_str_eq(show(a), "1=3 3=4 ");
	kernel_put(&l, a, 1, 2, &(uint64_t){1}, 1);
	cr_assert_eq(dtrace_aggregate_snap(&dtp), 0);
	cr_assert_str_eq(show(a), "2=1 1=3 3=4 ");
	stop(&l);
}

Test(aggregate, kernel_clear_of_minima)
{
	need_root();
	dt_agginfo_t *a = agg("a", DTRACEAGG_MIN, "l");
	live_t l = go_live(a, true);
	dtp.session = &l.s;
	kernel_put(&l, a, 0, 1, (uint64_t[]){1, 5}, 2);
	cr_assert_eq(dt_aggregate_upto(&dtp, &a, 1, dt_now()), 0);
	cr_assert_str_eq(show(a), "1=5 ");
	kernel_put(&l, a, 1, 1, (uint64_t[]){1, 8}, 2);
	cr_assert_eq(dt_aggregate_do_clear(&dtp, a), 0);
	cr_assert_str_eq(show(a), "1=0 ", "nothing: shown as 0");
	cr_assert_eq(dtrace_aggregate_snap(&dtp), 0);
	cr_assert_str_eq(show(a), "1=8 ", "what came after the record that cleared");
	cr_assert_eq(dt_aggregate_do_clear(&dtp, a), 0);
	cr_assert_eq(dtrace_aggregate_snap(&dtp), 0);
	cr_assert_str_eq(show(a), "1=0 ");
	stop(&l);
}

Test(aggregate, kernel_without_keys)
{
	need_root();
	dt_agginfo_t *a = agg("a", DTRACEAGG_COUNT, "");
	live_t l = go_live(a, true);
	dtp.session = &l.s;
	cr_assert_eq(dtrace_aggregate_snap(&dtp), 0);
	cr_assert_str_eq(show(a), "");
	kernel_put(&l, a, 0, 0, &(uint64_t){6}, 1);
	cr_assert_eq(dtrace_aggregate_snap(&dtp), 0);
	cr_assert_str_eq(show(a), "6 ");
	cr_assert_eq(dt_aggregate_do_trunc(&dtp, a, 0), 0);
	cr_assert_str_eq(show(a), "");
	kernel_put(&l, a, 1, 0, &(uint64_t){2}, 1);
	cr_assert_eq(dtrace_aggregate_snap(&dtp), 0);
	cr_assert_str_eq(show(a), "2 ");
	cr_assert_eq(dt_aggregate_do_trunc(&dtp, a, 0), 0);
	cr_assert_eq(dtrace_aggregate_snap(&dtp), 0);
	cr_assert_str_eq(show(a), "");
	stop(&l);
}

Test(aggregate, kernel_removal_without_generations)
{
	need_root();
	dt_agginfo_t *a = agg("a", DTRACEAGG_MAX, "l");
	live_t l = go_live(a, false);
	dtp.session = &l.s;
	kernel_put(&l, a, 0, 1, (uint64_t[]){1, 5}, 2);
	kernel_put(&l, a, 0, 2, (uint64_t[]){1, 6}, 2);
	cr_assert_eq(dtrace_aggregate_snap(&dtp), 0);
	int answers[] = {0, DTRACE_AGGWALK_REMOVE, DTRACE_AGGWALK_NEXT};
	cr_assert_eq(dtrace_aggregate_walk_valsorted(&dtp, walker, answers), 0);
	cr_assert_eq(kernel_count(&l, a), 1);
	cr_assert_eq(dtrace_aggregate_snap(&dtp), 0);
	cr_assert_str_eq(show(a), "2=6 ");
	stop(&l);
}
