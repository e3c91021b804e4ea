/*
 * libfuzzer.c - coverage-guided: bytes as a D program, through the lexer, the parser, sema, the code generator,
 * the passes, emission and linking; everything but the kernel.  libfuzzer.sh builds and runs it.
 */
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "../../libdtrace/ir/module.h"

enum {
	MAX_TEXT = 16 * 1024,
	MAX_PROBES = 64
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static char one[] = "1", text[] = "some text", name[] = "fuzz";
	char *argv[] = {name, one, text, NULL};
	int err;
	if (size == 0 || size > MAX_TEXT)
		return 0;
	dtrace_hdl_t *dtp = dtrace_open(DTRACE_VERSION, DTRACE_O_NODEV, &err);
	if (!dtp)
		abort();
	/* A program linked statically does not know where it was built; DLIBDIR: libfuzzer.sh. */
	dtrace_setopt(dtp, "syslibdir", DLIBDIR);
	/* The first byte says how the text arrives: -s, or -n with its descriptions. */
	char *prog = dt_xcalloc(size, 1);
	memcpy(prog, data + 1, size - 1);
	dtrace_prog_t *p;
	if (data[0] & 1) {
		FILE *fp = fmemopen(prog, size, "r");
		p = dtrace_program_fcompile(dtp, fp, DTRACE_C_ZDEFS | DTRACE_C_DEFARG, 3, argv);
		fclose(fp);
	} else {
		p = dtrace_program_strcompile(dtp, prog, DTRACE_PROBESPEC_NAME,
					      DTRACE_C_ZDEFS | DTRACE_C_ARGREF, 3, argv);
	}
	/* The same clause on every probe of the system is the same work some thousand times. */
	dtrace_proginfo_t info = {0};
	if (p)
		dtrace_program_info(dtp, p, &info);
	if (p && info.dpi_matches <= MAX_PROBES) {
		DT_VEC(dt_clause_t *) list = {0};
		for (dt_clause_t *c = p->clauses; c; c = c->next)
			*dt_vec_push(&list) = c;
		dt_module_t *m = dt_module_build(dtp, list.p, list.n);
		if (!m && dtrace_errno(dtp) != EDT_DIFSIZE && dtrace_errno(dtp) != E2BIG)
			abort(); /* what the compiler accepts, it can generate */
		dt_module_free(m);
		dt_vec_free(&list);
	}
	free(prog);
	dtrace_close(dtp);
	return 0;
}
