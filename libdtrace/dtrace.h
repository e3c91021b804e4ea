/*
 * dtrace.h - the interface of libdtrace: compile D programs, trace, consume what they record.
 *
 * The names, types and meanings are those of the classic libdtrace, so that C and C++ programs
 * written for it compile and run here (-ldtrace).  A consumer's life is
 *
 *   dtrace_open -> dtrace_setopt -> dtrace_handle_* -> dtrace_program_{str,f}compile ->
 *   dtrace_program_exec -> dtrace_go -> { dtrace_sleep, dtrace_work }... ->
 *   dtrace_stop -> dtrace_work -> dtrace_aggregate_print -> dtrace_close
 *
 * Unless said otherwise, functions that return int give 0 on success and -1 on error, those that
 * return a pointer NULL; the reason is in dtrace_errno() and dtrace_errmsg().  EINVAL: an argument
 * makes no sense.  Times are nanoseconds, sizes bytes.  What a function returns belongs to
 * the handle and lives until dtrace_close(); what a callback is given lives until it returns.
 * A handle may be used by one thread at a time.  libdtrace(3) tells more.
 */
#ifndef _DTRACE_H
#define _DTRACE_H

#include <elf.h>
#include <stdarg.h>
#include <stdio.h>

#include "sys/dtrace.h"

/* The types of <gelf.h> and <ctf-api.h> that occur here; either may be included too. */
typedef Elf64_Sym GElf_Sym;
typedef Elf64_Addr GElf_Addr;
typedef Elf64_Xword GElf_Xword;
#ifndef _CTF_API_H
struct ctf_dict;
typedef struct ctf_dict ctf_file_t;
typedef unsigned long ctf_id_t;
#endif

#ifdef __cplusplus
extern "C" {
#endif

#define DTRACE_VERSION 3

struct ps_prochandle;
typedef struct dtrace_hdl dtrace_hdl_t;
typedef struct dtrace_prog dtrace_prog_t;

/* ------------------------------------------------------------------- handle */

#define DTRACE_O_NODEV 0x01 /* compile only: needs no privilege, cannot trace */
#define DTRACE_O_NOSYS 0x02 /* do not look at the running kernel's symbols */
#define DTRACE_O_LP64  0x04 /* data model of programs; only the machine's own is possible */
#define DTRACE_O_ILP32 0x08
#define DTRACE_O_MASK  0x0f

/*
 * Open a handle.  version is DTRACE_VERSION.  On failure NULL, and the error in *errp (errp may be NULL):
 * EDT_VERSION, EDT_DATAMODEL, EDT_ACCESS (no privilege), or what an option in the environment did wrong.
 */
dtrace_hdl_t *dtrace_open(int version, int flags, int *errp);

/*
 * The same for a system other than the running one.  Nothing is traced through such a handle (it implies
 * DTRACE_O_NODEV); kernel addresses are looked up by dtv_lookup_by_addr, if that is not NULL,
 * which answers 0 or an error number.  The other members are not called.
 */
typedef struct dtrace_syminfo {
	const char *dts_object; /* "vmlinux" or a module */
	const char *dts_name;
	ulong_t dts_id; /* 0 */
} dtrace_syminfo_t;
typedef struct dtrace_vector {
	int (*dtv_ioctl)(void *, int, void *);
	int (*dtv_lookup_by_addr)(void *, GElf_Addr, GElf_Sym *, dtrace_syminfo_t *);
	int (*dtv_status)(void *, processorid_t);
	long (*dtv_sysconf)(void *, int);
} dtrace_vector_t;
dtrace_hdl_t *dtrace_vopen(int version, int flags, int *errp, const dtrace_vector_t *, void *arg);

/* End tracing, without running END, and free everything.  NULL is fine. */
void dtrace_close(dtrace_hdl_t *);

int dtrace_errno(dtrace_hdl_t *); /* of the last call that failed */
/* Text of an error, one line without a newline; the handle may be NULL.  Valid until the next call. */
const char *dtrace_errmsg(dtrace_hdl_t *, int error);
const char *dtrace_faultstr(dtrace_hdl_t *, int fault); /* of DTRACEFLT_* */
const char *dtrace_subrstr(dtrace_hdl_t *, int subr);   /* of DIF_SUBR_*; NULL when there is none */

/* Set an option by name; the value as after "-x name=", NULL switches a flag on.  EDT_BADOPTNAME,
 * EDT_BADOPTVAL, EDT_ACTIVE (only dynamic options may change while tracing). */
int dtrace_setopt(dtrace_hdl_t *, const char *opt, const char *val);
/* Value of a run-time or dynamic option, DTRACEOPT_UNSET when it is off or unset; others: EDT_BADOPTNAME. */
int dtrace_getopt(dtrace_hdl_t *, const char *opt, dtrace_optval_t *);
/* Look again at what is loaded into the kernel, as symbols and objects are concerned. */
void dtrace_update(dtrace_hdl_t *);
/* Always -1: there is no control device behind a handle. */
int dtrace_ctlfd(dtrace_hdl_t *);

/* ----------------------------------------------------------------- programs */

#define DTRACE_C_DIFV   0x0001 /* print the code of each clause on stderr */
#define DTRACE_C_EMPTY  0x0002 /* an empty program is fine */
#define DTRACE_C_ZDEFS  0x0004 /* a description may match nothing */
#define DTRACE_C_EATTR  0x0008 /* enforce option amin */
#define DTRACE_C_CPP    0x0010 /* files go through cpp first */
#define DTRACE_C_KNODEF 0x0020
#define DTRACE_C_UNODEF 0x0040
#define DTRACE_C_PSPEC  0x0080 /* ambiguous words are probe descriptions */
#define DTRACE_C_ETAGS  0x0100 /* tags in error messages */
#define DTRACE_C_ARGREF 0x0200 /* arguments may stay unused */
#define DTRACE_C_DEFARG 0x0800 /* missing arguments are 0 or "" */
#define DTRACE_C_NOLIBS 0x1000 /* no D libraries */
#define DTRACE_C_CTL    0x2000
#define DTRACE_C_MASK   0x3bff

/* Compile D text, or a file from where it stands; argv[0] is $0, argv[1] and on are $1 ...  EDT_COMPILER:
 * dtrace_errmsg() has the place and the reason. */
dtrace_prog_t *dtrace_program_strcompile(dtrace_hdl_t *, const char *, dtrace_probespec_t, uint_t cflags,
					 int argc, char *const argv[]);
dtrace_prog_t *dtrace_program_fcompile(dtrace_hdl_t *, FILE *, uint_t cflags, int argc, char *const argv[]);
/* A program without statements.  Destroying a program keeps it from being enabled. */
dtrace_prog_t *dtrace_program_create(dtrace_hdl_t *);
void dtrace_program_destroy(dtrace_hdl_t *, dtrace_prog_t *);

typedef struct dtrace_proginfo {
	dtrace_attribute_t dpi_descattr; /* minimum over the probe descriptions */
	dtrace_attribute_t dpi_stmtattr; /* minimum over the statements */
	uint_t dpi_aggregates;           /* statements that aggregate, */
	uint_t dpi_recgens;              /* that record, */
	uint_t dpi_matches;              /* probes matched, */
	uint_t dpi_speculations;         /* statements that speculate */
} dtrace_proginfo_t;
/* Enable a program: it takes part in the next dtrace_go().  The info may be NULL.  EDT_DESTRUCTIVE,
 * EDT_ENABLING_ERR, EDT_ACTIVE. */
int dtrace_program_exec(dtrace_hdl_t *, dtrace_prog_t *, dtrace_proginfo_t *);
void dtrace_program_info(dtrace_hdl_t *, dtrace_prog_t *, dtrace_proginfo_t *);

#define DTRACE_D_STRIP  0x01
#define DTRACE_D_PROBES 0x02
#define DTRACE_D_MASK   0x03
/* Write the C header for the providers that programs have declared; the name of the file is for its guard. */
int dtrace_program_header(dtrace_hdl_t *, FILE *, const char *file);
/* What dtrace -G and anonymous tracing stand on: not here yet, they fail with ENOTSUP and say so. */
int dtrace_program_link(dtrace_hdl_t *, dtrace_prog_t *, uint_t dflags, const char *file, int objc,
			char *const objv[]);
void *dtrace_dof_create(dtrace_hdl_t *, dtrace_prog_t *, uint_t dflags);
void dtrace_dof_destroy(dtrace_hdl_t *, void *);
void *dtrace_getopt_dof(dtrace_hdl_t *);
void *dtrace_geterr_dof(dtrace_hdl_t *);

/* A statement: here one for each probe description of each clause, in program order. */
typedef struct dtrace_stmtdesc {
	dtrace_ecbdesc_t *dtsd_ecbdesc;
	dtrace_actdesc_t *dtsd_action;      /* NULL: code is not shown */
	dtrace_actdesc_t *dtsd_action_last; /* NULL */
	void *dtsd_aggdata;                 /* NULL */
	void *dtsd_fmtdata;                 /* NULL */
	void (*dtsd_callback)(void);        /* the consumer's, for statements it made; never called */
	void *dtsd_data;                    /* the consumer's */
	dtrace_attribute_t dtsd_descattr;
	dtrace_attribute_t dtsd_stmtattr;
} dtrace_stmtdesc_t;
typedef int dtrace_stmt_f(dtrace_hdl_t *, dtrace_prog_t *, dtrace_stmtdesc_t *, void *);
/* Until the callback returns something but 0, which is returned. */
int dtrace_stmt_iter(dtrace_hdl_t *, dtrace_prog_t *, dtrace_stmt_f *, void *);
/*
 * Statements made by hand: create one on a description, add it to a program that is not enabled.  It has the
 * default action, tracing the firing; actions are only to be had by compiling D (ENOTSUP).
 * The description is copied; a statement that is added belongs to the program, another is to be destroyed.
 */
dtrace_stmtdesc_t *dtrace_stmt_create(dtrace_hdl_t *, dtrace_ecbdesc_t *);
dtrace_actdesc_t *dtrace_stmt_action(dtrace_hdl_t *, dtrace_stmtdesc_t *);
int dtrace_stmt_add(dtrace_hdl_t *, dtrace_prog_t *, dtrace_stmtdesc_t *);
void dtrace_stmt_destroy(dtrace_hdl_t *, dtrace_stmtdesc_t *);

/* ------------------------------------------------------------ tracing, consuming */

/* Start tracing what is enabled, BEGIN first; once a handle.  Stop: END runs; what was recorded can
 * still be consumed.  Created processes are let run by dtrace_go(). */
int dtrace_go(dtrace_hdl_t *);
int dtrace_stop(dtrace_hdl_t *);
/* Until there is something to do, a signal comes, or the rates (switchrate, aggrate, statusrate) say so. */
void dtrace_sleep(dtrace_hdl_t *);

#define DTRACE_STATUS_NONE    0 /* not yet due (statusrate) */
#define DTRACE_STATUS_OKAY    1
#define DTRACE_STATUS_EXITED  2 /* exit() was called, or all processes have ended: stop */
#define DTRACE_STATUS_FILLED  3 /* bufpolicy=fill: a buffer is full: stop */
#define DTRACE_STATUS_STOPPED 4 /* dtrace_stop() was called */
/* Notice drops, ended processes, exit(); -1 on error. */
int dtrace_status(dtrace_hdl_t *);

/* One firing while it is consumed.  The flow is only set with option flowindent. */
typedef struct dtrace_probedata {
	dtrace_hdl_t *dtpda_handle;
	dtrace_eprobedesc_t *dtpda_edesc;
	dtrace_probedesc_t *dtpda_pdesc;
	processorid_t dtpda_cpu;
	char *dtpda_data; /* probe callback: the record; record callback: this datum */
	dtrace_flowkind_t dtpda_flow;
	const char *dtpda_prefix; /* "->" and the like */
	int dtpda_indent;
	uint64_t dtpda_timestamp; /* as the D variable timestamp */
} dtrace_probedata_t;

/* What a consuming callback answers. */
#define DTRACE_CONSUME_ERROR (-1) /* end with an error */
#define DTRACE_CONSUME_THIS  0    /* go on: probe, with its data; datum, print or do it */
#define DTRACE_CONSUME_NEXT  1    /* leave it out */
#define DTRACE_CONSUME_ABORT 2    /* end with EDT_DIRABORT */
typedef int dtrace_consume_probe_f(const dtrace_probedata_t *, void *);
/* The record is NULL once, after the last datum of a firing. */
typedef int dtrace_consume_rec_f(const dtrace_probedata_t *, const dtrace_recdesc_t *, void *);
/*
 * One pass over the buffers; callbacks may be NULL.  Text goes to the stream, or to the buffered handler
 * when that is NULL (none: EDT_NOBUFFERED).  EDT_DIRABORT, EDT_ERRABORT, EDT_DROPABORT, EDT_BADRVAL, EDT_FIO.
 */
int dtrace_consume(dtrace_hdl_t *, FILE *, dtrace_consume_probe_f *, dtrace_consume_rec_f *, void *);

typedef enum {
	DTRACE_WORKSTATUS_ERROR = -1,
	DTRACE_WORKSTATUS_OKAY,
	DTRACE_WORKSTATUS_DONE /* tracing has stopped and all has been consumed */
} dtrace_workstatus_t;
/* dtrace_status, dtrace_aggregate_snap and dtrace_consume as their rates ask; stops where the status does. */
dtrace_workstatus_t dtrace_work(dtrace_hdl_t *, FILE *, dtrace_consume_probe_f *, dtrace_consume_rec_f *,
				void *);

/* ------------------------------------------------------------------ handlers */

/* One of each kind a handle; NULL takes it away.  HANDLE_ABORT ends consuming with the error named. */
#define DTRACE_HANDLE_ABORT (-1)
#define DTRACE_HANDLE_OK    0

/* A clause faulted.  EDT_ERRABORT; the same when a fault comes and there is no handler. */
typedef struct dtrace_errdata {
	dtrace_hdl_t *dteda_handle;
	dtrace_eprobedesc_t *dteda_edesc;
	dtrace_probedesc_t *dteda_pdesc;
	processorid_t dteda_cpu;
	int dteda_action; /* 0 = predicate, n = n-th action */
	int dteda_offset; /* -1 when unknown */
	int dteda_fault;  /* DTRACEFLT_* */
	uint64_t dteda_addr;
	const char *dteda_msg; /* the whole line, newline included */
} dtrace_errdata_t;
typedef int dtrace_handle_err_f(const dtrace_errdata_t *, void *);
int dtrace_handle_err(dtrace_hdl_t *, dtrace_handle_err_f *, void *);

/* Something was lost.  EDT_DROPABORT; the same when something is lost and there is no handler. */
typedef struct dtrace_dropdata {
	dtrace_hdl_t *dtdda_handle;
	processorid_t dtdda_cpu; /* DTRACE_CPUALL for machine-wide drops */
	dtrace_dropkind_t dtdda_kind;
	uint64_t dtdda_drops; /* since the last report */
	uint64_t dtdda_total;
	const char *dtdda_msg; /* the whole line, newline included */
} dtrace_dropdata_t;
typedef int dtrace_handle_drop_f(const dtrace_dropdata_t *, void *);
int dtrace_handle_drop(dtrace_hdl_t *, dtrace_handle_drop_f *, void *);

/* A created or grabbed process has ended.  The message: "pid N has exited" and the like, newline included. */
typedef void dtrace_handle_proc_f(struct ps_prochandle *, const char *msg, void *);
int dtrace_handle_proc(dtrace_hdl_t *, dtrace_handle_proc_f *, void *);

/* setopt() changed an option.  EDT_DIRABORT. */
typedef struct dtrace_setoptdata {
	dtrace_hdl_t *dtsda_handle;
	const dtrace_probedata_t *dtsda_probe;
	const char *dtsda_option;
	uint64_t dtsda_oldval, dtsda_newval; /* as dtrace_getopt() gives them */
} dtrace_setoptdata_t;
typedef int dtrace_handle_setopt_f(const dtrace_setoptdata_t *, void *);
int dtrace_handle_setopt(dtrace_hdl_t *, dtrace_handle_setopt_f *, void *);

/*
 * Text that has no stream to go to: a datum at a time; for rows of aggregations each key (AGGKEY), each
 * value (AGGVAL), then once a row what is left, maybe "" (AGGLAST).  AGGFORMAT: by a format of printa().
 * EDT_DIRABORT.
 */
typedef struct dtrace_aggdata dtrace_aggdata_t;
typedef struct dtrace_bufdata {
	dtrace_hdl_t *dtbda_handle;
	const char *dtbda_buffered;
	dtrace_probedata_t *dtbda_probe;       /* or NULL */
	const dtrace_recdesc_t *dtbda_recdesc; /* or NULL */
	const dtrace_aggdata_t *dtbda_aggdata; /* or NULL */
	uint32_t dtbda_flags;
} dtrace_bufdata_t;
#define DTRACE_BUFDATA_AGGKEY    0x0001
#define DTRACE_BUFDATA_AGGVAL    0x0002
#define DTRACE_BUFDATA_AGGFORMAT 0x0004
#define DTRACE_BUFDATA_AGGLAST   0x0008
typedef int dtrace_handle_buffered_f(const dtrace_bufdata_t *, void *);
int dtrace_handle_buffered(dtrace_hdl_t *, dtrace_handle_buffered_f *, void *);

/* Ours alone: what the library is at, before each step of work that may take long. */
typedef struct dtrace_progressdata {
	dtrace_hdl_t *dtpgd_handle;
	const char *dtpgd_what;           /* "loading programs" */
	uint64_t dtpgd_done, dtpgd_total; /* steps; total 0: unknown */
} dtrace_progressdata_t;
typedef void dtrace_handle_progress_f(const dtrace_progressdata_t *, void *);
int dtrace_handle_progress(dtrace_hdl_t *, dtrace_handle_progress_f *, void *);

/* -------------------------------------------------------------- aggregations */

/* One row: a key and its value. */
struct dtrace_aggdata {
	dtrace_hdl_t *dtada_handle;
	dtrace_aggdesc_t *dtada_desc;
	dtrace_eprobedesc_t *dtada_edesc; /* of the first clause that has the aggregation, */
	dtrace_probedesc_t *dtada_pdesc;  /* ... and its first probe */
	char *dtada_data;                 /* laid out as dtagd_rec says */
	uint64_t dtada_normal;            /* divisor of normalize(), at least 1 */
	size_t dtada_size;                /* of dtada_data */
	char *dtada_delta;                /* NULL */
	char **dtada_percpu;              /* values by CPU, or NULL (option aggpercpu) */
	char **dtada_percpu_delta;        /* NULL */
	int64_t dtada_total;              /* 0, like the two below */
	uint16_t dtada_minbin;
	uint16_t dtada_maxbin;
	uint32_t dtada_flags; /* DTRACE_A_PERCPU, or 0 */
};
#define DTRACE_A_PERCPU       0x0001
#define DTRACE_A_KEEPDELTA    0x0002
#define DTRACE_A_ANONYMOUS    0x0004
#define DTRACE_A_TOTAL        0x0008
#define DTRACE_A_MINMAXBIN    0x0010
#define DTRACE_A_HASNEGATIVES 0x0020
#define DTRACE_A_HASPOSITIVES 0x0040

/* What a walker answers.  NORMALIZE: by the dtada_normal it has put into the row; of that row. */
#define DTRACE_AGGWALK_ERROR       (-1)
#define DTRACE_AGGWALK_NEXT        0
#define DTRACE_AGGWALK_ABORT       1
#define DTRACE_AGGWALK_CLEAR       2
#define DTRACE_AGGWALK_NORMALIZE   3
#define DTRACE_AGGWALK_DENORMALIZE 4
#define DTRACE_AGGWALK_REMOVE      5
typedef int dtrace_aggregate_f(const dtrace_aggdata_t *, void *);
typedef int dtrace_aggregate_walk_f(dtrace_hdl_t *, dtrace_aggregate_f *, void *);

/* Read what the kernel has counted; rows stay as they are until the next time. */
int dtrace_aggregate_snap(dtrace_hdl_t *);
void dtrace_aggregate_clear(dtrace_hdl_t *); /* every value becomes 0, the keys stay */
/* Print every aggregation that printa() has not printed; walker NULL: by the aggsort options. */
int dtrace_aggregate_print(dtrace_hdl_t *, FILE *, dtrace_aggregate_walk_f *);

/*
 * Walk the rows of the last snapshot: in no order, or by the aggsort options; aggregation by aggregation, by
 * key or by value; var: all rows together, by key or value, then aggregation (values compare within
 * one aggregating function, keys within one number of them); rev: the other way round.  EDT_DIRABORT,
 * EDT_BADRVAL.
 */
int dtrace_aggregate_walk(dtrace_hdl_t *, dtrace_aggregate_f *, void *);
int dtrace_aggregate_walk_sorted(dtrace_hdl_t *, dtrace_aggregate_f *, void *);
int dtrace_aggregate_walk_keysorted(dtrace_hdl_t *, dtrace_aggregate_f *, void *);
int dtrace_aggregate_walk_valsorted(dtrace_hdl_t *, dtrace_aggregate_f *, void *);
int dtrace_aggregate_walk_keyvarsorted(dtrace_hdl_t *, dtrace_aggregate_f *, void *);
int dtrace_aggregate_walk_valvarsorted(dtrace_hdl_t *, dtrace_aggregate_f *, void *);
int dtrace_aggregate_walk_keyrevsorted(dtrace_hdl_t *, dtrace_aggregate_f *, void *);
int dtrace_aggregate_walk_valrevsorted(dtrace_hdl_t *, dtrace_aggregate_f *, void *);
int dtrace_aggregate_walk_keyvarrevsorted(dtrace_hdl_t *, dtrace_aggregate_f *, void *);
int dtrace_aggregate_walk_valvarrevsorted(dtrace_hdl_t *, dtrace_aggregate_f *, void *);

/*
 * Rows of several aggregations joined by key, in the order of the aggsort options.  The callback gets n + 1
 * rows: [0] for the key, [i] that of aggvars[i - 1], with a value of zeros where it lacks the key.
 * Its answer is for all of them.  EDT_BADAGGVAR: there is no such aggregation.
 */
typedef int dtrace_aggregate_walk_joined_f(const dtrace_aggdata_t **, const int, void *);
int dtrace_aggregate_walk_joined(dtrace_hdl_t *, dtrace_aggvarid_t *aggvars, int naggvars,
				 dtrace_aggregate_walk_joined_f *, void *);

/* Option oformat: records, aggregations and drops as a document (JSON, XML, HTML) instead of text.
 * setup begins it on the FILE set last (stdout if none was); from then on the library writes there
 * whatever FILE dtrace_consume() is given.  teardown ends it; dtrace_close() does, too.  Callbacks
 * must print nothing of their own there.  Without the option both do nothing. */
int dtrace_oformat(dtrace_hdl_t *); /* is the option set to a format other than text? */
void dtrace_set_outfp(FILE *);
void dtrace_oformat_setup(dtrace_hdl_t *);
void dtrace_oformat_teardown(dtrace_hdl_t *);

/* -------------------------------------------------------------------- probes */

typedef int dtrace_probe_f(dtrace_hdl_t *, const dtrace_probedesc_t *, void *);
/* Every probe that matches the pattern (NULL: all), by id, until the callback returns something but 0, which is
 * returned.  EDT_NOPROBE: none matches. */
int dtrace_probe_iter(dtrace_hdl_t *, const dtrace_probedesc_t *, dtrace_probe_f *, void *);

typedef struct dtrace_typeinfo {
	const char *dtt_object; /* where the type is known from: "vmlinux", a module, "D" */
	ctf_file_t *dtt_ctfp;   /* NULL: no such type is known */
	ctf_id_t dtt_type;
	uint_t dtt_flags;
} dtrace_typeinfo_t;
#define DTT_FL_USER 0x1 /* a pointer into user space */
typedef struct dtrace_probeinfo {
	dtrace_attribute_t dtp_attr;       /* of the description */
	dtrace_attribute_t dtp_arga;       /* of its arguments */
	const dtrace_typeinfo_t *dtp_argv; /* [dtp_argc]: the types of args[] */
	int dtp_argc;
} dtrace_probeinfo_t;
/* Of the first probe that matches; arguments only where they hold for all that do.  EDT_NOPROBE. */
int dtrace_probe_info(dtrace_hdl_t *, const dtrace_probedesc_t *, dtrace_probeinfo_t *);
typedef int dtrace_arg_f(dtrace_hdl_t *, const dtrace_argdesc_t *, void *);
int dtrace_arg_iter(dtrace_hdl_t *, const dtrace_probedesc_t *, dtrace_arg_f *, void *); /* the same, by name */
/* Text to description; x: with $ macros.  EDT_BADSPEC, EDT_BADID, EDT_BADSPCV, ENAMETOOLONG. */
int dtrace_str2desc(dtrace_hdl_t *, dtrace_probespec_t, const char *, dtrace_probedesc_t *);
int dtrace_xstr2desc(dtrace_hdl_t *, dtrace_probespec_t, const char *, int argc, char *const argv[],
		     dtrace_probedesc_t *);
int dtrace_id2desc(dtrace_hdl_t *, dtrace_id_t, dtrace_probedesc_t *); /* EDT_BADID */
char *dtrace_desc2str(const dtrace_probedesc_t *, char *, size_t);     /* the buffer is returned */

/* Attributes: field by field, and as "Name/Data/Class" (NULL, -1: not an attribute). */
dtrace_attribute_t dtrace_attr_min(dtrace_attribute_t, dtrace_attribute_t);
dtrace_attribute_t dtrace_attr_max(dtrace_attribute_t, dtrace_attribute_t);
char *dtrace_attr2str(dtrace_attribute_t, char *, size_t);
int dtrace_str2attr(const char *, dtrace_attribute_t *);
const char *dtrace_stability_name(dtrace_stability_t); /* NULL: no such level */
const char *dtrace_class_name(dtrace_class_t);

/* Names of the providers, n of them at most; how many there are. */
int dtrace_provider_modules(dtrace_hdl_t *, const char **names, int n);

/* --------------------------------------------------- objects, symbols, types */

/* The kernel ("vmlinux"), its modules, and "C" and "D": what D programs declare. */
#define DTRACE_OBJ_EXEC  ((const char *)0L) /* the kernel */
#define DTRACE_OBJ_RTLD  ((const char *)1L) /* the kernel */
#define DTRACE_OBJ_CDEFS ((const char *)2L)
#define DTRACE_OBJ_DDEFS ((const char *)3L)
#define DTRACE_OBJ_EVERY ((const char *)-1L)
#define DTRACE_OBJ_KMODS ((const char *)-2L) /* the kernel and its modules */
#define DTRACE_OBJ_UMODS ((const char *)-3L) /* none */

typedef struct dtrace_objinfo {
	const char *dto_name;
	const char *dto_file; /* where its types are read, or "" */
	int dto_id;           /* in order, from 1 */
	uint_t dto_flags;
	GElf_Addr dto_text_va; /* 0 where the kernel hides addresses */
	GElf_Xword dto_text_size;
	GElf_Addr dto_data_va;
	GElf_Xword dto_data_size;
	GElf_Addr dto_bss_va; /* 0: part of data */
	GElf_Xword dto_bss_size;
} dtrace_objinfo_t;
#define DTRACE_OBJ_F_KERNEL  0x1
#define DTRACE_OBJ_F_PRIMARY 0x2 /* the kernel proper */
typedef int dtrace_obj_f(dtrace_hdl_t *, const dtrace_objinfo_t *, void *);
/* Until the callback returns something but 0, which is returned. */
int dtrace_object_iter(dtrace_hdl_t *, dtrace_obj_f *, void *);
int dtrace_object_info(dtrace_hdl_t *, const char *object, dtrace_objinfo_t *); /* EDT_NOMOD */

/* A kernel symbol by name in an object, or by address; either result may be NULL.  In the symbol st_value,
 * st_size and st_info are set; st_size is 0 for data.  EDT_NOMOD, EDT_NOSYM; EDT_NOSYMADDR. */
int dtrace_lookup_by_name(dtrace_hdl_t *, const char *object, const char *name, GElf_Sym *, dtrace_syminfo_t *);
int dtrace_lookup_by_addr(dtrace_hdl_t *, GElf_Addr, GElf_Sym *, dtrace_syminfo_t *);
/* A type by name; of a symbol; of a D type expression ("struct file *[4]").  EDT_NOMOD, EDT_NOTYPE, EDT_NOSYM,
 * EDT_COMPILER. */
int dtrace_lookup_by_type(dtrace_hdl_t *, const char *object, const char *name, dtrace_typeinfo_t *);
int dtrace_symbol_type(dtrace_hdl_t *, const GElf_Sym *, const dtrace_syminfo_t *, dtrace_typeinfo_t *);
int dtrace_type_strcompile(dtrace_hdl_t *, const char *, dtrace_typeinfo_t *);
int dtrace_type_fcompile(dtrace_hdl_t *, FILE *, dtrace_typeinfo_t *);

/* module`symbol+0xOFF of a kernel address, of an address of a process; as snprintf. */
int dtrace_addr2str(dtrace_hdl_t *, uint64_t addr, char *, int size);
int dtrace_uaddr2str(dtrace_hdl_t *, pid_t, uint64_t addr, char *, int size);

/* ---------------------------------------------------------------- processes */

/*
 * Start a program, held before its first instruction until dtrace_go() or dtrace_proc_continue(); grab one that
 * runs, which is not stopped.  Tracing ends when all of them have ended.  The first is $target.
 * FreeBSD's form of dtrace_proc_create() has two more arguments: child(arg) is called in the new
 * process, just before the program is executed.
 * Releasing: it runs on its own; the handle stays valid.  dtrace_close() kills what never ran.
 */
struct ps_prochandle *dtrace_proc_create(dtrace_hdl_t *, const char *file, char *const *argv);
struct ps_prochandle *dtrace_proc_create_child(dtrace_hdl_t *, const char *file, char *const *argv,
					       void (*child)(void *), void *arg);
struct ps_prochandle *dtrace_proc_grab(dtrace_hdl_t *, pid_t, int flags);
void dtrace_proc_continue(dtrace_hdl_t *, struct ps_prochandle *);
void dtrace_proc_release(dtrace_hdl_t *, struct ps_prochandle *);
pid_t dtrace_proc_getpid(dtrace_hdl_t *, struct ps_prochandle *);
#define DTRACE_PICK_ARG6(a, b, c, d, e, f, ...) f
#define dtrace_proc_create(...)                                                                                \
	DTRACE_PICK_ARG6(__VA_ARGS__, dtrace_proc_create_child, 0, dtrace_proc_create, 0)(__VA_ARGS__)
/* Flags of grabbing: taken, and without effect, as nothing is stopped. */
#define DTRACE_PGRAB_RDONLY 0x04
#ifndef PGRAB_RDONLY
#define PGRAB_RETAIN 0x01
#define PGRAB_FORCE  0x02
#define PGRAB_RDONLY 0x04
#define PGRAB_NOSTOP 0x08
#endif

/* ------------------------------------------------------- formatted printing */

/* Read a format of printf() or printa(); EDT_COMPILER says what is wrong with it. */
void *dtrace_printf_create(dtrace_hdl_t *, const char *fmt);
void *dtrace_printa_create(dtrace_hdl_t *, const char *fmt);
void *dtrace_format_lookup(dtrace_hdl_t *, int dtrd_format);            /* of a record; EINVAL */
size_t dtrace_printf_format(dtrace_hdl_t *, void *fmt, char *, size_t); /* its text; as snprintf */
/*
 * Do by a format what printf(), printa(), system() and freopen() do with their records: recs[0] is the first
 * datum of the statement, nrecs how many there are from it on, data the record they lie in, size its
 * length.  The number of records used.  printa: fmt NULL is the default layout.  EDT_DMISMATCH,
 * EDT_DOFFSET, EDT_BADAGGVAR.
 */
int dtrace_fprintf(dtrace_hdl_t *, FILE *, void *fmt, const dtrace_probedata_t *, const dtrace_recdesc_t *recs,
		   uint_t nrecs, const void *data, size_t size);
int dtrace_fprinta(dtrace_hdl_t *, FILE *, void *fmt, const dtrace_probedata_t *, const dtrace_recdesc_t *recs,
		   uint_t nrecs, const void *data, size_t size);
int dtrace_system(dtrace_hdl_t *, FILE *, void *fmt, const dtrace_probedata_t *, const dtrace_recdesc_t *recs,
		  uint_t nrecs, const void *data, size_t size);
int dtrace_freopen(dtrace_hdl_t *, FILE *, void *fmt, const dtrace_probedata_t *, const dtrace_recdesc_t *recs,
		   uint_t nrecs, const void *data, size_t size);

/* "Sun D 1.13": the version of the D language.  Set _dtrace_debug to 1 for debug lines on stderr. */
extern const char *const _dtrace_version;
extern int _dtrace_debug;

#ifdef __cplusplus
}
#endif
#endif
