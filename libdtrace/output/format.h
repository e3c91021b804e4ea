/*
 * format.h - the printf language of D: parsing, checking against argument types,
 * printing.  Spec: language.md part 8.
 */
#ifndef DT_FORMAT_H
#define DT_FORMAT_H

#include "../handle/handle.h"
#include "../types/types.h"

typedef struct dt_conv {    /* literal text before, then one conversion */
	const char *prefix; /* literal, "%%" already one "%" */
	size_t prefixlen;
	char conv;                                         /* 0: only the prefix */
	char size[3];                                      /* "", "h", "l", "ll", "L", "w" */
	bool left, sign, blank, alt, zero, thousands, agg; /* - + space # 0 ' @ */
	bool dynwidth, dynprec;
	int width, prec; /* -1 = none */
} dt_conv_t;

typedef struct dt_fmt {
	const char *text;
	dt_conv_t *conv;
	int nconv;
	bool is_printa;
} dt_fmt_t;

/* Parse; NULL with a message in err (the tag in *tag: D_SYNTAX, D_PRINTF_FMT_EMPTY...). */
dt_fmt_t *dt_fmt_parse(dt_arena_t *, const char *text, size_t len, bool is_printa, const char **tag, char *err,
		       size_t errlen);

/* The text in place of a format in the record of freopen(""). */
#define DT_FREOPEN_ORIGINAL "\001"

/* Is an argument of this type fit for the conversion?  NULL, or what is wanted ("an integer", "a string"). */
const char *dt_fmt_want(const dt_conv_t *, dt_type_t);

/* One argument while printing. */
typedef struct dt_fmtarg {
	const void *data;
	const dtrace_recdesc_t *rec;
} dt_fmtarg_t;
struct dt_aggrow;
struct dt_agginfo;
/* Print with these arguments in order (stars included); rows: values for %@. */
int dt_fmt_print(dtrace_hdl_t *, FILE *, const dt_fmt_t *, const dt_fmtarg_t *args, int nargs,
		 struct dt_aggrow *const *rows, struct dt_agginfo *const *aggs, int naggs);

#endif
