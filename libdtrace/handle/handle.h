/*
 * handle.h - the handle every part of the library hangs on, its options and its errors.
 */
#ifndef DT_HANDLE_H
#define DT_HANDLE_H

#include "../dtrace.h"
#include "arena.h"

#include <stdbool.h>

/* Run-time and dynamic options kept as numbers (language.md 9.3). */
enum dt_opt {
	DT_OPT_AGGRATE,
	DT_OPT_AGGSIZE,
	DT_OPT_AGGSORTKEY,
	DT_OPT_AGGSORTKEYPOS,
	DT_OPT_AGGSORTPOS,
	DT_OPT_AGGSORTREV,
	DT_OPT_AGGHIST,
	DT_OPT_AGGPACK,
	DT_OPT_AGGZOOM,
	DT_OPT_AGGPERCPU,
	DT_OPT_BUFLIMIT,
	DT_OPT_BUFPOLICY, /* enum dt_bufpolicy */
	DT_OPT_BUFRESIZE,
	DT_OPT_BUFSIZE,
	DT_OPT_CLEANRATE,
	DT_OPT_CORE,
	DT_OPT_CPU,
	DT_OPT_DESTRUCTIVE,
	DT_OPT_DYNVARSIZE,
	DT_OPT_EVALTIME, /* dt_evaltime_t; unset: exec, or preinit where the process's objects are asked for */
	DT_OPT_FLOWINDENT,
	DT_OPT_JSTACKFRAMES,
	DT_OPT_JSTACKSTRSIZE,
	DT_OPT_MAXFRAMES,
	DT_OPT_NORESOLVE,
	DT_OPT_NSPEC,
	DT_OPT_QUIET,
	DT_OPT_RAWBYTES,
	DT_OPT_SPECSIZE,
	DT_OPT_STACKFRAMES,
	DT_OPT_STACKINDENT,
	DT_OPT_STATUSRATE,
	DT_OPT_STRSIZE,
	DT_OPT_SWITCHRATE,
	DT_OPT_TEMPORAL,
	DT_OPT_USTACKFRAMES,
	DT_OPT_MAX
};
enum dt_bufpolicy {
	DT_BUF_SWITCH,
	DT_BUF_FILL,
	DT_BUF_RING
};

typedef struct dt_handlers {
	dtrace_handle_err_f *err;
	void *errarg;
	dtrace_handle_drop_f *drop;
	void *droparg;
	dtrace_handle_proc_f *proc;
	void *procarg;
	dtrace_handle_setopt_f *setopt;
	void *setoptarg;
	dtrace_handle_buffered_f *buffered;
	void *bufarg;
	dtrace_handle_progress_f *progress;
	void *progressarg;
} dt_handlers_t;

struct dtrace_hdl {
	int oflags;        /* DTRACE_O_* */
	int err;           /* dtrace_errno() */
	char errmsg[2048]; /* text of EDT_COMPILER, EDT_CTF and of errors with a reason of their own */
	dt_arena_t *arena; /* lives as long as the handle */
	uint32_t cflags;   /* DTRACE_C_* set by options for every compile */
	dtrace_optval_t opt[DT_OPT_MAX];
	bool quietresize, droptags, active, stopped;
	enum {
		DT_ENC_UNSET, /* tables in ASCII, aggpack by $TERM */
		DT_ENC_ASCII,
		DT_ENC_UTF8
	} encoding;                       /* option encoding */
	int oformat;                      /* option oformat: dt_docformat_t */
	bool opretty;                     /* ... with line breaks and indentation */
	struct dt_structured *structured; /* output/structured.h: the document being written, or NULL */
	int original_out;        /* freopen(): a copy of the original output's descriptor, -1: it is in use */
	dtrace_bufdata_t outctx; /* what the text being printed belongs to: told to the buffered handler */
	dtrace_attribute_t amin;
	uint32_t version;              /* D API asked for: major << 24 | minor << 12 | micro; identifiers newer
					  than it are hidden (option version) */
	DT_VEC(const char *) childenv; /* options setenv, unsetenv: "NAME=VALUE", or "NAME" to unset */
	DT_VEC(const char *) cppargs;  /* options define, undef, incdir, cppargs, in their order */
	const char *cpppath;           /* option cpppath, or NULL */
	int stdc;                      /* option stdc: place in "a c s t" */
	bool cpphdrs;
	dt_handlers_t handlers;
	const dtrace_vector_t *vector; /* dtrace_vopen(), or NULL */
	void *vectorarg;

	struct dt_types *types;             /* types/ */
	struct dt_idents *idents;           /* sema/ident.h */
	struct dt_libs *libs;               /* syntax/library.h */
	int curlib;                         /* number of the D library being compiled, 0 = a program */
	DT_VEC(struct dt_xlator *) xlators; /* sema/xlate.h */
	DT_VEC(struct dt_provdecl *) provdecls;
	struct dt_probes *probes;           /* session/probe.h: every probe known so far */
	struct dt_tracepoints *tracepoints; /* providers/tracepoint.h, lazily */
	DT_VEC(struct dtrace_prog *) progs; /* all compiled, freed at close */
	DT_VEC(struct dt_clause *) enabled; /* clauses that take part in dtrace_go, in order */
	DT_VEC(struct dt_fmt *) formats;    /* dtrd_format - 1 indexes this */
	struct dt_module *module;           /* ir/module.h: the code of this enabling */
	struct dt_session *session;         /* session/session.h */
	struct dt_aggregate *agg;           /* session/aggregate.h: snapshot of the aggregations */
	struct dt_ksyms *ksyms;             /* process/ksyms.h, lazily */
	struct dt_usyms *usyms;             /* process/usyms.h, lazily */
	struct dt_maplog *maplog;           /* process/maplog.h, while tracing records user addresses */
	struct dt_perfmaps *perfmaps;       /* process/perfmap.h, lazily */
	struct dt_procs *procs;             /* process/proc.h */
	struct dt_objects *objects;         /* process/uobjects.h, lazily */
	const char *progtext;               /* the program that is being compiled, NULL: none is */
	const char *desctag; /* tag of the error a provider refused a description with, or NULL */
};

/* Set the error and give -1.  The format adds a reason of its own (shown by dtrace_errmsg). */
int dt_set_errno(dtrace_hdl_t *, int err);
int dt_set_error(dtrace_hdl_t *, int err, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
/* Tell the consumer what comes now; total 0: nobody knows how much there is. */
void dt_progress(dtrace_hdl_t *, const char *what, uint64_t done, uint64_t total);
/* Debug line on stderr when DTRACE_DEBUG is set in the environment. */
void dt_debug(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
void dt_debug_enable(bool); /* option debug: the same without the environment */

/* Option entry for #pragma D option: refuses what a program may not set (EDT_BADOPTCTX). */
int dt_setopt_pragma(dtrace_hdl_t *, const char *opt, const char *val);
/* Option entry for setopt(): only dynamic options; *old, *new get the values. */
int dt_setopt_dynamic(dtrace_hdl_t *, const char *opt, const char *val, dtrace_optval_t *old,
		      dtrace_optval_t *new);
void dt_options_init(dtrace_hdl_t *);
/* Bring rates into the range tracing works with; called by dtrace_go.  dtrace(1) reports the change. */
void dt_options_settle(dtrace_hdl_t *);

#endif
