/* The format language: parsing, fitting types, every conversion (language.md part 8, output.md 1.4).
 * covers: output 1.4.1-1.4.17 */
#include "capture.h"

#include <time.h>

static dt_fmt_t *
parse(const char *text, bool is_printa)
{
	const char *tag;
	char err[256];
	return dt_fmt_parse(bare_handle()->arena, text, strlen(text), is_printa, &tag, err, sizeof(err));
}

static const char *
parse_error(const char *text, bool is_printa)
{
	const char *tag = "parsed";
	char err[256] = "";
	dt_fmt_t *f = dt_fmt_parse(bare_handle()->arena, text, strlen(text), is_printa, &tag, err, sizeof(err));
	cr_expect(f || *err, "a message for \"%s\"", text);
	return f ? "parsed" : tag;
}

Test(format, parsing)
{
	dt_fmt_t *f = parse("a%%b %-08.3lld|%*.*s%?p done", false);
	cr_assert(f);
	cr_assert_eq(f->nconv, 4);
	cr_expect_str_eq(f->text, "a%%b %-08.3lld|%*.*s%?p done");
	dt_conv_t *c = f->conv;
	cr_expect_eq(c[0].prefixlen, 4);
	cr_expect(memcmp(c[0].prefix, "a%b ", 4) == 0);
	cr_expect(c[0].left && !c[0].zero, "- cancels 0");
	cr_expect_eq(c[0].width, 8);
	cr_expect_eq(c[0].prec, 3);
	cr_expect_str_eq(c[0].size, "ll");
	cr_expect_eq(c[0].conv, 'd');
	cr_expect_eq(c[1].prefixlen, 1);
	cr_expect(c[1].dynwidth && c[1].dynprec);
	cr_expect_eq(c[1].conv, 's');
	cr_expect_eq(c[2].width, 16);
	cr_expect_eq(c[2].prec, -1);
	cr_expect_eq(c[2].conv, 'p');
	cr_expect_eq(c[3].conv, 0);
	cr_expect_eq(c[3].prefixlen, 5);
	f = parse("%d", false);
	cr_assert_eq(f->nconv, 1);
	cr_expect_eq(f->conv[0].width, -1);
	cr_expect_eq(f->conv[0].prefixlen, 0);
	f = parse("no conversion", false);
	cr_assert_eq(f->nconv, 1);
	cr_expect_eq(f->conv[0].conv, 0);
	f = parse("%+ #0'5d", false);
	cr_expect(f->conv[0].sign && f->conv[0].blank && f->conv[0].alt && f->conv[0].zero &&
		  f->conv[0].thousands);
	cr_expect_eq(f->conv[0].width, 5);
	f = parse("%.d%.0d%.*d", false);
	cr_expect_eq(f->conv[0].prec, 0);
	cr_expect_eq(f->conv[1].prec, 0);
	cr_expect(f->conv[2].dynprec);
}

Test(format, agg_flags)
{
	static const char *const same[] = {"%-@8d", "%@-8d", "%-8@d"};
	for (size_t i = 0; i < 3; i++) {
		dt_fmt_t *f = parse(same[i], true);
		cr_assert(f, "%s", same[i]);
		cr_expect(f->conv[0].agg && f->conv[0].left, "%s", same[i]);
		cr_expect_eq(f->conv[0].width, 8);
	}
	dt_fmt_t *f = parse("%@8d", true);
	cr_expect(f && f->conv[0].agg && !f->conv[0].left && f->conv[0].width == 8);
	f = parse("%@08lld", true);
	cr_expect(f && f->conv[0].agg && f->conv[0].zero && f->conv[0].width == 8);
	f = parse("%s %@d\n", true);
	cr_expect(f && f->is_printa && !f->conv[0].agg && f->conv[1].agg);
}

Test(format, refused)
{
	static const struct {
		const char *text, *tag;
	} rows[] = {
	    {"", "D_PRINTF_FMT_EMPTY"}, {"%@d", "D_PRINTF_AGG_CONV"}, {"%**d", "D_SYNTAX"},
	    {"%.*.*d", "D_SYNTAX"},     {"%.**d", "D_SYNTAX"},        {"%1.2.3d", "D_SYNTAX"},
	    {"%1$d", "D_SYNTAX"},       {"%-%", "D_SYNTAX"},          {"%5%", "D_SYNTAX"},
	    {"abc %", "D_SYNTAX"},      {"%-5", "D_SYNTAX"},          {"%l", "D_SYNTAX"},
	    {"%hhd", "D_SYNTAX"},       {"%jd", "D_SYNTAX"},          {"%zd", "D_SYNTAX"},
	    {"%td", "D_SYNTAX"},        {"%n", "D_SYNTAX"},           {"%q", "D_SYNTAX"},
	    {"%Ld", "D_SYNTAX"},        {"%lp", "D_SYNTAX"},          {"%hs", "D_SYNTAX"},
	    {"%lf", "D_SYNTAX"},        {"%wd", "D_SYNTAX"},          {"%lY", "D_SYNTAX"},
	    {"%llld", "D_SYNTAX"},      {"%999999999d", "D_SYNTAX"},  {"%% 100%", "D_SYNTAX"},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		cr_expect_str_eq(parse_error(rows[i].text, false), rows[i].tag, "\"%s\": %s", rows[i].text,
				 parse_error(rows[i].text, false));
	static const char *const fine[] = {
	    "%%",   "%d",   "%i",  "%o",  "%u",    "%x",  "%X",   "%hd",  "%lu",  "%llx", "%c",  "%lc",
	    "%wc",  "%C",   "%s",  "%ls", "%ws",   "%S",  "%p",   "%a",   "%A",   "%k",   "%e",  "%E",
	    "%f",   "%g",   "%G",  "%Lf", "%LG",   "%T",  "%Y",   "%P",   "%I",   "%?x",  "%'d", "%-?p",
	    "%0?x", "%5.d", "% d", "%#x", "%.10s", "%*d", "%-*s", "\t\n", "100%%"};
	for (size_t i = 0; i < sizeof(fine) / sizeof(fine[0]); i++)
		cr_expect_str_eq(parse_error(fine[i], false), "parsed", "%s", fine[i]);
	cr_expect_str_eq(parse_error("%@d", true), "parsed");
	cr_expect_str_eq(parse_error("", true), "D_PRINTF_FMT_EMPTY");
}

/* ------------------------------------------------------------------ printing */

typedef struct value {
	dtrace_recdesc_t rec;
	union {
		int64_t i;
		double d;
		float f;
		char s[32];
	} v;
	long double ld;
} value_t;

static value_t
integer(uint32_t size, uint64_t flags, int64_t i)
{
	return (value_t){.rec = {.dtrd_action = DTRACEACT_PRINTF, .dtrd_size = size, .dtrd_arg = flags},
			 .v.i = i};
}

static value_t
string(const char *s)
{
	value_t v = {.rec = {.dtrd_action = DTRACEACT_PRINTF, .dtrd_size = 32, .dtrd_arg = DT_RECF_STRING}};
	memcpy(v.v.s, s, strlen(s) + 1);
	return v;
}

static int
print(dtrace_hdl_t *dtp, FILE *fp, const char *fmt, const value_t *v, int n)
{
	dt_fmtarg_t args[8];
	for (int i = 0; i < n; i++)
		args[i] = (dt_fmtarg_t){&v[i].v, &v[i].rec};
	dt_fmt_t *f = dtrace_printf_create(dtp, fmt);
	cr_assert(f, "%s: %s", fmt, dtp->errmsg);
	return dt_fmt_print(dtp, fp, f, args, n, NULL, NULL, 0);
}

static void
check(const char *fmt, value_t v, const char *want)
{
	capture_t c;
	dtrace_hdl_t *dtp = bare_handle();
	cr_expect_eq(print(dtp, capture_start(&c), fmt, &v, 1), 0, "%s", fmt);
	expect_text(c, want);
}

static void
check2(const char *fmt, value_t a, value_t b, const char *want)
{
	capture_t c;
	dtrace_hdl_t *dtp = bare_handle();
	value_t v[2] = {a, b};
	cr_expect_eq(print(dtp, capture_start(&c), fmt, v, 2), 0, "%s", fmt);
	expect_text(c, want);
}

#define S DT_RECF_SIGNED

Test(format, integers)
{
	static const struct {
		const char *fmt;
		uint32_t size;
		uint64_t flags;
		int64_t v;
		const char *want;
	} rows[] = {
	    {"%d", 4, S, 42, "42"},
	    {"[%6d]", 4, S, -42, "[   -42]"},
	    {"[%-6d]", 4, S, -42, "[-42   ]"},
	    {"[%06d]", 4, S, -42, "[-00042]"},
	    {"[%-06d]", 4, S, -42, "[-42   ]"},
	    {"%+d", 4, S, 5, "+5"},
	    {"% d", 4, S, 5, " 5"},
	    {"%.5d", 4, S, 42, "00042"},
	    {"%.0d", 4, S, 0, "0"},
	    {"%.d", 4, S, 0, "0"},
	    {"%8.3d", 4, S, -7, "    -007"},
	    /* the record's own size and sign */
	    {"%d", 8, S, -1, "-1"},
	    {"%d", 8, 0, -1, "18446744073709551615"},
	    {"%d", 4, S, -1, "-1"},
	    {"%d", 4, 0, -1, "4294967295"},
	    {"%d", 2, S, -1, "-1"},
	    {"%d", 2, 0, -1, "65535"},
	    {"%d", 1, S, -1, "-1"},
	    {"%d", 1, 0, -1, "255"},
	    {"%i", 8, 0, -1, "-1"},
	    {"%i", 4, 0, 0xffffffff, "-1"},
	    {"%i", 2, 0, 0xffff, "-1"},
	    {"%i", 1, 0, 0xff, "-1"},
	    {"%u", 8, S, -1, "18446744073709551615"},
	    {"%u", 4, S, -1, "4294967295"},
	    {"%u", 2, S, -1, "65535"},
	    {"%u", 1, S, -1, "255"},
	    {"%x", 8, S, -1, "ffffffffffffffff"},
	    {"%x", 4, S, -1, "ffffffff"},
	    {"%x", 2, S, -1, "ffff"},
	    {"%x", 1, S, -1, "ff"},
	    {"%X", 1, S, -2, "FE"},
	    {"%#x", 4, 0, 255, "0xff"},
	    {"%#X", 4, 0, 255, "0XFF"},
	    {"%o", 1, S, -1, "377"},
	    {"%#o", 4, 0, 8, "010"},
	    {"%d", 8, S, INT64_MIN, "-9223372036854775808"},
	    {"%ld", 8, S, -5, "-5"},
	    {"%lld", 8, 0, -5, "18446744073709551611"},
	    {"%llu", 8, S, -5, "18446744073709551611"},
	    {"%lx", 8, 0, 0xabc, "abc"},
	    {"%hd", 2, S, -3, "-3"},
	    {"%hx", 2, S, -3, "fffd"},
	    {"%'d", 4, S, 1234, "1234"}, /* the C locale groups nothing */
	    {"%p", 8, 0, 0xffff888812345678, "ffff888812345678"},
	    {"%#p", 8, 0, 0x10, "0x10"},
	    {"%p", 8, 0, 0, "0"},
	    {"[%?p]", 8, 0, 0xabc, "[             abc]"},
	    {"[%-?p]", 8, 0, 0xabc, "[abc             ]"},
	    {"[%0?x]", 8, 0, 0xabc, "[0000000000000abc]"},
	    {"100%% of %d%%", 4, S, 3, "100% of 3%"},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		check(rows[i].fmt, integer(rows[i].size, rows[i].flags, rows[i].v), rows[i].want);
}

Test(format, stars)
{
	check2("[%*d]", integer(4, S, 6), integer(4, S, 42), "[    42]");
	check2("[%*d]", integer(4, S, -6), integer(4, S, 42), "[42    ]");
	check2("[%0*d]", integer(4, S, 6), integer(4, S, 42), "[000042]");
	check2("[%0*d]", integer(4, S, -6), integer(4, S, 42), "[42    ]");
	check2("[%-*s]", integer(8, S, 6), string("ab"), "[ab    ]");
	check2("[%.*s]", integer(4, S, 2), string("abcdef"), "[ab]");
	check2("[%.*s]", integer(4, S, -1), string("abcdef"), "[abcdef]");
	check2("[%.*d]", integer(1, S, 3), integer(4, S, 7), "[007]");
	dtrace_hdl_t *dtp = bare_handle();
	value_t v[3] = {integer(4, S, 8), integer(4, S, 3), string("abcdef")};
	capture_t c;
	cr_expect_eq(print(dtp, capture_start(&c), "[%*.*s]", v, 3), 0);
	expect_text(c, "[     abc]");
}

Test(format, text)
{
	check("%s", string("hello"), "hello");
	check("[%8s]", string("hello"), "[   hello]");
	check("[%-8s]", string("hello"), "[hello   ]");
	check("[%.2s]", string("hello"), "[he]");
	check("[%.0s]", string("hello"), "[]");
	check("[%6.2s]", string("hello"), "[    he]");
	check("[%s]", string(""), "[]");
	check("[%3s]", string(""), "[   ]");
	value_t full = string("0123456789012345678901234567890");
	full.rec.dtrd_size = 4;
	check("[%s]", full, "[0123]");
	check("%S", string("a\tb\n\001\377 \\\"z"), "a\\tb\\n\\001\\377 \\\"z");
	check("[%8S]", string("\n"), "[      \\n]");
	check("[%-6S]", string("\r"), "[\\r    ]");
	check("%c", integer(4, S, 'A'), "A");
	check("[%3c]", integer(1, S, 'A'), "[  A]");
	check("[%-3c]", integer(2, S, 'A'), "[A  ]");
	check("%C", integer(4, S, 'A'), "A");
	check("%C", integer(4, S, '\n'), "\\n");
	check("%C", integer(4, S, '\a'), "\\a");
	check("%C", integer(4, S, '\b'), "\\b");
	check("%C", integer(4, S, '\v'), "\\v");
	check("%C", integer(4, S, '\f'), "\\f");
	check("%C", integer(4, S, 0), "\\0");
	check("%C", integer(4, S, 27), "\\033");
	check("%C", integer(1, S, -1), "\\377");
	check("[%5C]", integer(4, S, 127), "[ \\177]");
	check("%lc", integer(4, S, 0x20ac), "\xe2\x82\xac");
	check("%wc", integer(4, S, 'x'), "x");
	value_t wide = {.rec = {.dtrd_action = DTRACEACT_PRINTF, .dtrd_size = 32}};
	uint32_t text[] = {'a', 0xe9, 0x20ac, 0x1f600, 0};
	memcpy(wide.v.s, text, sizeof(text));
	check("%ls", wide, "a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80");
	check("%.2ws", wide, "a\xc3\xa9");
	capture_t c;
	value_t nul = integer(4, S, 0);
	cr_expect_eq(print(bare_handle(), capture_start(&c), "a%cb", &nul, 1), 0);
	fflush(c.fp);
	cr_expect_eq(c.len, 3);
	expect_text(c, "a");
}

Test(format, floats)
{
	value_t f = {.rec = {.dtrd_action = DTRACEACT_PRINTF, .dtrd_size = 4}, .v.f = 1.5f};
	value_t d = {.rec = {.dtrd_action = DTRACEACT_PRINTF, .dtrd_size = 8}, .v.d = -2.25};
	value_t ld = {.rec = {.dtrd_action = DTRACEACT_PRINTF, .dtrd_size = sizeof(long double)}};
	long double x = 0.5L;
	memcpy(&ld.v, &x, sizeof(x));
	check("%f", f, "1.500000");
	check("%g", f, "1.5");
	check("%.2f", d, "-2.25");
	check("[%9.1f]", d, "[     -2.2]");
	check("%e", d, "-2.250000e+00");
	check("%E", d, "-2.250000E+00");
	check("%G", d, "-2.25");
	check("%Lf", ld, "0.500000");
	check("%Lg", ld, "0.5");
	check("%.0f", d, "-2.250000"); /* a precision of 0 is none */
}

Test(format, times)
{
	setenv("TZ", "UTC", 1);
	tzset();
	check("%Y", integer(8, S, 1767617696000000000), "2026 Jan  5 12:54:56");
	check("%Y", integer(8, 0, 1767617696999999999), "2026 Jan  5 12:54:56");
	check("%T", integer(8, S, 1767617696000000000), "Mon, 05 Jan 2026 12:54:56 UTC");
	check("[%25Y]", integer(8, S, 0), "[     1970 Jan  1 00:00:00]");
	check("[%-21Y]", integer(8, S, 1000000000), "[1970 Jan  1 00:00:01 ]");
	setenv("TZ", "XYZ-2", 1);
	tzset();
	check("%Y", integer(8, S, 0), "1970 Jan  1 02:00:00");
}

Test(format, network)
{
	check("%P", integer(2, 0, 65530), "65530");
	check("[%8P]", integer(2, 0, 65530), "[   65530]");
	check("%I", string("not an address"), "not an address");
	check("[%20I]", string("not an address"), "[      not an address]");
	check("%I", string("192.0.2.300"), "192.0.2.300");
}

Test(format, addresses)
{
	value_t k = integer(8, 0, (int64_t)0xffffffff81000000);
	check("%a", k, "0xffffffff81000000");
	check("[%20a]", k, "[  0xffffffff81000000]");
	check("[%-20a]", k, "[0xffffffff81000000  ]");
	k.rec.dtrd_action = DTRACEACT_SYM;
	check("%a", k, "0xffffffff81000000");
	k.rec.dtrd_action = DTRACEACT_MOD;
	check("%A", k, "0xffffffff81000000");
	value_t u = {.rec = {.dtrd_action = DTRACEACT_UADDR, .dtrd_size = 16}};
	uint64_t pair[2] = {0x7ffffffe, 0x1234};
	memcpy(u.v.s, pair, sizeof(pair));
	check("[%10A]", u, "[    0x1234]");
	u.rec.dtrd_action = DTRACEACT_USYM;
	check("[%-10s]", u, "[0x1234    ]");
	value_t st = {.rec = {.dtrd_action = DTRACEACT_STACK, .dtrd_size = 32, .dtrd_arg = 4}};
	uint64_t pcs[4] = {0x10, 0x20};
	memcpy(st.v.s, pcs, sizeof(pcs));
	check("%k", st, "\n0x10\n0x20\n");
	check("%-4k|", st, "\n    0x10\n    0x20\n|");
	check("%8k", st, "\n    0x10\n    0x20\n");
	st.rec.dtrd_arg = 1;
	check("%k", st, "\n0x10\n");
	st.rec = (dtrace_recdesc_t){.dtrd_action = DTRACEACT_USTACK, .dtrd_size = 32, .dtrd_arg = 3};
	pcs[0] = 0x7ffffffe;
	pcs[1] = 0x30;
	memcpy(st.v.s, pcs, sizeof(pcs));
	check("%k", st, "\n0x30\n");
}

Test(format, mismatches)
{
	static const struct {
		const char *fmt;
		uint32_t size;
	} rows[] = {{"%d", 3}, {"%x", 16}, {"%c", 5}, {"%Y", 7}, {"%a", 6}, {"%k", 8}, {"%f", 2}, {"%P", 9}};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		capture_t c;
		dtrace_hdl_t *dtp = bare_handle();
		value_t v = integer(rows[i].size, 0, 0);
		cr_expect_eq(print(dtp, capture_start(&c), rows[i].fmt, &v, 1), -1, "%s", rows[i].fmt);
		cr_expect_eq(dtp->err, EDT_DMISMATCH);
		capture_text(&c);
		cr_expect_eq(print(dtp, capture_start(&c), rows[i].fmt, &v, 0), -1, "no argument: %s",
			     rows[i].fmt);
		capture_text(&c);
	}
	capture_t c;
	dtrace_hdl_t *dtp = bare_handle();
	value_t v[2] = {integer(8, S, INT64_MAX), integer(4, S, 1)};
	cr_expect_eq(print(dtp, capture_start(&c), "%*d", v, 2), -1);
	capture_text(&c);
	cr_expect_eq(print(dtp, capture_start(&c), "%*d", v, 1), -1);
	capture_text(&c);
}

Test(format, public_functions)
{
	dtrace_hdl_t *dtp = bare_handle();
	char buf[8];
	void *f = dtrace_printf_create(dtp, "%d: %s\n");
	cr_assert(f);
	cr_expect_eq(dtrace_printf_format(dtp, f, buf, sizeof(buf)), 7);
	cr_expect_str_eq(buf, "%d: %s\n");
	cr_expect_eq(dtrace_printf_format(dtp, f, buf, 3), 7);
	cr_expect_str_eq(buf, "%d");
	cr_expect_null(dtrace_printf_create(dtp, "%q"));
	cr_expect_eq(dtp->err, EDT_COMPILER);
	cr_expect_null(dtrace_printf_create(dtp, "%@d"));
	cr_expect(dtrace_printa_create(dtp, "%@d") != NULL);

	struct {
		uint64_t before;
		int32_t n;
		char s[12];
		int64_t after;
	} data = {1, -7, "seven", 9};
	dtrace_recdesc_t recs[] = {
	    {.dtrd_action = DTRACEACT_PRINTF, .dtrd_size = 4, .dtrd_offset = 8, .dtrd_arg = S, .dtrd_uarg = 2},
	    {.dtrd_action = DTRACEACT_PRINTF,
	     .dtrd_size = 12,
	     .dtrd_offset = 12,
	     .dtrd_arg = 2,
	     .dtrd_uarg = 2},
	    {.dtrd_action = DTRACEACT_DIFEXPR, .dtrd_size = 8, .dtrd_offset = 24, .dtrd_uarg = 3},
	};
	capture_t c;
	cr_expect_eq(dtrace_fprintf(dtp, capture_start(&c), f, NULL, recs, 3, &data, sizeof(data)), 2);
	expect_text(c, "-7: seven\n");
	cr_expect_eq(dtrace_fprintf(dtp, capture_start(&c), f, NULL, recs, 3, &data, 20), -1);
	cr_expect_eq(dtp->err, EDT_DOFFSET);
	capture_text(&c);
	f = dtrace_printf_create(dtp, "just text%%\n");
	dtrace_recdesc_t none = {.dtrd_action = DTRACEACT_PRINTF, .dtrd_uarg = 1};
	cr_expect_eq(dtrace_fprintf(dtp, capture_start(&c), f, NULL, &none, 1, "", 0), 1);
	expect_text(c, "just text%\n");
}

static char got[64];
static int ncalls;

static int
collect(const dtrace_bufdata_t *bd, void *arg)
{
	(void)arg;
	ncalls++;
	strcat(got, bd->dtbda_buffered);
	return DTRACE_HANDLE_OK;
}

Test(format, buffered_in_one_piece)
{
	dtrace_hdl_t *dtp = bare_handle();
	value_t v[2] = {integer(4, S, 1), string("two")};
	cr_expect_eq(print(dtp, NULL, "%d and %s\n", v, 2), -1);
	cr_expect_eq(dtp->err, EDT_NOBUFFERED);
	dtp->handlers.buffered = collect;
	cr_expect_eq(print(dtp, NULL, "%d and %s\n", v, 2), 0);
	cr_expect_eq(ncalls, 1);
	cr_expect_str_eq(got, "1 and two\n");
}

/* ------------------------------------------------------------ argument types */

Test(format, wanted_types)
{
	int err;
	dtrace_hdl_t *dtp = dtrace_open(DTRACE_VERSION, DTRACE_O_NODEV, &err);
	cr_assert(dtp);
	const dt_basetypes_t *b = dt_basetypes(dtp);
	dt_type_t chars = dt_type_array(dtp, b->c, 16), ints = dt_type_array(dtp, b->i32, 4);
	dt_type_t dbl = dt_type_lookup(dtp, "double"), ldbl = dt_type_lookup(dtp, "long double");
	const struct {
		const char *fmt;
		dt_type_t type;
		bool fits;
	} rows[] = {
	    {"%d", b->i32, true},      {"%d", b->u64, true},      {"%d", b->c, true},
	    {"%d", b->string, false},  {"%d", b->voidp, false},   {"%x", b->u16, true},
	    {"%x", b->v, false},       {"%ld", b->i64, true},     {"%ld", b->llong, true},
	    {"%lld", b->i64, true},    {"%llu", b->u64, true},    {"%llx", b->llong, true},
	    {"%lld", b->ullong, true}, {"%ld", b->i32, false},    {"%lld", b->i32, false},
	    {"%hd", b->i16, true},     {"%hx", b->u16, true},     {"%hd", b->i32, false},
	    {"%c", b->i32, true},      {"%c", b->c, true},        {"%c", b->i64, false},
	    {"%c", b->string, false},  {"%C", b->u8, true},       {"%lc", b->i32, true},
	    {"%lc", b->c, false},      {"%s", b->string, true},   {"%s", chars, true},
	    {"%s", b->charp, false},   {"%s", b->i32, false},     {"%s", ints, false},
	    {"%ls", ints, true},       {"%ls", chars, false},     {"%S", b->string, true},
	    {"%S", b->charp, false},   {"%I", b->string, true},   {"%I", b->i32, false},
	    {"%p", b->voidp, true},    {"%p", b->i64, true},      {"%p", b->string, false},
	    {"%a", b->uintptr, true},  {"%a", b->voidp, true},    {"%a", b->symaddr, true},
	    {"%a", b->string, false},  {"%A", b->usymaddr, true}, {"%k", b->stack, true},
	    {"%k", b->i64, false},     {"%f", dbl, true},         {"%f", b->i64, false},
	    {"%Lf", ldbl, true},       {"%Lf", dbl, false},       {"%Y", b->u64, true},
	    {"%Y", b->i32, false},     {"%T", b->i64, true},      {"%P", b->u16, true},
	    {"%P", b->string, false},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *tag;
		char text[256];
		const char *t = rows[i].fmt;
		dt_fmt_t *f = dt_fmt_parse(dtp->arena, t, strlen(t), false, &tag, text, sizeof(text));
		const char *want = dt_fmt_want(&f->conv[0], rows[i].type);
		cr_expect_eq(want == NULL, rows[i].fits, "row %zu: %s of %s wants %s", i, t,
			     dt_type_name(rows[i].type, text, sizeof(text)), want ? want : "just that");
	}
	dtrace_close(dtp);
}
