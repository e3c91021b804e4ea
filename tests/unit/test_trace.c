/* Values, hex dumps, stacks and the buffered handler: output.md 1.2, 1.3, 3.1, to the byte.
 * covers: output 1.2 1.2.1-1.2.6 1.3 3.1 */
#include "capture.h"

static dtrace_recdesc_t
rec_of(uint32_t size, uint64_t flags)
{
	return (dtrace_recdesc_t){.dtrd_action = DTRACEACT_DIFEXPR, .dtrd_size = size, .dtrd_arg = flags};
}

static void
check(dtrace_hdl_t *dtp, dtrace_recdesc_t rec, const void *data, bool quiet, const char *want)
{
	capture_t c;
	cr_expect_eq(dt_print_trace(dtp, capture_start(&c), &rec, data, quiet), 0);
	expect_text(c, want);
}

#define HEAD "\n             0  1  2  3  4  5  6  7  8  9  a  b  c  d  e  f  0123456789abcdef\n"

Test(trace, integers)
{
	dtrace_hdl_t *dtp = bare_handle();
	static const struct {
		uint32_t size;
		uint64_t flags;
		int64_t v;
		const char *text, *quiet;
	} rows[] = {
	    {8, DT_RECF_SIGNED, 0, "                0", "0"},
	    {8, DT_RECF_SIGNED, 1234567890123, "    1234567890123", "1234567890123"},
	    {8, DT_RECF_SIGNED, -1, "               -1", "-1"},
	    {8, 0, -1, "               -1", "-1"},
	    {8, 0, INT64_MIN, " -9223372036854775808", "-9223372036854775808"},
	    {8, 0, INT64_MAX, " 9223372036854775807", "9223372036854775807"},
	    {4, DT_RECF_SIGNED, 42, "       42", "42"},
	    {4, DT_RECF_SIGNED, -42, "      -42", "-42"},
	    {4, 0, 0xffffffff, "       -1", "-1"},
	    {4, 0, 2147483647, " 2147483647", "2147483647"},
	    {2, DT_RECF_SIGNED, 7, "     7", "7"},
	    {2, DT_RECF_SIGNED, -1, " 65535", "65535"},
	    {2, 0, 0x8000, " 32768", "32768"},
	    {1, DT_RECF_SIGNED, 'a', "  97", "97"},
	    {1, DT_RECF_SIGNED, -1, " 255", "255"},
	    {1, 0, 0, "   0", "0"},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		check(dtp, rec_of(rows[i].size, rows[i].flags), &rows[i].v, false, rows[i].text);
		check(dtp, rec_of(rows[i].size, rows[i].flags), &rows[i].v, true, rows[i].quiet);
	}
}

Test(trace, strings)
{
	dtrace_hdl_t *dtp = bare_handle();
	char s[256] = "bash";
	check(dtp, rec_of(256, DT_RECF_STRING), s, false, "  bash                             ");
	check(dtp, rec_of(256, DT_RECF_STRING), s, true, "bash");
	memset(s + 5, 0xee, 100); /* undefined after the NUL */
	check(dtp, rec_of(256, DT_RECF_STRING), s, false, "  bash                             ");
	check(dtp, rec_of(8, DT_RECF_STRING), "ls\0\0\0\0\0", false, "  ls                               ");
	check(dtp, rec_of(16, DT_RECF_STRING), "\0garbage garbage", false,
	      "                                   ");
	check(dtp, rec_of(16, DT_RECF_STRING), "", true, "");
	check(dtp, rec_of(5, DT_RECF_STRING), "abcdefgh", false, "  abcde                            ");
	check(dtp, rec_of(256, DT_RECF_STRING), "0123456789012345678901234567890123456789", false,
	      "  0123456789012345678901234567890123456789");
	check(dtp, rec_of(8, DT_RECF_STRING), "\xc3\xa9t\xc3\xa9\0", true, "\xc3\xa9t\xc3\xa9");
	dtp->opt[DT_OPT_RAWBYTES] = 1;
	check(dtp, rec_of(8, DT_RECF_STRING), "ls\0\xee\xee\xee\xee", true,
	      "\n             0  1  2  3  4  5  6  7  8  9  a  b  c  d  e  f  0123456789abcdef\n"
	      "         0: 6c 73 00 00 00 00 00 00                          ls......\n");
}

Test(trace, text_rule)
{
	dtrace_hdl_t *dtp = bare_handle();
	check(dtp, rec_of(16, 0), "hello\0\0\0\0\0\0\0\0\0\0", false, "  hello                            ");
	check(dtp, rec_of(16, 0), "hello\0\0\0\0\0\0\0\0\0\0", true, "hello");
	check(dtp, rec_of(5, 0), "hello", false, "  hello                            ");
	/* without any NUL the column stays even when quiet */
	check(dtp, rec_of(5, 0), "hello", true, "  hello                            ");
	check(dtp, rec_of(6, 0), "a\tb\a\b\n", false, "  a\tb\a\b\n                           ");
	check(dtp, rec_of(4, 0), "abc", true, "6513249"); /* by the size alone */
	check(dtp, rec_of(5, 0), "\0\0\0\0", true,
	      HEAD "         0: 00 00 00 00 00                                   .....\n");
	check(dtp, rec_of(6, 0), "ab\0cd", false,
	      HEAD "         0: 61 62 00 63 64 00                                ab.cd.\n");
	check(dtp, rec_of(3, 0),
	      "\x7f"
	      "ab",
	      false, HEAD "         0: 7f 61 62                                         .ab\n");
	check(dtp, rec_of(3, 0),
	      "\xc3\xa9"
	      "a",
	      false, HEAD "         0: c3 a9 61                                         ..a\n");
	dtp->opt[DT_OPT_RAWBYTES] = 1;
	check(dtp, rec_of(5, 0), "hello", true,
	      HEAD "         0: 68 65 6c 6c 6f                                   hello\n");
	int32_t v = 5;
	check(dtp, rec_of(4, DT_RECF_SIGNED), &v, false, "        5");
}

Test(trace, hexdump)
{
	dtrace_hdl_t *dtp = bare_handle();
	unsigned char b[35];
	for (size_t i = 0; i < sizeof(b); i++)
		b[i] = (unsigned char)(i + 0x1e);
	capture_t c;
	dtrace_recdesc_t rec = {.dtrd_action = DTRACEACT_TRACEMEM, .dtrd_size = sizeof(b)};
	static const char want[] =
	    HEAD "         0: 1e 1f 20 21 22 23 24 25 26 27 28 29 2a 2b 2c 2d  .. !\"#$%&'()*+,-\n"
		 "        10: 2e 2f 30 31 32 33 34 35 36 37 38 39 3a 3b 3c 3d  ./0123456789:;<=\n"
		 "        20: 3e 3f 40                                         >?@\n";
	cr_expect_eq(dt_print_tracemem(dtp, capture_start(&c), &rec, b), 0);
	expect_text(c, want);
	check(dtp, rec, b, true, want);
	rec.dtrd_size = 1;
	check(dtp, rec, b, false, HEAD "         0: 1e                                               .\n");
	/* text gets no special treatment */
	check(dtp, rec, "a", false, HEAD "         0: 61                                               a\n");
}

Test(trace, bytes)
{
	dtrace_hdl_t *dtp = bare_handle();
	capture_t c;
	cr_expect_eq(dt_print_bytes(dtp, capture_start(&c), "key", 4, 50, false, false, false), 0);
	expect_text(c, "  key                                               ");
	cr_expect_eq(dt_print_bytes(dtp, capture_start(&c), "", 4, 50, false, false, true), 0);
	expect_text(c, "                                                    ");
	cr_expect_eq(dt_print_bytes(dtp, capture_start(&c), "key", 3, 50, false, true, false), 0);
	expect_text(c, HEAD "         0: 6b 65 79                                         key\n");
}

Test(trace, stacks)
{
	dtrace_hdl_t *dtp = bare_handle();
	uint64_t pcs[] = {0xffffffff81234567, 0x1000, 0, 0x2000};
	dtrace_recdesc_t rec = {.dtrd_action = DTRACEACT_STACK, .dtrd_size = sizeof(pcs), .dtrd_arg = 4};
	check(dtp, rec, pcs, false, "\n              0xffffffff81234567\n              0x1000\n");
	check(dtp, rec, pcs, true, "\n              0xffffffff81234567\n              0x1000\n");
	rec.dtrd_arg = 1;
	check(dtp, rec, pcs, false, "\n              0xffffffff81234567\n");
	dtp->opt[DT_OPT_STACKINDENT] = 2;
	check(dtp, rec, pcs, false, "\n  0xffffffff81234567\n");
	uint64_t none[3] = {0};
	rec = (dtrace_recdesc_t){.dtrd_action = DTRACEACT_STACK, .dtrd_size = sizeof(none), .dtrd_arg = 3};
	check(dtp, rec, none, false, "\n");
	/* no process of that number */
	uint64_t u[] = {0x7ffffffe, 0xdeadbeef, 0xabc, 0};
	rec = (dtrace_recdesc_t){.dtrd_action = DTRACEACT_USTACK, .dtrd_size = sizeof(u), .dtrd_arg = 3};
	check(dtp, rec, u, false, "\n  0xdeadbeef\n  0xabc\n");
	uint64_t full[] = {0x7ffffffe, 1, 2};
	rec = (dtrace_recdesc_t){.dtrd_action = DTRACEACT_USTACK, .dtrd_size = sizeof(full), .dtrd_arg = 20};
	check(dtp, rec, full, false, "\n  0x1\n  0x2\n");
	capture_t c;
	dt_print_stack(dtp, capture_start(&c), pcs, 2, 3, 20);
	expect_text(c, "\n     0xffffffff81234567\n                 0x1000\n");
}

Test(trace, unresolved_symbols)
{
	dtrace_hdl_t *dtp = bare_handle();
	uint64_t k = 0xffffffff81000010, u[2] = {0x7ffffffe, 0x401000};
	static const char ktext[] = "  0xffffffff81000010                                ";
	static const char utext[] = "  0x401000                                          ";
	dtrace_actkind_t kernel[] = {DTRACEACT_SYM, DTRACEACT_MOD};
	dtrace_actkind_t user[] = {DTRACEACT_USYM, DTRACEACT_UMOD, DTRACEACT_UADDR};
	for (size_t i = 0; i < 2; i++)
		check(dtp, (dtrace_recdesc_t){.dtrd_action = kernel[i], .dtrd_size = 8}, &k, i, ktext);
	for (size_t i = 0; i < 3; i++)
		check(dtp, (dtrace_recdesc_t){.dtrd_action = user[i], .dtrd_size = 16}, u, i, utext);
	capture_t c;
	dt_print_sym(dtp, capture_start(&c), DTRACEACT_SYM, &k, "[%20s]");
	expect_text(c, "[  0xffffffff81000010]");
}

static char pieces[4096];
static int npieces;

static int
collect(const dtrace_bufdata_t *bd, void *arg)
{
	npieces++;
	strcat(pieces, bd->dtbda_buffered);
	cr_expect_eq(bd->dtbda_handle, arg);
	return DTRACE_HANDLE_OK;
}

static int
refuse(const dtrace_bufdata_t *bd, void *arg)
{
	(void)bd;
	(void)arg;
	return DTRACE_HANDLE_ABORT;
}

Test(trace, buffered)
{
	dtrace_hdl_t *dtp = bare_handle();
	dtrace_recdesc_t dump = {.dtrd_action = DTRACEACT_TRACEMEM, .dtrd_size = 1};
	int32_t v = 3;
	dtrace_recdesc_t num = rec_of(4, 0);
	cr_expect_eq(dt_print_trace(dtp, NULL, &num, &v, true), -1);
	cr_expect_eq(dtp->err, EDT_NOBUFFERED);
	cr_expect_eq(dt_out(dtp, NULL, "x"), -1);
	cr_expect_eq(dt_print_tracemem(dtp, NULL, &dump, "a"), -1);
	dtp->handlers.buffered = collect;
	dtp->handlers.bufarg = dtp;
	cr_expect_eq(dt_print_trace(dtp, NULL, &num, &v, true), 0);
	cr_expect_eq(npieces, 1);
	cr_expect_eq(dt_print_tracemem(dtp, NULL, &dump, "a"), 0);
	cr_expect_eq(npieces, 2, "a dump is one piece");
	uint64_t pcs[] = {1, 2, 3};
	cr_expect_eq(dt_print_stack(dtp, NULL, pcs, 3, 0, 0), 0);
	cr_expect_eq(npieces, 3, "a stack is one piece");
	cr_expect_eq(dt_out(dtp, NULL, "%s\n", "end"), 0);
	cr_expect_str_eq(
	    pieces,
	    "3" HEAD "         0: 61                                               a\n\n0x1\n0x2\n0x3\nend\n");
	dtp->handlers.buffered = refuse;
	cr_expect_eq(dt_out(dtp, NULL, "x"), -1);
	cr_expect_eq(dtp->err, EDT_DIRABORT);
}

Test(trace, write_error)
{
	dtrace_hdl_t *dtp = bare_handle();
	FILE *full = fopen("/dev/full", "w");
	cr_assert(full);
	setvbuf(full, NULL, _IONBF, 0);
	int64_t v = 1;
	dtrace_recdesc_t rec = rec_of(8, 0);
	cr_expect_eq(dt_print_trace(dtp, full, &rec, &v, false), -1);
	cr_expect_eq(dtp->err, EDT_FIO);
	cr_expect_eq(dt_print_bytes(dtp, full, "abc", 4, 33, true, false, true), -1);
	fclose(full);
}
