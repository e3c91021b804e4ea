/*
 * sys/dtrace.h - what traced data is made of: probe descriptions, records, aggregation
 * values, faults, errors, and the numbers that stand for them.  dtrace.h includes it.
 *
 * Names, types and values are those of the classic interface.  Where a comment says
 * "not here", the name exists so that programs compile, and its value never occurs.
 */
#ifndef _SYS_DTRACE_H
#define _SYS_DTRACE_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Types that programs written for Solaris, illumos and FreeBSD expect from <sys/types.h>.
 * Define _DTRACE_NO_SOLARIS_TYPES if another header of yours has them.
 */
#ifndef _DTRACE_NO_SOLARIS_TYPES
typedef unsigned char uchar_t;
typedef unsigned short ushort_t;
typedef unsigned int uint_t;
typedef unsigned long ulong_t;
typedef long long longlong_t;
typedef unsigned long long u_longlong_t;
typedef long long hrtime_t; /* nanoseconds */
typedef int processorid_t;
#endif

typedef uint32_t dtrace_id_t; /* of a probe */
#define DTRACE_IDNONE 0
typedef uint32_t dtrace_epid_t; /* of an enabling: one clause on one probe */
#define DTRACE_EPIDNONE 0
typedef uint32_t dtrace_aggid_t; /* of an aggregation */
#define DTRACE_AGGIDNONE 0
typedef int64_t dtrace_aggvarid_t; /* of an aggregation's name: in order of first mention, from 1 */
#define DTRACE_AGGVARIDNONE 0
typedef uint64_t dtrace_optval_t;
typedef uint32_t dtrace_cacheid_t;
typedef uint16_t dtrace_actkind_t; /* DTRACEACT_*, DTRACEAGG_* */

#define DTRACE_CPUALL (-1)

/* ------------------------------------------------------------------ probes */

/* Bytes, the NUL included. */
#define DTRACE_PROVNAMELEN 64
#define DTRACE_MODNAMELEN  64
#define DTRACE_FUNCNAMELEN 192
#define DTRACE_NAMELEN     64
#define DTRACE_FULLNAMELEN (DTRACE_PROVNAMELEN + DTRACE_MODNAMELEN + DTRACE_FUNCNAMELEN + DTRACE_NAMELEN + 4)
#define DTRACE_ARGTYPELEN  128

/*
 * The four names of a probe, or a pattern over them (empty fields and * ? [] match).
 * In a pattern dtpd_id 0 means "by name"; any other id means that probe alone.
 */
typedef struct dtrace_probedesc {
	dtrace_id_t dtpd_id;
	char dtpd_provider[DTRACE_PROVNAMELEN];
	char dtpd_mod[DTRACE_MODNAMELEN];
	char dtpd_func[DTRACE_FUNCNAMELEN];
	char dtpd_name[DTRACE_NAMELEN];
} dtrace_probedesc_t;

/* Which field is the last one of a short description such as "a:b"; NONE: files, a full name. */
typedef enum dtrace_probespec {
	DTRACE_PROBESPEC_NONE = -1,
	DTRACE_PROBESPEC_PROVIDER = 0,
	DTRACE_PROBESPEC_MOD,
	DTRACE_PROBESPEC_FUNC,
	DTRACE_PROBESPEC_NAME
} dtrace_probespec_t;

/* Stability of an interface, low to high, and what it depends on (Guide, chapter Stability). */
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

/* One typed argument, args[dtargd_ndx], of a probe. */
typedef struct dtrace_argdesc {
	dtrace_id_t dtargd_id; /* probe */
	int dtargd_ndx;
	int dtargd_mapping;                    /* the raw argument that carries it: argN */
	char dtargd_native[DTRACE_ARGTYPELEN]; /* its type */
	char dtargd_xlate[DTRACE_ARGTYPELEN];  /* the type a translator makes of it, "" when there is none */
} dtrace_argdesc_t;

/* ----------------------------------------------------------------- records */

/*
 * What one datum of a record is (dtrd_action).  All numbers are in the byte order of the
 * machine; a datum lies at dtrd_offset, dtrd_size bytes long.
 */
#define DTRACEACT_NONE             0
#define DTRACEACT_DIFEXPR          1 /* trace(): integers of 1, 2, 4, 8 bytes; strings end in NUL; or bytes */
#define DTRACEACT_EXIT             2 /* exit(): int */
#define DTRACEACT_PRINTF           3 /* the arguments of one printf(), as many records as there are, at least 1 */
#define DTRACEACT_PRINTA           4 /* one record an aggregation of printa() */
#define DTRACEACT_LIBACT           5 /* clear, trunc, normalize, setopt ...: done by the library */
#define DTRACEACT_TRACEMEM         6
#define DTRACEACT_TRACEMEM_DYNSIZE 7 /* before TRACEMEM: how much of it counts */
#define DTRACEACT_PRINTM           8 /* not here */
#define DTRACEACT_PRINT            9 /* print() */

#define DTRACEACT_PROC   0x0100
#define DTRACEACT_USTACK (DTRACEACT_PROC + 1) /* uint64_t process id, then the frames, 0 after the last */
#define DTRACEACT_JSTACK (DTRACEACT_PROC + 2) /* the same */
#define DTRACEACT_USYM   (DTRACEACT_PROC + 3) /* uint64_t process id, uint64_t address */
#define DTRACEACT_UMOD   (DTRACEACT_PROC + 4)
#define DTRACEACT_UADDR  (DTRACEACT_PROC + 5)

#define DTRACEACT_PROC_DESTRUCTIVE 0x0200
#define DTRACEACT_STOP             (DTRACEACT_PROC_DESTRUCTIVE + 1)
#define DTRACEACT_RAISE            (DTRACEACT_PROC_DESTRUCTIVE + 2)
#define DTRACEACT_SYSTEM           (DTRACEACT_PROC_DESTRUCTIVE + 3)
#define DTRACEACT_FREOPEN          (DTRACEACT_PROC_DESTRUCTIVE + 4)

#define DTRACEACT_PROC_CONTROL 0x0300

#define DTRACEACT_KERNEL 0x0400
#define DTRACEACT_STACK                                                                                        \
	(DTRACEACT_KERNEL + 1)               /* uint64_t frames, dtrd_arg of them at most, 0 after the last    \
					      */
#define DTRACEACT_SYM (DTRACEACT_KERNEL + 2) /* uint64_t address */
#define DTRACEACT_MOD (DTRACEACT_KERNEL + 3)

#define DTRACEACT_KERNEL_DESTRUCTIVE 0x0500
#define DTRACEACT_BREAKPOINT         (DTRACEACT_KERNEL_DESTRUCTIVE + 1)
#define DTRACEACT_PANIC              (DTRACEACT_KERNEL_DESTRUCTIVE + 2)
#define DTRACEACT_CHILL              (DTRACEACT_KERNEL_DESTRUCTIVE + 3)

#define DTRACEACT_SPECULATIVE 0x0600
#define DTRACEACT_SPECULATE   (DTRACEACT_SPECULATIVE + 1)
#define DTRACEACT_COMMIT      (DTRACEACT_SPECULATIVE + 2)
#define DTRACEACT_DISCARD     (DTRACEACT_SPECULATIVE + 3)

/*
 * Values of aggregations, the last record of a dtrace_aggdesc_t:
 *   COUNT, SUM, MIN, MAX   int64_t
 *   AVG                    int64_t count, sum
 *   STDDEV                 int64_t count, sum, then the sum of squares, 128 bits, low half first
 *   QUANTIZE               DTRACE_QUANTIZE_NBUCKETS buckets, int64_t each
 *   LQUANTIZE              uint64_t parameters, then levels + 2 buckets: below, the levels, above
 *   LLQUANTIZE             uint64_t parameters, then buckets: below factor^low, the steps, above
 * They are raw: dtada_normal is not applied.
 */
#define DTRACEACT_AGGREGATION 0x0700
#define DTRACEAGG_COUNT       (DTRACEACT_AGGREGATION + 1)
#define DTRACEAGG_MIN         (DTRACEACT_AGGREGATION + 2)
#define DTRACEAGG_MAX         (DTRACEACT_AGGREGATION + 3)
#define DTRACEAGG_AVG         (DTRACEACT_AGGREGATION + 4)
#define DTRACEAGG_SUM         (DTRACEACT_AGGREGATION + 5)
#define DTRACEAGG_STDDEV      (DTRACEACT_AGGREGATION + 6)
#define DTRACEAGG_QUANTIZE    (DTRACEACT_AGGREGATION + 7)
#define DTRACEAGG_LQUANTIZE   (DTRACEACT_AGGREGATION + 8)
#define DTRACEAGG_LLQUANTIZE  (DTRACEACT_AGGREGATION + 9)

#define DTRACEACT_CLASS(x) ((x)&0xff00)
#define DTRACEACT_ISAGG(x) (DTRACEACT_CLASS(x) == DTRACEACT_AGGREGATION)
#define DTRACEACT_ISDESTRUCTIVE(x)                                                                             \
	(DTRACEACT_CLASS(x) == DTRACEACT_PROC_DESTRUCTIVE || DTRACEACT_CLASS(x) == DTRACEACT_KERNEL_DESTRUCTIVE)
#define DTRACEACT_ISSPECULATIVE(x) (DTRACEACT_CLASS(x) == DTRACEACT_SPECULATIVE)
#define DTRACEACT_ISPRINTFLIKE(x)                                                                              \
	((x) == DTRACEACT_PRINTF || (x) == DTRACEACT_PRINTA || (x) == DTRACEACT_SYSTEM ||                      \
	 (x) == DTRACEACT_FREOPEN)

/* quantize(): bucket b counts values from BUCKETVAL(b) away from zero to the next one. */
#define DTRACE_QUANTIZE_NBUCKETS   127
#define DTRACE_QUANTIZE_ZEROBUCKET 63
#define DTRACE_QUANTIZE_BUCKETVAL(b)                                                                           \
	((int64_t)((b) < DTRACE_QUANTIZE_ZEROBUCKET    ? -(1LL << (DTRACE_QUANTIZE_ZEROBUCKET - 1 - (b)))      \
		   : (b) == DTRACE_QUANTIZE_ZEROBUCKET ? 0                                                     \
						       : 1LL << ((b)-DTRACE_QUANTIZE_ZEROBUCKET - 1)))

/* lquantize(): the parameters, as the first word of its value has them. */
#define DTRACE_LQUANTIZE_STEPSHIFT  48
#define DTRACE_LQUANTIZE_STEPMASK   ((uint64_t)UINT16_MAX << DTRACE_LQUANTIZE_STEPSHIFT)
#define DTRACE_LQUANTIZE_LEVELSHIFT 32
#define DTRACE_LQUANTIZE_LEVELMASK  ((uint64_t)UINT16_MAX << DTRACE_LQUANTIZE_LEVELSHIFT)
#define DTRACE_LQUANTIZE_BASESHIFT  0
#define DTRACE_LQUANTIZE_BASEMASK   UINT32_MAX
#define DTRACE_LQUANTIZE_STEP(x)    ((uint16_t)(((x)&DTRACE_LQUANTIZE_STEPMASK) >> DTRACE_LQUANTIZE_STEPSHIFT))
#define DTRACE_LQUANTIZE_LEVELS(x)  ((uint16_t)(((x)&DTRACE_LQUANTIZE_LEVELMASK) >> DTRACE_LQUANTIZE_LEVELSHIFT))
#define DTRACE_LQUANTIZE_BASE(x)    ((int32_t)(((x)&DTRACE_LQUANTIZE_BASEMASK) >> DTRACE_LQUANTIZE_BASESHIFT))

/* llquantize(): factor, first and last order of magnitude, steps a magnitude. */
#define DTRACE_LLQUANTIZE_FACTORSHIFT 48
#define DTRACE_LLQUANTIZE_LOWSHIFT    32
#define DTRACE_LLQUANTIZE_HIGHSHIFT   16
#define DTRACE_LLQUANTIZE_NSTEPSHIFT  0
#define DTRACE_LLQUANTIZE_FACTORMASK  ((uint64_t)UINT16_MAX << DTRACE_LLQUANTIZE_FACTORSHIFT)
#define DTRACE_LLQUANTIZE_LOWMASK     ((uint64_t)UINT16_MAX << DTRACE_LLQUANTIZE_LOWSHIFT)
#define DTRACE_LLQUANTIZE_HIGHMASK    ((uint64_t)UINT16_MAX << DTRACE_LLQUANTIZE_HIGHSHIFT)
#define DTRACE_LLQUANTIZE_NSTEPMASK   ((uint64_t)UINT16_MAX << DTRACE_LLQUANTIZE_NSTEPSHIFT)
#define DTRACE_LLQUANTIZE_FACTOR(x)   ((uint16_t)((uint64_t)(x) >> DTRACE_LLQUANTIZE_FACTORSHIFT))
#define DTRACE_LLQUANTIZE_LOW(x)      ((uint16_t)((uint64_t)(x) >> DTRACE_LLQUANTIZE_LOWSHIFT))
#define DTRACE_LLQUANTIZE_HIGH(x)     ((uint16_t)((uint64_t)(x) >> DTRACE_LLQUANTIZE_HIGHSHIFT))
#define DTRACE_LLQUANTIZE_NSTEP(x)    ((uint16_t)((uint64_t)(x) >> DTRACE_LLQUANTIZE_NSTEPSHIFT))

/* dtrd_arg of USTACK and JSTACK. */
#define DTRACE_USTACK_NFRAMES(x) ((uint32_t)((uint64_t)(x)&UINT32_MAX))
#define DTRACE_USTACK_STRSIZE(x) ((uint32_t)((uint64_t)(x) >> 32))
#define DTRACE_USTACK_ARG(x, y)  ((((uint64_t)(y)) << 32) | ((x)&UINT32_MAX))

typedef struct dtrace_recdesc {
	dtrace_actkind_t dtrd_action;
	uint16_t dtrd_alignment;
	uint32_t dtrd_size;
	uint32_t dtrd_offset; /* from the start of the record, or of dtada_data */
	uint32_t dtrd_format; /* 0, or of a format: dtrace_format_lookup() */
	uint64_t dtrd_arg;    /* stacks: see above; else the library's own */
	uint64_t dtrd_uarg;   /* the library's own; equal for the records of one statement */
} dtrace_recdesc_t;

/* One enabling: what the record of one clause on one probe holds. */
typedef struct dtrace_eprobedesc {
	dtrace_epid_t dtepd_epid;
	dtrace_id_t dtepd_probeid;
	uint64_t dtepd_uarg;
	uint32_t dtepd_size; /* of the record, bytes */
	int dtepd_nrecs;
	const dtrace_recdesc_t *dtepd_rec; /* [dtepd_nrecs] */
} dtrace_eprobedesc_t;

/* An aggregation: rec[0] is its id, rec[1] to rec[nrecs - 2] are the keys, rec[nrecs - 1] is the value. */
typedef struct dtrace_aggdesc {
	char *dtagd_name; /* without the at sign; "_" when anonymous */
	dtrace_aggvarid_t dtagd_varid;
	int dtagd_flags; /* DTRACE_AGD_* */
	dtrace_aggid_t dtagd_id;
	dtrace_epid_t dtagd_epid; /* of the first clause that has it */
	uint32_t dtagd_size;      /* of dtada_data, bytes */
	int dtagd_nrecs;
	const dtrace_recdesc_t *dtagd_rec;
} dtrace_aggdesc_t;
#define DTRACE_AGD_PRINTED 0x1 /* printa() has printed it: dtrace_aggregate_print() leaves it out */

/* A clause's probe description, as statements show it.  Code is never shown: pointers to it are NULL. */
typedef struct dtrace_difo dtrace_difo_t;
typedef struct dtrace_actdesc {
	dtrace_difo_t *dtad_difo;
	struct dtrace_actdesc *dtad_next;
	dtrace_actkind_t dtad_kind;
	uint32_t dtad_ntuple;
	uint64_t dtad_arg;
	uint64_t dtad_uarg;
	int dtad_refcnt;
} dtrace_actdesc_t;
typedef struct dtrace_preddesc {
	dtrace_difo_t *dtpdd_difo;
	void *dtpdd_predicate; /* not NULL when the clause has a predicate */
} dtrace_preddesc_t;
typedef struct dtrace_ecbdesc {
	dtrace_actdesc_t *dted_action;
	dtrace_preddesc_t dted_pred;
	dtrace_probedesc_t dted_probe;
	uint64_t dted_uarg;
	int dted_refcnt;
} dtrace_ecbdesc_t;

/* What a probe is to its function. */
typedef enum {
	DTRACEFLOW_ENTRY,
	DTRACEFLOW_RETURN,
	DTRACEFLOW_NONE
} dtrace_flowkind_t;

/* ------------------------------------------------------------ faults, drops */

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
#define DTRACEFLT_LIBRARY   1000 /* and above: the consumer's side failed, not a program */

/* What is lost, and why. */
typedef enum {
	DTRACEDROP_PRINCIPAL,
	DTRACEDROP_AGGREGATION,
	DTRACEDROP_DYNAMIC,
	DTRACEDROP_DYNRINSE, /* not here */
	DTRACEDROP_DYNDIRTY, /* not here */
	DTRACEDROP_SPEC,
	DTRACEDROP_SPECBUSY,
	DTRACEDROP_SPECUNAVAIL,
	DTRACEDROP_DBLERROR,
	DTRACEDROP_STKSTROVERFLOW /* not here */
} dtrace_dropkind_t;

/* ------------------------------------------------------------------ errors */

/* Errors, as dtrace_errno() gives them: these from 1000 on, errno values below.  Some cannot happen here. */
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
	EDT_NOPROBES,
	EDT_CANTLOAD,
	EDT_MAX
};

/* ----------------------------------------------------------------- options */

/* Numbers of the options; dtrace_setopt() and dtrace_getopt() go by name. */
#define DTRACEOPT_BUFSIZE       0
#define DTRACEOPT_BUFPOLICY     1
#define DTRACEOPT_DYNVARSIZE    2
#define DTRACEOPT_AGGSIZE       3
#define DTRACEOPT_SPECSIZE      4
#define DTRACEOPT_NSPEC         5
#define DTRACEOPT_STRSIZE       6
#define DTRACEOPT_CLEANRATE     7
#define DTRACEOPT_CPU           8
#define DTRACEOPT_BUFRESIZE     9
#define DTRACEOPT_GRABANON      10
#define DTRACEOPT_FLOWINDENT    11
#define DTRACEOPT_QUIET         12
#define DTRACEOPT_STACKFRAMES   13
#define DTRACEOPT_USTACKFRAMES  14
#define DTRACEOPT_AGGRATE       15
#define DTRACEOPT_SWITCHRATE    16
#define DTRACEOPT_STATUSRATE    17
#define DTRACEOPT_DESTRUCTIVE   18
#define DTRACEOPT_STACKINDENT   19
#define DTRACEOPT_RAWBYTES      20
#define DTRACEOPT_JSTACKFRAMES  21
#define DTRACEOPT_JSTACKSTRSIZE 22
#define DTRACEOPT_AGGSORTKEY    23
#define DTRACEOPT_AGGSORTREV    24
#define DTRACEOPT_AGGSORTPOS    25
#define DTRACEOPT_AGGSORTKEYPOS 26
#define DTRACEOPT_TEMPORAL      27
#define DTRACEOPT_AGGHIST       28
#define DTRACEOPT_AGGPACK       29
#define DTRACEOPT_AGGZOOM       30
#define DTRACEOPT_ZONE          31
#define DTRACEOPT_MAX           32

#define DTRACEOPT_UNSET                                                                                        \
	((dtrace_optval_t)-2) /* the value of an option nobody has set, of a flag that is off                  \
			       */

/* Values of bufpolicy and bufresize. */
#define DTRACEOPT_BUFPOLICY_RING   0
#define DTRACEOPT_BUFPOLICY_FILL   1
#define DTRACEOPT_BUFPOLICY_SWITCH 2
#define DTRACEOPT_BUFRESIZE_AUTO   0
#define DTRACEOPT_BUFRESIZE_MANUAL 1

/* -------------------------------------------------------------- subroutines */

/* For dtrace_subrstr(). */
#define DIF_SUBR_RAND                0
#define DIF_SUBR_MUTEX_OWNED         1
#define DIF_SUBR_MUTEX_OWNER         2
#define DIF_SUBR_MUTEX_TYPE_ADAPTIVE 3
#define DIF_SUBR_MUTEX_TYPE_SPIN     4
#define DIF_SUBR_RW_READ_HELD        5
#define DIF_SUBR_RW_WRITE_HELD       6
#define DIF_SUBR_RW_ISWRITER         7
#define DIF_SUBR_COPYIN              8
#define DIF_SUBR_COPYINSTR           9
#define DIF_SUBR_SPECULATION         10
#define DIF_SUBR_PROGENYOF           11
#define DIF_SUBR_STRLEN              12
#define DIF_SUBR_COPYOUT             13
#define DIF_SUBR_COPYOUTSTR          14
#define DIF_SUBR_ALLOCA              15
#define DIF_SUBR_BCOPY               16
#define DIF_SUBR_COPYINTO            17
#define DIF_SUBR_MSGDSIZE            18
#define DIF_SUBR_MSGSIZE             19
#define DIF_SUBR_GETMAJOR            20
#define DIF_SUBR_GETMINOR            21
#define DIF_SUBR_DDI_PATHNAME        22
#define DIF_SUBR_STRJOIN             23
#define DIF_SUBR_LLTOSTR             24
#define DIF_SUBR_BASENAME            25
#define DIF_SUBR_DIRNAME             26
#define DIF_SUBR_CLEANPATH           27
#define DIF_SUBR_STRCHR              28
#define DIF_SUBR_STRRCHR             29
#define DIF_SUBR_STRSTR              30
#define DIF_SUBR_STRTOK              31
#define DIF_SUBR_SUBSTR              32
#define DIF_SUBR_INDEX               33
#define DIF_SUBR_RINDEX              34
#define DIF_SUBR_HTONS               35
#define DIF_SUBR_HTONL               36
#define DIF_SUBR_HTONLL              37
#define DIF_SUBR_NTOHS               38
#define DIF_SUBR_NTOHL               39
#define DIF_SUBR_NTOHLL              40
#define DIF_SUBR_INET_NTOP           41
#define DIF_SUBR_INET_NTOA           42
#define DIF_SUBR_INET_NTOA6          43
#define DIF_SUBR_TOUPPER             44
#define DIF_SUBR_TOLOWER             45
#define DIF_SUBR_GETF                46
#define DIF_SUBR_JSON                47
#define DIF_SUBR_STRTOLL             48
#define DIF_SUBR_MAX                 48

#ifdef __cplusplus
}
#endif
#endif
