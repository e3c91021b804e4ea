/* Tables of quantize, lquantize and llquantize: output.md 4.2, to the byte.
 * covers: output 4.2 4.2.1-4.2.7 */
#include "capture.h"

#define RULER    "           value  ------------- Distribution ------------- count    \n"
#define BLANK_40 "                                        "
#define AT_40    "@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@"

static dt_ident_t ident;
static dt_agginfo_t agg;
static int64_t counts[70000];

static void
setup(int func, int64_t a0, int64_t a1, int64_t a2, int64_t a3)
{
	memset(counts, 0, sizeof(counts));
	ident = (dt_ident_t){.kind = DT_ID_AGG, .aggfunc = func, .aggarg = {a0, a1, a2, a3}};
	agg = (dt_agginfo_t){.ident = &ident, .nbuckets = dt_dist_nbuckets(func, ident.aggarg)};
}

static void
quantize(int64_t v, int64_t inc)
{
	int i = DT_QUANTIZE_ZERO;
	for (uint64_t m = v < 0 ? -(uint64_t)v : (uint64_t)v; m; m /= 2)
		i += v < 0 ? -1 : 1;
	counts[i] += inc;
}

static dtrace_hdl_t *dtp;

static void
check(uint64_t normal, const char *want)
{
	capture_t c;
	cr_expect_eq(dt_print_dist(dtp, capture_start(&c), &agg, counts, normal), 0);
	expect_text(c, want);
}

static void
init(void)
{
	dtp = bare_handle();
}
TestSuite(distribution, .init = init);

Test(distribution, sample_of_the_spec)
{
	setup(DTRACEAGG_QUANTIZE, 0, 0, 0, 0);
	quantize(1, 3);
	quantize(2, 1);
	check(1, "\n"
		 "           value  ------------- Distribution ------------- count    \n"
		 "               0 |                                         0        \n"
		 "               1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@           3        \n"
		 "               2 |@@@@@@@@@@                               1        \n"
		 "               4 |                                         0        \n");
}

Test(distribution, quantize_signs)
{
	setup(DTRACEAGG_QUANTIZE, 0, 0, 0, 0);
	quantize(0, 1);
	check(1, "\n" RULER "              -1 |" BLANK_40 " 0        \n"
		 "               0 |" AT_40 " 1        \n"
		 "               1 |" BLANK_40 " 0        \n");
	quantize(-3, 1);
	check(1, "\n" RULER "              -4 |" BLANK_40 " 0        \n"
		 "              -2 |@@@@@@@@@@@@@@@@@@@@                     1        \n"
		 "              -1 |" BLANK_40 " 0        \n"
		 "               0 |@@@@@@@@@@@@@@@@@@@@                     1        \n"
		 "               1 |" BLANK_40 " 0        \n");
}

Test(distribution, no_data)
{
	setup(DTRACEAGG_QUANTIZE, 0, 0, 0, 0);
	check(1, "\n" RULER "              -1 |" BLANK_40 " 0        \n"
		 "               0 |" BLANK_40 " 0        \n"
		 "               1 |" BLANK_40 " 0        \n");
	setup(DTRACEAGG_LQUANTIZE, 10, 50, 10, 0);
	check(1, "\n" RULER "            < 10 |" BLANK_40 " 0        \n"
		 "              10 |" BLANK_40 " 0        \n"
		 "              20 |" BLANK_40 " 0        \n");
	setup(DTRACEAGG_LLQUANTIZE, 10, 1, 2, 10);
	check(1, "\n" RULER "            < 10 |" BLANK_40 " 0        \n"
		 "              10 |" BLANK_40 " 0        \n");
}

Test(distribution, ends)
{
	setup(DTRACEAGG_QUANTIZE, 0, 0, 0, 0);
	counts[0] = 1;
	check(1, "\n" RULER "-4611686018427387904 |" AT_40 " 1        \n"
		 "-2305843009213693952 |" BLANK_40 " 0        \n");
	counts[0] = 0;
	counts[126] = 1;
	check(1, "\n" RULER "2305843009213693952 |" BLANK_40 " 0        \n"
		 "4611686018427387904 |" AT_40 " 1        \n");
}

Test(distribution, negative_and_mixed_bars)
{
	setup(DTRACEAGG_QUANTIZE, 0, 0, 0, 0);
	quantize(1, -3);
	quantize(2, -1);
	check(1, "\n" RULER "               0 " BLANK_40 "| 0        \n"
		 "               1           @@@@@@@@@@@@@@@@@@@@@@@@@@@@@@| -3       \n"
		 "               2                               @@@@@@@@@@| -1       \n"
		 "               4 " BLANK_40 "| 0        \n");
	setup(DTRACEAGG_QUANTIZE, 0, 0, 0, 0);
	quantize(1, 3);
	quantize(4, -1);
	check(1, "\n" RULER "               0                     |                     0        \n"
		 "               1                     |@@@@@@@@@@@@@@@      3        \n"
		 "               2                     |                     0        \n"
		 "               4                @@@@@|                     -1       \n"
		 "               8                     |                     0        \n");
}

Test(distribution, normalised)
{
	setup(DTRACEAGG_QUANTIZE, 0, 0, 0, 0);
	quantize(1, 3000);
	quantize(2, 1000);
	check(1000, "\n" RULER "               0 |                                         0        \n"
		    "               1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@           3        \n"
		    "               2 |@@@@@@@@@@                               1        \n"
		    "               4 |                                         0        \n");
	setup(DTRACEAGG_QUANTIZE, 0, 0, 0, 0);
	quantize(0, -7);
	check(2, "\n" RULER "              -1 " BLANK_40 "| 0        \n"
		 "               0 " AT_40 "| -3       \n"
		 "               1 " BLANK_40 "| 0        \n");
}

Test(distribution, rounding)
{
	/* thirds of 40 columns: 13.33 and 26.67 */
	setup(DTRACEAGG_QUANTIZE, 0, 0, 0, 0);
	quantize(1, 1000000);
	quantize(2, 2000000);
	check(1, "\n" RULER "               0 |" BLANK_40 " 0        \n"
		 "               1 |@@@@@@@@@@@@@                            1000000  \n"
		 "               2 |@@@@@@@@@@@@@@@@@@@@@@@@@@@              2000000  \n"
		 "               4 |" BLANK_40 " 0        \n");
	setup(DTRACEAGG_QUANTIZE, 0, 0, 0, 0);
	quantize(1, 1);
	quantize(2, 1234567890123);
	check(1, "\n" RULER "               0 |" BLANK_40 " 0        \n"
		 "               1 |" BLANK_40 " 1        \n"
		 "               2 |" AT_40 " 1234567890123\n"
		 "               4 |" BLANK_40 " 0        \n");
}

Test(distribution, lquantize)
{
	setup(DTRACEAGG_LQUANTIZE, 0, 100, 30, 0); /* three levels: the limit is 90 */
	cr_assert_eq(agg.nbuckets, 5);
	counts[0] = 1;
	counts[4] = 1;
	check(1, "\n" RULER "             < 0 |@@@@@@@@@@@@@@@@@@@@                     1        \n"
		 "               0 |" BLANK_40 " 0        \n"
		 "              30 |" BLANK_40 " 0        \n"
		 "              60 |" BLANK_40 " 0        \n"
		 "           >= 90 |@@@@@@@@@@@@@@@@@@@@                     1        \n");
	setup(DTRACEAGG_LQUANTIZE, -10, 10, 5, 0);
	counts[2] = 4;
	check(1, "\n" RULER "             -10 |" BLANK_40 " 0        \n"
		 "              -5 |" AT_40 " 4        \n"
		 "               0 |" BLANK_40 " 0        \n");
	setup(DTRACEAGG_LQUANTIZE, 0, 1, 1, 0); /* one level */
	counts[1] = 1;
	check(1, "\n" RULER "             < 0 |" BLANK_40 " 0        \n"
		 "               0 |" AT_40 " 1        \n"
		 "            >= 1 |" BLANK_40 " 0        \n");
}

/* The bucket with the last label not above the magnitude, mirrored below zero. */
static void
llquantize(int64_t v, int64_t n)
{
	int middle = agg.nbuckets / 2, b = agg.nbuckets - 1, edge;
	while (b > middle && dt_dist_label(&agg, b, &edge) > llabs(v))
		b--;
	counts[v < 0 ? 2 * middle - b : b] += n;
}

Test(distribution, llquantize)
{
	setup(DTRACEAGG_LLQUANTIZE, 10, 1, 2, 10);
	llquantize(5, 1);
	check(1, "\n" RULER "            < 10 |" AT_40 " 1        \n"
		 "              10 |" BLANK_40 " 0        \n");
	llquantize(90, 1);
	llquantize(100, 2);
	check(1, "\n" RULER "            < 10 |@@@@@@@@@@                               1        \n"
		 "              10 |" BLANK_40 " 0        \n"
		 "              20 |" BLANK_40 " 0        \n"
		 "              30 |" BLANK_40 " 0        \n"
		 "              40 |" BLANK_40 " 0        \n"
		 "              50 |" BLANK_40 " 0        \n"
		 "              60 |" BLANK_40 " 0        \n"
		 "              70 |" BLANK_40 " 0        \n"
		 "              80 |" BLANK_40 " 0        \n"
		 "              90 |@@@@@@@@@@                               1        \n"
		 "             100 |@@@@@@@@@@@@@@@@@@@@                     2        \n"
		 "             200 |" BLANK_40 " 0        \n");
	setup(DTRACEAGG_LLQUANTIZE, 10, 1, 2, 10);
	llquantize(1000000, 1);
	check(1, "\n" RULER "             900 |" BLANK_40 " 0        \n"
		 "         >= 1000 |" AT_40 " 1        \n");
	/* small magnitudes have buckets of one */
	setup(DTRACEAGG_LLQUANTIZE, 2, 0, 3, 8);
	llquantize(3, 1);
	check(1, "\n" RULER "               2 |" BLANK_40 " 0        \n"
		 "               3 |" AT_40 " 1        \n"
		 "               4 |" BLANK_40 " 0        \n");
	setup(DTRACEAGG_LLQUANTIZE, 2, 0, 3, 8);
	llquantize(0, 1);
	check(1, "\n" RULER "             < 1 |" AT_40 " 1        \n"
		 "               1 |" BLANK_40 " 0        \n");
}

Test(distribution, llquantize_mirrored)
{
	setup(DTRACEAGG_LLQUANTIZE, 10, 1, 2, 10);
	llquantize(-15, 1);
	llquantize(5, 1);
	llquantize(25, 2);
	check(1, "\n" RULER "             -20 |" BLANK_40 " 0        \n"
		 "             -10 |@@@@@@@@@@                               1        \n"
		 "      abs() < 10 |@@@@@@@@@@                               1        \n"
		 "              10 |" BLANK_40 " 0        \n"
		 "              20 |@@@@@@@@@@@@@@@@@@@@                     2        \n"
		 "              30 |" BLANK_40 " 0        \n");
	setup(DTRACEAGG_LLQUANTIZE, 10, 1, 2, 10);
	llquantize(-1000, 1);
	check(1, "\n" RULER "        <= -1000 |" AT_40 " 1        \n"
		 "            -900 |" BLANK_40 " 0        \n");
	setup(DTRACEAGG_LLQUANTIZE, 2, 0, 3, 8);
	llquantize(-1, 1);
	check(1, "\n" RULER "              -2 |" BLANK_40 " 0        \n"
		 "              -1 |" AT_40 " 1        \n"
		 "               0 |" BLANK_40 " 0        \n");
}

Test(distribution, labels)
{
	int edge;
	setup(DTRACEAGG_QUANTIZE, 0, 0, 0, 0);
	cr_expect_eq(agg.nbuckets, 127);
	static const struct {
		int bucket;
		int64_t label;
	} q[] = {{0, -4611686018427387904},
		 {1, -2305843009213693952},
		 {61, -2},
		 {62, -1},
		 {63, 0},
		 {64, 1},
		 {65, 2},
		 {66, 4},
		 {125, 2305843009213693952},
		 {126, 4611686018427387904}};
	for (size_t i = 0; i < sizeof(q) / sizeof(q[0]); i++) {
		cr_expect_eq(dt_dist_label(&agg, q[i].bucket, &edge), q[i].label, "bucket %d", q[i].bucket);
		cr_expect_eq(edge, 0);
	}
	setup(DTRACEAGG_LQUANTIZE, -5, 20, 10, 0);
	cr_expect_eq(agg.nbuckets, 4);
	static const struct {
		int bucket, edge;
		int64_t label;
	} l[] = {{0, -1, -5}, {1, 0, -5}, {2, 0, 5}, {3, 1, 15}};
	for (size_t i = 0; i < sizeof(l) / sizeof(l[0]); i++) {
		cr_expect_eq(dt_dist_label(&agg, l[i].bucket, &edge), l[i].label, "bucket %d", l[i].bucket);
		cr_expect_eq(edge, l[i].edge);
	}
	setup(DTRACEAGG_LQUANTIZE, INT32_MIN, INT32_MAX, 65535, 0);
	cr_expect_eq(agg.nbuckets, 65537 + 2);
	cr_expect_eq(dt_dist_label(&agg, 65537, &edge), INT32_MIN + INT64_C(65536) * 65535);
	setup(DTRACEAGG_LLQUANTIZE, 10, 1, 2, 10); /* 10 20 .. 90 100 200 .. 900: 18 buckets a side */
	cr_expect_eq(agg.nbuckets, 2 * 18 + 3);
	static const struct {
		int bucket, edge;
		int64_t label;
	} ll[] = {{0, -1, -1000}, {1, 0, -900}, {18, 0, -10}, {19, 0, 0},   {20, 0, 10},
		  {28, 0, 90},    {29, 0, 100}, {37, 0, 900}, {38, 1, 1000}};
	for (size_t i = 0; i < sizeof(ll) / sizeof(ll[0]); i++) {
		cr_expect_eq(dt_dist_label(&agg, ll[i].bucket, &edge), ll[i].label, "bucket %d", ll[i].bucket);
		cr_expect_eq(edge, ll[i].edge, "bucket %d", ll[i].bucket);
	}
}

/* language.md G56: between factor^m and factor^(m+1) buckets are factor^(m+1) / min(nsteps, factor^(m+1)) wide.
 */
Test(distribution, llquantize_widths)
{
	setup(DTRACEAGG_LLQUANTIZE, 5, 1, 4, 25);
	int b = agg.nbuckets / 2 + 1, edge;
	for (int64_t lo = 5; lo < 3125; lo *= 5) {
		int64_t hi = 5 * lo, width = hi / (hi < 25 ? hi : 25);
		for (int64_t label = lo; label < hi; label += width, b++) {
			cr_expect_eq(dt_dist_label(&agg, b, &edge), label, "bucket %d", b);
			cr_expect_eq(edge, 0);
			cr_expect_eq(dt_dist_label(&agg, agg.nbuckets - 1 - b, &edge), -label);
			cr_expect_eq(edge, 0);
		}
	}
	cr_expect_eq(b, agg.nbuckets - 1);
	cr_expect_eq(dt_dist_label(&agg, b, &edge), 3125);
	cr_expect_eq(edge, 1);
}

Test(distribution, zoom)
{
	setup(DTRACEAGG_QUANTIZE, 0, 0, 0, 0);
	quantize(1, 10);
	quantize(2, 10);
	dtp->opt[DT_OPT_AGGZOOM] = 1;
	/* the largest takes 0.95 of 40 */
	check(1, "\n" RULER "               0 |" BLANK_40 " 0        \n"
		 "               1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@   10       \n"
		 "               2 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@   10       \n"
		 "               4 |" BLANK_40 " 0        \n");
	dtp->opt[DT_OPT_AGGZOOM] = DTRACEOPT_UNSET;
	check(1, "\n" RULER "               0 |" BLANK_40 " 0        \n"
		 "               1 |@@@@@@@@@@@@@@@@@@@@                     10       \n"
		 "               2 |@@@@@@@@@@@@@@@@@@@@                     10       \n"
		 "               4 |" BLANK_40 " 0        \n");
}

#define BLOCK "\xe2\x96\x88"

Test(distribution, utf8)
{
	setup(DTRACEAGG_QUANTIZE, 0, 0, 0, 0);
	quantize(0, 1);  /* 40 / 32 = 1.25: a block and two eighths */
	quantize(1, 31); /* 38.75: 38 blocks and six eighths */
	dtp->encoding = DT_ENC_UTF8;
	check(1,
	      "\n" RULER "              -1 |" BLANK_40 " 0        \n"
	      "               0 |" BLOCK "\xe2\x96\x8e                                       1        \n"
	      "               1 |" BLOCK BLOCK BLOCK BLOCK BLOCK BLOCK BLOCK BLOCK BLOCK BLOCK BLOCK BLOCK BLOCK
		  BLOCK BLOCK BLOCK BLOCK BLOCK BLOCK BLOCK BLOCK BLOCK BLOCK BLOCK BLOCK BLOCK BLOCK BLOCK
		      BLOCK BLOCK BLOCK BLOCK BLOCK BLOCK BLOCK BLOCK BLOCK BLOCK "\xe2\x96\x8a  31       \n"
	      "               2 |" BLANK_40 " 0        \n");
	/* negative data have no such form */
	setup(DTRACEAGG_QUANTIZE, 0, 0, 0, 0);
	quantize(0, -1);
	check(1, "\n" RULER "              -1 " BLANK_40 "| 0        \n"
		 "               0 " AT_40 "| -1       \n"
		 "               1 " BLANK_40 "| 0        \n");
	dtp->encoding = DT_ENC_ASCII;
	counts[DT_QUANTIZE_ZERO] = 1;
	check(1, "\n" RULER "              -1 |" BLANK_40 " 0        \n"
		 "               0 |" AT_40 " 1        \n"
		 "               1 |" BLANK_40 " 0        \n");
}

Test(distribution, extreme_counts)
{
	setup(DTRACEAGG_QUANTIZE, 0, 0, 0, 0);
	quantize(0, INT64_MIN);
	check(1, "\n" RULER "              -1 " BLANK_40 "| 0        \n"
		 "               0 " AT_40 "| -9223372036854775808\n"
		 "               1 " BLANK_40 "| 0        \n");
	check(UINT64_MAX, "\n" RULER "              -1 " BLANK_40 "| 0        \n"
			  "               0 " AT_40 "| 0        \n"
			  "               1 " BLANK_40 "| 0        \n");
}
