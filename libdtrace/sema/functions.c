/*
 * functions.c - the table of D's functions (language.md parts 5 and 6.1).
 *
 * Prototypes are D types in D's own notation: [x] optional, @ any type, ... the rest
 * is checked by the function's own code.  They are read when a call is typed.
 */
#include "functions.h"

#include <string.h>

#define V(major, minor, micro) ((uint32_t)(major) << 24 | (minor) << 12 | (micro))
#define V10                    V(1, 0, 0)

#define SUBR(f, name, proto, min, max, ver)                                                                    \
	{                                                                                                      \
		name, f, DT_FK_SUBR, proto, min, max, true, false, ver                                         \
	}
#define ACT(f, name, proto, min, max, ver)                                                                     \
	{                                                                                                      \
		name, f, DT_FK_ACT, proto, min, max, true, false, ver                                          \
	}
#define AGG(f, name, proto, min, max, ver)                                                                     \
	{                                                                                                      \
		name, f, DT_FK_AGG, proto, min, max, true, false, ver                                          \
	}
/* Known to the language, without a counterpart on Linux: a call is refused. */
#define NOSUBR(f, name, proto, min, max, ver)                                                                  \
	{                                                                                                      \
		name, f, DT_FK_SUBR, proto, min, max, false, false, ver                                        \
	}
#define DESTR(f, kind, name, proto, min, max, ver)                                                             \
	{                                                                                                      \
		name, f, kind, proto, min, max, true, true, ver                                                \
	}

static const dt_funcdesc_t table[DT_F_MAX_] = {
    [DT_F_ALLOCA] = SUBR(DT_F_ALLOCA, "alloca", "void *(size_t)", 1, 1, V10),
    [DT_F_BASENAME] = SUBR(DT_F_BASENAME, "basename", "string (const char *)", 1, 1, V10),
    [DT_F_BCOPY] = SUBR(DT_F_BCOPY, "bcopy", "void (void *, void *, size_t)", 3, 3, V10),
    [DT_F_CLEANPATH] = SUBR(DT_F_CLEANPATH, "cleanpath", "string (const char *)", 1, 1, V10),
    [DT_F_COPYIN] = SUBR(DT_F_COPYIN, "copyin", "void *(uintptr_t, size_t)", 2, 2, V10),
    [DT_F_COPYINSTR] = SUBR(DT_F_COPYINSTR, "copyinstr", "string (uintptr_t, [size_t])", 1, 2, V10),
    [DT_F_COPYINTO] = SUBR(DT_F_COPYINTO, "copyinto", "void (uintptr_t, size_t, void *)", 3, 3, V10),
    [DT_F_COPYOUT] = DESTR(DT_F_COPYOUT, DT_FK_SUBR, "copyout", "void (void *, uintptr_t, size_t)", 3, 3, V10),
    [DT_F_COPYOUTSTR] =
	DESTR(DT_F_COPYOUTSTR, DT_FK_SUBR, "copyoutstr", "void (char *, uintptr_t, size_t)", 3, 3, V10),
    [DT_F_D_PATH] = SUBR(DT_F_D_PATH, "d_path", "string (struct path *)", 1, 1, V10),
    [DT_F_DDI_PATHNAME] = NOSUBR(DT_F_DDI_PATHNAME, "ddi_pathname", "string (void *, int64_t)", 2, 2, V10),
    [DT_F_DIRNAME] = SUBR(DT_F_DIRNAME, "dirname", "string (const char *)", 1, 1, V10),
    [DT_F_GETF] = SUBR(DT_F_GETF, "getf", "struct file *(int)", 1, 1, V(1, 10, 0)),
    [DT_F_GETMAJOR] = SUBR(DT_F_GETMAJOR, "getmajor", "uint32_t (uint32_t)", 1, 1, V10),
    [DT_F_GETMINOR] = SUBR(DT_F_GETMINOR, "getminor", "uint32_t (uint32_t)", 1, 1, V10),
    [DT_F_HTONL] = SUBR(DT_F_HTONL, "htonl", "uint32_t (uint32_t)", 1, 1, V(1, 3, 0)),
    [DT_F_HTONLL] = SUBR(DT_F_HTONLL, "htonll", "uint64_t (uint64_t)", 1, 1, V(1, 3, 0)),
    [DT_F_HTONS] = SUBR(DT_F_HTONS, "htons", "uint16_t (uint16_t)", 1, 1, V(1, 3, 0)),
    [DT_F_INDEX] = SUBR(DT_F_INDEX, "index", "int (const char *, const char *, [int])", 2, 3, V(1, 1, 0)),
    [DT_F_INET_NTOA] = SUBR(DT_F_INET_NTOA, "inet_ntoa", "string (ipaddr_t *)", 1, 1, V(1, 5, 0)),
    [DT_F_INET_NTOA6] =
	SUBR(DT_F_INET_NTOA6, "inet_ntoa6", "string (struct in6_addr *, [int])", 1, 2, V(1, 5, 0)),
    [DT_F_INET_NTOP] = SUBR(DT_F_INET_NTOP, "inet_ntop", "string (int, void *)", 2, 2, V(1, 5, 0)),
    [DT_F_JSON] = SUBR(DT_F_JSON, "json", "string (const char *, const char *)", 2, 2, V(1, 11, 0)),
    [DT_F_LINK_NTOP] = SUBR(DT_F_LINK_NTOP, "link_ntop", "string (int, void *)", 2, 2, V(1, 5, 0)),
    [DT_F_LLTOSTR] = SUBR(DT_F_LLTOSTR, "lltostr", "string (int64_t, [int])", 1, 2, V10),
    [DT_F_MEMREF] = SUBR(DT_F_MEMREF, "memref", "uintptr_t * (void *, size_t)", 2, 2, V(1, 1, 0)),
    [DT_F_MEMSTR] = SUBR(DT_F_MEMSTR, "memstr", "string (void *, char, size_t)", 3, 3, V10),
    [DT_F_MSGDSIZE] = NOSUBR(DT_F_MSGDSIZE, "msgdsize", "size_t (void *)", 1, 1, V10),
    [DT_F_MSGSIZE] = NOSUBR(DT_F_MSGSIZE, "msgsize", "size_t (void *)", 1, 1, V10),
    [DT_F_MUTEX_OWNED] = SUBR(DT_F_MUTEX_OWNED, "mutex_owned", "int (struct mutex *)", 1, 1, V10),
    [DT_F_MUTEX_OWNER] =
	SUBR(DT_F_MUTEX_OWNER, "mutex_owner", "struct task_struct *(struct mutex *)", 1, 1, V10),
    [DT_F_MUTEX_TYPE_ADAPTIVE] =
	SUBR(DT_F_MUTEX_TYPE_ADAPTIVE, "mutex_type_adaptive", "int (struct mutex *)", 1, 1, V10),
    [DT_F_MUTEX_TYPE_SPIN] = SUBR(DT_F_MUTEX_TYPE_SPIN, "mutex_type_spin", "int (struct mutex *)", 1, 1, V10),
    [DT_F_NTOHL] = SUBR(DT_F_NTOHL, "ntohl", "uint32_t (uint32_t)", 1, 1, V(1, 3, 0)),
    [DT_F_NTOHLL] = SUBR(DT_F_NTOHLL, "ntohll", "uint64_t (uint64_t)", 1, 1, V(1, 3, 0)),
    [DT_F_NTOHS] = SUBR(DT_F_NTOHS, "ntohs", "uint16_t (uint16_t)", 1, 1, V(1, 3, 0)),
    [DT_F_PROGENYOF] = SUBR(DT_F_PROGENYOF, "progenyof", "int (pid_t)", 1, 1, V10),
    [DT_F_RAND] = SUBR(DT_F_RAND, "rand", "int ()", 0, 0, V10),
    [DT_F_RINDEX] = SUBR(DT_F_RINDEX, "rindex", "int (const char *, const char *, [int])", 2, 3, V(1, 1, 0)),
    [DT_F_RW_ISWRITER] = SUBR(DT_F_RW_ISWRITER, "rw_iswriter", "int (rwlock_t *)", 1, 1, V10),
    [DT_F_RW_READ_HELD] = SUBR(DT_F_RW_READ_HELD, "rw_read_held", "int (rwlock_t *)", 1, 1, V10),
    [DT_F_RW_WRITE_HELD] = SUBR(DT_F_RW_WRITE_HELD, "rw_write_held", "int (rwlock_t *)", 1, 1, V10),
    [DT_F_SPECULATION] = SUBR(DT_F_SPECULATION, "speculation", "int ()", 0, 0, V10),
    [DT_F_STRCHR] = SUBR(DT_F_STRCHR, "strchr", "string (const char *, char)", 2, 2, V(1, 1, 0)),
    [DT_F_STRJOIN] = SUBR(DT_F_STRJOIN, "strjoin", "string (const char *, const char *)", 2, 2, V10),
    [DT_F_STRLEN] = SUBR(DT_F_STRLEN, "strlen", "size_t (const char *)", 1, 1, V10),
    [DT_F_STRRCHR] = SUBR(DT_F_STRRCHR, "strrchr", "string (const char *, char)", 2, 2, V(1, 1, 0)),
    [DT_F_STRSTR] = SUBR(DT_F_STRSTR, "strstr", "string (const char *, const char *)", 2, 2, V(1, 1, 0)),
    [DT_F_STRTOK] = SUBR(DT_F_STRTOK, "strtok", "string (const char *, const char *)", 2, 2, V(1, 1, 0)),
    [DT_F_STRTOLL] = SUBR(DT_F_STRTOLL, "strtoll", "int64_t (const char *, [int])", 1, 2, V(1, 11, 0)),
    [DT_F_SUBSTR] = SUBR(DT_F_SUBSTR, "substr", "string (const char *, int, [int])", 2, 3, V(1, 1, 0)),
    [DT_F_TOLOWER] = SUBR(DT_F_TOLOWER, "tolower", "string (const char *)", 1, 1, V(1, 8, 0)),
    [DT_F_TOUPPER] = SUBR(DT_F_TOUPPER, "toupper", "string (const char *)", 1, 1, V(1, 8, 0)),

    /* task or file; what: see gen_task.c */
    [DT_F_X_ARGS] = SUBR(DT_F_X_ARGS, "__dt_args", "string (struct task_struct *, int)", 2, 2, V10),
    [DT_F_X_ARGV] = SUBR(DT_F_X_ARGV, "__dt_argv", "uint64_t (struct task_struct *, int)", 2, 2, V10),
    [DT_F_X_CPU] = SUBR(DT_F_X_CPU, "__dt_cpu", "int (int, int)", 2, 2, V10),
    [DT_F_X_BIO] = SUBR(DT_F_X_BIO, "__dt_bio", "uintptr_t (struct bio *, int)", 2, 2, V10),
    [DT_F_X_STATNAME] = SUBR(DT_F_X_STATNAME, "__dt_statname", "string (struct block_device *)", 1, 1, V10),
    [DT_F_X_DRIVER] = SUBR(DT_F_X_DRIVER, "__dt_driver", "string (int)", 1, 1, V10),
    [DT_F_X_ENUM] = SUBR(DT_F_X_ENUM, "__dt_enum", "int64_t (const char *, int)", 2, 2, V10),
    [DT_F_X_FILE] = SUBR(DT_F_X_FILE, "__dt_file", "struct file *(int)", 1, 1, V10),
    [DT_F_X_LEAVING] = SUBR(DT_F_X_LEAVING, "__dt_leaving", "int64_t ()", 0, 0, V10),
    [DT_F_X_MODEL] = SUBR(DT_F_X_MODEL, "__dt_model", "string ()", 0, 0, V10),
    [DT_F_X_PACKET] = SUBR(DT_F_X_PACKET, "__dt_packet", "uintptr_t (const struct sk_buff *, int)", 2, 2, V10),
    [DT_F_X_PATH] = SUBR(DT_F_X_PATH, "__dt_path", "string (void *, int)", 2, 2, V10),
    [DT_F_X_RSS] = SUBR(DT_F_X_RSS, "__dt_rss", "int64_t (struct mm_struct *)", 1, 1, V10),
    [DT_F_X_SOCK] = SUBR(DT_F_X_SOCK, "__dt_sock", "uint64_t (const struct sock *, int)", 2, 2, V10),
    [DT_F_X_SOCKADDR] = SUBR(DT_F_X_SOCKADDR, "__dt_sockaddr", "string (uintptr_t, int)", 2, 2, V10),
    [DT_F_X_SUSPENDED] = SUBR(DT_F_X_SUSPENDED, "__dt_suspended", "int64_t ()", 0, 0, V10),
    [DT_F_X_SYSCALL] = SUBR(DT_F_X_SYSCALL, "__dt_syscall", "int (struct task_struct *)", 1, 1, V10),
    [DT_F_X_TASK] = SUBR(DT_F_X_TASK, "__dt_task", "struct task_struct *(pid_t)", 1, 1, V10),

    [DT_F_TRACE] = ACT(DT_F_TRACE, "trace", "void (@)", 1, 1, V10),
    [DT_F_TRACEMEM] = ACT(DT_F_TRACEMEM, "tracemem", "void (...)", 2, 3, V10),
    [DT_F_PRINTM] = ACT(DT_F_PRINTM, "printm", "void (size_t, uintptr_t *)", 2, 2, V(1, 1, 0)),
    [DT_F_PRINT] = ACT(DT_F_PRINT, "print", "void (@)", 1, 1, V(1, 9, 0)),
    [DT_F_PRINTF] = ACT(DT_F_PRINTF, "printf", "void (...)", 1, -1, V10),
    [DT_F_PRINTA] = ACT(DT_F_PRINTA, "printa", "void (...)", 1, -1, V10),
    [DT_F_STACK] = ACT(DT_F_STACK, "stack", "stack (...)", 0, 1, V10),
    [DT_F_USTACK] = ACT(DT_F_USTACK, "ustack", "stack (...)", 0, 2, V10),
    [DT_F_JSTACK] = ACT(DT_F_JSTACK, "jstack", "stack (...)", 0, 2, V10),
    [DT_F_SYM] = ACT(DT_F_SYM, "sym", "_symaddr (uintptr_t)", 1, 1, V(1, 2, 0)),
    [DT_F_FUNC] = ACT(DT_F_FUNC, "func", "_symaddr (uintptr_t)", 1, 1, V(1, 2, 0)),
    [DT_F_MOD] = ACT(DT_F_MOD, "mod", "_symaddr (uintptr_t)", 1, 1, V(1, 2, 0)),
    [DT_F_USYM] = ACT(DT_F_USYM, "usym", "_usymaddr (uintptr_t)", 1, 1, V(1, 2, 0)),
    [DT_F_UFUNC] = ACT(DT_F_UFUNC, "ufunc", "_usymaddr (uintptr_t)", 1, 1, V(1, 2, 0)),
    [DT_F_UMOD] = ACT(DT_F_UMOD, "umod", "_usymaddr (uintptr_t)", 1, 1, V(1, 2, 0)),
    [DT_F_UADDR] = ACT(DT_F_UADDR, "uaddr", "_usymaddr (uintptr_t)", 1, 1, V(1, 2, 0)),
    [DT_F_CLEAR] = ACT(DT_F_CLEAR, "clear", "void (...)", 1, 1, V10),
    [DT_F_TRUNC] = ACT(DT_F_TRUNC, "trunc", "void (...)", 1, 2, V10),
    [DT_F_NORMALIZE] = ACT(DT_F_NORMALIZE, "normalize", "void (...)", 2, 2, V10),
    [DT_F_DENORMALIZE] = ACT(DT_F_DENORMALIZE, "denormalize", "void (...)", 1, 1, V10),
    [DT_F_SETOPT] = ACT(DT_F_SETOPT, "setopt", "void (const char *, [const char *])", 1, 2, V(1, 2, 0)),
    [DT_F_SYSTEM] = DESTR(DT_F_SYSTEM, DT_FK_ACT, "system", "void (...)", 1, -1, V10),
    [DT_F_FREOPEN] = DESTR(DT_F_FREOPEN, DT_FK_ACT, "freopen", "void (...)", 1, -1, V(1, 1, 0)),
    [DT_F_FTRUNCATE] = ACT(DT_F_FTRUNCATE, "ftruncate", "void ()", 0, 0, V10),
    [DT_F_EXIT] = ACT(DT_F_EXIT, "exit", "void (int)", 1, 1, V10),

    [DT_F_SPECULATE] = ACT(DT_F_SPECULATE, "speculate", "void (int)", 1, 1, V10),
    [DT_F_COMMIT] = ACT(DT_F_COMMIT, "commit", "void (int)", 1, 1, V10),
    [DT_F_DISCARD] = ACT(DT_F_DISCARD, "discard", "void (int)", 1, 1, V10),
    [DT_F_STOP] = DESTR(DT_F_STOP, DT_FK_ACT, "stop", "void ()", 0, 0, V10),
    [DT_F_RAISE] = DESTR(DT_F_RAISE, DT_FK_ACT, "raise", "void (int)", 1, 1, V10),
    [DT_F_BREAKPOINT] = DESTR(DT_F_BREAKPOINT, DT_FK_ACT, "breakpoint", "void ()", 0, 0, V10),
    [DT_F_PANIC] = DESTR(DT_F_PANIC, DT_FK_ACT, "panic", "void ()", 0, 0, V10),
    [DT_F_CHILL] = DESTR(DT_F_CHILL, DT_FK_ACT, "chill", "void (int)", 1, 1, V10),

    [DT_F_COUNT] = AGG(DT_F_COUNT, "count", "void ()", 0, 0, V10),
    [DT_F_SUM] = AGG(DT_F_SUM, "sum", "void (...)", 1, 1, V10),
    [DT_F_AVG] = AGG(DT_F_AVG, "avg", "void (...)", 1, 1, V10),
    [DT_F_MIN] = AGG(DT_F_MIN, "min", "void (...)", 1, 1, V10),
    [DT_F_MAX] = AGG(DT_F_MAX, "max", "void (...)", 1, 1, V10),
    [DT_F_STDDEV] = AGG(DT_F_STDDEV, "stddev", "void (...)", 1, 1, V(1, 6, 0)),
    [DT_F_QUANTIZE] = AGG(DT_F_QUANTIZE, "quantize", "void (...)", 1, 2, V10),
    [DT_F_LQUANTIZE] = AGG(DT_F_LQUANTIZE, "lquantize", "void (...)", 3, 5, V10),
    [DT_F_LLQUANTIZE] = AGG(DT_F_LLQUANTIZE, "llquantize", "void (...)", 5, 6, V(1, 7, 0)),
};

const dt_funcdesc_t *
dt_funcdesc(dt_func_t f)
{
	return f > DT_F_NONE && f < DT_F_MAX_ ? &table[f] : NULL;
}

const dt_funcdesc_t *
dt_func_byname(const char *name)
{
	for (int f = DT_F_NONE + 1; f < DT_F_MAX_; f++)
		if (strcmp(table[f].name, name) == 0)
			return &table[f];
	return NULL;
}

int
dt_func_keyact(int func)
{
	switch (func) {
	case DT_F_STACK:
		return DTRACEACT_STACK;
	case DT_F_USTACK:
		return DTRACEACT_USTACK;
	case DT_F_JSTACK:
		return DTRACEACT_JSTACK;
	case DT_F_SYM:
	case DT_F_FUNC:
		return DTRACEACT_SYM;
	case DT_F_MOD:
		return DTRACEACT_MOD;
	case DT_F_USYM:
	case DT_F_UFUNC:
		return DTRACEACT_USYM;
	case DT_F_UMOD:
		return DTRACEACT_UMOD;
	case DT_F_UADDR:
		return DTRACEACT_UADDR;
	default:
		return 0;
	}
}
