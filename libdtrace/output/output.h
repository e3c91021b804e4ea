/*
 * output.h - records into text.  Layouts: output.md, to the byte.
 * Everything goes through dt_out*(), which writes to the consumer's FILE or hands the
 * text to the buffered handler when FILE is NULL.
 */
#ifndef DT_OUTPUT_H
#define DT_OUTPUT_H

#include "../handle/handle.h"
#include "../session/aggregate.h"

/* Text of the current record piece; -1 with EDT_FIO when the output cannot be written. */
int dt_out(dtrace_hdl_t *, FILE *, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

int dt_out_write(dtrace_hdl_t *, FILE *, const void *, size_t);
/* A piece made of several dt_out calls: they go to what begin returns, and reach the buffered handler
 * together at end.  With a FILE both do nothing. */
typedef struct dt_piece {
	FILE *mem;
	char *text;
	size_t len;
} dt_piece_t;
FILE *dt_piece_begin(dtrace_hdl_t *, FILE *, dt_piece_t *); /* NULL with the handle's error */
int dt_piece_end(dtrace_hdl_t *, dt_piece_t *, int rc);     /* rc: of the printing; given back, or -1 */
/* The same for a piece that is a part of a row: the handler is told which (DTRACE_BUFDATA_*) and what it shows.
 */
int dt_part_end(dtrace_hdl_t *, dt_piece_t *, int rc, uint32_t flags, const dtrace_recdesc_t *);

/* trace.c: one datum by the default layout (output.md 1.2, 1.3). */
int dt_print_trace(dtrace_hdl_t *, FILE *, const dtrace_recdesc_t *, const void *data, bool quiet);
int dt_print_bytes(dtrace_hdl_t *, FILE *, const void *data, size_t len, int width, bool quiet, bool forceraw,
		   bool forcetext);
/* The text rule: printable bytes, then nothing, or at least one of them and then only NULs. */
bool dt_bytes_are_text(const void *, size_t len);
int dt_print_tracemem(dtrace_hdl_t *, FILE *, const dtrace_recdesc_t *, const void *data);

/* print.c: a value as print() shows it, by the type whose number the record carries. */
int dt_print_typed(dtrace_hdl_t *, FILE *, const dtrace_recdesc_t *, const void *data);

/* symtext.c: text of a sym, mod, usym, umod or uaddr datum; of another action's address: as addr2str. */
void dt_sym_text(dtrace_hdl_t *, dtrace_actkind_t, const void *data, char *buf, size_t len);

/* stack.c: output.md part 3. */
int dt_print_stack(dtrace_hdl_t *, FILE *, const uint64_t *pcs, int n, int indent, int width);
int dt_print_ustack(dtrace_hdl_t *, FILE *, const void *data, int frames, int indent, int width);
/* A datum of stack(), ustack() or jstack(), as its record says. */
int dt_print_stackrec(dtrace_hdl_t *, FILE *, const dtrace_recdesc_t *, const void *data, int indent,
		      int width);
/* What there is in such a datum. */
typedef struct dt_stackrec {
	bool user, helpers; /* helpers: virtual machines may be asked for names */
	pid_t pid;
	const char *pcs; /* n addresses of 8 bytes, not aligned; the first 0 ends them */
	int n;
} dt_stackrec_t;
dt_stackrec_t dt_stack_of(const dtrace_recdesc_t *, const void *data);
/* What a virtual machine says of an address that no file explains, or NULL. */
const char *dt_stack_made_code(dtrace_hdl_t *, pid_t, uint64_t addr);
int dt_print_sym(dtrace_hdl_t *, FILE *, dtrace_actkind_t, const void *data, const char *fmt);

/* bar.c: bars of 40 columns.  total stands for the full width; which signs occur decides the layout. */
enum {
	DT_BAR_BYTES = 40 * 3 + 2
};
typedef struct dt_bars {
	double total;
	bool positive, negative, utf8;
} dt_bars_t;
dt_bars_t dt_bars(dtrace_hdl_t *, const int64_t *counts, int n);
char *dt_bar(const dt_bars_t *, int64_t count, char buf[DT_BAR_BYTES]);

/* distribution.c: quantize, lquantize, llquantize tables.  counts in label order. */
int dt_print_dist(dtrace_hdl_t *, FILE *, const dt_agginfo_t *, const int64_t *counts, uint64_t normal);
/* The table of a joined row; row NULL: an empty one. */
int dt_print_aggdist(dtrace_hdl_t *, FILE *, const dt_agginfo_t *, const dt_aggrow_t *row);
/* Label (lower bound) of a bucket; *edge: -1 underflow "< label", 1 overflow ">= label", 0 inside.
 * llquantize: the bucket of what is nearer to zero than factor^low is inside, labelled 0. */
int64_t dt_dist_label(const dt_agginfo_t *, int bucket, int *edge);
/* The buckets to show, and whether llquantize has to tell negative values apart. */
typedef struct dt_distrange {
	int first, last;
	bool mirrored;
} dt_distrange_t;
dt_distrange_t dt_dist_range(const dt_agginfo_t *, const int64_t *counts);
/* The label as tables show it; true when it is more than a number. */
bool dt_dist_text(const dt_agginfo_t *, int bucket, bool mirrored, char *buf, size_t len);
/* A count by the factor of normalize(): signed, whatever the sign; the factor may use all 64 bits. */
int64_t dt_dist_divide(int64_t count, uint64_t normal);
int dt_dist_nbuckets(int aggfunc, const int64_t *aggarg);

/* distapi.c: a distribution as the API shows it.  size: of its record; head: what stands before the buckets
 * as they are kept here, which end the row's data.  out: 8-byte aligned, head and buckets long. */
uint32_t dt_dist_size(const dt_agginfo_t *);
uint32_t dt_dist_head(const dt_agginfo_t *);
void dt_dist_show(const dt_agginfo_t *, const uint64_t *counts, char *out);

/* aggrow.c: keys and value of a row; printa without a format; exit-time print. */
int dt_print_aggrow(dtrace_hdl_t *, FILE *, dt_aggrow_t *const *rows, dt_agginfo_t *const *aggs, int naggs);
/* Every row of one aggregation in the default layout (options agghist and aggpack included), no newline
 * before; the number of rows, -1 on error. */
int dt_print_agg(dtrace_hdl_t *, FILE *, dt_agginfo_t *);
int dt_print_printa(dtrace_hdl_t *, FILE *, struct dt_fmt *, dt_agginfo_t *const *aggs, int naggs);
/* The buckets of a row's value, in label order. */
const int64_t *dt_agg_buckets(const dt_aggrow_t *);
int64_t dt_agg_scalar(const dtrace_aggdata_t *); /* the value printed for count, sum, avg, min, max, stddev */

/* aggpack.c: one line a row (options agghist, aggpack); false when these rows have no such form. */
bool dt_packable(dtrace_hdl_t *, const dt_agginfo_t *);
int dt_print_packed(dtrace_hdl_t *, FILE *, const dt_agginfo_t *, dt_aggrow_t *const *rows, int nrows);

static inline bool
dt_opt_on(const dtrace_hdl_t *dtp, enum dt_opt o)
{
	return dtp->opt[o] != 0 && dtp->opt[o] != DTRACEOPT_UNSET;
}

#endif
