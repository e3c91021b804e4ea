/* Options, errors and their texts: language.md part 9, diagnostics.md 3.1 and 6.
 * rows: X1 X2 X3 X4 X5 X6 X7 X9 */
#include <criterion/criterion.h>

#include "../../libdtrace/handle/handle.h"
#include "../../libdtrace/handle/optval.h"
#include "../../libdtrace/runtime/rt.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static dtrace_hdl_t *dtp;

static void
open_handle(void)
{
	dtp = dt_xcalloc(1, sizeof(*dtp));
	dtp->arena = dt_arena_new();
	dt_options_init(dtp);
}

static void
close_handle(void)
{
	dt_vec_free(&dtp->childenv);
	dt_vec_free(&dtp->cppargs);
	dt_arena_free(dtp->arena);
	free(dtp);
}

TestSuite(options, .init = open_handle, .fini = close_handle);

static dtrace_optval_t
get(const char *name)
{
	dtrace_optval_t v = 12345;
	cr_assert_eq(dtrace_getopt(dtp, name, &v), 0, "%s", name);
	return v;
}

static void
refused(const char *name, const char *val, int err)
{
	cr_assert_eq(dtrace_setopt(dtp, name, val), -1, "%s=%s", name, val);
	cr_assert_eq(dtrace_errno(dtp), err, "%s=%s: %s", name, val, dtrace_errmsg(dtp, dtrace_errno(dtp)));
}

static void
taken(const char *name, const char *val)
{
	cr_assert_eq(dtrace_setopt(dtp, name, val), 0, "%s=%s: %s", name, val ? val : "(none)",
		     dtrace_errmsg(dtp, dtrace_errno(dtp)));
}

Test(optval, sizes)
{
	static const struct {
		const char *text;
		uint64_t n;
	} good[] = {{"4m", 4 << 20},    {"4M", 4 << 20}, {"16k", 16384},   {"1g", 1ULL << 30},
		    {"2t", 2ULL << 40}, {"512", 512},    {"0x10k", 16384}, {"010", 8}};
	static const char *const bad[] = {"", "k", "4mb", "4 m", "-1", "4x", "99999999999999t", "1.5m"};
	uint64_t n;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		cr_assert(dt_optval_size(good[i].text, &n), "%s", good[i].text);
		cr_assert_eq(n, good[i].n, "%s", good[i].text);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		cr_assert_not(dt_optval_size(bad[i], &n), "%s", bad[i]);
}

Test(optval, rates)
{
	static const struct {
		const char *text;
		uint64_t ns;
	} good[] = {{"10hz", 100000000},
		    {"1000Hz", 1000000},
		    {"1s", 1000000000},
		    {"2sec", 2000000000},
		    {"500ms", 500000000},
		    {"7us", 7000},
		    {"9ns", 9},
		    {"1m", 60000000000},
		    {"1hour", 3600000000000},
		    {"1d", 86400000000000},
		    {"250", 250},
		    {"0", 0},
		    {"0hz", 0},
		    {"5min", 300000000000},
		    {"2000000000hz", 1}};
	static const char *const bad[] = {"", "hz", "10 hz", "1x", "-1s", "99999999999d"};
	uint64_t n;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		cr_assert(dt_optval_rate(good[i].text, &n), "%s", good[i].text);
		cr_assert_eq(n, good[i].ns, "%s: %lu", good[i].text, n);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		cr_assert_not(dt_optval_rate(bad[i], &n), "%s", bad[i]);
}

Test(optval, flags)
{
	static const char *const on[] = {"yes", "YES", "enable", "enabled", "true", "On", "set", "1", "17"};
	static const char *const off[] = {"no", "disable", "disabled", "False", "off", "unset", "0", ""};
	static const char *const bad[] = {"maybe", "onn", "1x", "-1"};
	bool b;
	cr_assert(dt_optval_flag(NULL, &b) && b);
	for (size_t i = 0; i < sizeof(on) / sizeof(on[0]); i++)
		cr_assert(dt_optval_flag(on[i], &b) && b, "%s", on[i]);
	for (size_t i = 0; i < sizeof(off) / sizeof(off[0]); i++)
		cr_assert(dt_optval_flag(off[i], &b) && !b, "%s", off[i]);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		cr_assert_not(dt_optval_flag(bad[i], &b), "%s", bad[i]);
}

Test(optval, words_and_versions)
{
	uint64_t place;
	cr_assert(dt_optval_word("fill", "switch fill ring", &place) && place == 1);
	cr_assert(dt_optval_word("ring", "switch fill ring", &place) && place == 2);
	cr_assert_not(dt_optval_word("rin", "switch fill ring", &place));
	cr_assert_not(dt_optval_word("switch fill", "switch fill ring", &place));
	cr_assert_not(dt_optval_word("", "switch fill ring", &place));
	uint32_t v;
	cr_assert(dt_optval_version("1.6.3", &v) && v == (1 << 24 | 6 << 12 | 3));
	cr_assert(dt_optval_version("2.0", &v) && v == 2 << 24);
	static const char *const bad[] = {"",    "1",   "1.",      ".1",    "1.2.3.4",
					  "1.x", "a.b", "1.99999", "256.0", "1.2 "};
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		cr_assert_not(dt_optval_version(bad[i], &v), "%s", bad[i]);
}

/* covers: output 8 8.1-8.4 */
Test(options, defaults)
{
	cr_assert_eq(get("bufsize"), 4 << 20);
	cr_assert_eq(get("aggsize"), 4 << 20);
	cr_assert_eq(get("strsize"), 256);
	cr_assert_eq(get("switchrate"), 1000000000);
	cr_assert_eq(get("aggrate"), 1000000000);
	cr_assert_eq(get("statusrate"), 1000000000);
	cr_assert_eq(get("cleanrate"), 1000000000 / 101);
	cr_assert_eq(get("nspec"), 1);
	cr_assert_eq(get("specsize"), 32768);
	cr_assert_eq(get("stackindent"), 14);
	cr_assert_eq(get("stackframes"), 20);
	cr_assert_eq(get("ustackframes"), 20);
	cr_assert_eq(get("jstackframes"), 50);
	cr_assert_eq(get("temporal"), 1);
	cr_assert_eq(get("quiet"), DTRACEOPT_UNSET);
	cr_assert_eq(get("destructive"), DTRACEOPT_UNSET);
	cr_assert_eq(get("cpu"), DTRACEOPT_UNSET);
}

Test(options, set_and_get)
{
	taken("bufsize", "1m");
	cr_assert_eq(get("bufsize"), 1 << 20);
	taken("switchrate", "10hz");
	cr_assert_eq(get("switchrate"), 100000000);
	taken("quiet", NULL);
	cr_assert_eq(get("quiet"), 1);
	taken("quiet", "0");
	cr_assert_eq(get("quiet"), DTRACEOPT_UNSET);
	taken("cpu", "0");
	cr_assert_eq(get("cpu"), 0);
	taken("bufpolicy", "switch");
	cr_assert_eq(get("bufpolicy"), DTRACEOPT_BUFPOLICY_SWITCH);
	taken("zdefs", NULL);
	cr_assert(dtp->cflags & DTRACE_C_ZDEFS);
	taken("zdefs", "no");
	cr_assert_not(dtp->cflags & DTRACE_C_ZDEFS);
	taken("knodefs", NULL);
	cr_assert(dtp->cflags & DTRACE_C_KNODEF);
	taken("kdefs", NULL);
	cr_assert_not(dtp->cflags & DTRACE_C_KNODEF);
	taken("encoding", "utf8");
	cr_assert_eq(dtp->encoding, DT_ENC_UTF8);
	taken("oformat", "xml,pretty");
	cr_assert(dtrace_oformat(dtp) && dtp->opretty);
	taken("oformat", "json");
	cr_assert(dtrace_oformat(dtp) && !dtp->opretty);
	taken("oformat", "text");
	cr_assert_not(dtrace_oformat(dtp));
	refused("oformat", "json,", EDT_BADOPTVAL);
	refused("oformat", NULL, EDT_BADOPTVAL);
	taken("droptags", NULL);
	cr_assert(dtp->droptags);
	taken("quietresize", NULL);
	cr_assert_eq(get("quietresize"), 1);
	taken("setenv", "A=b");
	taken("unsetenv", "C");
	cr_assert_eq(dtp->childenv.n, 2);
	cr_assert_str_eq(dtp->childenv.p[0], "A=b");
}

Test(options, refusals)
{
	refused("nosuch", NULL, EDT_BADOPTNAME);
	cr_assert_str_eq(dtrace_errmsg(dtp, EDT_BADOPTNAME), "Invalid option name");
	refused("bufsize", "4x", EDT_BADOPTVAL);
	cr_assert_str_eq(dtrace_errmsg(dtp, EDT_BADOPTVAL), "Invalid value for specified option");
	refused("bufsize", NULL, EDT_BADOPTVAL);
	refused("bufsize", "0", EDT_BADOPTVAL);
	refused("switchrate", "often", EDT_BADOPTVAL);
	refused("quiet", "perhaps", EDT_BADOPTVAL);
	refused("bufpolicy", "square", EDT_BADOPTVAL);
	refused("stackframes", "0", EDT_BADOPTVAL);
	refused("strsize", "1", EDT_BADOPTVAL);
	refused("cpu", "100000", EDT_BADOPTVAL);
	refused("cpu", NULL, EDT_BADOPTVAL);
	refused("pcapsize", "65536", EDT_BADOPTVAL);
	refused("setenv", "NOVALUE", EDT_BADOPTVAL);
	refused("unsetenv", "A=b", EDT_BADOPTVAL);
	refused("ctfpath", "/x", EDT_BADOPTNAME);
	refused("zone", "z", EDT_BADOPTNAME);
	refused("bufpolicy", "RING", EDT_BADOPTVAL);
	refused("stackindent", "-1", EDT_BADOPTVAL);
	refused("stackindent", "3x", EDT_BADOPTVAL);
	taken("stackindent", "0x10");
	cr_assert_eq(get("stackindent"), 16);
	taken("stackindent", "010");
	cr_assert_eq(get("stackindent"), 8);
	taken("stackindent", NULL);
	cr_assert_eq(get("stackindent"), 0);
	cr_assert_eq(get("bufsize"), 4 << 20);
}

Test(options, strsize_limit)
{
	char max[16], over[16];
	snprintf(max, sizeof(max), "%d", DT_STRMAX);
	snprintf(over, sizeof(over), "%d", DT_STRMAX + 1);
	taken("strsize", max);
	refused("strsize", over, EDT_BADOPTVAL);
	cr_assert(strstr(dtrace_errmsg(dtp, EDT_BADOPTVAL), max));
	cr_assert_eq(get("strsize"), DT_STRMAX);
}

Test(options, version)
{
	taken("version", "1.6.3");
	cr_assert_eq(dtp->version, 1 << 24 | 6 << 12 | 3);
	refused("version", "1.2", EDT_VERSREDUCED);
	refused("version", "9.9", EDT_VERSUNDEF);
	refused("version", "new", EDT_VERSINVAL);
	taken("version", "1.13");
}

Test(options, minimum_attributes)
{
	taken("amin", "Evolving/stable/ISA");
	cr_assert_eq(dtp->amin.dtat_name, DTRACE_STABILITY_EVOLVING);
	cr_assert_eq(dtp->amin.dtat_data, DTRACE_STABILITY_STABLE);
	cr_assert_eq(dtp->amin.dtat_class, DTRACE_CLASS_ISA);
	cr_assert(dtp->cflags & DTRACE_C_EATTR);
	refused("amin", "Stable/Stable", EDT_BADOPTVAL);
	refused("amin", "Stable/Stable/Common/More", EDT_BADOPTVAL);
	refused("amin", "Good/Stable/Common", EDT_BADOPTVAL);
	refused("amin", NULL, EDT_BADOPTVAL);
}

Test(options, while_tracing)
{
	dtp->active = true;
	refused("bufsize", "1m", EDT_ACTIVE);
	refused("zdefs", NULL, EDT_ACTIVE);
	taken("switchrate", "5hz");
	cr_assert_eq(get("switchrate"), 200000000);
}

Test(options, from_a_program)
{
	cr_assert_eq(dt_setopt_pragma(dtp, "quiet", NULL), 0);
	cr_assert_eq(dt_setopt_pragma(dtp, "define", "X=1"), -1);
	cr_assert_eq(dtrace_errno(dtp), EDT_BADOPTCTX);
	cr_assert_str_eq(dtrace_errmsg(dtp, EDT_BADOPTCTX), "Option cannot be used from within a D program");
	cr_assert_eq(dt_setopt_pragma(dtp, "nosuch", NULL), -1);
	cr_assert_eq(dtrace_errno(dtp), EDT_BADOPTNAME);

	dtrace_optval_t old, new;
	dtp->active = true;
	cr_assert_eq(dt_setopt_dynamic(dtp, "quiet", "no", &old, &new), 0);
	cr_assert_eq(old, 1);
	cr_assert_eq(new, DTRACEOPT_UNSET);
	cr_assert_eq(dt_setopt_dynamic(dtp, "strsize", "512", &old, &new), -1);
	cr_assert_eq(dtrace_errno(dtp), EDT_ACTIVE);
	cr_assert_eq(dt_setopt_dynamic(dtp, "nosuch", "1", &old, &new), -1);
	cr_assert_eq(dtrace_errno(dtp), EDT_BADOPTNAME);
}

Test(options, unreadable)
{
	dtrace_optval_t v;
	cr_assert_eq(dtrace_getopt(dtp, "zdefs", &v), -1);
	cr_assert_eq(dtrace_getopt(dtp, "nosuch", &v), -1);
	cr_assert_eq(dtrace_errno(dtp), EDT_BADOPTNAME);
}

Test(options, settling)
{
	taken("statusrate", "1m");
	taken("cleanrate", "1000000hz");
	dt_options_settle(dtp);
	cr_assert_eq(get("statusrate"), 10000000000);
	cr_assert_eq(get("cleanrate"), 200000);
	cr_assert_eq(get("switchrate"), 1000000000);
}

/* bsearch() finds every name only if the table is in order: each of these is at an end or in the middle. */
Test(options, every_name_is_found)
{
	static const char names[] =
	    "aggpercpu aggrate aggsize aggsortkey aggsortkeypos aggsortpos aggsortrev amin argref bpflogsize "
	    "buflimit bufpolicy bufresize bufsize cleanrate core cppargs cpphdrs cpppath cpu debug debugassert "
	    "defaultargs define destructive disallow_dsym disasm dofstashpath droptags dynvarsize empty "
	    "encoding "
	    "errtags evaltime flowindent incdir iregs jstackframes jstackstrsize kdefs knodefs late lazyload "
	    "ldpath "
	    "linkmode linknommap linktype lockmem mangled maxframes noerror nojtanalysis nolibs nspec "
	    "objcopypath "
	    "oformat pcapsize pgmax preallocate printsize pspec quiet quietresize rawbytes scratchsize setenv "
	    "specsize stackframes stackindent stacksymbols statusrate stdc strip strsize switchrate sysslice "
	    "temporal tregs udefs undef unodefs unsetenv useruid ustackframes verbose version zdefs "
	    "agghist aggpack aggzoom arch archlibdir bpflog cpp ctfpath ctypes dtypes errexit grabanon libdir "
	    "modpath noresolve procfspath syslibdir tree uresolve zone";
	char *copy = strdup(names), *save = NULL;
	for (char *w = strtok_r(copy, " ", &save); w; w = strtok_r(NULL, " ", &save))
		if (dtrace_setopt(dtp, w, "?") != 0)
			cr_assert_str_neq(dtrace_errmsg(dtp, dtrace_errno(dtp)), "Invalid option name", "%s",
					  w);
	free(copy);
}

Test(errors, texts)
{
	cr_assert_str_eq(dtrace_errmsg(NULL, EDT_DESTRUCTIVE), "Destructive actions not allowed");
	cr_assert_str_eq(dtrace_errmsg(NULL, EDT_ACCESS), "DTrace requires additional privileges");
	cr_assert_str_eq(dtrace_errmsg(NULL, EDT_NOPROBE), "No probe matches description");
	cr_assert_str_eq(dtrace_errmsg(NULL, ENOENT), strerror(ENOENT));
	cr_assert_str_eq(dtrace_errmsg(NULL, -7), "Unknown error");
	cr_assert_str_eq(dtrace_errmsg(NULL, EDT_MAX), "Unknown error");
	for (int e = EDT_VERSION; e < EDT_MAX; e++)
		cr_assert(dtrace_errmsg(NULL, e) && *dtrace_errmsg(NULL, e), "%d", e);
}

Test(options, composed_errors)
{
	cr_assert_eq(dt_set_error(dtp, EDT_COMPILER, "line %d: no", 3), -1);
	cr_assert_str_eq(dtrace_errmsg(dtp, dtrace_errno(dtp)), "line 3: no");
	dt_set_error(dtp, EDT_COMPILER, "again: %s", dtrace_errmsg(dtp, EDT_COMPILER));
	cr_assert_str_eq(dtrace_errmsg(dtp, EDT_COMPILER), "again: line 3: no");
	cr_assert_eq(dt_set_errno(dtp, EDT_BUSY), -1);
	cr_assert_str_eq(dtrace_errmsg(dtp, EDT_BUSY), dtrace_errmsg(NULL, EDT_BUSY));
}

Test(errors, faults)
{
	cr_assert_str_eq(dtrace_faultstr(NULL, DTRACEFLT_BADADDR), "invalid address");
	cr_assert_str_eq(dtrace_faultstr(NULL, DTRACEFLT_DIVZERO), "divide-by-zero");
	cr_assert_str_eq(dtrace_faultstr(NULL, DTRACEFLT_BADINDEX), "index out of bounds");
	cr_assert_str_eq(dtrace_faultstr(NULL, DTRACEFLT_LIBRARY), "library-level fault");
	cr_assert_str_eq(dtrace_faultstr(NULL, 99), "unknown fault");
	cr_assert_str_eq(dtrace_faultstr(NULL, -1), "unknown fault");
}
