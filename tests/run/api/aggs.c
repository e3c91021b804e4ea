/* Aggregations: their values as the interface shows them, every order, joined rows, what walkers answer. */
#include "check.h"

static char line[4096];

static void
add(const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	size_t n = strlen(line);
	vsnprintf(line + n, sizeof(line) - n, fmt, ap);
	va_end(ap);
}

static const dtrace_recdesc_t *
value_rec(const dtrace_aggdata_t *d)
{
	return &d->dtada_desc->dtagd_rec[d->dtada_desc->dtagd_nrecs - 1];
}

static const char *
key_text(const dtrace_aggdata_t *d)
{
	static char text[32];
	const dtrace_recdesc_t *rec = &d->dtada_desc->dtagd_rec[1];
	int32_t v;
	if (d->dtada_desc->dtagd_nrecs == 2)
		return "";
	if (rec->dtrd_size != 4)
		return d->dtada_data + rec->dtrd_offset;
	memcpy(&v, d->dtada_data + rec->dtrd_offset, 4);
	snprintf(text, sizeof(text), "%d", v);
	return text;
}

/* "@NAME[KEY]=VALUE", averages made. */
static int
note(const dtrace_aggdata_t *d, void *arg)
{
	int64_t w[2] = {0};
	const dtrace_recdesc_t *rec = value_rec(d);
	(void)arg;
	CHECK(d->dtada_handle == g_dtp && d->dtada_size == d->dtada_desc->dtagd_size && d->dtada_normal >= 1);
	SAME(d->dtada_pdesc->dtpd_name, "BEGIN");
	CHECK(d->dtada_edesc->dtepd_epid == d->dtada_desc->dtagd_epid && d->dtada_edesc->dtepd_probeid == 1);
	memcpy(w, d->dtada_data + rec->dtrd_offset, rec->dtrd_size < 16 ? rec->dtrd_size : 16);
	if (rec->dtrd_action == DTRACEAGG_AVG)
		w[0] = w[1] / w[0];
	add("%s%s=%lld ", d->dtada_desc->dtagd_name, key_text(d), (long long)w[0] / (long long)d->dtada_normal);
	return DTRACE_AGGWALK_NEXT;
}

static void
order(dtrace_aggregate_walk_f *walk, const char *want)
{
	line[0] = '\0';
	CHECK(walk(g_dtp, note, NULL) == 0);
	SAME(line, want);
}

static void
orders(void)
{
	open_handle(0);
	start("BEGIN { @c[\"x\"] = min(3); @c[\"y\"] = min(9); @c[\"z\"] = min(6);"
	      "@d[\"x\"] = avg(8); @d[\"y\"] = avg(2); @e[\"x\"] = max(5); @e[\"y\"] = max(4); @n[7] = min(1);"
	      "exit(0); }");
	CHECK(run(stdout, NULL, NULL, NULL) == 0);
	order(dtrace_aggregate_walk_keysorted, "cx=3 cy=9 cz=6 dx=8 dy=2 ex=5 ey=4 n7=1 ");
	order(dtrace_aggregate_walk_valsorted, "cx=3 cz=6 cy=9 dy=2 dx=8 ey=4 ex=5 n7=1 ");
	order(dtrace_aggregate_walk_keyrevsorted, "n7=1 ey=4 ex=5 dy=2 dx=8 cz=6 cy=9 cx=3 ");
	order(dtrace_aggregate_walk_valrevsorted, "n7=1 ex=5 ey=4 dx=8 dy=2 cy=9 cz=6 cx=3 ");
	order(dtrace_aggregate_walk_keyvarsorted, "n7=1 cx=3 dx=8 ex=5 cy=9 dy=2 ey=4 cz=6 ");
	order(dtrace_aggregate_walk_keyvarrevsorted, "cz=6 ey=4 dy=2 cy=9 ex=5 dx=8 cx=3 n7=1 ");
	/* min, max, avg: as their numbers have it. */
	order(dtrace_aggregate_walk_valvarsorted, "n7=1 cx=3 cz=6 cy=9 ey=4 ex=5 dy=2 dx=8 ");
	order(dtrace_aggregate_walk_valvarrevsorted, "dx=8 dy=2 ex=5 ey=4 cy=9 cz=6 cx=3 n7=1 ");
	order(dtrace_aggregate_walk_sorted, "cx=3 cz=6 cy=9 dy=2 dx=8 ey=4 ex=5 n7=1 ");
	CHECK(dtrace_setopt(g_dtp, "aggsortkey", NULL) == 0 && dtrace_setopt(g_dtp, "aggsortrev", NULL) == 0);
	order(dtrace_aggregate_walk_sorted, "n7=1 ey=4 ex=5 dy=2 dx=8 cz=6 cy=9 cx=3 ");
	line[0] = '\0';
	CHECK(dtrace_aggregate_walk(g_dtp, note, NULL) == 0 && strlen(line) == 5 * 8);
	FAILS(dtrace_aggregate_walk(g_dtp, NULL, NULL) == -1, EINVAL);
	FAILS(dtrace_aggregate_walk_valvarsorted(g_dtp, NULL, NULL) == -1, EINVAL);
	close_handle();
}

static int
note_joined(const dtrace_aggdata_t **d, const int n, void *arg)
{
	CHECK(n == 3);
	add("%s:", key_text(d[0]));
	for (int i = 1; i < n; i++) {
		int64_t v;
		CHECK(d[i]->dtada_desc->dtagd_varid == ((dtrace_aggvarid_t *)arg)[i - 1]);
		SAME(key_text(d[i]), key_text(d[0]));
		memcpy(&v, d[i]->dtada_data + value_rec(d[i])->dtrd_offset, 8);
		add("%lld,", (long long)v);
	}
	add(" ");
	return DTRACE_AGGWALK_NEXT;
}

static int
clear_joined(const dtrace_aggdata_t **d, const int n, void *arg)
{
	(void)d;
	(void)n;
	(void)arg;
	return DTRACE_AGGWALK_CLEAR;
}

static void
joined(void)
{
	dtrace_aggvarid_t vars[2] = {1, 2}, none[2] = {1, 9};
	open_handle(0);
	start("BEGIN { @a[\"x\"] = sum(3); @a[\"y\"] = sum(1); @b[\"y\"] = count(); @b[\"z\"] = count(); "
	      "@b[\"z\"] = count();"
	      "exit(0); }");
	CHECK(run(stdout, NULL, NULL, NULL) == 0);
	line[0] = '\0';
	CHECK(dtrace_aggregate_walk_joined(g_dtp, vars, 2, note_joined, vars) == 0);
	SAME(line, "z:0,2, y:1,1, x:3,0, ");
	CHECK(dtrace_setopt(g_dtp, "aggsortkey", NULL) == 0);
	line[0] = '\0';
	CHECK(dtrace_aggregate_walk_joined(g_dtp, vars, 2, note_joined, vars) == 0);
	SAME(line, "x:3,0, y:1,1, z:0,2, ");
	FAILS(dtrace_aggregate_walk_joined(g_dtp, none, 2, note_joined, none) == -1, EDT_BADAGGVAR);
	FAILS(dtrace_aggregate_walk_joined(g_dtp, vars, 0, note_joined, vars) == -1, EINVAL);
	FAILS(dtrace_aggregate_walk_joined(g_dtp, NULL, 2, note_joined, vars) == -1, EINVAL);
	CHECK(dtrace_aggregate_walk_joined(g_dtp, vars, 1, clear_joined, NULL) == 0);
	order(dtrace_aggregate_walk_keysorted, "ax=0 ay=0 by=1 bz=2 ");
	close_handle();
	open_handle(0);
	CHECK(dtrace_aggregate_walk(g_dtp, note, NULL) == 0 && dtrace_aggregate_snap(g_dtp) == 0);
	CHECK(dtrace_aggregate_print(g_dtp, stdout, NULL) == 0);
	dtrace_aggregate_clear(g_dtp);
	FAILS(dtrace_aggregate_walk_joined(g_dtp, vars, 2, note_joined, vars) == -1, EDT_BADAGGVAR);
	close_handle();
}

/* Values word by word, as consumers read them. */
static int
values(const dtrace_aggdata_t *d, void *arg)
{
	const dtrace_recdesc_t *rec = value_rec(d);
	const int64_t *w = (const int64_t *)(const void *)(d->dtada_data + rec->dtrd_offset);
	int *seen = arg;
	*seen |= 1 << (rec->dtrd_action - DTRACEACT_AGGREGATION);
	CHECK(DTRACEACT_ISAGG(rec->dtrd_action) && (uintptr_t)w % 8 == 0);
	switch (rec->dtrd_action) {
	case DTRACEAGG_COUNT:
		CHECK(rec->dtrd_size == 8 && w[0] == 2);
		break;
	case DTRACEAGG_SUM:
		CHECK(rec->dtrd_size == 8 && w[0] == -3);
		CHECK(d->dtada_flags & DTRACE_A_PERCPU);
		int64_t all = 0;
		for (int i = 0; i < sysconf(_SC_NPROCESSORS_CONF); i++)
			all += *(const int64_t *)(const void *)d->dtada_percpu[i];
		CHECK(all == -3);
		break;
	case DTRACEAGG_MIN:
		CHECK(rec->dtrd_size == 8 && w[0] == -7);
		break;
	case DTRACEAGG_MAX:
		CHECK(rec->dtrd_size == 8 && w[0] == 11);
		break;
	case DTRACEAGG_AVG:
		CHECK(rec->dtrd_size == 16 && w[0] == 2 && w[1] == 30);
		break;
	case DTRACEAGG_STDDEV:
		CHECK(rec->dtrd_size == 32 && w[0] == 2 && w[1] == 7 && w[2] == 25 && w[3] == 0);
		break;
	case DTRACEAGG_QUANTIZE:
		CHECK(rec->dtrd_size == DTRACE_QUANTIZE_NBUCKETS * 8);
		for (int i = 0; i < DTRACE_QUANTIZE_NBUCKETS; i++) {
			int64_t v = DTRACE_QUANTIZE_BUCKETVAL(i);
			CHECK(w[i] == (v == -4 ? 1 : v == 0 ? 2 : v == 8 ? 3 : 0));
		}
		break;
	case DTRACEAGG_LQUANTIZE:
		CHECK(DTRACE_LQUANTIZE_BASE(w[0]) == -10 && DTRACE_LQUANTIZE_STEP(w[0]) == 5);
		CHECK(DTRACE_LQUANTIZE_LEVELS(w[0]) == 4);
		CHECK(rec->dtrd_size == (1 + 4 + 2) * 8);
		CHECK(w[1] == 1 && w[2] == 2 && w[3] == 0 && w[4] == 0 && w[5] == 1 && w[6] == 3);
		break;
	case DTRACEAGG_LLQUANTIZE:
		CHECK(DTRACE_LLQUANTIZE_FACTOR(w[0]) == 10 && DTRACE_LLQUANTIZE_LOW(w[0]) == 0);
		CHECK(DTRACE_LLQUANTIZE_HIGH(w[0]) == 1 && DTRACE_LLQUANTIZE_NSTEP(w[0]) == 10);
		/* below 1; 1 to 9; 10, 20 ... 90; 100 and above */
		CHECK(rec->dtrd_size == (1 + 1 + 9 + 9 + 1) * 8);
		for (int i = 1; i < 21; i++)
			CHECK(w[i] == (i == 1 ? 2 : i == 2 ? 1 : i == 12 ? 1 : i == 20 ? 1 : 0));
		break;
	default:
		CHECK(!"an aggregating function");
	}
	return DTRACE_AGGWALK_NEXT;
}

static void
layouts(void)
{
	int seen = 0;
	open_handle(0);
	CHECK(dtrace_setopt(g_dtp, "aggpercpu", NULL) == 0);
	start("BEGIN { @a = count(); @a = count(); @b = sum(4); @b = sum(-7); @c = min(2); @c = min(-7); @d = "
	      "max(11); @d = max(2);"
	      "@e = avg(10); @e = avg(20); @f = stddev(3); @f = stddev(4);"
	      "@g = quantize(-5); @g = quantize(0, 2); @g = quantize(9, 3);"
	      "@h = lquantize(-11, -10, 10, 5); @h = lquantize(-10, -10, 10, 5, 2); @h = lquantize(7, -10, 10, "
	      "5);"
	      "@h = lquantize(10, -10, 10, 5, 3);"
	      "@i = llquantize(0, 10, 0, 1, 10); @i = llquantize(-5, 10, 0, 1, 10); @i = llquantize(1, 10, 0, "
	      "1, 10);"
	      "@i = llquantize(25, 10, 0, 1, 10); @i = llquantize(1000, 10, 0, 1, 10); exit(0); }");
	CHECK(run(stdout, NULL, NULL, NULL) == 0);
	CHECK(dtrace_aggregate_walk_valsorted(g_dtp, values, &seen) == 0 && seen == 0x3fe);
	close_handle();
}

/* Answers by key. */
static int
answer(const dtrace_aggdata_t *d, void *arg)
{
	const char *key = key_text(d);
	(void)arg;
	if (!strcmp(key, "normalize"))
		((dtrace_aggdata_t *)(uintptr_t)d)->dtada_normal = 10;
	return !strcmp(key, "clear")       ? DTRACE_AGGWALK_CLEAR
	       : !strcmp(key, "normalize") ? DTRACE_AGGWALK_NORMALIZE
	       : !strcmp(key, "remove")    ? DTRACE_AGGWALK_REMOVE
					   : DTRACE_AGGWALK_NEXT;
}

static int
give(const dtrace_aggdata_t *d, void *arg)
{
	(void)d;
	return *(int *)arg;
}

static int
copy_and_print(dtrace_hdl_t *dtp, dtrace_aggregate_f *fn, void *arg)
{
	(void)dtp;
	return fn(NULL, arg) == DTRACE_AGGWALK_ERROR ? -1 : 0;
}

static void
answers(void)
{
	int rc;
	open_handle(0);
	start("BEGIN { @a[\"clear\"] = sum(50); @a[\"normalize\"] = sum(60); @a[\"remove\"] = sum(70); "
	      "@a[\"same\"] = sum(80);"
	      "exit(0); }");
	CHECK(run(stdout, NULL, NULL, NULL) == 0);
	CHECK(dtrace_aggregate_walk(g_dtp, answer, NULL) == 0);
	order(dtrace_aggregate_walk_keysorted, "aclear=0 anormalize=6 asame=80 ");
	CHECK(dtrace_aggregate_snap(g_dtp) == 0);
	order(dtrace_aggregate_walk_keysorted, "aclear=0 anormalize=6 asame=80 ");
	rc = DTRACE_AGGWALK_DENORMALIZE;
	CHECK(dtrace_aggregate_walk(g_dtp, give, &rc) == 0);
	order(dtrace_aggregate_walk_keysorted, "aclear=0 anormalize=60 asame=80 ");
	rc = DTRACE_AGGWALK_ABORT;
	FAILS(dtrace_aggregate_walk(g_dtp, give, &rc) == -1, EDT_DIRABORT);
	rc = 77;
	FAILS(dtrace_aggregate_walk_keysorted(g_dtp, give, &rc) == -1, EDT_BADRVAL);
	rc = DTRACE_AGGWALK_ERROR;
	CHECK(dtrace_aggregate_walk_keyvarsorted(g_dtp, give, &rc) == -1);
	FAILS(dtrace_aggregate_print(g_dtp, stdout, copy_and_print) == -1, EDT_BADAGGVAR);
	dtrace_aggregate_clear(g_dtp);
	order(dtrace_aggregate_walk_keysorted, "aclear=0 anormalize=0 asame=0 ");
	close_handle();
}

static int
collect(const dtrace_bufdata_t *b, void *arg)
{
	(void)arg;
	CHECK(b->dtbda_handle == g_dtp);
	CHECK(!(b->dtbda_flags & (DTRACE_BUFDATA_AGGKEY | DTRACE_BUFDATA_AGGVAL)) ||
	      (b->dtbda_aggdata && b->dtbda_recdesc));
	add("%s%s%s%s<%s>", b->dtbda_flags & DTRACE_BUFDATA_AGGFORMAT ? "F" : "",
	    b->dtbda_flags & DTRACE_BUFDATA_AGGKEY ? "K" : "",
	    b->dtbda_flags & DTRACE_BUFDATA_AGGVAL ? "V" : "",
	    b->dtbda_flags & DTRACE_BUFDATA_AGGLAST ? "L" : "", b->dtbda_buffered);
	return DTRACE_HANDLE_OK;
}

static void
buffered(void)
{
	open_handle(0);
	CHECK(dtrace_handle_buffered(g_dtp, collect, NULL) == 0);
	start("BEGIN { @a[1, 2] = count(); @b[5] = sum(7); exit(0); } END { printa(\"%d is %@d\\n\", @b); }");
	line[0] = '\0';
	CHECK(run(NULL, NULL, NULL, NULL) == 0);
	CHECK(dtrace_aggregate_print(g_dtp, NULL, NULL) == 0);
	SAME(line, "FK<5>FV< is 7>FL<\n>K<        1>K<        2>V<                1>L<\n>");
	close_handle();
}

int
main(void)
{
	orders();
	joined();
	layouts();
	answers();
	buffered();
	return ended();
}
