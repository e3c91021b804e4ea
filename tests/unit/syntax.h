/* syntax.h - helpers of the lexer's and the parser's tests: text in, dump or tag out. */
#ifndef TEST_SYNTAX_H
#define TEST_SYNTAX_H

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "../../libdtrace/syntax/compile.h"

static dtrace_hdl_t *dtp;
static char out[8192]; /* what the last parse gave */

static inline void
setup(void)
{
	int err = 0;
	dtp = dtrace_open(DTRACE_VERSION, DTRACE_O_NODEV, &err);
	cr_assert_not_null(dtp, "dtrace_open: %s", dtrace_errmsg(NULL, err));
}

static inline void
teardown(void)
{
	dtrace_close(dtp);
}

/* The dump, items separated by newlines, or the message with its [TAG]. */
static inline const char *
parse_text(const char *text, size_t len, bool is_file, uint32_t cflags, int argc, char *const argv[])
{
	dt_arena_t *arena = dt_arena_new();
	dtp->err = 0;
	dt_node_t *n = dt_parse_only(dtp, arena, text, len, is_file,
				     is_file ? DTRACE_PROBESPEC_NONE : DTRACE_PROBESPEC_NAME,
				     cflags | DTRACE_C_ETAGS, argc, argv);
	out[0] = '\0';
	FILE *f = fmemopen(out, sizeof(out), "w");
	if (!n && dtp->err)
		fputs(dtrace_errmsg(dtp, dtrace_errno(dtp)), f);
	for (; n; n = n->next) {
		dt_node_print(n, f);
		if (n->next)
			fputc('\n', f);
	}
	fclose(f);
	dt_arena_free(arena);
	return out;
}

/* As program text of the command line, and as a script. */
static inline const char *
parse(const char *text)
{
	return parse_text(text, strlen(text), false, 0, 0, NULL);
}
static inline const char *
parse_file(const char *text)
{
	return parse_text(text, strlen(text), true, 0, 0, NULL);
}

/* The statements of BEGIN { text }. */
static inline const char *
body(const char *text)
{
	static const char head[] = "(clause BEGIN {";
	char buf[1024];
	snprintf(buf, sizeof(buf), "BEGIN { %s }", text);
	parse(buf);
	size_t len = strlen(out);
	if (strncmp(out, head, sizeof(head) - 1) != 0)
		return out;
	out[len - 2] = '\0';
	return out + sizeof(head) - 1;
}

#define expect(got, want) cr_expect_str_eq(got, want, "got: %s", out)
/* The tag of the error; the wording is free. */
#define expect_tag(got, tag)                                                                                   \
	cr_expect(strncmp(got, "[" tag "]", sizeof("[" tag "]") - 1) == 0, "wanted " tag ", got: %s", out)

#endif
