/*
 * diff.c - the whole compiler against an interpreter (interp.h): random programs run for real, on this kernel,
 * through the public API, and must print what the interpreter says.
 *
 *   diff [-v] COUNT [SEED]      random programs from SEED on
 *   diff -f FILE                one program
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../../libdtrace/handle/handle.h"
#include "dgen.h"
#include "interp.h"

enum {
	TEXT = 1 << 18,
	BATCH = 50,
	FAILED = 3
};

typedef struct run {
	FILE *out;
	dt_clause_t *clauses;
} run_t;

static bool
has(const char *name)
{
	const dt_funcdesc_t *f = dt_func_byname(name);
	return f && f->implemented;
}

static int
on_probe(const dtrace_probedata_t *data, void *arg)
{
	const run_t *r = arg;
	fprintf(r->out, "<%u:", data->dtpda_edesc->dtepd_probeid);
	return DTRACE_CONSUME_THIS;
}

static int
on_rec(const dtrace_probedata_t *data, const dtrace_recdesc_t *rec, void *arg)
{
	const run_t *r = arg;
	int status;
	if (!rec) {
		fputs(">\n", r->out);
	} else if (rec->dtrd_action == DTRACEACT_EXIT) {
		memcpy(&status, data->dtpda_data, sizeof(status));
		fprintf(r->out, "<exit %d>", status);
	}
	return DTRACE_CONSUME_THIS;
}

static int
on_error(const dtrace_errdata_t *e, void *arg)
{
	const run_t *r = arg;
	dtrace_epid_t epid = e->dteda_edesc->dtepd_epid;
	int n = 0;
	for (const dt_clause_t *c = r->clauses;
	     c && !(epid >= c->epid0 && epid < c->epid0 + (unsigned)c->nprobes); c = c->next)
		n++;
	fprintf(r->out, "<fault %d of clause %d%s: 0x%llx>\n", e->dteda_fault, n,
		e->dteda_action ? "" : " in its predicate", (unsigned long long)e->dteda_addr);
	return DTRACE_HANDLE_OK;
}

static int
on_drop(const dtrace_dropdata_t *d, void *arg)
{
	const run_t *r = arg;
	if (d->dtdda_kind == DTRACEDROP_DBLERROR)
		fprintf(r->out, "<%llu errors in ERROR>\n", (unsigned long long)d->dtdda_drops);
	else
		fprintf(r->out, "<drop: %s>\n", d->dtdda_msg);
	return DTRACE_HANDLE_OK;
}

static bool
trace(dtrace_hdl_t *dtp, dtrace_prog_t *p, run_t *r)
{
	dtrace_proginfo_t info;
	dtrace_workstatus_t st;
	dtrace_handle_err(dtp, on_error, r);
	dtrace_handle_drop(dtp, on_drop, r);
	if (dtrace_program_exec(dtp, p, &info) < 0 || dtrace_go(dtp) < 0 || dtrace_stop(dtp) < 0)
		return false;
	while ((st = dtrace_work(dtp, r->out, on_probe, on_rec, r)) == DTRACE_WORKSTATUS_OKAY)
		;
	return st == DTRACE_WORKSTATUS_DONE && dtrace_aggregate_print(dtp, r->out, NULL) == 0;
}

typedef enum outcome {
	SAME,
	TOO_LARGE, /* for this kernel's verifier: more than one program can hold */
	DIFFERENT
} outcome_t;

/* Do both agree?  If not: why, and what each has printed. */
static outcome_t
compare(const char *text, char *why, size_t len, char **real, char **said)
{
	char *argv[] = {"diff", NULL};
	size_t nreal = 0, nsaid = 0;
	int err;
	*real = *said = NULL;
	dtrace_hdl_t *dtp = dtrace_open(DTRACE_VERSION, 0, &err);
	if (!dtp) {
		snprintf(why, len, "open: %s", dtrace_errmsg(NULL, err));
		return DIFFERENT;
	}
	dtrace_setopt(dtp, "bufsize", "256k");
	dtrace_setopt(dtp, "aggsize", "256k");
	dtrace_setopt(dtp, "dynvarsize", "256k");
	dtrace_prog_t *p = dtrace_program_strcompile(dtp, text, DTRACE_PROBESPEC_NAME, 0, 1, argv);
	if (!p) {
		snprintf(why, len, "compile: %s", dtrace_errmsg(dtp, dtrace_errno(dtp)));
		dtrace_close(dtp);
		return DIFFERENT;
	}
	dtrace_optval_t strsize = 256, quiet = 0;
	dtrace_getopt(dtp, "strsize", &strsize);
	dtrace_getopt(dtp, "quiet", &quiet);
	interp_t in = {.dtp = dtp, .strsize = (uint32_t)strsize, .quiet = quiet && quiet != DTRACEOPT_UNSET};
	in.out = open_memstream(said, &nsaid);
	bool known = interp_run(&in, p->clauses);
	fclose(in.out);
	run_t r = {open_memstream(real, &nreal), p->clauses};
	bool ran = trace(dtp, p, &r);
	fclose(r.out);
	outcome_t result = DIFFERENT;
	if (!ran && dtrace_errno(dtp) == E2BIG)
		result = TOO_LARGE;
	else if (!ran)
		snprintf(why, len, "run: %s", dtrace_errmsg(dtp, dtrace_errno(dtp)));
	else if (!known)
		snprintf(why, len, "the interpreter does not know %s", in.reason);
	else if (nreal != nsaid || memcmp(*real, *said, nreal) != 0)
		snprintf(why, len, "not the same");
	else
		result = SAME;
	dtrace_close(dtp);
	return result;
}

static outcome_t
check(const char *title, const char *text)
{
	char why[4096], *real, *said;
	outcome_t result = compare(text, why, sizeof(why), &real, &said);
	if (result == DIFFERENT)
		printf("%s: %s\n%s---- the kernel\n%s---- the interpreter\n%s", title, why, text,
		       real ? real : "", said ? said : "");
	free(real);
	free(said);
	return result;
}

static char *
read_file(const char *name)
{
	FILE *fp = fopen(name, "r");
	char *text = dt_xcalloc(1, TEXT);
	if (!fp || fread(text, 1, TEXT - 1, fp) == 0) {
		fprintf(stderr, "cannot read %s\n", name);
		exit(1);
	}
	fclose(fp);
	return text;
}

/* In a child, so that a crash costs one program: how many of n were done before the one that failed. */
static int
batch(uint64_t seed, int n, char *text, int *status, int *large)
{
	int fd[2], done = 0;
	char c;
	if (pipe(fd) < 0)
		exit(1);
	fflush(stdout);
	pid_t pid = fork();
	if (pid == 0) {
		for (int j = 0; j < n; j++) {
			char title[32];
			dgen_deterministic(seed + (uint64_t)j, text, TEXT, has);
			snprintf(title, sizeof(title), "seed %llu", (unsigned long long)seed + (unsigned)j);
			char result = (char)check(title, text);
			if (result == DIFFERENT) {
				fflush(stdout);
				_exit(FAILED);
			}
			if (write(fd[1], &result, 1) != 1)
				_exit(1);
		}
		_exit(0);
	}
	close(fd[1]);
	for (; read(fd[0], &c, 1) == 1; done++)
		*large += c == TOO_LARGE;
	close(fd[0]);
	waitpid(pid, status, 0);
	return done;
}

int
main(int argc, char **argv)
{
	if (argc == 3 && !strcmp(argv[1], "-f"))
		return check(argv[2], read_file(argv[2])) == SAME ? 0 : 1;
	if (argc == 3 && !strcmp(argv[1], "-g")) {
		char *text = dt_xcalloc(1, TEXT);
		dgen_deterministic(strtoull(argv[2], NULL, 0), text, TEXT, has);
		fputs(text, stdout);
		return 0;
	}
	int count = argc > 1 ? atoi(argv[1]) : 300, passed = 0, failed = 0, large = 0;
	uint64_t seed = argc > 2 ? strtoull(argv[2], NULL, 0) : 1;
	char *text = dt_xcalloc(1, TEXT);
	for (int i = 0; i < count;) {
		int status, n = count - i < BATCH ? count - i : BATCH,
			    done = batch(seed + (uint64_t)i, n, text, &status, &large);
		passed += done;
		i += done;
		if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
			continue;
		failed++;
		if (!WIFEXITED(status) || WEXITSTATUS(status) != FAILED) {
			dgen_deterministic(seed + (uint64_t)i, text, TEXT, has);
			printf("seed %llu: crashed\n%s\n", (unsigned long long)(seed + (uint64_t)i), text);
		}
		i++;
	}
	free(text);
	printf("%d passed, %d failed", passed - large, failed);
	if (large)
		printf(", %d too large for the kernel", large);
	putchar('\n');
	return failed != 0;
}
