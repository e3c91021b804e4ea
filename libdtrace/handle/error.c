/*
 * error.c - errors of the handle: numbers, texts, and where they are kept.
 *
 * An error has a number (errno below 1000, EDT_* from there) and either the fixed text of
 * that number or one composed for the occasion, kept in the handle until the next error.
 */
#include "handle.h"

#include <stdlib.h>
#include <string.h>

#define E(e) [EDT_##e - EDT_VERSION]

static const char *const texts[EDT_MAX - EDT_VERSION] = {
    E(VERSION) = "Client requested an interface version newer than the library's",
    E(VERSINVAL) = "Version is not of the form MAJOR.MINOR[.MICRO]",
    E(VERSUNDEF) = "No such version of the D language",
    E(VERSREDUCED) = "Version is lower than the one already in effect",
    E(CTF) = "Type information could not be processed",
    E(COMPILER) = "D program could not be compiled",
    E(NOTUPREG) = "Too many keys in one tuple",
    E(NOMEM) = "Out of memory",
    E(INT2BIG) = "D program uses too many integer constants",
    E(STR2BIG) = "D program uses too many string constants",
    E(NOMOD) = "Unknown module name",
    E(NOPROV) = "Unknown provider name",
    E(NOPROBE) = "No probe matches description",
    E(NOSYM) = "Unknown symbol name",
    E(NOSYMADDR) = "No symbol corresponds to address",
    E(NOTYPE) = "Unknown type name",
    E(NOVAR) = "Unknown variable name",
    E(NOAGG) = "Unknown aggregation name",
    E(BADSCOPE) = "Scope operator is not valid here",
    E(BADSPEC) = "Overspecified probe description",
    E(BADSPCV) = "Undefined macro variable in probe description",
    E(BADID) = "Unknown probe identifier",
    E(NOTLOADED) = "Module is not loaded",
    E(NOCTF) = "Module has no type information",
    E(DATAMODEL) = "Data model is not supported here",
    E(DIFVERS) = "Compiled program needs a newer kernel",
    E(BADAGG) = "Unknown aggregating function",
    E(FIO) = "Output could not be written",
    E(DIFINVAL) = "Kernel refused the program",
    E(DIFSIZE) = "Program is too large",
    E(DIFFAULT) = "Program could not be copied to the kernel",
    E(BADPROBE) = "Malformed probe description",
    E(BADPGLOB) = "Pattern is not allowed here: a full name is needed",
    E(NOSCOPE) = "Declaration scope is empty",
    E(NODECL) = "Declaration is missing",
    E(DMISMATCH) = "Record does not fit its format",
    E(DOFFSET) = "Datum lies beyond the end of its record",
    E(DALIGN) = "Datum is misaligned in its record",
    E(BADOPTNAME) = "Invalid option name",
    E(BADOPTVAL) = "Invalid value for specified option",
    E(BADOPTCTX) = "Option cannot be used from within a D program",
    E(CPPFORK) = "Preprocessor could not be started: fork failed",
    E(CPPEXEC) = "Preprocessor could not be executed",
    E(CPPENT) = "Preprocessor not found",
    E(CPPERR) = "Preprocessor failed",
    E(SYMOFLOW) = "D program refers to too many external symbols",
    E(ACTIVE) = "Operation illegal when tracing is active",
    E(DESTRUCTIVE) = "Destructive actions not allowed",
    E(NOANON) = "No anonymous tracing state",
    E(ISANON) = "Not possible for anonymous tracing state",
    E(ENDTOOBIG) = "END enablings exceed size of principal buffer",
    E(NOCONV) = "Format conversion is missing",
    E(BADCONV) = "Format conversion failed",
    E(BADERROR) = "Malformed error record",
    E(ERRABORT) = "Abort due to error",
    E(DROPABORT) = "Abort due to drop",
    E(DIRABORT) = "Abort explicitly directed",
    E(BADRVAL) = "Invalid return value from callback",
    E(BADNORMAL) = "Invalid normalization",
    E(BUFTOOSMALL) = "Enabling exceeds size of buffer",
    E(BADTRUNC) = "Invalid truncation",
    E(BUSY) = "Kernel tracing facility is busy",
    E(ACCESS) = "DTrace requires additional privileges",
    E(NOENT) = "Kernel lacks the tracing facility (BPF with BTF)",
    E(BRICKED) = "Abort due to systemic unresponsiveness",
    E(HARDWIRE) = "Providers of the kernel could not be loaded",
    E(ELFVERSION) = "libelf is too old",
    E(NOBUFFERED) = "Output is buffered, but there is no handler for it",
    E(UNSTABLE) = "Description matched an unstable set of probes",
    E(BADSETOPT) = "Invalid setopt() record",
    E(BADSTACKPC) = "Stack record has an impossible size of addresses",
    E(BADAGGVAR) = "Invalid aggregation identifier",
    E(OVERSION) = "Client requested an interface version that is no longer supported",
    E(ENABLING_ERR) = "Kernel failed to enable probes",
    E(NOPROBES) = "Object files contain no probe sites",
    E(CANTLOAD) = "Kernel module could not be loaded",
};

static const char *const faults[] = {
    [DTRACEFLT_UNKNOWN] = "unknown fault",         [DTRACEFLT_BADADDR] = "invalid address",
    [DTRACEFLT_BADALIGN] = "invalid alignment",    [DTRACEFLT_ILLOP] = "illegal operation",
    [DTRACEFLT_DIVZERO] = "divide-by-zero",        [DTRACEFLT_NOSCRATCH] = "out of scratch space",
    [DTRACEFLT_KPRIV] = "invalid kernel access",   [DTRACEFLT_UPRIV] = "invalid user access",
    [DTRACEFLT_TUPOFLOW] = "tuple stack overflow", [DTRACEFLT_BADSTACK] = "bad stack",
    [DTRACEFLT_BADSIZE] = "invalid size",          [DTRACEFLT_BADINDEX] = "index out of bounds",
};

#define S(s) [DIF_SUBR_##s]

static const char *const subrs[] = {
    S(RAND) = "rand",
    S(MUTEX_OWNED) = "mutex_owned",
    S(MUTEX_OWNER) = "mutex_owner",
    S(MUTEX_TYPE_ADAPTIVE) = "mutex_type_adaptive",
    S(MUTEX_TYPE_SPIN) = "mutex_type_spin",
    S(RW_READ_HELD) = "rw_read_held",
    S(RW_WRITE_HELD) = "rw_write_held",
    S(RW_ISWRITER) = "rw_iswriter",
    S(COPYIN) = "copyin",
    S(COPYINSTR) = "copyinstr",
    S(SPECULATION) = "speculation",
    S(PROGENYOF) = "progenyof",
    S(STRLEN) = "strlen",
    S(COPYOUT) = "copyout",
    S(COPYOUTSTR) = "copyoutstr",
    S(ALLOCA) = "alloca",
    S(BCOPY) = "bcopy",
    S(COPYINTO) = "copyinto",
    S(MSGDSIZE) = "msgdsize",
    S(MSGSIZE) = "msgsize",
    S(GETMAJOR) = "getmajor",
    S(GETMINOR) = "getminor",
    S(DDI_PATHNAME) = "ddi_pathname",
    S(STRJOIN) = "strjoin",
    S(LLTOSTR) = "lltostr",
    S(BASENAME) = "basename",
    S(DIRNAME) = "dirname",
    S(CLEANPATH) = "cleanpath",
    S(STRCHR) = "strchr",
    S(STRRCHR) = "strrchr",
    S(STRSTR) = "strstr",
    S(STRTOK) = "strtok",
    S(SUBSTR) = "substr",
    S(INDEX) = "index",
    S(RINDEX) = "rindex",
    S(HTONS) = "htons",
    S(HTONL) = "htonl",
    S(HTONLL) = "htonll",
    S(NTOHS) = "ntohs",
    S(NTOHL) = "ntohl",
    S(NTOHLL) = "ntohll",
    S(INET_NTOP) = "inet_ntop",
    S(INET_NTOA) = "inet_ntoa",
    S(INET_NTOA6) = "inet_ntoa6",
    S(TOUPPER) = "toupper",
    S(TOLOWER) = "tolower",
    S(GETF) = "getf",
    S(JSON) = "json",
    S(STRTOLL) = "strtoll",
};

int
dtrace_errno(dtrace_hdl_t *dtp)
{
	return dtp->err;
}

const char *
dtrace_errmsg(dtrace_hdl_t *dtp, int error)
{
	if (dtp && error == dtp->err && dtp->errmsg[0])
		return dtp->errmsg;
	if (error >= EDT_VERSION && error < EDT_MAX)
		return texts[error - EDT_VERSION];
	if (error > 0 && error < EDT_VERSION)
		return strerror(error);
	return "Unknown error";
}

const char *
dtrace_faultstr(dtrace_hdl_t *dtp, int fault)
{
	(void)dtp;
	if (fault == DTRACEFLT_LIBRARY)
		return "library-level fault";
	if (fault < 0 || fault >= (int)(sizeof(faults) / sizeof(faults[0])))
		fault = DTRACEFLT_UNKNOWN;
	return faults[fault];
}

const char *
dtrace_subrstr(dtrace_hdl_t *dtp, int subr)
{
	(void)dtp;
	return subr >= 0 && subr <= DIF_SUBR_MAX ? subrs[subr] : NULL;
}

int
dt_set_errno(dtrace_hdl_t *dtp, int err)
{
	dtp->err = err;
	/* These two have no fixed text: what was composed last is theirs. */
	if (err != EDT_COMPILER && err != EDT_CTF)
		dtp->errmsg[0] = '\0';
	return -1;
}

int
dt_set_error(dtrace_hdl_t *dtp, int err, const char *fmt, ...)
{
	/* An argument may be the old message itself. */
	char msg[sizeof(dtp->errmsg)];
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(msg, sizeof(msg), fmt, ap);
	va_end(ap);
	dtp->err = err;
	memcpy(dtp->errmsg, msg, sizeof(msg));
	return -1;
}

int _dtrace_debug;

void
dt_debug_enable(bool on)
{
	_dtrace_debug = on;
}

void
dt_debug(const char *fmt, ...)
{
	if (!_dtrace_debug && !getenv("DTRACE_DEBUG"))
		return;
	va_list ap;
	va_start(ap, fmt);
	fputs("libdtrace DEBUG: ", stderr);
	vfprintf(stderr, fmt, ap);
	fputc('\n', stderr);
	va_end(ap);
}
