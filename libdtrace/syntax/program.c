/* program.c - the public functions around programs: compiling, enabling, looking at them. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "../ir/module.h"
#include "compile.h"
#include "cpp.h"

/* Option verbose (-S): the code of the program alone, on stderr. */
static dtrace_prog_t *
compile(dtrace_hdl_t *dtp, const char *text, size_t len, bool is_file, dtrace_probespec_t spec, uint32_t cflags,
	int argc, char *const argv[])
{
	dtrace_prog_t *prog = dt_compile_text(dtp, text, len, is_file, spec, cflags, argc, argv);
	if (prog && (prog->cflags & DTRACE_C_DIFV) && dt_module_list(dtp, prog, stderr) < 0)
		return NULL;
	return prog;
}

dtrace_prog_t *
dtrace_program_strcompile(dtrace_hdl_t *dtp, const char *s, dtrace_probespec_t spec, unsigned int cflags,
			  int argc, char *const argv[])
{
	if (!s || (cflags & ~DTRACE_C_MASK) || spec < DTRACE_PROBESPEC_NONE || spec > DTRACE_PROBESPEC_NAME ||
	    argc < 0 || (argc > 0 && !argv)) {
		dt_set_errno(dtp, EINVAL);
		return NULL;
	}
	/* The preprocessor does not apply to program text (language.md L85). */
	return compile(dtp, s, strlen(s), false, spec, cflags & ~DTRACE_C_CPP, argc, argv);
}

/* The whole file in memory, or NULL with errno set. */
static char *
read_all(FILE *fp, size_t *len)
{
	size_t size = 0;
	char *buf = NULL;
	*len = 0;
	do {
		if (*len + 1 >= size)
			buf = dt_xrealloc(buf, size = size ? 2 * size : 16 * 1024);
		*len += fread(buf + *len, 1, size - 1 - *len, fp);
	} while (!feof(fp) && !ferror(fp));
	if (ferror(fp)) {
		free(buf);
		return NULL;
	}
	buf[*len] = '\0';
	return buf;
}

dtrace_prog_t *
dtrace_program_fcompile(dtrace_hdl_t *dtp, FILE *fp, unsigned int cflags, int argc, char *const argv[])
{
	size_t len;
	if ((cflags & ~DTRACE_C_MASK) || argc < 0 || (argc > 0 && !argv) || !fp) {
		dt_set_errno(dtp, EINVAL);
		return NULL;
	}
	errno = 0;
	char *text = read_all(fp, &len);
	if (!text) {
		dt_set_errno(dtp, errno ? errno : EIO);
		return NULL;
	}
	/* Editors of other systems put a byte order mark before the text. */
	if (len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0)
		memmove(text, text + 3, (len -= 3) + 1);
	if ((cflags | dtp->cflags) & DTRACE_C_CPP) {
		char *raw = text;
		text = dt_cpp(dtp, argc > 0 ? argv[0] : NULL, raw, len, &len);
		free(raw);
		if (!text)
			return NULL;
	}
	dtrace_prog_t *prog = compile(dtp, text, len, true, DTRACE_PROBESPEC_NONE, cflags, argc, argv);
	free(text);
	return prog;
}

void
dtrace_program_info(dtrace_hdl_t *dtp, dtrace_prog_t *prog, dtrace_proginfo_t *info)
{
	(void)dtp;
	if (prog && info)
		*info = prog->info;
}

int
dtrace_program_exec(dtrace_hdl_t *dtp, dtrace_prog_t *prog, dtrace_proginfo_t *info)
{
	dtrace_optval_t destructive = dtp->opt[DT_OPT_DESTRUCTIVE];
	if (!prog || prog->destroyed)
		return dt_set_errno(dtp, EINVAL);
	dtrace_program_info(dtp, prog, info);
	if (dtp->active)
		return dt_set_errno(dtp, EDT_ACTIVE);
	if (destructive == 0 || destructive == DTRACEOPT_UNSET)
		for (const dt_clause_t *cl = prog->clauses; cl; cl = cl->next)
			if (cl->is_destructive)
				return dt_set_errno(dtp, EDT_DESTRUCTIVE);
	for (const dt_clause_t *cl = prog->clauses; cl; cl = cl->next)
		if (cl->impossible)
			return dt_set_error(
			    dtp, EDT_ENABLING_ERR,
			    "%s() is not possible on Linux: a BPF program can neither enter the "
			    "kernel debugger nor stop the machine",
			    cl->impossible);
	if (prog->enabled)
		return 0;
	for (dt_clause_t *cl = prog->clauses; cl; cl = cl->next)
		*dt_vec_push(&dtp->enabled) = cl;
	prog->enabled = true;
	return 0;
}
