/* test_runtime.c - the string routines on the live kernel, against the specification and a plain C model. */
#include "rt_model.h"

#include <stdlib.h>

TestSuite(runtime, .init = rt_setup, .fini = rt_teardown);

/* A string over few letters, so that matches are frequent. */
static char *
random_text(char *buf, size_t max, const char *letters)
{
	size_t n = rnd() % (rnd() % 4 ? (max < 24 ? max : 24) : max), k = strlen(letters);
	for (size_t i = 0; i < n; i++)
		buf[i] = letters[rnd() % k];
	buf[n] = '\0';
	return buf;
}

static char *
cut(char *s, size_t size)
{
	if (strlen(s) >= size)
		s[size - 1] = '\0';
	return s;
}

static char big[2 * DT_STRMAX];
static char *
long_text(size_t n, char c)
{
	memset(big, c, n);
	big[n] = '\0';
	return big;
}

/* ---------------------------------------------------------------- strings */

Test(runtime, strlen_counts)
{
	for
		EACH_SIZE(size)
		{
			check_num("strlen", call("dt_strlen", text(0, ""), size, 0, 0), 0);
			check_num("strlen", call("dt_strlen", text(0, "a"), size, 0, 0), 1);
			check_num("strlen", call("dt_strlen", text(0, long_text(5000, 'q')), size, 0, 0),
				  size - 1);
			check_num("strlen", call("dt_strlen", text(0, long_text(size - 1, 'q')), size, 0, 0),
				  size - 1);
		}
	check_num("strlen", call("dt_strlen", text(0, "hello"), 16, 0, 0), 5);
}

Test(runtime, bad_addresses_fault)
{
	static const char *const to_arena[] = {"dt_strcpy", "dt_keystr", "dt_basename", "dt_dirname"};
	static const char *const pairs[] = {"dt_strcmp", "dt_index", "dt_rindex", "dt_strstr"};
	uint64_t bad = 0xffff800000000000ULL - 4096, ok = text(0, "abc");

	cr_assert_eq(call("dt_strlen", 0, 256, 0, 0), DT_RT_FAULT(DTRACEFLT_BADADDR));
	cr_assert_eq(env->s->illval, 0);
	uint64_t addrs[] = {bad, 1, 0xdead, (uint64_t)(uintptr_t)&bad, ~0ULL};
	for (size_t i = 0; i < sizeof(addrs) / sizeof(addrs[0]); i++) {
		uint64_t at = addrs[i];
		int64_t fault = DT_RT_FAULT(DTRACEFLT_BADADDR);
		for (int k = 0; k < 4; k++) {
			cr_assert_eq(call(to_arena[k], DST, at, 256, 0), fault, "%s %lx", to_arena[k], at);
			cr_assert_eq(env->s->illval, at);
			int64_t last = k == 1 || k == 2 ? 256 : 0;
			cr_assert_eq(call(pairs[k], at, ok, last ? 0 : 256, last), fault, "%s", pairs[k]);
			cr_assert_eq(env->s->illval, at);
			cr_assert_eq(call(pairs[k], ok, at, last ? 0 : 256, last), fault, "%s", pairs[k]);
			cr_assert_eq(env->s->illval, at);
		}
		cr_assert_eq(call("dt_strlen", at, 256, 0, 0), fault);
		cr_assert_eq(call("dt_strchr", at, 'a', 256, 0), fault);
		cr_assert_eq(call("dt_strrchr", at, 'a', 256, 0), fault);
		cr_assert_eq(call("dt_strjoin", DST, at, ok, 256), fault);
		cr_assert_eq(call("dt_strjoin", DST, ok, at, 256), fault);
		cr_assert_eq(env->s->illval, at);
		cr_assert_eq(call("dt_substr", DST, at, DT_RT_RANGE(0, 1), 256), fault);
		cr_assert_eq(env->s->illval, at);
	}
	cr_assert_eq(call("dt_strcpy", DT_ARENA + 1, ok, 256, 0), DT_RT_FAULT(DTRACEFLT_NOSCRATCH));
	cr_assert_eq(call("dt_strcpy", ~0ULL, ok, 256, 0), DT_RT_FAULT(DTRACEFLT_NOSCRATCH));
	cr_assert_eq(call("dt_basename", DT_ARENA + 1, ok, 256, 0), DT_RT_FAULT(DTRACEFLT_NOSCRATCH));
	cr_assert(DT_RT_ISFAULT(DT_RT_FAULT(DTRACEFLT_UNKNOWN)) && !DT_RT_ISFAULT(-1));
	cr_assert_eq(DT_RT_FAULTOF(DT_RT_FAULT(DTRACEFLT_ILLOP)), DTRACEFLT_ILLOP);
}

Test(runtime, strcpy_copies)
{
	for
		EACH_SIZE(size)
		{
			check_text("strcpy", call("dt_strcpy", DST, text(0, "\1"), size, 0), "", size);
			check_text("strcpy", call("dt_strcpy", DST, text(0, ""), size, 0), "", size);
			check_text("strcpy", call("dt_strcpy", DST, text(0, "hello"), size, 0), "hello", size);
			check_text("strcpy", call("dt_strcpy", DST, text(0, long_text(5000, 'z')), size, 0),
				   big, size);
		}
}

Test(runtime, keystr_clears_the_rest)
{
	for
		EACH_SIZE(size)
		{
			const char *in[] = {
			    "\1", "", "h", "hello", long_text(size - 1, 'z'), long_text(5000, 'z')};
			for (int i = 0; i < 6; i++) {
				int64_t r = call("dt_keystr", DST, text(0, in[i]), size, 0);
				check_text("keystr", r, i == 0 ? "" : in[i], size);
				for (size_t k = r; k < size; k++)
					cr_assert_eq(env->s->arena[DST + k], 0, "byte %zu of %zu", k, size);
			}
		}
}

Test(runtime, strcmp_orders_as_unsigned_bytes)
{
	static const struct {
		const char *a, *b;
		int want;
	} cases[] = {
	    {"", "", 0},
	    {"\1", "", 0},
	    {"", "\1", 0},
	    {"\1", "a", 1},
	    {"a", "\1", 2},
	    {"a", "a", 0},
	    {"a", "b", 1},
	    {"b", "a", 2},
	    {"a\xff", "a\x7f", 2},
	    {"abcdefgh", "abcdefgh", 0},
	    {"abc", "abcd", 1},
	    {"abcdefghi", "abcdefgh", 2},
	    {"abcdefgh", "abcdefgi", 1},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		check_num(cases[i].a, call("dt_strcmp", text(0, cases[i].a), text(1, cases[i].b), 256, 0),
			  cases[i].want);
	/* Only size - 1 characters count. */
	check_num("cut", call("dt_strcmp", text(0, "abX"), text(1, "abY"), 3, 0), 0);
	check_num("cut", call("dt_strcmp", text(0, "abX"), text(1, "abY"), 4, 0), 1);

	static char a[DT_STRMAX], b[DT_STRMAX];
	for (int i = 0; i < 3000; i++) {
		size_t size = sizes[i % 4];
		random_text(a, 300, "ab\xf0");
		strcpy(b, a);
		if (i % 3) {
			size_t n = strlen(b);
			b[n ? rnd() % n : 0] = rnd() % 4 ? '\xf1' : '\0';
			b[n ? n : 1] = '\0';
		}
		int64_t r = call("dt_strcmp", text(0, a), text(1, b), size, 0);
		int want = strcmp(cut(a, size), cut(b, size));
		check_num("random strcmp", r, want < 0 ? 1 : want > 0 ? 2 : 0);
	}
	for (size_t n = 4000; n < 4096; n++) { /* the longest, differing at the end or not at all */
		char *s = long_text(n, 'e');
		uint64_t at = text(0, s);
		check_num("long equal", call("dt_strcmp", at, text(1, s), 4096, 0), 0);
		s[n - 1] = 'f';
		check_num("long", call("dt_strcmp", at, text(1, s), 4096, 0), 1);
	}
}

Test(runtime, strjoin_truncates)
{
	for
		EACH_SIZE(size)
		{
			check_text("join", call("dt_strjoin", DST, text(0, "foo"), text(1, "bar"), size),
				   "foobar", size);
			check_text("join", call("dt_strjoin", DST, text(0, ""), text(1, "bar"), size), "bar",
				   size);
			check_text("join", call("dt_strjoin", DST, text(0, "foo"), text(1, "\1"), size), "foo",
				   size);
			check_text("join", call("dt_strjoin", DST, text(0, "\1"), text(1, "\1"), size), "",
				   size);
			check_text(
			    "join",
			    call("dt_strjoin", DST, text(0, long_text(size - 1, 'k')), text(1, "x"), size), big,
			    size);
			check_text("join",
				   call("dt_strjoin", DST, text(0, long_text(5000, 'k')), text(1, "x"), size),
				   big, size);
		}
	uint64_t same = text(0, "ab");
	check_text("join", call("dt_strjoin", DST, same, same, 256), "abab", 256);
}

static const char *
model_substr(const char *s, int64_t i, int64_t n)
{
	static char out[DT_STRMAX];
	int64_t len = strlen(s), from = i, to;
	if (i < 0)
		from = len + i;
	if (n == DT_RT_OMITTED)
		to = len;
	else
		to = n < 0 ? len + n : from + n;
	from = from < 0 ? 0 : from;
	to = to > len ? len : to;
	out[0] = '\0';
	if (from < to)
		snprintf(out, to - from + 1, "%s", s + from);
	return out;
}

Test(runtime, substr_is_perls)
{
	static const struct {
		const char *s;
		int i, n;
		const char *want;
	} cases[] = {
	    {"abcdef", 2, DT_RT_OMITTED, "cdef"},
	    {"abcdef", 2, 3, "cde"},
	    {"abcdef", -2, DT_RT_OMITTED, "ef"},
	    {"abcdef", -4, 2, "cd"},
	    {"abcdef", 1, -1, "bcde"},
	    {"abcdef", -4, -1, "cde"},
	    {"abcdef", -10, 6, "ab"},
	    {"abcdef", -10, 3, ""},
	    {"abcdef", -10, DT_RT_OMITTED, "abcdef"},
	    {"abcdef", 6, DT_RT_OMITTED, ""},
	    {"abcdef", 7, 1, ""},
	    {"abcdef", 3, 0, ""},
	    {"abcdef", 4, -3, ""},
	    {"abcdef", 0, -6, ""},
	    {"abcdef", 0, -7, ""},
	    {"", 0, DT_RT_OMITTED, ""},
	    {"", -1, 1, ""},
	    {"\1", 0, 5, ""},
	    {"abcdef", INT32_MIN, -1, "abcde"},
	    {"abcdef", INT32_MAX, 5, ""},
	    {"abcdef", 0, INT32_MIN, ""},
	};
	for (size_t k = 0; k < sizeof(cases) / sizeof(cases[0]); k++)
		check_text(
		    cases[k].s,
		    call("dt_substr", DST, text(0, cases[k].s), DT_RT_RANGE(cases[k].i, cases[k].n), 256),
		    cases[k].want, 256);
	static char s[DT_STRMAX];
	for (int k = 0; k < 3000; k++) {
		size_t size = sizes[k % 4];
		random_text(s, 5000 > DT_STRMAX ? DT_STRMAX - 1 : 5000, "abcdefghijklmnopqrstuvwxyz");
		int i = (int)(rnd() % 60) - 30, n = rnd() % 5 ? (int)(rnd() % 60) - 30 : DT_RT_OMITTED;
		int64_t r = call("dt_substr", DST, text(0, s), DT_RT_RANGE(i, n), size);
		check_text("random substr", r, model_substr(cut(s, size), i, n), size);
	}
}

/* -------------------------------------------------------------- searching */

static int64_t
model_index(const char *a, const char *b, int64_t from)
{
	int64_t la = strlen(a), lb = strlen(b);
	from = from < 0 ? 0 : from;
	if (lb == 0)
		return from < la ? from : la;
	for (int64_t i = from; i + lb <= la; i++)
		if (!memcmp(a + i, b, lb))
			return i;
	return -1;
}

static int64_t
model_rindex(const char *a, const char *b, int64_t from)
{
	int64_t la = strlen(a), lb = strlen(b);
	if (from < 0)
		return lb ? -1 : 0;
	for (int64_t i = from < la - lb ? from : la - lb; i >= 0; i--)
		if (!memcmp(a + i, b, lb))
			return i;
	return -1;
}

Test(runtime, index_and_rindex)
{
	static const struct {
		const char *a, *b;
		int64_t from, first, last;
	} cases[] = {
	    {"abcabc", "bc", 0, 1, -1},
	    {"abcabc", "bc", 2, 4, 1},
	    {"abcabc", "bc", -5, 1, -1},
	    {"abcabc", "bc", 6, -1, 4},
	    {"abcabc", "bc", 7, -1, 4},
	    {"abcabc", "x", 0, -1, -1},
	    {"abc", "", 0, 0, 0},
	    {"abc", "", 2, 2, 2},
	    {"abc", "", 3, 3, 3},
	    {"abc", "", 9, 3, 3},
	    {"abc", "", -1, 0, 0},
	    {"", "", 0, 0, 0},
	    {"", "", 5, 0, 0},
	    {"", "a", 0, -1, -1},
	    {"\1", "a", 0, -1, -1},
	    {"a", "\1", 0, 0, 0},
	    {"abc", "abcd", 0, -1, -1},
	    {"aXbcdefghijklmnop", "bcdefghijklmnop", 0, 2, -1},
	    {"abcabc", "bc", DT_RT_OMITTED, -1, 4},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		uint64_t a = text(0, cases[i].a), b = text(1, cases[i].b);
		check_num(cases[i].a, call("dt_index", a, b, cases[i].from, 256), cases[i].first);
		check_num(cases[i].a, call("dt_rindex", a, b, cases[i].from, 256), cases[i].last);
	}
}

Test(runtime, searches_agree_with_the_model)
{
	static char a[DT_STRMAX], b[DT_STRMAX];
	for (int i = 0; i < 6000; i++) {
		size_t size = sizes[i % 4];
		random_text(a, 600, i % 2 ? "ab" : "aaaaaab");
		if (rnd() % 3) {
			size_t n = strlen(a), from = n ? rnd() % n : 0;
			snprintf(b, sizeof(b), "%.*s", (int)(rnd() % 40), a + from);
		} else {
			random_text(b, 40, "ab");
		}
		int64_t from = (int64_t)(rnd() % 700) - 50;
		uint64_t ta = text(0, a), tb = text(1, b);
		int64_t first = call("dt_index", ta, tb, from, size),
			last = call("dt_rindex", ta, tb, from, size),
			plain = call("dt_strstr", ta, tb, size, 0);
		cut(a, size);
		cut(b, size);
		check_num("random index", first, model_index(a, b, from));
		check_num("random rindex", last, model_rindex(a, b, from));
		check_num("random strstr", plain, model_index(a, b, 0));
	}
}

Test(runtime, search_of_the_worst_case_ends)
{
	char needle[2049];
	memset(needle, 'a', sizeof(needle));
	needle[2047] = 'b';
	needle[2048] = '\0';
	uint64_t a = text(0, long_text(4095, 'a')), b = text(1, needle);
	check_num("worst", call("dt_strstr", a, b, 4096, 0), -1);
	check_num("worst", call("dt_rindex", a, b, DT_RT_OMITTED, 4096), -1);
	needle[2047] = 'a';
	check_num("worst", call("dt_rindex", a, text(1, needle), DT_RT_OMITTED, 4096), 4095 - 2048);
	big[2046] = 'b';
	check_num("worst", call("dt_strstr", text(0, big), b = text(1, needle), 4096, 0), 2047);
}

Test(runtime, strchr_and_strrchr)
{
	uint64_t a = text(0, "hello");
	check_num("strchr", call("dt_strchr", a, 'l', 256, 0), 2);
	check_num("strrchr", call("dt_strrchr", a, 'l', 256, 0), 3);
	check_num("strchr", call("dt_strchr", a, 0, 256, 0), 5);
	check_num("strrchr", call("dt_strrchr", a, 0, 256, 0), 5);
	check_num("strchr", call("dt_strchr", a, 'x', 256, 0), -1); /* x stands behind the NUL */
	check_num("strrchr", call("dt_strrchr", a, 'x', 256, 0), -1);
	check_num("strchr", call("dt_strchr", a, (uint64_t)-1 << 8 | 'e', 256, 0), 1);
	check_num("strchr", call("dt_strchr", a, 'l', 3, 0), -1);
	check_num("strchr", call("dt_strchr", 0, 'l', 256, 0), -1);
	check_num("strchr", call("dt_strchr", text(0, "a\xe9"), (uint64_t)(int64_t)(char)0xe9, 256, 0), 1);

	static char s[DT_STRMAX];
	for (int i = 0; i < 4000; i++) {
		size_t size = sizes[i % 4];
		random_text(s, i % 5 ? 80 : 4095,
			    i % 2 ? "ab\x61\x60\xe1" : "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab");
		uint64_t at = text(0, s);
		int64_t first = call("dt_strchr", at, 'b', size, 0),
			last = call("dt_strrchr", at, 'b', size, 0);
		cut(s, size);
		const char *f = strchr(s, 'b'), *l = strrchr(s, 'b');
		check_num("random strchr", first, f ? f - s : -1);
		check_num("random strrchr", last, l ? l - s : -1);
	}
}

/* ------------------------------------------------------------------ paths */

static const char *
model_path(const char *path, bool base)
{
	static char out[DT_STRMAX];
	int64_t end = strlen(path), from;
	if (end == 0)
		return ".";
	while (end > 0 && path[end - 1] == '/')
		end--;
	if (end == 0)
		return "/";
	for (from = end; from > 0 && path[from - 1] != '/';)
		from--;
	if (base) {
		snprintf(out, end - from + 1, "%s", path + from);
		return out;
	}
	if (from == 0)
		return ".";
	while (from > 0 && path[from - 1] == '/')
		from--;
	if (from == 0)
		return "/";
	snprintf(out, from + 1, "%s", path);
	return out;
}

Test(runtime, basename_and_dirname)
{
	static const struct {
		const char *path, *base, *dir;
	} cases[] = {
	    {"/usr/lib", "lib", "/usr"},
	    {"/usr/", "usr", "/"},
	    {"usr", "usr", "."},
	    {"/", "/", "/"},
	    {"///", "/", "/"},
	    {"", ".", "."},
	    {"\1", ".", "."},
	    {".", ".", "."},
	    {"..", "..", "."},
	    {"//a//b//", "b", "//a"},
	    {"a/b", "b", "a"},
	    {"a//b", "b", "a"},
	    {"/a", "a", "/"},
	    {"//a", "a", "/"},
	    {"a/", "a", "."},
	    {"a///", "a", "."},
	    {"/a/b/c/d", "d", "/a/b/c"},
	    {"/usr/share/dict/words.gz", "words.gz", "/usr/share/dict"},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		uint64_t at = text(0, cases[i].path);
		check_text(cases[i].path, call("dt_basename", DST, at, 256, 0), cases[i].base, 256);
		check_text(cases[i].path, call("dt_dirname", DST, at, 256, 0), cases[i].dir, 256);
	}
	static char s[DT_STRMAX];
	for (int i = 0; i < 4000; i++) {
		size_t size = sizes[i % 4];
		random_text(s, i % 7 ? 60 : 4095, i % 2 ? "/a" : i % 4 ? "//////a" : "/bcdefghijkl.");
		uint64_t at = text(0, s);
		int64_t r = call("dt_basename", DST, at, size, 0);
		char copy[DT_STRMAX];
		snprintf(copy, size, "%s", s);
		check_text("random basename", r, model_path(copy, true), size);
		r = call("dt_dirname", DST, at, size, 0);
		check_text("random dirname", r, model_path(copy, false), size);
	}
}
