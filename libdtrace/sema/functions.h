/*
 * functions.h - the functions of D: subroutines, actions, aggregating functions.
 */
#ifndef DT_FUNCTIONS_H
#define DT_FUNCTIONS_H

#include "../syntax/tree.h"

typedef enum dt_func {
	DT_F_NONE,
	/* subroutines (language.md 5.1 - 5.4) */
	DT_F_ALLOCA,
	DT_F_BASENAME,
	DT_F_BCOPY,
	DT_F_CLEANPATH,
	DT_F_COPYIN,
	DT_F_COPYINSTR,
	DT_F_COPYINTO,
	DT_F_COPYOUT,
	DT_F_COPYOUTSTR,
	DT_F_D_PATH,
	DT_F_DDI_PATHNAME,
	DT_F_DIRNAME,
	DT_F_GETF,
	DT_F_GETMAJOR,
	DT_F_GETMINOR,
	DT_F_HTONL,
	DT_F_HTONLL,
	DT_F_HTONS,
	DT_F_INDEX,
	DT_F_INET_NTOA,
	DT_F_INET_NTOA6,
	DT_F_INET_NTOP,
	DT_F_JSON,
	DT_F_LINK_NTOP,
	DT_F_LLTOSTR,
	DT_F_MEMREF,
	DT_F_MEMSTR,
	DT_F_MSGDSIZE,
	DT_F_MSGSIZE,
	DT_F_MUTEX_OWNED,
	DT_F_MUTEX_OWNER,
	DT_F_MUTEX_TYPE_ADAPTIVE,
	DT_F_MUTEX_TYPE_SPIN,
	DT_F_NTOHL,
	DT_F_NTOHLL,
	DT_F_NTOHS,
	DT_F_PROGENYOF,
	DT_F_RAND,
	DT_F_RINDEX,
	DT_F_RW_ISWRITER,
	DT_F_RW_READ_HELD,
	DT_F_RW_WRITE_HELD,
	DT_F_SPECULATION,
	DT_F_STRCHR,
	DT_F_STRJOIN,
	DT_F_STRLEN,
	DT_F_STRRCHR,
	DT_F_STRSTR,
	DT_F_STRTOK,
	DT_F_STRTOLL,
	DT_F_SUBSTR,
	DT_F_TOLOWER,
	DT_F_TOUPPER,
	/* what D libraries are made of: not for programs */
	DT_F_X_ARGS,
	DT_F_X_ARGV,
	DT_F_X_CPU,
	DT_F_X_FILE,
	DT_F_X_LEAVING,
	DT_F_X_MODEL,
	DT_F_X_PATH,
	DT_F_X_RSS,
	DT_F_X_SUSPENDED,
	DT_F_X_SYSCALL,
	DT_F_X_TASK,
	DT_F_X_BIO,
	DT_F_X_STATNAME,
	DT_F_X_DRIVER,
	DT_F_X_ENUM,
	DT_F_X_PACKET,
	DT_F_X_SOCK,
	DT_F_X_SOCKADDR,
	/* data-recording and consumer actions (5.5, 5.6) */
	DT_F_TRACE,
	DT_F_TRACEMEM,
	DT_F_PRINTM,
	DT_F_PRINT,
	DT_F_PRINTF,
	DT_F_PRINTA,
	DT_F_STACK,
	DT_F_USTACK,
	DT_F_JSTACK,
	DT_F_SYM,
	DT_F_FUNC,
	DT_F_MOD,
	DT_F_USYM,
	DT_F_UFUNC,
	DT_F_UMOD,
	DT_F_UADDR,
	DT_F_CLEAR,
	DT_F_TRUNC,
	DT_F_NORMALIZE,
	DT_F_DENORMALIZE,
	DT_F_SETOPT,
	DT_F_SYSTEM,
	DT_F_FREOPEN,
	DT_F_FTRUNCATE,
	DT_F_EXIT,
	/* speculation, destructive (5.7, 5.8) */
	DT_F_SPECULATE,
	DT_F_COMMIT,
	DT_F_DISCARD,
	DT_F_STOP,
	DT_F_RAISE,
	DT_F_BREAKPOINT,
	DT_F_PANIC,
	DT_F_CHILL,
	/* aggregating functions (6.1) */
	DT_F_COUNT,
	DT_F_SUM,
	DT_F_AVG,
	DT_F_MIN,
	DT_F_MAX,
	DT_F_STDDEV,
	DT_F_QUANTIZE,
	DT_F_LQUANTIZE,
	DT_F_LLQUANTIZE,
	DT_F_MAX_
} dt_func_t;

typedef enum dt_fkind {
	DT_FK_SUBR,
	DT_FK_ACT,
	DT_FK_AGG
} dt_fkind_t;

typedef struct dt_funcdesc {
	const char *name;
	dt_func_t func;
	dt_fkind_t kind;
	const char
	    *proto; /* "string (const char *, int, [int])"; "@" any type; "..." checked by its own code */
	int minargs, maxargs;
	bool implemented; /* false: Linux has no counterpart, a call is refused (D_UNKNOWN) */
	bool destructive;
	uint32_t version; /* D API version that brought it, 0x00MMmuuu style: major<<24 | minor<<12 | micro */
} dt_funcdesc_t;

const dt_funcdesc_t *dt_funcdesc(dt_func_t);
const dt_funcdesc_t *dt_func_byname(const char *name);
/* DTRACEACT_* of an action that may be a key of an aggregation, or 0. */
int dt_func_keyact(int func);

#endif
