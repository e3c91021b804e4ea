/*
 * fuzz.c - random D programs through the whole compiler and the kernel's verifier.  Every program is
 * accepted by the compiler and loaded, or it is a failure: printed with its seed.
 *
 *   fuzz [-v] COUNT [SEED]
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../../libdtrace/dtrace.h"
#include "dgen.h"

enum {
	TEXT = 1 << 18,
	BATCH = 25,
	FAILED = 3
};

/* Compile, load, attach, run BEGIN, stop. */
static bool
try_program(const char *text, char *why, size_t len)
{
	int err;
	char *argv[] = {"fuzz", NULL};
	bool ok = false;
	dtrace_hdl_t *dtp = dtrace_open(DTRACE_VERSION, 0, &err);
	if (!dtp) {
		snprintf(why, len, "open: %s", dtrace_errmsg(NULL, err));
		return false;
	}
	dtrace_setopt(dtp, "bufsize", "64k");
	dtrace_setopt(dtp, "aggsize", "256k");
	dtrace_prog_t *p = dtrace_program_strcompile(dtp, text, DTRACE_PROBESPEC_NAME, 0, 1, argv);
	dtrace_proginfo_t info;
	if (!p)
		snprintf(why, len, "compile: %s", dtrace_errmsg(dtp, dtrace_errno(dtp)));
	else if (dtrace_program_exec(dtp, p, &info) < 0)
		snprintf(why, len, "exec: %s", dtrace_errmsg(dtp, dtrace_errno(dtp)));
	else if (dtrace_go(dtp) < 0)
		snprintf(why, len, "go: %s", dtrace_errmsg(dtp, dtrace_errno(dtp)));
	else
		ok = dtrace_stop(dtp) == 0;
	dtrace_close(dtp);
	return ok;
}

int
main(int argc, char **argv)
{
	bool verbose = argc > 1 && !strcmp(argv[1], "-v");
	argc -= verbose;
	argv += verbose;
	int count = argc > 1 ? atoi(argv[1]) : 500, passed = 0, failed = 0;
	uint64_t seed = argc > 2 ? strtoull(argv[2], NULL, 0) : 1;
	char *text = malloc(TEXT);
	if (!text)
		return 1;
	for (int i = 0; i < count; i += BATCH) {
		int n = count - i < BATCH ? count - i : BATCH;
		for (int k = 0; k < n;) { /* a child takes programs until one crashes it or fails */
			int fd[2];
			if (pipe(fd) < 0)
				return 1;
			fflush(stdout);
			pid_t pid = fork();
			if (pid == 0) {
				for (int j = k; j < n; j++) {
					char why[4096] = "";
					dgen_program(seed + (uint64_t)(i + j), text, TEXT);
					if (verbose)
						printf("seed %llu\n",
						       (unsigned long long)(seed + (uint64_t)(i + j)));
					if (!try_program(text, why, sizeof(why))) {
						printf("seed %llu: %s\n%s\n",
						       (unsigned long long)(seed + (uint64_t)(i + j)), why,
						       text);
						fflush(stdout);
						_exit(FAILED);
					}
					if (write(fd[1], "", 1) != 1)
						_exit(1);
				}
				fflush(stdout);
				_exit(0);
			}
			close(fd[1]);
			char c;
			int done = 0, status;
			while (read(fd[0], &c, 1) == 1)
				done++;
			close(fd[0]);
			waitpid(pid, &status, 0);
			passed += done;
			k += done;
			if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
				failed++;
				if (!WIFEXITED(status) || WEXITSTATUS(status) != FAILED) {
					dgen_program(seed + (uint64_t)(i + k), text, TEXT);
					printf("seed %llu: crashed\n%s\n",
					       (unsigned long long)(seed + (uint64_t)(i + k)), text);
				}
				k++;
			}
		}
	}
	free(text);
	printf("%d passed, %d failed\n", passed, failed);
	return failed != 0;
}
