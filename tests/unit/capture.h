/* capture.h - for tests of what is printed: a handle without a kernel behind it, and text caught in a string.
 */
#ifndef TEST_CAPTURE_H
#define TEST_CAPTURE_H

#include "libdtrace/ir/module.h"
#include "libdtrace/output/format.h"
#include "libdtrace/output/output.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

typedef struct capture {
	FILE *fp;
	char *text;
	size_t len;
} capture_t;

static inline FILE *
capture_start(capture_t *c)
{
	*c = (capture_t){0};
	c->fp = open_memstream(&c->text, &c->len);
	return c->fp;
}

/* What was printed; valid until the next capture ends. */
static inline const char *
capture_text(capture_t *c)
{
	static char *last;
	fclose(c->fp);
	free(last);
	last = c->text;
	return last;
}

static inline dtrace_hdl_t *
bare_handle(void)
{
	static dtrace_hdl_t *dtp;
	if (dtp) {
		dt_arena_free(dtp->arena);
		free(dtp);
	}
	dtp = calloc(1, sizeof(*dtp));
	dtp->oflags = DTRACE_O_NODEV | DTRACE_O_NOSYS;
	dtp->arena = dt_arena_new();
	dtp->opt[DT_OPT_STACKINDENT] = 14;
	return dtp;
}

#define expect_text(c, want)                                                                                   \
	do {                                                                                                   \
		const char *got_ = capture_text(&(c)), *want_ = (want);                                        \
		cr_expect(strcmp(got_, want_) == 0, "got  \"%s\"\nwant \"%s\"", got_, want_);                  \
	} while (0)

#endif
