/*
 * test_runtime_text.c - strtok, strtoll, tolower, toupper, cleanpath, memstr, json and the network
 * addresses on the live kernel, against the specification and plain C models.
 */
/* rows: S9 S28 S29 S30 S33 S34 S42 S43 S44 S45 */
#include "rt_model.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <stdlib.h>

TestSuite(runtime_text, .init = rt_setup, .fini = rt_teardown);

static const uint64_t BAD = 0xffff800000000000ULL - 4096;

/* Bytes at a kernel address. */
static uint64_t
bytes(int n, const void *data, size_t len)
{
	memcpy(env->text + n * SLOT, data, len);
	return env->text_addr + n * SLOT;
}

static void
check_fault(const char *name, int64_t r, int fault, uint64_t value)
{
	cr_assert_eq(r, DT_RT_FAULT(fault), "%s: %ld", name, (long)r);
	cr_assert_eq(env->s->illval, value, "%s: value %lx", name, env->s->illval);
}

static char *
random_text(char *buf, size_t max, const char *letters)
{
	size_t n = rnd() % max, k = strlen(letters);
	for (size_t i = 0; i < n; i++)
		buf[i] = letters[rnd() % k];
	buf[n] = '\0';
	return buf;
}

/* ----------------------------------------------------------- letters, numbers */

Test(runtime_text, case_of_ascii_letters_only)
{
	char all[256], low[256], up[256];
	for (int i = 0; i < 255; i++) {
		all[i] = (char)(i + 1);
		low[i] = i + 1 < 128 ? (char)tolower(i + 1) : all[i];
		up[i] = i + 1 < 128 ? (char)toupper(i + 1) : all[i];
	}
	all[255] = low[255] = up[255] = '\0';
	for
		EACH_SIZE(size)
		{
			check_text("tolower", call("dt_strcase", DST, bytes(0, all, 256), 0, size), low, size);
			check_text("toupper", call("dt_strcase", DST, bytes(0, all, 256), 1, size), up, size);
			check_text("null", call("dt_strcase", DST, 0, 1, size), "", size);
		}
	check_fault("toupper", call("dt_strcase", DST, BAD, 1, 256), DTRACEFLT_BADADDR, BAD);
}

static int64_t
strtoll_of(const char *s, uint64_t base)
{
	int64_t r = call("dt_strtoll", text(0, s), base, 256, 0);
	return r ? r : (int64_t)env->s->w[0];
}

Test(runtime_text, strtoll_reads_a_prefix)
{
	static const struct {
		const char *s;
		int base;
		int64_t want;
	} cases[] = {
	    {"0", 10, 0},
	    {"", 10, 0},
	    {"\1", 10, 0},
	    {"  \t 42abc", 10, 42},
	    {"\n42", 10, 0},
	    {"-17", 10, -17},
	    {"+17", 10, 17},
	    {"- 17", 10, 0},
	    {"0x1F", 16, 0x1f},
	    {"0XaBc", 16, 0xabc},
	    {"-0x10", 16, -16},
	    {"0x10", 10, 0},
	    {"0x10", 36, 33 * 36 * 36 + 36},
	    {"zZ", 36, 35 * 36 + 35},
	    {"777", 8, 0777},
	    {"78", 8, 7},
	    {"10102", 2, 10},
	    {"9223372036854775807", 10, INT64_MAX},
	    {"-9223372036854775808", 10, INT64_MIN},
	    {"18446744073709551616", 10, 0},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		int64_t r = strtoll_of(cases[i].s, cases[i].base);
		cr_assert_eq(r, cases[i].want, "\"%s\" base %d: %ld", cases[i].s, cases[i].base, (long)r);
	}
	static char s[64];
	for (int i = 0; i < 2000; i++) {
		int base = 2 + rnd() % 35;
		random_text(s, 8, "0123456789abcXYZ -+");
		cr_assert_eq(strtoll_of(s, base), strtoll(s, NULL, base), "\"%s\" base %d", s, base);
	}
	for (int base = -1; base < 40; base++)
		if (base < 2 || base > 36)
			check_fault("base", call("dt_strtoll", text(0, "1"), base, 256, 0), DTRACEFLT_ILLOP, 0);
	check_fault("strtoll", call("dt_strtoll", BAD, 10, 256, 0), DTRACEFLT_BADADDR, BAD);
}

/* -------------------------------------------------------------------- strtok */

Test(runtime_text, strtok_is_cs)
{
	static char s[DT_STRMAX], copy[DT_STRMAX], delims[64];
	for (int i = 0; i < 400; i++) {
		random_text(s, i % 20 ? 40 : DT_STRMAX - 1, "ab\xff,;");
		random_text(delims, 5, ",;\xff");
		strcpy(copy, s);
		env->s->tokpos = DT_TOK_NONE;
		char *want = strtok(copy, delims);
		int64_t r = call("dt_strtok", DST, text(0, s), text(1, delims), DT_STRMAX);
		for (int k = 0; k < 30; k++) {
			if (!want) {
				check_num("no token", r, -1);
				break;
			}
			check_text("token", r, want, DT_STRMAX);
			random_text(delims, 5, ",;\xff");
			want = strtok(NULL, delims);
			r = call("dt_strtok", DST, 0, text(1, delims), DT_STRMAX);
		}
	}
	env->s->tokpos = DT_TOK_NONE;
	check_num("no string yet", call("dt_strtok", DST, 0, text(1, ","), 256), -1);
	check_text("size", call("dt_strtok", DST, text(0, "abcdef,g"), text(1, ","), 4), "abc", 4);
	check_num("the rest was cut", call("dt_strtok", DST, 0, text(1, ","), 4), -1);
	check_fault("strtok", call("dt_strtok", DST, BAD, text(1, ","), 256), DTRACEFLT_BADADDR, BAD);
	check_fault("strtok", call("dt_strtok", DST, text(1, ","), BAD, 256), DTRACEFLT_BADADDR, BAD);
}

/* ----------------------------------------------------------------- cleanpath */

Test(runtime_text, cleanpath_is_textual)
{
	static const char *const cases[][2] = {
	    {"", ""},
	    {"/", "/"},
	    {"//", "/"},
	    {"/a//b///c", "/a/b/c"},
	    {"/a/./b", "/a/b"},
	    {"/./././a", "/a"},
	    {"/a/b/../c", "/a/c"},
	    {"/a/b/../../c", "/c"},
	    {"/../a", "/a"},
	    {"/../../a", "/a"},
	    {"/..", "/"},
	    {"/a/..", "/"},
	    {"/a/b/..", "/a/"},
	    {"/a/.", "/a/."},
	    {"/a/...", "/a/..."},
	    {"/a/..b/c", "/a/..b/c"},
	    {"/a/.b/c", "/a/.b/c"},
	    {"a/b", "a/b"},
	    {"a/../b", "a/../b"},
	    {"a/b/../c", "a/c"},
	    {"../a", "../a"},
	    {"../../../a/../b", "../../../b"},
	    {"./a", "./a"},
	    {"a", "a"},
	    {"..", ".."},
	    {"/usr//lib/./../bin/..//sbin/x", "/usr/sbin/x"},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		check_text(cases[i][0], call("dt_cleanpath", DST, text(0, cases[i][0]), 256, 0), cases[i][1],
			   256);
	static char path[DT_STRMAX], want[DT_STRMAX];
	memset(path, 'p', 4000);
	path[0] = '/';
	snprintf(want, sizeof(want), "%.*s", 256 - 5, path);
	check_text("five short", call("dt_cleanpath", DST, text(0, path), 256, 0), want, 256);
	/* All names taken back again. */
	for (int i = 0; i < 4080; i += 5)
		memcpy(path + i, i < 2040 ? "/abcd" : "/../.", 5);
	path[4080] = '\0';
	check_is("long", call("dt_cleanpath", DST, text(0, path), 4096, 0) >= 1, 1);
	check_fault("cleanpath", call("dt_cleanpath", DST, BAD, 256, 0), DTRACEFLT_BADADDR, BAD);
}

Test(runtime_text, memstr_replaces_nul)
{
	const char args[] = "ls\0-l\0/tmp\0\0x";
	check_text("memstr", call("dt_memstr", DST, bytes(0, args, 14), DT_RT_RANGE(' ', 10), 256),
		   "ls -l /tmp", 256);
	check_text("memstr", call("dt_memstr", DST, bytes(0, args, 14), DT_RT_RANGE('+', 13), 256),
		   "ls+-l+/tmp++x", 256);
	check_text("cut", call("dt_memstr", DST, bytes(0, args, 14), DT_RT_RANGE('+', 13), 5), "ls+-", 5);
	check_text("none", call("dt_memstr", DST, bytes(0, args, 14), DT_RT_RANGE('+', 0), 256), "", 256);
	check_fault("memstr", call("dt_memstr", DST, bytes(0, args, 14), DT_RT_RANGE('+', 4097), 256),
		    DTRACEFLT_BADSIZE, 4097);
	check_fault("memstr", call("dt_memstr", DST, BAD, DT_RT_RANGE('+', 8), 256), DTRACEFLT_BADADDR, BAD);
}

/* ---------------------------------------------------------------------- json */

static void
check_json(const char *doc, const char *path, const char *want)
{
	int64_t r = call("dt_json", DST, text(0, doc), text(1, path), 4096);
	if (want)
		check_text(path, r, want, 4096);
	else
		cr_assert_eq(r, -1, "%s of %s: %ld \"%s\"", path, doc, (long)r, env->s->arena + DST);
}

Test(runtime_text, json_finds_values)
{
	static const char doc[] =
	    "{ \"name\": \"dbridge\", \"n\" : -12.5e3, \"ok\":true,\"no\":false , \"nil\":null,\n"
	    "\t\"list\": [ 10, [20, 21], {\"deep\": {\"er\": \"x]}\\\"\"}}, \"s\" ],"
	    "\"empty\":{}, \"none\":[], \"q\\\"uote\": 1, \"\": 2, \"name2\":\"\","
	    "\"dup\":1,\"dup\":2, \"last\":7}";
	static const char *const cases[][2] = {
	    {"name", "dbridge"},
	    {"n", "-12.5e3"},
	    {"ok", "true"},
	    {"no", "false"},
	    {"nil", "null"},
	    {"list", "[ 10, [20, 21], {\"deep\": {\"er\": \"x]}\\\"\"}}, \"s\" ]"},
	    {"list[0]", "10"},
	    {"list[1]", "[20, 21]"},
	    {"list[1][1]", "21"},
	    {"list[2].deep", "{\"er\": \"x]}\\\"\"}"},
	    {"list[2].deep.er", "x]}\\\""},
	    {"list[3]", "s"},
	    {"list[4]", NULL},
	    {"list[1][2]", NULL},
	    {"list[01]", "[20, 21]"},
	    {"list.0", NULL},
	    {"list[]", NULL},
	    {"list[x]", NULL},
	    {"list[0", NULL},
	    {"list[99999999999999999999]", NULL},
	    {"empty", "{}"},
	    {"empty.x", NULL},
	    {"none", "[]"},
	    {"none[0]", NULL},
	    {"q\\\"uote", "1"},
	    {"name2", ""},
	    {"nam", NULL},
	    {"names", NULL},
	    {"name.x", NULL},
	    {"dup", "1"},
	    {"last", "7"},
	    {"[0]", NULL},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		check_json(doc, cases[i][0], cases[i][1]);
	check_json(doc, "", doc);
	check_json("[1,2,{\"a\":[3]}]", "[2].a[0]", "3");
	check_json("[[[5]]]", "[0][0][0]", "5");
	check_json("  42 ", "", "42");
	check_json("\"text\"", "", "text");
	check_json("\"\"", "", "");
}

Test(runtime_text, json_refuses_what_is_malformed)
{
	static const char *const bad[][2] = {
	    {"", "a"},
	    {"{", "a"},
	    {"{\"a\"", "a"},
	    {"{\"a\":", "a"},
	    {"{\"a\" 1}", "a"},
	    {"{a:1}", "a"},
	    {"{\"a\":tru}", "a"},
	    {"{\"a\":\"x", "a"},
	    {"{\"a\":[1,2}", "a"},
	    {"{\"b\":[1},\"a\":2}", "a"},
	    {"{\"b\",\"a\":1}", "a"},
	    {"{\"b\":,\"a\":1}", "a"},
	    {"{\"a\":nul}", "a"},
	    {"{\"a\":-}", "a"},
	    {"{\"a\":}", "a"},
	    {"[1,]", "[1]"},
	    {"[,1]", "[1]"},
	    {"{\"a\":\"x\\", "a"},
	    {"{\"a\":[", "a"},
	    {"x", ""},
	    {"\1", "a"},
	};
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		check_json(bad[i][0], bad[i][1], NULL);
	static char deep[DT_STRMAX];
	memset(deep, '[', 100);
	memset(deep + 100, ']', 100);
	check_json(deep, "", NULL); /* deeper than the machine counts */
	deep[40] = '\0';
	strcat(deep, "1");
	memset(deep + 41, ']', 40);
	deep[81] = '\0';
	check_json(deep, "", deep);
	/* As long as a string can be, the value at its end. */
	strcpy(deep, "{\"a\":[");
	while (strlen(deep) < 4060)
		strcat(deep, "1,");
	strcat(deep, "2],\"z\":\"end\"}");
	check_json(deep, "z", "end");
	check_fault("json", call("dt_json", DST, BAD, text(1, "a"), 256), DTRACEFLT_BADADDR, BAD);
	check_fault("json", call("dt_json", DST, text(1, "a"), BAD, 256), DTRACEFLT_BADADDR, BAD);
	for (int i = 0; i < 2000; i++) { /* garbage: any answer, no harm */
		random_text(deep, 60, "{}[]\",:\\a1 tn");
		call("dt_json", DST, text(0, deep), text(1, i & 1 ? "a" : "[1]"), 256);
		check_arena(256);
	}
}

/* ------------------------------------------------------------------- network */

Test(runtime_text, inet_ntoa_quads)
{
	static const uint8_t cases[][4] = {
	    {0, 0, 0, 0}, {127, 0, 0, 1}, {255, 255, 255, 255}, {10, 99, 100, 9}, {1, 2, 30, 204}};
	char want[64];
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		inet_ntop(AF_INET, cases[i], want, sizeof(want));
		check_text("ntoa", call("dt_inet_ntoa", DST, bytes(0, cases[i], 4), 256, 0), want, 256);
		check_text("ntop", call("dt_inet_ntop", DST, AF_INET, bytes(0, cases[i], 4), 256), want, 256);
	}
	check_text("cut", call("dt_inet_ntoa", DST, bytes(0, cases[2], 4), 6, 0), "255.2", 6);
	check_fault("ntoa", call("dt_inet_ntoa", DST, BAD, 256, 0), DTRACEFLT_BADADDR, BAD);
	check_fault("family", call("dt_inet_ntop", DST, 1, bytes(0, cases[2], 4), 256), DTRACEFLT_ILLOP, 0);
}

/* The longest run of zero groups, the first of equals, one group is enough. */
static void
model_inet6(const uint8_t *b, char *out)
{
	int at = -1, n = 0;
	char *p = out;
	for (int i = 0; i < 8; i++) {
		int k = i;
		while (k < 8 && !b[2 * k] && !b[2 * k + 1])
			k++;
		if (k - i > n)
			at = i, n = k - i;
	}
	*p = '\0';
	for (int i = 0; i < 8; i++) {
		if (at >= 0 && i >= at && i < at + n) {
			if (i == at)
				p += sprintf(p, ":");
			if (i == 7)
				p += sprintf(p, ":");
			continue;
		}
		p += sprintf(p, "%s%x", i ? ":" : "", b[2 * i] << 8 | b[2 * i + 1]);
	}
}

Test(runtime_text, inet6_as_rfc_and_solaris)
{
	static const char *const cases[][4] = {
	    /* address, inet_ntoa6, strict, inet_ntop */
	    {"::", "::", "::", "::"},
	    {"::1", "::1", "::1", "::1"},
	    {"fe80::1:0:0:2", "fe80::1:0:0:2", "fe80::1:0:0:2", "fe80::1:0:0:2"},
	    {"1:0:2:0:0:3:0:0", "1:0:2::3:0:0", "1:0:2::3:0:0", "1:0:2::3:0:0"},
	    {"1:0:2:3:4:5:6:7", "1::2:3:4:5:6:7", "1::2:3:4:5:6:7", "1::2:3:4:5:6:7"},
	    {"1:2:3:4:5:6:7:0", "1:2:3:4:5:6:7::", "1:2:3:4:5:6:7::", "1:2:3:4:5:6:7::"},
	    {"0:2:3:4:5:6:7:8", "::2:3:4:5:6:7:8", "::2:3:4:5:6:7:8", "::2:3:4:5:6:7:8"},
	    {"2001:db8:ABCD:12::ff", "2001:db8:abcd:12::ff", "2001:db8:abcd:12::ff", "2001:db8:abcd:12::ff"},
	    {"::ffff:192.168.1.20", "192.168.1.20", "::ffff:c0a8:114", "::ffff:192.168.1.20"},
	    {"::192.168.1.20", "192.168.1.20", "::c0a8:114", "::192.168.1.20"},
	};
	uint8_t a[16];
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		cr_assert_eq(inet_pton(AF_INET6, cases[i][0], a), 1);
		uint64_t at = bytes(0, a, 16);
		check_text(cases[i][0], call("dt_inet_ntoa6", DST, at, 0, 256), cases[i][1], 256);
		check_text(cases[i][0], call("dt_inet_ntoa6", DST, at, 1, 256), cases[i][2], 256);
		check_text(cases[i][0], call("dt_inet_ntop", DST, AF_INET6, at, 256), cases[i][3], 256);
	}
	char want[64];
	for (int i = 0; i < 3000; i++) {
		for (int k = 0; k < 8; k++) {
			uint64_t r = rnd() % 3 ? 0 : rnd() >> (rnd() % 16);
			a[2 * k] = (uint8_t)(r >> 8);
			a[2 * k + 1] = (uint8_t)r;
		}
		model_inet6(a, want);
		check_text(want, call("dt_inet_ntoa6", DST, bytes(0, a, 16), 1, 256), want, 256);
	}
	check_fault("ntoa6", call("dt_inet_ntoa6", DST, BAD, 0, 256), DTRACEFLT_BADADDR, BAD);
	check_fault("ntop", call("dt_inet_ntop", DST, AF_INET6, BAD, 256), DTRACEFLT_BADADDR, BAD);
}

Test(runtime_text, link_ntop_by_type)
{
	uint8_t a[20];
	for (int i = 0; i < 20; i++)
		a[i] = (uint8_t)(i * 13);
	uint64_t at = bytes(0, a, 20);
	check_text("ether", call("dt_link_ntop", DST, 1, at, 256), "00:0d:1a:27:34:41", 256);
	check_text("ib", call("dt_link_ntop", DST, 32, at, 256),
		   "00:0d:1a:27:34:41:4e:5b:68:75:82:8f:9c:a9:b6:c3:d0:dd:ea:f7", 256);
	check_fault("type", call("dt_link_ntop", DST, 2, at, 256), DTRACEFLT_ILLOP, 0);
	check_fault("link", call("dt_link_ntop", DST, 1, BAD, 256), DTRACEFLT_BADADDR, BAD);
}
