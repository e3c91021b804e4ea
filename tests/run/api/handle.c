/* Opening, versions, options, attributes, names of faults and subroutines. */
#include "check.h"

static int
lookup(void *arg, GElf_Addr addr, GElf_Sym *sym, dtrace_syminfo_t *info)
{
	if (addr < 0x1000)
		return EDT_NOSYMADDR;
	memset(sym, 0, sizeof(*sym));
	sym->st_value = addr;
	*info = (dtrace_syminfo_t){.dts_object = arg, .dts_name = "sym"};
	return 0;
}

static int
opens(int version, int flags)
{
	int err = 0;
	dtrace_hdl_t *h = dtrace_open(version, flags, &err);
	dtrace_close(h);
	return h ? 0 : err;
}

static void
opening(void)
{
	CHECK(opens(DTRACE_VERSION, 0) == 0);
	CHECK(opens(1, DTRACE_O_NODEV | DTRACE_O_NOSYS) == 0);
	CHECK(opens(DTRACE_VERSION + 1, 0) == EDT_VERSION);
	CHECK(opens(0, 0) == EINVAL);
	CHECK(opens(DTRACE_VERSION, 0x100) == EINVAL);
	CHECK(opens(DTRACE_VERSION, DTRACE_O_LP64 | DTRACE_O_ILP32) == EINVAL);
	CHECK(opens(DTRACE_VERSION, sizeof(long) == 8 ? DTRACE_O_ILP32 : DTRACE_O_LP64) == EDT_DATAMODEL);
	CHECK(opens(DTRACE_VERSION, sizeof(long) == 8 ? DTRACE_O_LP64 : DTRACE_O_ILP32) == 0);
	CHECK(!dtrace_open(0, 0, NULL));
	dtrace_close(NULL);
	SAME(dtrace_errmsg(NULL, ENOENT), strerror(ENOENT));
	SAME(dtrace_errmsg(NULL, 123456), "Unknown error");
	SAME(_dtrace_version, "Sun D 1.13");
	CHECK(_dtrace_debug == 0);

	const dtrace_vector_t vector = {.dtv_lookup_by_addr = lookup};
	int err;
	GElf_Sym sym;
	dtrace_syminfo_t info;
	g_dtp = dtrace_vopen(DTRACE_VERSION, 0, &err, &vector, (void *)"image");
	CHECK(g_dtp);
	CHECK(dtrace_lookup_by_addr(g_dtp, 0x4000, &sym, &info) == 0 && sym.st_value == 0x4000);
	SAME(info.dts_object, "image");
	CHECK(dtrace_lookup_by_addr(g_dtp, 0x4000, NULL, NULL) == 0);
	FAILS(dtrace_lookup_by_addr(g_dtp, 1, &sym, &info) == -1, EDT_NOSYMADDR);
	CHECK(dtrace_program_exec(g_dtp, compile("BEGIN { exit(0); }"), NULL) == 0);
	FAILS(dtrace_go(g_dtp) == -1, EBADF);
	close_handle();
}

static void
options(void)
{
	dtrace_optval_t v;
	open_handle(0);
	CHECK(dtrace_ctlfd(g_dtp) == -1);
	CHECK(dtrace_setopt(g_dtp, "bufsize", "64k") == 0);
	CHECK(dtrace_getopt(g_dtp, "bufsize", &v) == 0 && v == 65536);
	CHECK(dtrace_setopt(g_dtp, "switchrate", "10hz") == 0);
	CHECK(dtrace_getopt(g_dtp, "switchrate", &v) == 0 && v == 100000000);
	CHECK(dtrace_getopt(g_dtp, "quiet", &v) == 0 && v == DTRACEOPT_UNSET);
	CHECK(dtrace_setopt(g_dtp, "quiet", NULL) == 0);
	CHECK(dtrace_getopt(g_dtp, "quiet", &v) == 0 && v == 1);
	static const struct {
		const char *name;
		dtrace_optval_t value;
	} policies[] = {{"ring", DTRACEOPT_BUFPOLICY_RING},
			{"fill", DTRACEOPT_BUFPOLICY_FILL},
			{"switch", DTRACEOPT_BUFPOLICY_SWITCH}};
	CHECK(dtrace_getopt(g_dtp, "bufpolicy", &v) == 0 && v == DTRACEOPT_BUFPOLICY_SWITCH);
	for (int i = 0; i < 3; i++) {
		CHECK(dtrace_setopt(g_dtp, "bufpolicy", policies[i].name) == 0);
		CHECK(dtrace_getopt(g_dtp, "bufpolicy", &v) == 0 && v == policies[i].value);
	}
	CHECK(dtrace_setopt(g_dtp, "bufresize", "manual") == 0);
	CHECK(dtrace_getopt(g_dtp, "bufresize", &v) == 0 && v == DTRACEOPT_BUFRESIZE_MANUAL);
	FAILS(dtrace_getopt(g_dtp, "zdefs", &v) == -1, EDT_BADOPTNAME);
	FAILS(dtrace_getopt(g_dtp, NULL, &v) == -1, EDT_BADOPTNAME);
	FAILS(dtrace_getopt(g_dtp, "quiet", NULL) == -1, EINVAL);
	FAILS(dtrace_setopt(g_dtp, NULL, NULL) == -1, EDT_BADOPTNAME);
	FAILS(dtrace_setopt(g_dtp, "strsize", "much") == -1, EDT_BADOPTVAL);
	close_handle();

	setenv("DTRACE_OPT_BUFSIZE", "nonsense", 1);
	CHECK(opens(DTRACE_VERSION, 0) == EDT_BADOPTVAL);
	unsetenv("DTRACE_OPT_BUFSIZE");
}

static void
names(void)
{
	const dtrace_attribute_t a = {DTRACE_STABILITY_EVOLVING, DTRACE_STABILITY_STABLE, DTRACE_CLASS_ISA};
	const dtrace_attribute_t b = {DTRACE_STABILITY_STABLE, DTRACE_STABILITY_PRIVATE, DTRACE_CLASS_COMMON};
	dtrace_attribute_t c;
	char text[64];
	SAME(dtrace_attr2str(a, text, sizeof(text)), "Evolving/Stable/ISA");
	SAME(dtrace_attr2str(dtrace_attr_min(a, b), text, sizeof(text)), "Evolving/Private/ISA");
	SAME(dtrace_attr2str(dtrace_attr_max(a, b), text, sizeof(text)), "Stable/Stable/Common");
	CHECK(!dtrace_attr2str((dtrace_attribute_t){9, 0, 0}, text, sizeof(text)));
	CHECK(dtrace_str2attr("Evolving/Stable/ISA", &c) == 0 && memcmp(&a, &c, sizeof(a)) == 0);
	CHECK(dtrace_str2attr("evolving/STABLE/isa", &c) == 0 && memcmp(&a, &c, sizeof(a)) == 0);
	CHECK(dtrace_str2attr("Evolving/Stable", &c) == -1);
	CHECK(dtrace_str2attr("Evolving/Stable/ISA/", &c) == -1);
	CHECK(dtrace_str2attr("Evolvin/Stable/ISA", &c) == -1);
	CHECK(dtrace_str2attr(NULL, &c) == -1);
	SAME(dtrace_stability_name(DTRACE_STABILITY_INTERNAL), "Internal");
	SAME(dtrace_stability_name(DTRACE_STABILITY_MAX), "Standard");
	CHECK(!dtrace_stability_name(DTRACE_STABILITY_MAX + 1));
	SAME(dtrace_class_name(DTRACE_CLASS_UNKNOWN), "Unknown");
	SAME(dtrace_class_name(DTRACE_CLASS_MAX), "Common");
	CHECK(!dtrace_class_name(DTRACE_CLASS_MAX + 1));

	open_handle(DTRACE_O_NODEV);
	SAME(dtrace_faultstr(g_dtp, DTRACEFLT_BADADDR), "invalid address");
	SAME(dtrace_faultstr(g_dtp, DTRACEFLT_DIVZERO), "divide-by-zero");
	SAME(dtrace_faultstr(g_dtp, 99), "unknown fault");
	SAME(dtrace_faultstr(g_dtp, -1), "unknown fault");
	SAME(dtrace_faultstr(g_dtp, DTRACEFLT_LIBRARY), "library-level fault");
	SAME(dtrace_subrstr(g_dtp, DIF_SUBR_RAND), "rand");
	SAME(dtrace_subrstr(g_dtp, DIF_SUBR_STRLEN), "strlen");
	SAME(dtrace_subrstr(g_dtp, DIF_SUBR_MAX), "strtoll");
	for (int i = 0; i <= DIF_SUBR_MAX; i++)
		CHECK(dtrace_subrstr(g_dtp, i));
	CHECK(!dtrace_subrstr(g_dtp, -1) && !dtrace_subrstr(g_dtp, DIF_SUBR_MAX + 1));
	close_handle();
}

int
main(void)
{
	opening();
	options();
	names();
	return ended();
}
