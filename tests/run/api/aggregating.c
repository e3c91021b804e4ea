/* A consumer that aggregates: counts its own system calls, and walks them by value, by key, and joined. */
#include <dtrace.h>

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void
fatal(dtrace_hdl_t *dtp, const char *what)
{
	fprintf(stderr, "%s: %s\n", what, dtrace_errmsg(dtp, dtrace_errno(dtp)));
	exit(1);
}

static const char *
key(const dtrace_aggdata_t *agg)
{
	return agg->dtada_data + agg->dtada_desc->dtagd_rec[1].dtrd_offset;
}

static long long
value(const dtrace_aggdata_t *agg)
{
	int64_t v;
	memcpy(&v, agg->dtada_data + agg->dtada_desc->dtagd_rec[2].dtrd_offset, sizeof(v));
	return v;
}

static int
print_row(const dtrace_aggdata_t *agg, void *arg)
{
	printf("%s @%s[%s] = %lld\n", (const char *)arg, agg->dtada_desc->dtagd_name, key(agg), value(agg));
	return DTRACE_AGGWALK_NEXT;
}

static int
print_joined(const dtrace_aggdata_t **aggs, const int n, void *arg)
{
	printf("%s %s:", (const char *)arg, key(aggs[0]));
	for (int i = 1; i < n; i++)
		printf(" %lld", value(aggs[i]));
	printf("\n");
	return DTRACE_AGGWALK_NEXT;
}

int
main(void)
{
	int err;
	dtrace_aggvarid_t both[] = {1, 2};
	dtrace_hdl_t *dtp = dtrace_open(DTRACE_VERSION, 0, &err);
	if (!dtp) {
		fprintf(stderr, "dtrace_open: %s\n", dtrace_errmsg(NULL, err));
		return 1;
	}
	if (dtrace_setopt(dtp, "aggsize", "256k") != 0)
		fatal(dtp, "dtrace_setopt");
	dtrace_prog_t *prog =
	    dtrace_program_strcompile(dtp,
				      "syscall::getppid:entry, syscall::umask:entry, syscall::getpgid:entry "
				      "/pid == $pid/ { @calls[probefunc] = count(); }"
				      "syscall::umask:return, syscall::getpgid:return /pid == $pid/ { "
				      "@results[probefunc] = sum(arg0 != -1); }",
				      DTRACE_PROBESPEC_NAME, 0, 0, NULL);
	if (!prog || dtrace_program_exec(dtp, prog, NULL) != 0)
		fatal(dtp, "program");
	if (dtrace_go(dtp) != 0)
		fatal(dtp, "dtrace_go");
	for (int i = 0; i < 5; i++)
		getppid();
	for (int i = 0; i < 3; i++)
		umask(022);
	getpgid(0);
	if (getpgid(-7) != -1)
		return 1;
	if (dtrace_stop(dtp) != 0 || dtrace_aggregate_snap(dtp) != 0)
		fatal(dtp, "the end");
	if (dtrace_aggregate_walk_valsorted(dtp, print_row, (void *)"by value") != 0 ||
	    dtrace_aggregate_walk_keysorted(dtp, print_row, (void *)"by key") != 0 ||
	    dtrace_aggregate_walk_valrevsorted(dtp, print_row, (void *)"the most first") != 0 ||
	    dtrace_aggregate_walk_joined(dtp, both, 2, print_joined, (void *)"joined") != 0)
		fatal(dtp, "walking");
	if (dtrace_aggregate_print(dtp, stdout, dtrace_aggregate_walk_keyvarsorted) != 0)
		fatal(dtp, "dtrace_aggregate_print");
	dtrace_aggregate_clear(dtp);
	if (dtrace_aggregate_walk_keysorted(dtp, print_row, (void *)"cleared") != 0)
		fatal(dtp, "walking");
	dtrace_close(dtp);
	return 0;
}
