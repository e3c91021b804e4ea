/*
 * dtrace.h - the public interface of libdtrace.
 *
 * The names, types and meanings are those of the classic libdtrace API, so that
 * C consumers written for it compile and run here.  A consumer's life is
 *
 *   dtrace_open -> dtrace_setopt -> dtrace_program_{str,f}compile ->
 *   dtrace_program_exec -> dtrace_go -> { dtrace_sleep, dtrace_work }... ->
 *   dtrace_stop -> dtrace_work -> dtrace_aggregate_print -> dtrace_close
 *
 * Functions that return int give 0 (or a count) on success and -1 on error, with
 * the reason in dtrace_errno()/dtrace_errmsg().  Times are nanoseconds, sizes bytes.
 * A handle may be used by one thread at a time.
 */
#ifndef _DTRACE_H
#define _DTRACE_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/types.h>

#ifdef __cplusplus
extern "C" {
#endif

#define DTRACE_VERSION 3

typedef struct dtrace_hdl dtrace_hdl_t;
typedef struct dtrace_prog dtrace_prog_t;
typedef struct dtrace_proc_handle dtrace_proc_t;

typedef uint32_t dtrace_id_t;
typedef uint32_t dtrace_epid_t;
typedef uint32_t dtrace_aggid_t;
typedef int64_t dtrace_aggvarid_t;
#ifndef _DTRACE_NO_SOLARIS_TYPES
typedef int32_t processorid_t;
typedef long long hrtime_t;
#endif

#define DTRACE_IDNONE    0
#define DTRACE_EPIDNONE  0
#define DTRACE_AGGIDNONE 0

#define DTRACE_PROVNAMELEN 64
#define DTRACE_MODNAMELEN  64
#define DTRACE_FUNCNAMELEN 192
#define DTRACE_NAMELEN     64
#define DTRACE_FULLNAMELEN (DTRACE_PROVNAMELEN + DTRACE_MODNAMELEN + DTRACE_FUNCNAMELEN + DTRACE_NAMELEN + 4)

/* ------------------------------------------------------------------ probes */

/* The four names of a probe, or a pattern over them; dtpd_id 0 means "by name". */
typedef struct dtrace_probedesc {
	dtrace_id_t dtpd_id;
	char dtpd_provider[DTRACE_PROVNAMELEN];
	char dtpd_mod[DTRACE_MODNAMELEN];
	char dtpd_func[DTRACE_FUNCNAMELEN];
	char dtpd_name[DTRACE_NAMELEN];
} dtrace_probedesc_t;

/* Which field is the last one of a short description ("a:b"). */
typedef enum dtrace_probespec {
	DTRACE_PROBESPEC_NONE = -1,
	DTRACE_PROBESPEC_PROVIDER = 0,
	DTRACE_PROBESPEC_MOD,
	DTRACE_PROBESPEC_FUNC,
	DTRACE_PROBESPEC_NAME
} dtrace_probespec_t;

/* Stability, low to high (Guide, chapter Stability). */
typedef uint8_t dtrace_stability_t;
#define DTRACE_STABILITY_INTERNAL 0
#define DTRACE_STABILITY_PRIVATE  1
#define DTRACE_STABILITY_OBSOLETE 2
#define DTRACE_STABILITY_EXTERNAL 3
#define DTRACE_STABILITY_UNSTABLE 4
#define DTRACE_STABILITY_EVOLVING 5
#define DTRACE_STABILITY_STABLE   6
#define DTRACE_STABILITY_STANDARD 7
#define DTRACE_STABILITY_MAX      7

typedef uint8_t dtrace_class_t;
#define DTRACE_CLASS_UNKNOWN  0
#define DTRACE_CLASS_CPU      1
#define DTRACE_CLASS_PLATFORM 2
#define DTRACE_CLASS_GROUP    3
#define DTRACE_CLASS_ISA      4
#define DTRACE_CLASS_COMMON   5
#define DTRACE_CLASS_MAX      5

typedef struct dtrace_attribute {
	dtrace_stability_t dtat_name;
	dtrace_stability_t dtat_data;
	dtrace_class_t dtat_class;
} dtrace_attribute_t;

typedef struct dtrace_probeinfo {
	dtrace_attribute_t dtp_attr; /* of the description */
	dtrace_attribute_t dtp_arga; /* of its arguments */
	int dtp_argc;
} dtrace_probeinfo_t;

typedef struct dtrace_argdesc {
	dtrace_id_t dtargd_id; /* probe */
	int dtargd_ndx;
	int dtargd_mapping;
	char dtargd_native[128]; /* type names */
	char dtargd_xlate[128];
} dtrace_argdesc_t;

/* ----------------------------------------------------------------- records */

/* What one datum of a record is.  Aggregations have their own range. */
typedef uint16_t dtrace_actkind_t;
#define DTRACEACT_NONE             0
#define DTRACEACT_DIFEXPR          1 /* trace(), and every argument of printf() */
#define DTRACEACT_EXIT             2
#define DTRACEACT_PRINTF           3
#define DTRACEACT_PRINTA           4
#define DTRACEACT_LIBACT           5 /* clear, trunc, normalize, ...: dtrd_arg tells */
#define DTRACEACT_TRACEMEM         6
#define DTRACEACT_TRACEMEM_DYNSIZE 7
#define DTRACEACT_PRINTM           8
#define DTRACEACT_PRINT            9

#define DTRACEACT_USTACK 0x0101
#define DTRACEACT_JSTACK 0x0102
#define DTRACEACT_USYM   0x0103
#define DTRACEACT_UMOD   0x0104
#define DTRACEACT_UADDR  0x0105

#define DTRACEACT_STOP    0x0201
#define DTRACEACT_RAISE   0x0202
#define DTRACEACT_SYSTEM  0x0203
#define DTRACEACT_FREOPEN 0x0204

#define DTRACEACT_STACK 0x0401
#define DTRACEACT_SYM   0x0402
#define DTRACEACT_MOD   0x0403

#define DTRACEACT_BREAKPOINT 0x0501
#define DTRACEACT_PANIC      0x0502
#define DTRACEACT_CHILL      0x0503

#define DTRACEACT_SPECULATE 0x0601
#define DTRACEACT_COMMIT    0x0602
#define DTRACEACT_DISCARD   0x0603

#define DTRACEACT_AGGREGATION 0x0700
#define DTRACEAGG_COUNT       0x0701
#define DTRACEAGG_MIN         0x0702
#define DTRACEAGG_MAX         0x0703
#define DTRACEAGG_AVG         0x0704
#define DTRACEAGG_SUM         0x0705
#define DTRACEAGG_STDDEV      0x0706
#define DTRACEAGG_QUANTIZE    0x0707
#define DTRACEAGG_LQUANTIZE   0x0708
#define DTRACEAGG_LLQUANTIZE  0x0709
#define DTRACEACT_ISAGG(x)    (((x)&0xff00) == DTRACEACT_AGGREGATION)

/* dtrd_arg of a DTRACEACT_LIBACT record. */
#define DT_ACT_CLEAR       1
#define DT_ACT_TRUNC       2
#define DT_ACT_NORMALIZE   3
#define DT_ACT_DENORMALIZE 4
#define DT_ACT_SETOPT      5
#define DT_ACT_FTRUNCATE   6

typedef struct dtrace_recdesc {
	dtrace_actkind_t dtrd_action;
	uint16_t dtrd_alignment;
	uint32_t dtrd_size;
	uint32_t dtrd_offset; /* from the start of the record's data */
	uint32_t dtrd_format; /* 0, or the number of a printf format of the handle */
	uint64_t dtrd_arg;    /* meaning depends on dtrd_action */
	uint64_t dtrd_uarg;
} dtrace_recdesc_t;

/* One clause enabled on one probe. */
typedef struct dtrace_eprobedesc {
	dtrace_epid_t dtepd_epid;
	dtrace_id_t dtepd_probeid;
	uint64_t dtepd_uarg;
	uint32_t dtepd_size;
	int dtepd_nrecs;
	const dtrace_recdesc_t *dtepd_rec;
} dtrace_eprobedesc_t;

/* An aggregation: rec[0] is its id, rec[1..n-2] the keys, rec[n-1] the value. */
typedef struct dtrace_aggdesc {
	char *dtagd_name; /* without the at sign; "_" when anonymous */
	dtrace_aggvarid_t dtagd_varid;
	int dtagd_flags;
	dtrace_aggid_t dtagd_id;
	dtrace_epid_t dtagd_epid;
	uint32_t dtagd_size;
	int dtagd_nrecs;
	const dtrace_recdesc_t *dtagd_rec;
} dtrace_aggdesc_t;

typedef enum {
	DTRACEFLOW_ENTRY,
	DTRACEFLOW_RETURN,
	DTRACEFLOW_NONE
} dtrace_flowkind_t;

/* What a consumer sees of one record while it is consumed. */
typedef struct dtrace_probedata {
	dtrace_hdl_t *dtpda_handle;
	dtrace_eprobedesc_t *dtpda_edesc;
	dtrace_probedesc_t *dtpda_pdesc;
	processorid_t dtpda_cpu;
	caddr_t dtpda_data;
	dtrace_flowkind_t dtpda_flow;
	const char *dtpda_prefix; /* "->" and the like */
	int dtpda_indent;
	uint64_t dtpda_timestamp;
} dtrace_probedata_t;

typedef struct dtrace_aggdata {
	dtrace_hdl_t *dtada_handle;
	dtrace_aggdesc_t *dtada_desc;
	dtrace_eprobedesc_t *dtada_edesc;
	dtrace_probedesc_t *dtada_pdesc;
	caddr_t dtada_data;    /* laid out as dtagd_rec says */
	uint64_t dtada_normal; /* divisor of normalize(), at least 1 */
	size_t dtada_size;
	caddr_t *dtada_percpu; /* per CPU values, or NULL (option aggpercpu) */
} dtrace_aggdata_t;

/* Return values of the consumer's callbacks. */
#define DTRACE_CONSUME_ERROR (-1)
#define DTRACE_CONSUME_THIS  0
#define DTRACE_CONSUME_NEXT  1
#define DTRACE_CONSUME_ABORT 2

#define DTRACE_HANDLE_ABORT (-1)
#define DTRACE_HANDLE_OK    0

#define DTRACE_AGGWALK_ERROR       (-1)
#define DTRACE_AGGWALK_NEXT        0
#define DTRACE_AGGWALK_ABORT       1
#define DTRACE_AGGWALK_CLEAR       2
#define DTRACE_AGGWALK_NORMALIZE   3
#define DTRACE_AGGWALK_DENORMALIZE 4
#define DTRACE_AGGWALK_REMOVE      5

#define DTRACE_STATUS_NONE    0
#define DTRACE_STATUS_OKAY    1
#define DTRACE_STATUS_EXITED  2
#define DTRACE_STATUS_FILLED  3
#define DTRACE_STATUS_STOPPED 4

typedef enum {
	DTRACE_WORKSTATUS_ERROR = -1,
	DTRACE_WORKSTATUS_OKAY,
	DTRACE_WORKSTATUS_DONE
} dtrace_workstatus_t;

/* --------------------------------------------------------- faults and drops */

#define DTRACEFLT_UNKNOWN   0
#define DTRACEFLT_BADADDR   1
#define DTRACEFLT_BADALIGN  2
#define DTRACEFLT_ILLOP     3
#define DTRACEFLT_DIVZERO   4
#define DTRACEFLT_NOSCRATCH 5
#define DTRACEFLT_KPRIV     6
#define DTRACEFLT_UPRIV     7
#define DTRACEFLT_TUPOFLOW  8
#define DTRACEFLT_BADSTACK  9
#define DTRACEFLT_BADSIZE   10
#define DTRACEFLT_BADINDEX  11
#define DTRACEFLT_LIBRARY   1000

typedef enum {
	DTRACEDROP_PRINCIPAL,
	DTRACEDROP_AGGREGATION,
	DTRACEDROP_DYNAMIC,
	DTRACEDROP_DYNRINSE,
	DTRACEDROP_DYNDIRTY,
	DTRACEDROP_SPEC,
	DTRACEDROP_SPECBUSY,
	DTRACEDROP_SPECUNAVAIL,
	DTRACEDROP_DBLERROR,
	DTRACEDROP_STKSTROVERFLOW
} dtrace_dropkind_t;

typedef struct dtrace_errdata {
	dtrace_hdl_t *dteda_handle;
	dtrace_eprobedesc_t *dteda_edesc;
	dtrace_probedesc_t *dteda_pdesc;
	processorid_t dteda_cpu;
	int dteda_action; /* 0 = predicate, n = n-th action */
	int dteda_offset; /* -1 when unknown */
	int dteda_fault;
	uint64_t dteda_addr;
	const char *dteda_msg; /* the whole line, newline included */
} dtrace_errdata_t;

typedef struct dtrace_dropdata {
	dtrace_hdl_t *dtdda_handle;
	processorid_t dtdda_cpu; /* DTRACE_CPUALL for machine-wide drops */
	dtrace_dropkind_t dtdda_kind;
	uint64_t dtdda_drops; /* since the last report */
	uint64_t dtdda_total;
	const char *dtdda_msg; /* the whole line, newline included */
} dtrace_dropdata_t;
#define DTRACE_CPUALL (-1)

typedef struct dtrace_procdata {
	dtrace_hdl_t *dtpda_handle;
	pid_t dtpda_pid;
	const char *dtpda_msg;
} dtrace_procdata_t;

typedef struct dtrace_setoptdata {
	dtrace_hdl_t *dtsda_handle;
	const dtrace_probedata_t *dtsda_probe;
	const char *dtsda_option;
	uint64_t dtsda_oldval, dtsda_newval;
} dtrace_setoptdata_t;

typedef struct dtrace_bufdata {
	dtrace_hdl_t *dtbda_handle;
	const char *dtbda_buffered;
	dtrace_probedata_t *dtbda_probe;
	const dtrace_recdesc_t *dtbda_recdesc;
	const dtrace_aggdata_t *dtbda_aggdata;
	uint32_t dtbda_flags;
} dtrace_bufdata_t;

typedef int dtrace_handle_err_f(const dtrace_errdata_t *, void *);
typedef int dtrace_handle_drop_f(const dtrace_dropdata_t *, void *);
typedef int dtrace_handle_proc_f(const dtrace_procdata_t *, void *);
typedef int dtrace_handle_setopt_f(const dtrace_setoptdata_t *, void *);
typedef int dtrace_handle_buffered_f(const dtrace_bufdata_t *, void *);

int dtrace_handle_err(dtrace_hdl_t *, dtrace_handle_err_f *, void *);
int dtrace_handle_drop(dtrace_hdl_t *, dtrace_handle_drop_f *, void *);
int dtrace_handle_proc(dtrace_hdl_t *, dtrace_handle_proc_f *, void *);
int dtrace_handle_setopt(dtrace_hdl_t *, dtrace_handle_setopt_f *, void *);
int dtrace_handle_buffered(dtrace_hdl_t *, dtrace_handle_buffered_f *, void *);

/* ------------------------------------------------------- handle and options */

#define DTRACE_O_NODEV 0x01 /* compile only: needs no privilege */
#define DTRACE_O_NOSYS 0x02 /* do not look at the running kernel's symbols */
#define DTRACE_O_LP64  0x04
#define DTRACE_O_ILP32 0x08
#define DTRACE_O_MASK  0x0f

/* Open a handle; on failure NULL and the error number in *errp. */
dtrace_hdl_t *dtrace_open(int version, int flags, int *errp);
void dtrace_close(dtrace_hdl_t *);

int dtrace_errno(dtrace_hdl_t *);
/* Text of an error; the handle may be NULL when dtrace_open failed. */
const char *dtrace_errmsg(dtrace_hdl_t *, int error);
const char *dtrace_faultstr(dtrace_hdl_t *, int fault);
const char *dtrace_subrstr(dtrace_hdl_t *, int subr);

typedef uint64_t dtrace_optval_t;
#define DTRACEOPT_UNSET ((dtrace_optval_t)-2)

/* Set an option by name; value NULL switches a flag on.  language.md part 9. */
int dtrace_setopt(dtrace_hdl_t *, const char *opt, const char *val);
int dtrace_getopt(dtrace_hdl_t *, const char *opt, dtrace_optval_t *);

/* ---------------------------------------------------------------- programs */

#define DTRACE_C_DIFV   0x0001 /* print the code of each clause on stderr */
#define DTRACE_C_EMPTY  0x0002 /* an empty program is fine */
#define DTRACE_C_ZDEFS  0x0004 /* a description may match nothing */
#define DTRACE_C_EATTR  0x0008 /* enforce option amin */
#define DTRACE_C_CPP    0x0010
#define DTRACE_C_KNODEF 0x0020
#define DTRACE_C_UNODEF 0x0040
#define DTRACE_C_PSPEC  0x0080 /* ambiguous words are probe descriptions */
#define DTRACE_C_ETAGS  0x0100 /* tags in error messages */
#define DTRACE_C_ARGREF 0x0200
#define DTRACE_C_DEFARG 0x0800
#define DTRACE_C_NOLIBS 0x1000
#define DTRACE_C_CTL    0x2000
#define DTRACE_C_MASK   0x3bff

typedef struct dtrace_proginfo {
	dtrace_attribute_t dpi_descattr; /* minimum over the probe descriptions */
	dtrace_attribute_t dpi_stmtattr; /* minimum over the statements */
	unsigned int dpi_aggregates;
	unsigned int dpi_recgens;
	unsigned int dpi_matches; /* probes matched */
	unsigned int dpi_speculations;
} dtrace_proginfo_t;

/* Compile D text; argv[0] is $0, argv[1..] are $1...; NULL on error. */
dtrace_prog_t *dtrace_program_strcompile(dtrace_hdl_t *, const char *, dtrace_probespec_t, unsigned int cflags,
					 int argc, char *const argv[]);
dtrace_prog_t *dtrace_program_fcompile(dtrace_hdl_t *, FILE *, unsigned int cflags, int argc,
				       char *const argv[]);
/* Enable a compiled program: it takes part in the next dtrace_go(). */
int dtrace_program_exec(dtrace_hdl_t *, dtrace_prog_t *, dtrace_proginfo_t *);
void dtrace_program_info(dtrace_hdl_t *, dtrace_prog_t *, dtrace_proginfo_t *);

/* Clauses of a program, in program order. */
typedef struct dtrace_ecbdesc {
	dtrace_probedesc_t dted_probe;
	uint64_t dted_uarg;
} dtrace_ecbdesc_t;
typedef struct dtrace_stmtdesc {
	dtrace_ecbdesc_t *dtsd_ecbdesc;
	const char *dtsd_fmtdata;
	dtrace_attribute_t dtsd_descattr;
	dtrace_attribute_t dtsd_stmtattr;
} dtrace_stmtdesc_t;
typedef int dtrace_stmt_f(dtrace_hdl_t *, dtrace_prog_t *, dtrace_stmtdesc_t *, void *);
int dtrace_stmt_iter(dtrace_hdl_t *, dtrace_prog_t *, dtrace_stmt_f *, void *);

/* ---------------------------------------------------------------- consuming */

int dtrace_go(dtrace_hdl_t *);
int dtrace_stop(dtrace_hdl_t *);
void dtrace_sleep(dtrace_hdl_t *);
int dtrace_status(dtrace_hdl_t *);

typedef int dtrace_consume_probe_f(const dtrace_probedata_t *, void *);
typedef int dtrace_consume_rec_f(const dtrace_probedata_t *, const dtrace_recdesc_t *, void *);
/* One pass over the buffers.  rec callback gets NULL after the last record of a clause. */
int dtrace_consume(dtrace_hdl_t *, FILE *, dtrace_consume_probe_f *, dtrace_consume_rec_f *, void *);
/* dtrace_status + dtrace_aggregate_snap + dtrace_consume, as often as their rates ask. */
dtrace_workstatus_t dtrace_work(dtrace_hdl_t *, FILE *, dtrace_consume_probe_f *, dtrace_consume_rec_f *,
				void *);

typedef int dtrace_aggregate_f(const dtrace_aggdata_t *, void *);
typedef int dtrace_aggregate_walk_f(dtrace_hdl_t *, dtrace_aggregate_f *, void *);
int dtrace_aggregate_snap(dtrace_hdl_t *);
/* Print every aggregation that printa() has not printed; walk NULL = default order. */
int dtrace_aggregate_print(dtrace_hdl_t *, FILE *, dtrace_aggregate_walk_f *);
void dtrace_aggregate_clear(dtrace_hdl_t *);
int dtrace_aggregate_walk(dtrace_hdl_t *, dtrace_aggregate_f *, void *);
int dtrace_aggregate_walk_sorted(dtrace_hdl_t *, dtrace_aggregate_f *, void *);
int dtrace_aggregate_walk_keysorted(dtrace_hdl_t *, dtrace_aggregate_f *, void *);
int dtrace_aggregate_walk_valsorted(dtrace_hdl_t *, dtrace_aggregate_f *, void *);
int dtrace_aggregate_walk_keyrevsorted(dtrace_hdl_t *, dtrace_aggregate_f *, void *);
int dtrace_aggregate_walk_valrevsorted(dtrace_hdl_t *, dtrace_aggregate_f *, void *);

/* Option oformat: records, aggregations and drops as a document (JSON, XML, HTML) instead of text.
 * setup begins it on the FILE set last (stdout if none was); from then on the library writes there
 * whatever FILE dtrace_consume() is given.  teardown ends it; dtrace_close() does, too.  Callbacks
 * must print nothing of their own there.  Without the option both do nothing. */
int dtrace_oformat(dtrace_hdl_t *); /* is the option set to a format other than text? */
void dtrace_set_outfp(FILE *);
void dtrace_oformat_setup(dtrace_hdl_t *);
void dtrace_oformat_teardown(dtrace_hdl_t *);

/* ------------------------------------------------------ probes and symbols */

typedef int dtrace_probe_f(dtrace_hdl_t *, const dtrace_probedesc_t *, void *);
/* Every probe that matches the pattern (NULL = all), ascending id.  -1 with EDT_NOPROBE if none. */
int dtrace_probe_iter(dtrace_hdl_t *, const dtrace_probedesc_t *, dtrace_probe_f *, void *);
int dtrace_probe_info(dtrace_hdl_t *, const dtrace_probedesc_t *, dtrace_probeinfo_t *);
typedef int dtrace_arg_f(dtrace_hdl_t *, const dtrace_argdesc_t *, void *);
int dtrace_arg_iter(dtrace_hdl_t *, const dtrace_probedesc_t *, dtrace_arg_f *, void *);
int dtrace_str2desc(dtrace_hdl_t *, dtrace_probespec_t, const char *, dtrace_probedesc_t *);
int dtrace_xstr2desc(dtrace_hdl_t *, dtrace_probespec_t, const char *, int argc, char *const argv[],
		     dtrace_probedesc_t *);
char *dtrace_desc2str(const dtrace_probedesc_t *, char *, size_t);
int dtrace_id2desc(dtrace_hdl_t *, dtrace_id_t, dtrace_probedesc_t *);
const char *dtrace_stability_name(dtrace_stability_t);
const char *dtrace_class_name(dtrace_class_t);
char *dtrace_attr2str(dtrace_attribute_t, char *, size_t);

typedef struct dtrace_syminfo {
	const char *dts_object;
	const char *dts_name;
	unsigned long dts_id;
} dtrace_syminfo_t;
typedef struct {
	uint64_t st_value;
	uint64_t st_size;
} dtrace_sym_t;
int dtrace_lookup_by_addr(dtrace_hdl_t *, uint64_t addr, dtrace_sym_t *, dtrace_syminfo_t *);
/* `mod`sym+0xoff` of a kernel / of a process's address. */
int dtrace_addr2str(dtrace_hdl_t *, uint64_t addr, char *, int);
int dtrace_uaddr2str(dtrace_hdl_t *, pid_t, uint64_t addr, char *, int);

/* --------------------------------------------------------------- processes */

/* Start argv[0] stopped at its first instruction / grab a running process. */
dtrace_proc_t *dtrace_proc_create(dtrace_hdl_t *, const char *file, char *const *argv);
dtrace_proc_t *dtrace_proc_grab(dtrace_hdl_t *, pid_t);
void dtrace_proc_continue(dtrace_hdl_t *, dtrace_proc_t *);
void dtrace_proc_release(dtrace_hdl_t *, dtrace_proc_t *);
pid_t dtrace_proc_getpid(dtrace_hdl_t *, dtrace_proc_t *);

/* ------------------------------------------------------- formatted printing */

void *dtrace_printf_create(dtrace_hdl_t *, const char *fmt);
void *dtrace_printa_create(dtrace_hdl_t *, const char *fmt);
size_t dtrace_printf_format(dtrace_hdl_t *, void *, char *, size_t);
int dtrace_fprintf(dtrace_hdl_t *, FILE *, void *fmt, const dtrace_probedata_t *, const dtrace_recdesc_t *,
		   unsigned int nrecs, const void *data, size_t size);

extern const char *const _dtrace_version;

/* Errors 1000 and up; lower ones are errno values. */
enum {
	EDT_VERSION = 1000,
	EDT_VERSINVAL,
	EDT_VERSUNDEF,
	EDT_VERSREDUCED,
	EDT_CTF,
	EDT_COMPILER,
	EDT_NOTUPREG,
	EDT_NOMEM,
	EDT_INT2BIG,
	EDT_STR2BIG,
	EDT_NOMOD,
	EDT_NOPROV,
	EDT_NOPROBE,
	EDT_NOSYM,
	EDT_NOSYMADDR,
	EDT_NOTYPE,
	EDT_NOVAR,
	EDT_NOAGG,
	EDT_BADSCOPE,
	EDT_BADSPEC,
	EDT_BADSPCV,
	EDT_BADID,
	EDT_NOTLOADED,
	EDT_NOCTF,
	EDT_DATAMODEL,
	EDT_DIFVERS,
	EDT_BADAGG,
	EDT_FIO,
	EDT_DIFINVAL,
	EDT_DIFSIZE,
	EDT_DIFFAULT,
	EDT_BADPROBE,
	EDT_BADPGLOB,
	EDT_NOSCOPE,
	EDT_NODECL,
	EDT_DMISMATCH,
	EDT_DOFFSET,
	EDT_DALIGN,
	EDT_BADOPTNAME,
	EDT_BADOPTVAL,
	EDT_BADOPTCTX,
	EDT_CPPFORK,
	EDT_CPPEXEC,
	EDT_CPPENT,
	EDT_CPPERR,
	EDT_SYMOFLOW,
	EDT_ACTIVE,
	EDT_DESTRUCTIVE,
	EDT_NOANON,
	EDT_ISANON,
	EDT_ENDTOOBIG,
	EDT_NOCONV,
	EDT_BADCONV,
	EDT_BADERROR,
	EDT_ERRABORT,
	EDT_DROPABORT,
	EDT_DIRABORT,
	EDT_BADRVAL,
	EDT_BADNORMAL,
	EDT_BUFTOOSMALL,
	EDT_BADTRUNC,
	EDT_BUSY,
	EDT_ACCESS,
	EDT_NOENT,
	EDT_BRICKED,
	EDT_HARDWIRE,
	EDT_ELFVERSION,
	EDT_NOBUFFERED,
	EDT_UNSTABLE,
	EDT_BADSETOPT,
	EDT_BADSTACKPC,
	EDT_BADAGGVAR,
	EDT_OVERSION,
	EDT_ENABLING_ERR,
	EDT_MAX
};

#ifdef __cplusplus
}
#endif
#endif
