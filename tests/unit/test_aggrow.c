/* Rows of aggregations: keys, values, printa formats, packed forms (output.md 4.1, 4.3, 4.5).
 * covers: output 4.1 4.1.1-4.1.6 4.3 4.3.1-4.3.3 4.5 4.5.1-4.5.4 */
#include "capture.h"

#include "libdtrace/runtime/rt.h"

#define S DT_RECF_SIGNED

enum {
	ROW_MAX = 2048,
	AGGS = 3
};

static dtrace_hdl_t *dtp;

/* An aggregation and the rows made for it. */
typedef struct fixture {
	dt_ident_t ident;
	dt_agginfo_t agg;
	dtrace_recdesc_t recs[DT_MAXKEYS + 2];
} fixture_t;

static fixture_t fix[AGGS];
static dt_aggrow_t rows[8];
static char data[8][ROW_MAX] __attribute__((aligned(16)));

static dt_agginfo_t *
aggregation(int n, int func, int nkeys, ...)
{
	fixture_t *f = &fix[n];
	memset(f, 0, sizeof(*f));
	f->ident = (dt_ident_t){.kind = DT_ID_AGG, .aggfunc = func, .aggarg = {0, 4, 1, 0}};
	f->agg = (dt_agginfo_t){.ident = &f->ident, .id = 1, .nkeys = nkeys, .recs = f->recs};
	f->agg.nbuckets = dt_dist_nbuckets(func, f->ident.aggarg);
	f->recs[0] = (dtrace_recdesc_t){.dtrd_action = DTRACEACT_DIFEXPR, .dtrd_size = 4};
	uint32_t off = 8;
	va_list ap;
	va_start(ap, nkeys);
	for (int i = 1; i <= nkeys; i++) {
		f->recs[i] = va_arg(ap, dtrace_recdesc_t);
		f->recs[i].dtrd_offset = off;
		off = (off + f->recs[i].dtrd_size + 7) & ~7u;
	}
	va_end(ap);
	uint32_t size = f->agg.nbuckets ? (uint32_t)f->agg.nbuckets * 8 : func == DTRACEAGG_AVG ? 16 : 8;
	size = func == DTRACEAGG_STDDEV ? 32 : size;
	f->recs[nkeys + 1] = (dtrace_recdesc_t){
	    .dtrd_action = (dtrace_actkind_t)func, .dtrd_offset = off, .dtrd_size = size, .dtrd_alignment = 8};
	f->agg.desc = (dtrace_aggdesc_t){.dtagd_id = 1, .dtagd_nrecs = nkeys + 2, .dtagd_rec = f->recs};
	return &f->agg;
}

static dtrace_recdesc_t
key(dtrace_actkind_t act, uint32_t size, uint64_t arg)
{
	return (dtrace_recdesc_t){.dtrd_action = act, .dtrd_size = size, .dtrd_arg = arg};
}
#define INT_KEY(size, sign) key(DTRACEACT_DIFEXPR, size, sign)
#define STR_KEY             key(DTRACEACT_DIFEXPR, 32, DT_RECF_STRING)

static dt_aggrow_t *
row(int n, dt_agginfo_t *agg)
{
	memset(data[n], 0, ROW_MAX);
	rows[n] = (dt_aggrow_t){
	    .agg = agg,
	    .data = {.dtada_handle = dtp, .dtada_desc = &agg->desc, .dtada_data = data[n], .dtada_normal = 1}};
	return &rows[n];
}

static void
set_key(dt_aggrow_t *r, int i, const void *p, size_t len)
{
	memcpy(r->data.dtada_data + r->agg->recs[i].dtrd_offset, p, len);
}

static void
set_int(dt_aggrow_t *r, int i, int64_t v)
{
	set_key(r, i, &v, r->agg->recs[i].dtrd_size);
}

static int64_t *
value(dt_aggrow_t *r)
{
	return (int64_t *)(uintptr_t)dt_agg_buckets(r);
}

static dt_aggrow_t *
simple(int n, dt_agginfo_t *agg, int64_t v)
{
	dt_aggrow_t *r = row(n, agg);
	value(r)[0] = v;
	return r;
}

static void
check(dt_aggrow_t *r, const char *want)
{
	capture_t c;
	dt_agginfo_t *agg = r->agg;
	cr_expect_eq(dt_print_aggrow(dtp, capture_start(&c), &r, &agg, 1), 0);
	expect_text(c, want);
}

static void
init(void)
{
	dtp = bare_handle();
}
TestSuite(aggrow, .init = init);

Test(aggrow, integer_keys)
{
	static const struct {
		uint32_t size;
		uint64_t sign;
		int64_t key;
		const char *want;
	} t[] = {
	    {8, S, 42, "               42                7\n"},
	    {8, S, -1, "               -1                7\n"},
	    {8, 0, -1, "               -1                7\n"},
	    {4, S, -1, "       -1                7\n"},
	    {4, 0, 0xffffffff, "       -1                7\n"},
	    {4, 0, 1000, "     1000                7\n"},
	    {2, 0, 0xffff, " 65535                7\n"},
	    {2, S, -2, " 65534                7\n"},
	    {1, 0, 0xff, " 255                7\n"},
	    {1, S, -3, " 253                7\n"},
	    {1, 0, 5, "   5                7\n"},
	};
	for (size_t i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		dt_aggrow_t *r =
		    simple(0, aggregation(0, DTRACEAGG_COUNT, 1, INT_KEY(t[i].size, t[i].sign)), 7);
		set_int(r, 1, t[i].key);
		check(r, t[i].want);
	}
}

Test(aggrow, other_keys)
{
	dt_aggrow_t *r = simple(0, aggregation(0, DTRACEAGG_SUM, 2, STR_KEY, INT_KEY(4, S)), -5);
	set_key(r, 1, "bash", 5);
	set_int(r, 2, 3);
	check(r, "  bash                                                      3               -5\n");
	set_key(r, 1, "\0\0\0\0\0", 5);
	check(r, "                                                            3               -5\n");
	r = simple(0, aggregation(0, DTRACEAGG_COUNT, 1, key(DTRACEACT_DIFEXPR, 6, 0)), 1);
	set_key(r, 1, "abc", 4);
	check(r, "  abc                                                               1\n");
	set_key(r, 1, "\1\2\0\0\0\5", 6);
	check(r, "\n             0  1  2  3  4  5  6  7  8  9  a  b  c  d  e  f  0123456789abcdef\n"
		 "         0: 01 02 00 00 00 05                                ......\n                1\n");
	dtp->opt[DT_OPT_QUIET] = 1; /* rows look the same */
	set_key(r, 1, "abc\0\0", 6);
	check(r, "  abc                                                               1\n");
	uint64_t pcs[3] = {0xffffffff81000001, 0x10, 0};
	r = simple(0, aggregation(0, DTRACEAGG_COUNT, 1, key(DTRACEACT_STACK, 24, 3)), 12);
	set_key(r, 1, pcs, sizeof(pcs));
	check(r, "\n              0xffffffff81000001\n              0x10\n               12\n");
	uint64_t u[3] = {0x7ffffffe, 0x99, 0};
	r = simple(0, aggregation(0, DTRACEAGG_COUNT, 1, key(DTRACEACT_USTACK, 24, 2)), 12);
	set_key(r, 1, u, sizeof(u));
	check(r, "\n              0x99\n               12\n");
	r = simple(0, aggregation(0, DTRACEAGG_COUNT, 1, key(DTRACEACT_UADDR, 16, 0)), 12);
	set_key(r, 1, u, 16);
	check(r, "  0x99                                                             12\n");
	r = simple(0, aggregation(0, DTRACEAGG_COUNT, 1, key(DTRACEACT_SYM, 8, 0)), 12);
	set_key(r, 1, pcs, 8);
	check(r, "  0xffffffff81000001                                               12\n");
}

Test(aggrow, scalars)
{
	dt_agginfo_t *a = aggregation(0, DTRACEAGG_COUNT, 0);
	check(simple(0, a, 0), "                0\n");
	check(simple(0, a, 1234567), "          1234567\n");
	a = aggregation(0, DTRACEAGG_SUM, 0);
	check(simple(0, a, -12), "              -12\n");
	check(simple(0, a, INT64_MIN), " -9223372036854775808\n");
	check(simple(0, aggregation(0, DTRACEAGG_MIN, 0), -3), "               -3\n");
	check(simple(0, aggregation(0, DTRACEAGG_MAX, 0), 0), "                0\n");
	a = aggregation(0, DTRACEAGG_AVG, 0);
	dt_aggrow_t *r = simple(0, a, 0);
	check(r, "                0\n");
	value(r)[0] = 3;
	value(r)[1] = 11;
	check(r, "                3\n");
	value(r)[1] = -11;
	check(r, "               -3\n");
}

static void
add_square(int64_t *w, int64_t v)
{
	unsigned __int128 sq = (unsigned __int128)((__int128)v * v), sum;
	memcpy(&sum, &w[2], sizeof(sum));
	sum += sq;
	memcpy(&w[2], &sum, sizeof(sum));
	w[0]++;
	w[1] += v;
}

Test(aggrow, deviation)
{
	dt_aggrow_t *r = row(0, aggregation(0, DTRACEAGG_STDDEV, 0));
	check(r, "                0\n");
	static const int64_t sample[] = {2, 4, 4, 4, 5, 5, 7, 9};
	for (size_t i = 0; i < 8; i++)
		add_square(value(r), sample[i]);
	check(r, "                2\n");
	r = row(0, r->agg);
	for (size_t i = 0; i < 8; i++)
		add_square(value(r), sample[i] * 1000000000000);
	check(r, "    2000000000000\n");
	r->data.dtada_normal = 1000000000;
	check(r, "             2000\n");
	r = row(0, r->agg);
	add_square(value(r), -100);
	add_square(value(r), 100);
	check(r, "              100\n");
	r = row(0, r->agg);
	add_square(value(r), 7);
	check(r, "                0\n");
	r = row(0, r->agg);
	add_square(value(r), INT64_MAX);
	add_square(value(r), -INT64_MAX);
	check(r, " 9223372036854775807\n");
}

Test(aggrow, normalised)
{
	dt_aggrow_t *r = simple(0, aggregation(0, DTRACEAGG_COUNT, 0), 1999);
	r->data.dtada_normal = 1000;
	check(r, "                1\n");
	r = simple(0, aggregation(0, DTRACEAGG_SUM, 0), -1999);
	r->data.dtada_normal = 1000;
	check(r, "               -1\n");
	cr_expect_eq(dt_agg_scalar(&r->data), -1);
	r->data.dtada_normal = UINT64_MAX;
	check(r, "                0\n");
	r->data.dtada_normal = 0; /* never divides by it */
	check(r, "            -1999\n");
	r = simple(0, aggregation(0, DTRACEAGG_MAX, 1, INT_KEY(4, S)), 5000);
	set_int(r, 1, 5000); /* keys are not normalised */
	r->data.dtada_normal = 1000;
	check(r, "     5000                5\n");
	r = simple(0, aggregation(0, DTRACEAGG_AVG, 0), 2);
	value(r)[1] = 10999;
	r->data.dtada_normal = 1000;
	check(r, "                5\n");
	value(r)[1] = -10999;
	check(r, "               -5\n");
}

#define RULER    "           value  ------------- Distribution ------------- count    \n"
#define BLANK_40 "                                        "
#define AT_40    "@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@"
#define TABLE_0                                                                                                \
	"\n" RULER "             < 0 |" BLANK_40 " 0        \n"                                                \
	"               0 |" AT_40 " 3        \n"                                                              \
	"               1 |" BLANK_40 " 0        \n"
#define TABLE_NONE                                                                                             \
	"\n" RULER "             < 0 |" BLANK_40 " 0        \n"                                                \
	"               0 |" BLANK_40 " 0        \n"                                                           \
	"               1 |" BLANK_40 " 0        \n"

Test(aggrow, tables)
{
	dt_aggrow_t *r = row(0, aggregation(0, DTRACEAGG_LQUANTIZE, 1, INT_KEY(4, S)));
	set_int(r, 1, 9);
	value(r)[1] = 3;
	check(r, "        9" TABLE_0 "\n");
	value(r)[1] = 300;
	r->data.dtada_normal = 100;
	check(r, "        9" TABLE_0 "\n");
}

/* Several aggregations joined by key; what one of them lacks shows as nothing counted. */
Test(aggrow, joined)
{
	dt_agginfo_t *aggs[3] = {aggregation(0, DTRACEAGG_COUNT, 1, INT_KEY(4, S)),
				 aggregation(1, DTRACEAGG_AVG, 1, INT_KEY(4, S)),
				 aggregation(2, DTRACEAGG_LQUANTIZE, 1, INT_KEY(4, S))};
	dt_aggrow_t *r[3] = {simple(0, aggs[0], 10), row(1, aggs[1]), row(2, aggs[2])};
	for (int i = 0; i < 3; i++)
		set_int(r[i], 1, 77);
	value(r[1])[0] = 2;
	value(r[1])[1] = 9;
	value(r[2])[1] = 3;
	capture_t c;
	cr_expect_eq(dt_print_aggrow(dtp, capture_start(&c), r, aggs, 2), 0);
	expect_text(c, "       77               10                4\n");
	cr_expect_eq(dt_print_aggrow(dtp, capture_start(&c), r, aggs, 3), 0);
	expect_text(c, "       77               10                4" TABLE_0 "\n");
	dt_aggrow_t *second[3] = {NULL, r[1], NULL};
	cr_expect_eq(dt_print_aggrow(dtp, capture_start(&c), second, aggs, 3), 0);
	expect_text(c, "       77                0                4" TABLE_NONE "\n");
	dt_aggrow_t *none[3] = {NULL, NULL, NULL};
	cr_expect_eq(dt_print_aggrow(dtp, capture_start(&c), none, aggs, 3), 0);
	expect_text(c, "");
}

Test(aggrow, percpu)
{
	dt_aggrow_t *r = simple(0, aggregation(0, DTRACEAGG_SUM, 1, INT_KEY(4, S)), 12);
	int64_t part[2] = {7, 5};
	caddr_t cpus[2] = {(caddr_t)&part[0], (caddr_t)&part[1]};
	dt_module_t mod = {.ncpus = 2};
	dtp->module = &mod;
	r->data.dtada_percpu = cpus;
	check(r, "        0               12\n");
	dtp->opt[DT_OPT_AGGPERCPU] = 1;
	check(r, "        0               12\n    [CPU 0]                7\n    [CPU 1]                5\n");
}

/* ---------------------------------------------------------- printa with a format */

static void
format(const char *fmt, dt_aggrow_t **r, dt_agginfo_t **aggs, int naggs, const char *want)
{
	capture_t c;
	dt_fmt_t *f = dtrace_printa_create(dtp, fmt);
	cr_assert(f, "%s", fmt);
	dt_fmtarg_t args[DT_MAXKEYS];
	const dt_aggrow_t *keys = r[0] ? r[0] : r[1];
	for (int i = 0; i < keys->agg->nkeys; i++) {
		const dtrace_recdesc_t *rec = &keys->agg->recs[i + 1];
		args[i] = (dt_fmtarg_t){keys->data.dtada_data + rec->dtrd_offset, rec};
	}
	cr_expect_eq(dt_fmt_print(dtp, capture_start(&c), f, args, keys->agg->nkeys, r, aggs, naggs), 0, "%s",
		     fmt);
	expect_text(c, want);
}

Test(aggrow, formats)
{
	dt_agginfo_t *aggs[2] = {aggregation(0, DTRACEAGG_COUNT, 2, STR_KEY, INT_KEY(4, S)),
				 aggregation(1, DTRACEAGG_SUM, 2, STR_KEY, INT_KEY(4, S))};
	dt_aggrow_t *r[2] = {simple(0, aggs[0], 10), simple(1, aggs[1], -4)};
	for (int i = 0; i < 2; i++) {
		set_key(r[i], 1, "cat", 4);
		set_int(r[i], 2, 8);
	}
	static const struct {
		const char *fmt;
		int naggs;
		const char *want;
	} t[] = {
	    {"%s %d %@d\n", 1, "cat 8 10\n"},
	    {"%@d %s %d\n", 1, "10 cat 8\n"},
	    {"%-8s|%5d|%@8d|\n", 1, "cat     |    8|      10|\n"},
	    {"%@d\n", 1, "10\n"},
	    {"%s\n", 1, "cat\n"},
	    {"[%-@8d]", 1, "[10      ]"},
	    {"[%@-8d]", 1, "[10      ]"},
	    {"[%@8d]", 1, "[      10]"},
	    {"[%8@d]", 1, "[      10]"},
	    {"[%@08d]", 1, "[00000010]"},
	    {"[%@.4d]", 1, "[0010]"},
	    {"%@d %@d %@d", 2, "10 -4 -4"},
	    {"%@d and %@d", 1, "10 and 10"},
	    {"%@u", 1, "10"},
	    {"%@x %@X", 1, "a A"},
	    {"%@lld", 1, "10"},
	    {"%s %*@d|", 1, "cat       10|"},
	    {"no conversion\n", 1, "no conversion\n"},
	    {"%S %@i", 1, "cat 10"},
	};
	for (size_t i = 0; i < sizeof(t) / sizeof(t[0]); i++)
		format(t[i].fmt, r, aggs, t[i].naggs, t[i].want);
	dt_aggrow_t *second[2] = {NULL, r[1]};
	format("%s %@d %@d\n", second, aggs, 2, "cat 0 -4\n");
	value(r[0])[0] = -1; /* count is unsigned */
	format("%@d", r, aggs, 1, "18446744073709551615");
	value(r[1])[0] = -1;
	format("%@d %@x", (dt_aggrow_t *[]){r[1], r[1]}, (dt_agginfo_t *[]){aggs[1], aggs[1]}, 2,
	       "-1 ffffffffffffffff");
	r[1]->data.dtada_normal = 1000;
	value(r[1])[0] = -2500;
	format("%@d", (dt_aggrow_t *[]){r[1]}, (dt_agginfo_t *[]){aggs[1]}, 1, "-2");
}

Test(aggrow, formats_of_other_values)
{
	dt_agginfo_t *agg = aggregation(0, DTRACEAGG_AVG, 0);
	dt_aggrow_t *r = simple(0, agg, 4);
	value(r)[1] = -10;
	format("[%@6d]", &r, &agg, 1, "[    -2]");
	agg = aggregation(0, DTRACEAGG_STDDEV, 0);
	r = row(0, agg);
	add_square(value(r), 10);
	add_square(value(r), -10);
	format("[%@-6d]", &r, &agg, 1, "[10    ]");
	agg = aggregation(0, DTRACEAGG_LQUANTIZE, 1, STR_KEY);
	r = row(0, agg);
	set_key(r, 1, "ls", 3);
	value(r)[1] = 3;
	format("%s:%@d\n", &r, &agg, 1, "ls:" TABLE_0 "\n");
	agg = aggregation(0, DTRACEAGG_COUNT, 1, key(DTRACEACT_STACK, 24, 3));
	r = simple(0, agg, 2);
	uint64_t pcs[3] = {0x11, 0x22, 0};
	set_key(r, 1, pcs, sizeof(pcs));
	format("%k%@d\n", &r, &agg, 1, "\n0x11\n0x22\n2\n");
	format("%-2k%@d\n", &r, &agg, 1, "\n  0x11\n  0x22\n2\n");
	agg = aggregation(0, DTRACEAGG_COUNT, 1, key(DTRACEACT_UMOD, 16, 0));
	r = simple(0, agg, 2);
	uint64_t u[2] = {0x7ffffffe, 0x33};
	set_key(r, 1, u, sizeof(u));
	format("%A %@d\n", &r, &agg, 1, "0x33 2\n");
	format("[%8a]\n", &r, &agg, 1, "[    0x33]\n");
}

/* ---------------------------------------------------------------- packed forms */

static void
packed(dt_agginfo_t *agg, dt_aggrow_t **r, int n, const char *want)
{
	capture_t c;
	cr_assert(dt_packable(dtp, agg));
	cr_expect_eq(dt_print_packed(dtp, capture_start(&c), agg, r, n), 0);
	expect_text(c, want);
}

Test(aggrow, what_can_be_packed)
{
	cr_expect(!dt_packable(dtp, aggregation(0, DTRACEAGG_COUNT, 0)));
	dtp->opt[DT_OPT_AGGHIST] = 1;
	cr_expect(dt_packable(dtp, aggregation(0, DTRACEAGG_COUNT, 0)));
	cr_expect(dt_packable(dtp, aggregation(0, DTRACEAGG_SUM, 1, STR_KEY)));
	cr_expect(!dt_packable(dtp, aggregation(0, DTRACEAGG_AVG, 0)));
	cr_expect(!dt_packable(dtp, aggregation(0, DTRACEAGG_MAX, 0)));
	cr_expect(!dt_packable(dtp, aggregation(0, DTRACEAGG_QUANTIZE, 0)));
	cr_expect(!dt_packable(dtp, aggregation(0, DTRACEAGG_COUNT, 1, key(DTRACEACT_STACK, 24, 3))));
	dtp->opt[DT_OPT_AGGHIST] = 0;
	dtp->opt[DT_OPT_AGGPACK] = 1;
	cr_expect(dt_packable(dtp, aggregation(0, DTRACEAGG_QUANTIZE, 0)));
	cr_expect(dt_packable(dtp, aggregation(0, DTRACEAGG_LQUANTIZE, 1, INT_KEY(8, S))));
	cr_expect(!dt_packable(dtp, aggregation(0, DTRACEAGG_COUNT, 0)));
}

Test(aggrow, agghist)
{
	dtp->opt[DT_OPT_AGGHIST] = 1;
	dt_agginfo_t *agg = aggregation(0, DTRACEAGG_COUNT, 2, STR_KEY, INT_KEY(4, S));
	dt_aggrow_t *r[2] = {simple(0, agg, 1), simple(1, agg, 3)};
	set_key(r[0], 1, "ls", 3);
	set_key(r[1], 1, "bash", 5);
	set_int(r[0], 2, -7);
	set_int(r[1], 2, 12);
	packed(agg, r, 2,
	       "\n                       key  ------------- Distribution ------------- count    \n"
	       "               ls       -7 |@@@@@@@@@@                               1        \n"
	       "             bash       12 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@           3        \n");
	dtp->opt[DT_OPT_AGGZOOM] = 1;
	packed(agg, r, 2,
	       "\n                       key  ------------- Distribution ------------- count    \n"
	       "               ls       -7 |@@@@@@@@@@@@@                            1        \n"
	       "             bash       12 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@   3        \n");
	dtp->opt[DT_OPT_AGGZOOM] = 0;
	agg = aggregation(0, DTRACEAGG_SUM, 1, INT_KEY(1, 0));
	r[0] = simple(0, agg, -50);
	r[1] = simple(1, agg, 50);
	set_int(r[1], 1, 200);
	r[0]->data.dtada_normal = r[1]->data.dtada_normal = 10;
	packed(agg, r, 2,
	       "\n key  ------------- Distribution ------------- count    \n"
	       "   0           @@@@@@@@@@|                     -5       \n"
	       " 200                     |@@@@@@@@@@           5        \n");
	agg = aggregation(0, DTRACEAGG_COUNT, 0);
	r[0] = simple(0, agg, 8);
	packed(agg, r, 1,
	       "\n           value  ------------- Distribution ------------- count    \n"
	       "               8 |" AT_40 " 8        \n");
}

Test(aggrow, aggpack)
{
	dtp->opt[DT_OPT_AGGPACK] = 1;
	dtp->encoding = DT_ENC_ASCII;
	dt_agginfo_t *agg = aggregation(0, DTRACEAGG_QUANTIZE, 1, INT_KEY(4, S));
	dt_aggrow_t *r[2] = {row(0, agg), row(1, agg)};
	set_int(r[0], 1, 1);
	set_int(r[1], 1, 2);
	value(r[0])[DT_QUANTIZE_ZERO + 2] = 1; /* 2 */
	value(r[0])[DT_QUANTIZE_ZERO + 3] = 7; /* 4: round(7 * 7 / 8) = 6 */
	value(r[1])[DT_QUANTIZE_ZERO + 4] = 5; /* 8 */
	/* from 1, before the first, to 16, after the last */
	packed(agg, r, 2,
	       "\n      key  min .-----. max  | count\n"
	       "        1    1 : _X  : 16   | 8\n"
	       "        2    1 :   X : 16   | 5\n");
	dtp->encoding = DT_ENC_UTF8;
	packed(agg, r, 2,
	       "\n      key  min .-----. max  | count\n"
	       "        1    1 : \xe2\x96\x82\xe2\x96\x87  : 16   | 8\n"
	       "        2    1 :   \xe2\x96\x88 : 16   | 5\n");
	setenv("TERM", "dumb", 1);
	dtp->encoding = DT_ENC_UNSET;
	packed(agg, r, 1,
	       "\n      key  min .----. max  | count\n"
	       "        1    1 : _X : 8    | 8\n");
	setenv("TERM", "xterm", 1);
	packed(agg, r, 1,
	       "\n      key  min .----. max  | count\n"
	       "        1    1 : \xe2\x96\x82\xe2\x96\x87 : 8    | 8\n");
	/* none below a first zero bucket; without keys */
	dtp->encoding = DT_ENC_ASCII;
	agg = aggregation(0, DTRACEAGG_QUANTIZE, 0);
	r[0] = row(0, agg);
	value(r[0])[DT_QUANTIZE_ZERO] = 3;
	packed(agg, r, 1,
	       "\n  min .--. max  | count\n"
	       "    0 :X : 1    | 3\n");
	value(r[0])[DT_QUANTIZE_ZERO - 12] = -3; /* -2048 */
	packed(agg, r, 1,
	       "\n   min .---------------. max  | count\n"
	       " -4096 : v           x : 1    | 0\n");
}

Test(aggrow, aggpack_linear)
{
	dtp->opt[DT_OPT_AGGPACK] = 1;
	dtp->encoding = DT_ENC_ASCII;
	dt_agginfo_t *agg = aggregation(0, DTRACEAGG_LQUANTIZE, 1, STR_KEY);
	dt_aggrow_t *r = row(0, agg);
	set_key(r, 1, "sh", 3);
	value(r)[2] = 2;
	value(r)[5] = 2; /* >= 4 */
	packed(agg, &r, 1,
	       "\n              key     min .------. max      | count\n"
	       "               sh     < 0 :  x  x: >= 4     | 4\n");
}

static char got[1024];
static const dtrace_aggdata_t *seen;

static int
collect(const dtrace_bufdata_t *bd, void *arg)
{
	(void)arg;
	seen = bd->dtbda_aggdata;
	int rec = bd->dtbda_recdesc ? (int)(bd->dtbda_recdesc - seen->dtada_desc->dtagd_rec) : -1;
	sprintf(got + strlen(got), "%x/%d<%s>", bd->dtbda_flags, rec, bd->dtbda_buffered);
	return DTRACE_HANDLE_OK;
}

Test(aggrow, buffered)
{
	dt_aggrow_t *r = simple(0, aggregation(0, DTRACEAGG_COUNT, 1, INT_KEY(4, S)), 3);
	dt_agginfo_t *agg = r->agg;
	dtp->handlers.buffered = collect;
	cr_expect_eq(dt_print_aggrow(dtp, NULL, &r, &agg, 1), 0);
	cr_expect_eq(seen, &r->data);
	cr_expect_str_eq(got, "1/1<        0>2/2<                3>8/-1<\n>");
	got[0] = '\0';
	dt_fmt_t *f = dtrace_printa_create(dtp, "a %d b %@d c\n");
	dt_fmtarg_t arg = {r->data.dtada_data + agg->recs[1].dtrd_offset, &agg->recs[1]};
	dtp->outctx.dtbda_aggdata = &r->data;
	cr_expect_eq(dt_fmt_print(dtp, NULL, f, &arg, 1, &r, &agg, 1), 0);
	cr_expect_str_eq(got, "5/1<a 0>6/2< b 3>c/-1< c\n>");
	got[0] = '\0';
	f = dtrace_printa_create(dtp, "%@d");
	cr_expect_eq(dt_fmt_print(dtp, NULL, f, &arg, 1, &r, &agg, 1), 0);
	cr_expect_str_eq(got, "6/2<3>c/-1<>");
}
