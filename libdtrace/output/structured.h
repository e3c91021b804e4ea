/*
 * structured.h - records as a document (option oformat, output.md part 7).
 *
 * dtp->structured is there between dtrace_oformat_setup() and teardown; the printing
 * functions of output.h turn to these while it is.  Outside a probe's entry, a row or a drop makes an
 * entry of its own; a drop that is told while an entry is being written follows it.
 */
#ifndef DT_STRUCTURED_H
#define DT_STRUCTURED_H

#include "doc.h"
#include "output.h"

struct dt_fmtarg;
struct dt_fmt;

typedef struct dt_structured {
	dt_doc_t *doc;
	FILE *fp;
	bool in_probe;
	DT_VEC(dtrace_dropdata_t) drops; /* to come after the probe; dtdda_msg is ours */
} dt_structured_t;

/* The entry of one record; what its clause prints goes between. */
void dt_struct_begin(dtrace_hdl_t *, const dtrace_probedata_t *);
int dt_struct_end(dtrace_hdl_t *);
/* An entry that no probe of the program made: "dtrace:INTERNAL:INTERNAL:name". */
void dt_struct_begin_internal(dtrace_hdl_t *, const char *name);
void dt_struct_drop(dtrace_hdl_t *, const dtrace_dropdata_t *);

/* Pieces of a record. */
int dt_struct_trace(dtrace_hdl_t *, const dtrace_recdesc_t *, const void *data);
int dt_struct_tracemem(dtrace_hdl_t *, const void *data, size_t len);
int dt_struct_printf(dtrace_hdl_t *, const char *text, size_t len, const struct dt_fmt *,
		     const struct dt_fmtarg *args, int nargs);

/* One value under that name (in a list: of no name); stacks as objects. */
void dt_struct_value(dtrace_hdl_t *, const char *name, const dtrace_recdesc_t *, const void *data);
/* Bytes as two hexadecimal digits each. */
void dt_struct_hex(dt_doc_t *, const char *name, const void *data, size_t len);

/* structprint.c: print(). */
int dt_struct_print(dtrace_hdl_t *, const dtrace_recdesc_t *, const void *data);

/* structagg.c: rows of one aggregation. */
int dt_struct_rows(dtrace_hdl_t *, const dt_agginfo_t *, dt_aggrow_t *const *rows, int nrows);

#endif
