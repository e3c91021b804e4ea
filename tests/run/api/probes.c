/* Probes: iterating, descriptions to and from text, attributes and arguments. */
#include "check.h"

typedef struct seen {
	int n, stop;
	dtrace_id_t last;
} seen_t;

static int
count(dtrace_hdl_t *dtp, const dtrace_probedesc_t *pd, void *arg)
{
	seen_t *s = arg;
	CHECK(dtp == g_dtp && pd->dtpd_id > s->last && *pd->dtpd_provider && *pd->dtpd_name);
	s->last = pd->dtpd_id;
	return ++s->n == s->stop ? 42 : 0;
}

static int
count_args(dtrace_hdl_t *dtp, const dtrace_argdesc_t *ad, void *arg)
{
	int *n = arg;
	(void)dtp;
	CHECK(ad->dtargd_ndx == *n && *ad->dtargd_native);
	++*n;
	return 0;
}

static void
iterating(void)
{
	dtrace_probedesc_t pd;
	seen_t s = {0}, all = {0};
	open_handle(0);
	CHECK(dtrace_str2desc(g_dtp, DTRACE_PROBESPEC_PROVIDER, "dtrace", &pd) == 0);
	CHECK(dtrace_probe_iter(g_dtp, &pd, count, &s) == 0 && s.n == 3);
	s = (seen_t){.stop = 2};
	CHECK(dtrace_probe_iter(g_dtp, &pd, count, &s) == 42 && s.n == 2);
	CHECK(dtrace_str2desc(g_dtp, DTRACE_PROBESPEC_NAME, "syscall::*get*pid:entry", &pd) == 0);
	s = (seen_t){0};
	CHECK(dtrace_probe_iter(g_dtp, &pd, count, &s) == 0 && s.n >= 2);
	CHECK(dtrace_probe_iter(g_dtp, NULL, count, &all) == 0 && all.n > 500);
	CHECK(dtrace_str2desc(g_dtp, DTRACE_PROBESPEC_NAME, "dtrace:::nosuch", &pd) == 0);
	FAILS(dtrace_probe_iter(g_dtp, &pd, count, &s) == -1, EDT_NOPROBE);
	FAILS(dtrace_probe_iter(g_dtp, &pd, NULL, &s) == -1, EINVAL);
	close_handle();
}

static void
descriptions(void)
{
	dtrace_probedesc_t pd, again;
	char text[DTRACE_FULLNAMELEN];
	char *const args[] = {(char *)"x", (char *)"open*", NULL};
	open_handle(0);
	CHECK(dtrace_str2desc(g_dtp, DTRACE_PROBESPEC_NAME, "a:b:c:d", &pd) == 0);
	SAME(dtrace_desc2str(&pd, text, sizeof(text)), "a:b:c:d");
	CHECK(dtrace_str2desc(g_dtp, DTRACE_PROBESPEC_FUNC, "b:c", &pd) == 0);
	SAME(dtrace_desc2str(&pd, text, sizeof(text)), ":b:c:");
	CHECK(dtrace_str2desc(g_dtp, DTRACE_PROBESPEC_MOD, "b", &pd) == 0);
	SAME(dtrace_desc2str(&pd, text, sizeof(text)), ":b::");
	SAME(dtrace_desc2str(&pd, text, 3), ":b");
	CHECK(dtrace_xstr2desc(g_dtp, DTRACE_PROBESPEC_NAME, "syscall::$1:entry", 2, args, &pd) == 0);
	SAME(pd.dtpd_func, "open*");
	FAILS(dtrace_xstr2desc(g_dtp, DTRACE_PROBESPEC_NAME, "$7", 2, args, &pd) == -1, EDT_BADSPCV);
	FAILS(dtrace_str2desc(g_dtp, DTRACE_PROBESPEC_NAME, "a:b:c:d:e", &pd) == -1, EDT_BADSPEC);
	FAILS(dtrace_str2desc(g_dtp, DTRACE_PROBESPEC_PROVIDER, "a:b", &pd) == -1, EDT_BADSPEC);
	FAILS(dtrace_str2desc(g_dtp, DTRACE_PROBESPEC_NAME, NULL, &pd) == -1, EINVAL);
	FAILS(dtrace_str2desc(g_dtp, (dtrace_probespec_t)9, "a", &pd) == -1, EINVAL);
	char longname[400];
	memset(longname, 'x', sizeof(longname) - 1);
	longname[sizeof(longname) - 1] = '\0';
	FAILS(dtrace_str2desc(g_dtp, DTRACE_PROBESPEC_NAME, longname, &pd) == -1, ENAMETOOLONG);

	CHECK(dtrace_str2desc(g_dtp, DTRACE_PROBESPEC_NAME, "2", &pd) == 0);
	SAME(pd.dtpd_name, "END");
	CHECK(dtrace_id2desc(g_dtp, 2, &again) == 0 && memcmp(&pd, &again, sizeof(pd)) == 0);
	FAILS(dtrace_id2desc(g_dtp, 0, &pd) == -1, EDT_BADID);
	FAILS(dtrace_id2desc(g_dtp, 4000000000u, &pd) == -1, EDT_BADID);
	close_handle();
}

static void
information(void)
{
	dtrace_probedesc_t pd;
	dtrace_probeinfo_t info;
	const char *names[64] = {0};
	int nargs = 0;
	open_handle(0);
	CHECK(dtrace_str2desc(g_dtp, DTRACE_PROBESPEC_NAME, "syscall::openat:entry", &pd) == 0);
	CHECK(dtrace_probe_info(g_dtp, &pd, &info) == 0);
	CHECK(info.dtp_argc == 4 && info.dtp_argv);
	CHECK(info.dtp_argv[0].dtt_ctfp && info.dtp_argv[0].dtt_flags == 0);
	CHECK(info.dtp_argv[1].dtt_flags == DTT_FL_USER);
	CHECK(dtrace_arg_iter(g_dtp, &pd, count_args, &nargs) == 0 && nargs == 4);
	CHECK(dtrace_str2desc(g_dtp, DTRACE_PROBESPEC_NAME, "dtrace:::BEGIN", &pd) == 0);
	CHECK(dtrace_probe_info(g_dtp, &pd, &info) == 0 && info.dtp_argc == 0 && !info.dtp_argv);
	CHECK(info.dtp_attr.dtat_name == DTRACE_STABILITY_STABLE);
	strcpy(pd.dtpd_name, "nosuch");
	FAILS(dtrace_probe_info(g_dtp, &pd, &info) == -1, EDT_NOPROBE);
	FAILS(dtrace_probe_info(g_dtp, NULL, &info) == -1, EINVAL);
	FAILS(dtrace_arg_iter(g_dtp, NULL, count_args, &nargs) == -1, EINVAL);

	int n = dtrace_provider_modules(g_dtp, names, 64), found = 0;
	CHECK(n >= 3 && n <= 64);
	for (int i = 0; i < n && i < 64; i++)
		found += !strcmp(names[i], "dtrace") + !strcmp(names[i], "syscall");
	CHECK(found == 2);
	CHECK(dtrace_provider_modules(g_dtp, NULL, 0) == n);
	close_handle();
}

int
main(void)
{
	iterating();
	descriptions();
	information();
	return ended();
}
