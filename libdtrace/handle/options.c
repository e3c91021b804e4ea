/*
 * options.c - every option of -x, #pragma D option, setopt() and dtrace_setopt().
 *
 * One table names all of them: when each may be set, what its value is, where it goes.
 * An option that means nothing on this system is taken and has no effect; one that asks
 * for something that is not there is refused with the reason.  Spec: language.md part 9.
 */
#include "../runtime/rt.h"
#include "../syntax/cpp.h"
#include "../syntax/library.h"
#include "../types/types.h"
#include "handle.h"
#include "optval.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define NSEC  1000000000ULL
#define NOMAX UINT64_MAX

typedef enum when {
	COMPILE,           /* before or while compiling */
	COMPILE_NOTPRAGMA, /* the same, but not from a D program */
	RUN,               /* before tracing starts */
	DYNAMIC            /* any time */
} when_t;

typedef enum kind {
	FLAG,
	NUMBER,
	SIZE,
	RATE,
	WORD,    /* stored as its place in the list `text` */
	CFLAG,   /* flag: sets bits `arg` in cflags */
	NOCFLAG, /* flag: clears them */
	TEXT,    /* any text, no effect */
	CALL,    /* fn() */
	REFUSED  /* `text` says why */
} kind_t;

typedef struct optdesc {
	const char *name;
	when_t when;
	kind_t kind;
	int arg; /* enum dt_opt, or -1: no effect here; CFLAG: bits */
	uint64_t min, max;
	const char *text;
	int (*fn)(dtrace_hdl_t *, const struct optdesc *, const char *);
} optdesc_t;

static int
bad_value(dtrace_hdl_t *dtp)
{
	return dt_set_errno(dtp, EDT_BADOPTVAL);
}

static int
set_amin(dtrace_hdl_t *dtp, const optdesc_t *o, const char *val)
{
	(void)o;
	if (dtrace_str2attr(val, &dtp->amin) != 0)
		return bad_value(dtp);
	dtp->cflags |= DTRACE_C_EATTR;
	return 0;
}

/* The versions of the D language there have been, in order (language.md 10.6). */
static int
set_version(dtrace_hdl_t *dtp, const optdesc_t *o, const char *val)
{
	static const char known[] =
	    "1.0 1.1 1.2 1.2.1 1.2.2 1.3 1.4 1.4.1 1.5 1.6 1.6.1 1.6.2 1.6.3 1.6.4 1.7 1.7.1 1.8 1.8.1 1.9 "
	    "1.9.1 1.10 1.11 1.12 1.12.1 1.13 1.14 1.14.1 1.15 1.16 1.17 1.18 1.19 2.0 2.0.1";
	(void)o;
	uint32_t version;
	uint64_t place;
	if (!dt_optval_version(val, &version))
		return dt_set_errno(dtp, EDT_VERSINVAL);
	if (!dt_optval_word(val, known, &place))
		return dt_set_errno(dtp, EDT_VERSUNDEF);
	if (dtp->version != UINT32_MAX && version < dtp->version)
		return dt_set_errno(dtp, EDT_VERSREDUCED);
	dtp->version = version;
	return 0;
}

static int
set_childenv(dtrace_hdl_t *dtp, const optdesc_t *o, const char *val)
{
	bool unset = strcmp(o->name, "unsetenv") == 0;
	if (!val || !*val || *val == '=' || unset == (strchr(val, '=') != NULL))
		return bad_value(dtp);
	*dt_vec_push(&dtp->childenv) = dt_arena_strdup(dtp->arena, val);
	return 0;
}

static int
set_bool(dtrace_hdl_t *dtp, const optdesc_t *o, const char *val)
{
	bool on;
	if (!dt_optval_flag(val, &on))
		return bad_value(dtp);
	if (strcmp(o->name, "droptags") == 0)
		dtp->droptags = on;
	else if (strcmp(o->name, "quietresize") == 0)
		dtp->quietresize = on;
	else
		dt_debug_enable(on);
	return 0;
}

static int
set_cpp(dtrace_hdl_t *dtp, const optdesc_t *o, const char *val)
{
	return dt_cpp_setopt(dtp, o->name, val);
}

static int
set_strsize(dtrace_hdl_t *dtp, const optdesc_t *o, const char *val)
{
	uint64_t n;
	if (!dt_optval_size(val, &n) || n < 2)
		return bad_value(dtp);
	if (n > DT_STRMAX)
		return dt_set_error(dtp, EDT_BADOPTVAL, "%s: strings may be at most %d bytes long here",
				    dtrace_errmsg(NULL, EDT_BADOPTVAL), DT_STRMAX);
	dtp->opt[o->arg] = n;
	if (dtp->types)
		dt_types_set_strsize(dtp, (uint32_t)n);
	return 0;
}

static int
set_libdir(dtrace_hdl_t *dtp, const optdesc_t *o, const char *val)
{
	if (!val || !*val)
		return bad_value(dtp);
	return strcmp(o->name, "libdir") == 0 ? dt_libs_adddir(dtp, val) : dt_libs_setsys(dtp, val);
}

static int
set_cpu(dtrace_hdl_t *dtp, const optdesc_t *o, const char *val)
{
	uint64_t n;
	if (!val || !dt_optval_number(val, &n) || n >= (uint64_t)sysconf(_SC_NPROCESSORS_CONF))
		return bad_value(dtp);
	dtp->opt[o->arg] = n;
	return 0;
}

static int
set_encoding(dtrace_hdl_t *dtp, const optdesc_t *o, const char *val)
{
	uint64_t place;
	if (!dt_optval_word(val, o->text, &place))
		return bad_value(dtp);
	dtp->encoding = place == 0 ? DT_ENC_ASCII : DT_ENC_UTF8;
	return 0;
}

/* FORMAT[,pretty] */
static int
set_oformat(dtrace_hdl_t *dtp, const optdesc_t *o, const char *val)
{
	uint64_t place;
	char word[16] = "";
	size_t n = val ? strcspn(val, ",") : 0;
	if (val)
		snprintf(word, sizeof(word), "%.*s", (int)n, val);
	if (!dt_optval_word(word, o->text, &place) || (val[n] && strcmp(val + n, ",pretty") != 0))
		return bad_value(dtp);
	dtp->oformat = (int)place; /* in the order of dt_docformat_t */
	dtp->opretty = val[n] != '\0';
	return 0;
}

#define NEEDS_BTF "types and modules are always those of the running kernel"

/* In order of names. */
static const optdesc_t options[] = {
    {"agghist", DYNAMIC, FLAG, DT_OPT_AGGHIST, 0, 0, NULL, NULL},
    {"aggpack", DYNAMIC, FLAG, DT_OPT_AGGPACK, 0, 0, NULL, NULL},
    {"aggpercpu", COMPILE, FLAG, DT_OPT_AGGPERCPU, 0, 0, NULL, NULL},
    {"aggrate", DYNAMIC, RATE, DT_OPT_AGGRATE, 0, NOMAX, NULL, NULL},
    {"aggsize", RUN, SIZE, DT_OPT_AGGSIZE, 1, NOMAX, NULL, NULL},
    {"aggsortkey", DYNAMIC, FLAG, DT_OPT_AGGSORTKEY, 0, 0, NULL, NULL},
    {"aggsortkeypos", DYNAMIC, NUMBER, DT_OPT_AGGSORTKEYPOS, 0, NOMAX, NULL, NULL},
    {"aggsortpos", DYNAMIC, NUMBER, DT_OPT_AGGSORTPOS, 0, NOMAX, NULL, NULL},
    {"aggsortrev", DYNAMIC, FLAG, DT_OPT_AGGSORTREV, 0, 0, NULL, NULL},
    {"aggzoom", DYNAMIC, FLAG, DT_OPT_AGGZOOM, 0, 0, NULL, NULL},
    {"amin", COMPILE, CALL, 0, 0, 0, NULL, set_amin},
    {"arch", COMPILE, REFUSED, 0, 0, 0, "programs are always compiled for this machine", NULL},
    {"archlibdir", COMPILE, TEXT, -1, 0, 0, NULL, NULL},
    {"argref", COMPILE, CFLAG, DTRACE_C_ARGREF, 0, 0, NULL, NULL},
    {"bpflog", RUN, REFUSED, 0, 0, 0, "set DTRACE_DEBUG=1 in the environment instead", NULL},
    {"bpflogsize", RUN, SIZE, -1, 0, NOMAX, NULL, NULL},
    {"buflimit", RUN, NUMBER, DT_OPT_BUFLIMIT, 1, 100, NULL, NULL},
    {"bufpolicy", RUN, WORD, DT_OPT_BUFPOLICY, 0, 0, "switch fill ring", NULL},
    {"bufresize", RUN, WORD, DT_OPT_BUFRESIZE, 0, 0, "auto manual", NULL},
    {"bufsize", RUN, SIZE, DT_OPT_BUFSIZE, 1, NOMAX, NULL, NULL},
    {"cleanrate", RUN, RATE, DT_OPT_CLEANRATE, 0, NOMAX, NULL, NULL},
    {"core", COMPILE, FLAG, DT_OPT_CORE, 0, 0, NULL, NULL},
    {"cpp", COMPILE, CFLAG, DTRACE_C_CPP, 0, 0, NULL, NULL},
    {"cppargs", COMPILE_NOTPRAGMA, CALL, 0, 0, 0, NULL, set_cpp},
    {"cpphdrs", COMPILE_NOTPRAGMA, CALL, 0, 0, 0, NULL, set_cpp},
    {"cpppath", COMPILE_NOTPRAGMA, CALL, 0, 0, 0, NULL, set_cpp},
    {"cpu", RUN, CALL, DT_OPT_CPU, 0, 0, NULL, set_cpu},
    {"ctfpath", COMPILE_NOTPRAGMA, REFUSED, 0, 0, 0, NEEDS_BTF, NULL},
    {"ctypes", COMPILE, REFUSED, 0, 0, 0, "writing type containers is not supported", NULL},
    {"debug", COMPILE, CALL, 0, 0, 0, NULL, set_bool},
    {"debugassert", COMPILE, TEXT, -1, 0, 0, NULL, NULL},
    {"defaultargs", COMPILE, CFLAG, DTRACE_C_DEFARG, 0, 0, NULL, NULL},
    {"define", COMPILE_NOTPRAGMA, CALL, 0, 0, 0, NULL, set_cpp},
    {"destructive", RUN, FLAG, DT_OPT_DESTRUCTIVE, 0, 0, NULL, NULL},
    {"disallow_dsym", COMPILE, FLAG, -1, 0, 0, NULL, NULL},
    {"disasm", COMPILE, NUMBER, -1, 0, NOMAX, NULL, NULL},
    {"dofstashpath", COMPILE, TEXT, -1, 0, 0, NULL, NULL},
    {"droptags", COMPILE, CALL, 0, 0, 0, NULL, set_bool},
    {"dtypes", COMPILE, REFUSED, 0, 0, 0, "writing type containers is not supported", NULL},
    {"dynvarsize", RUN, SIZE, DT_OPT_DYNVARSIZE, 1, NOMAX, NULL, NULL},
    {"empty", COMPILE, CFLAG, DTRACE_C_EMPTY, 0, 0, NULL, NULL},
    {"encoding", COMPILE, CALL, 0, 0, 0, "ascii utf8", set_encoding},
    {"errexit", RUN, REFUSED, 0, 0, 0, "ending at the first error is not supported", NULL},
    {"errtags", COMPILE, CFLAG, DTRACE_C_ETAGS, 0, 0, NULL, NULL},
    {"evaltime", COMPILE, WORD, DT_OPT_EVALTIME, 0, 0, "exec preinit postinit main", NULL},
    {"flowindent", DYNAMIC, FLAG, DT_OPT_FLOWINDENT, 0, 0, NULL, NULL},
    {"grabanon", RUN, REFUSED, 0, 0, 0, "there is no anonymous tracing here", NULL},
    {"incdir", COMPILE_NOTPRAGMA, CALL, 0, 0, 0, NULL, set_cpp},
    {"iregs", COMPILE, NUMBER, -1, 0, NOMAX, NULL, NULL},
    {"jstackframes", RUN, NUMBER, DT_OPT_JSTACKFRAMES, 1, NOMAX, NULL, NULL},
    {"jstackstrsize", RUN, SIZE, DT_OPT_JSTACKSTRSIZE, 0, NOMAX, NULL, NULL},
    {"kdefs", COMPILE, NOCFLAG, DTRACE_C_KNODEF, 0, 0, NULL, NULL},
    {"knodefs", COMPILE, CFLAG, DTRACE_C_KNODEF, 0, 0, NULL, NULL},
    {"late", COMPILE, WORD, -1, 0, 0, "dynamic static", NULL},
    {"lazyload", COMPILE, FLAG, -1, 0, 0, NULL, NULL},
    {"ldpath", COMPILE_NOTPRAGMA, TEXT, -1, 0, 0, NULL, NULL},
    {"libdir", COMPILE, CALL, 0, 0, 0, NULL, set_libdir},
    {"linkmode", COMPILE, WORD, -1, 0, 0, "kernel primary dynamic static", NULL},
    {"linknommap", COMPILE, FLAG, -1, 0, 0, NULL, NULL},
    {"linktype", COMPILE, WORD, -1, 0, 0, "elf dof", NULL},
    {"lockmem", COMPILE_NOTPRAGMA, TEXT, -1, 0, 0, NULL, NULL},
    {"mangled", COMPILE, FLAG, -1, 0, 0, NULL, NULL},
    {"maxframes", RUN, NUMBER, DT_OPT_MAXFRAMES, 1, NOMAX, NULL, NULL},
    {"modpath", COMPILE_NOTPRAGMA, REFUSED, 0, 0, 0, NEEDS_BTF, NULL},
    {"noerror", COMPILE, FLAG, -1, 0, 0, NULL, NULL},
    {"nojtanalysis", COMPILE, FLAG, -1, 0, 0, NULL, NULL},
    {"nolibs", COMPILE, CFLAG, DTRACE_C_NOLIBS, 0, 0, NULL, NULL},
    {"noresolve", RUN, FLAG, DT_OPT_NORESOLVE, 0, 0, NULL, NULL},
    {"nspec", RUN, NUMBER, DT_OPT_NSPEC, 0, 65536, NULL, NULL},
    {"objcopypath", COMPILE_NOTPRAGMA, TEXT, -1, 0, 0, NULL, NULL},
    {"oformat", COMPILE, CALL, 0, 0, 0, "text json xml html", set_oformat},
    {"pcapsize", RUN, SIZE, -1, 1, 65535, NULL, NULL},
    {"pgmax", COMPILE, NUMBER, -1, 0, NOMAX, NULL, NULL},
    {"preallocate", COMPILE, SIZE, -1, 0, NOMAX, NULL, NULL},
    {"printsize", DYNAMIC, SIZE, -1, 0, 65536, NULL, NULL},
    {"procfspath", COMPILE_NOTPRAGMA, REFUSED, 0, 0, 0, "/proc is always used", NULL},
    {"pspec", COMPILE, CFLAG, DTRACE_C_PSPEC, 0, 0, NULL, NULL},
    {"quiet", DYNAMIC, FLAG, DT_OPT_QUIET, 0, 0, NULL, NULL},
    {"quietresize", DYNAMIC, CALL, 0, 0, 0, NULL, set_bool},
    {"rawbytes", DYNAMIC, FLAG, DT_OPT_RAWBYTES, 0, 0, NULL, NULL},
    {"scratchsize", RUN, SIZE, -1, 0, NOMAX, NULL, NULL},
    {"setenv", COMPILE_NOTPRAGMA, CALL, 0, 0, 0, NULL, set_childenv},
    {"specsize", RUN, SIZE, DT_OPT_SPECSIZE, 1, NOMAX, NULL, NULL},
    {"stackframes", RUN, NUMBER, DT_OPT_STACKFRAMES, 1, NOMAX, NULL, NULL},
    {"stackindent", DYNAMIC, NUMBER, DT_OPT_STACKINDENT, 0, 1024, NULL, NULL},
    {"stacksymbols", DYNAMIC, FLAG, -1, 0, 0, NULL, NULL},
    {"statusrate", RUN, RATE, DT_OPT_STATUSRATE, 0, NOMAX, NULL, NULL},
    {"stdc", COMPILE_NOTPRAGMA, CALL, 0, 0, 0, NULL, set_cpp},
    {"strip", COMPILE, FLAG, -1, 0, 0, NULL, NULL},
    {"strsize", RUN, CALL, DT_OPT_STRSIZE, 0, 0, NULL, set_strsize},
    {"switchrate", DYNAMIC, RATE, DT_OPT_SWITCHRATE, 0, NOMAX, NULL, NULL},
    {"syslibdir", COMPILE, CALL, 0, 0, 0, NULL, set_libdir},
    {"sysslice", COMPILE, TEXT, -1, 0, 0, NULL, NULL},
    {"temporal", RUN, FLAG, DT_OPT_TEMPORAL, 0, 0, NULL, NULL},
    {"tree", COMPILE, REFUSED, 0, 0, 0, "printing parse trees is not supported; -S shows the code", NULL},
    {"tregs", COMPILE, NUMBER, -1, 0, NOMAX, NULL, NULL},
    {"udefs", COMPILE, NOCFLAG, DTRACE_C_UNODEF, 0, 0, NULL, NULL},
    {"undef", COMPILE_NOTPRAGMA, CALL, 0, 0, 0, NULL, set_cpp},
    {"unodefs", COMPILE, CFLAG, DTRACE_C_UNODEF, 0, 0, NULL, NULL},
    {"unsetenv", COMPILE_NOTPRAGMA, CALL, 0, 0, 0, NULL, set_childenv},
    {"uresolve", COMPILE, REFUSED, 0, 0, 0, "use -x noresolve for addresses without symbols", NULL},
    {"useruid", COMPILE, NUMBER, -1, 0, NOMAX, NULL, NULL},
    {"ustackframes", RUN, NUMBER, DT_OPT_USTACKFRAMES, 1, NOMAX, NULL, NULL},
    {"verbose", COMPILE, CFLAG, DTRACE_C_DIFV, 0, 0, NULL, NULL},
    {"version", COMPILE, CALL, 0, 0, 0, NULL, set_version},
    {"zdefs", COMPILE, CFLAG, DTRACE_C_ZDEFS, 0, 0, NULL, NULL},
    {"zone", RUN, REFUSED, 0, 0, 0, "there are no zones here", NULL},
};

static int
by_name(const void *key, const void *elem)
{
	return strcmp(key, ((const optdesc_t *)elem)->name);
}

static const optdesc_t *
find(const char *name)
{
	return bsearch(name, options, sizeof(options) / sizeof(options[0]), sizeof(options[0]), by_name);
}

static int
store(dtrace_hdl_t *dtp, const optdesc_t *o, uint64_t v)
{
	if (o->arg >= 0)
		dtp->opt[o->arg] = v;
	return 0;
}

static int
apply(dtrace_hdl_t *dtp, const optdesc_t *o, const char *val)
{
	uint64_t n;
	bool on;
	switch (o->kind) {
	case FLAG:
		return dt_optval_flag(val, &on) ? store(dtp, o, on) : bad_value(dtp);
	case NUMBER:
		return dt_optval_number(val, &n) && n >= o->min && n <= o->max ? store(dtp, o, n)
									       : bad_value(dtp);
	case SIZE:
		return dt_optval_size(val, &n) && n >= o->min && n <= o->max ? store(dtp, o, n)
									     : bad_value(dtp);
	case RATE:
		return dt_optval_rate(val, &n) ? store(dtp, o, n) : bad_value(dtp);
	case WORD:
		return dt_optval_word(val, o->text, &n) ? store(dtp, o, n) : bad_value(dtp);
	case CFLAG:
	case NOCFLAG:
		if (!dt_optval_flag(val, &on))
			return bad_value(dtp);
		if (on == (o->kind == CFLAG))
			dtp->cflags |= (uint32_t)o->arg;
		else
			dtp->cflags &= ~(uint32_t)o->arg;
		return 0;
	case TEXT:
		return 0;
	case CALL:
		return o->fn(dtp, o, val);
	case REFUSED:
		break;
	}
	return dt_set_error(dtp, EDT_BADOPTNAME, "Option %s is refused: %s", o->name, o->text);
}

int
dtrace_setopt(dtrace_hdl_t *dtp, const char *opt, const char *val)
{
	const optdesc_t *o = opt ? find(opt) : NULL;
	if (!o)
		return dt_set_errno(dtp, EDT_BADOPTNAME);
	if (dtp->active && o->when != DYNAMIC)
		return dt_set_errno(dtp, EDT_ACTIVE);
	return apply(dtp, o, val);
}

int
dt_setopt_pragma(dtrace_hdl_t *dtp, const char *opt, const char *val)
{
	const optdesc_t *o = find(opt);
	if (o && o->when == COMPILE_NOTPRAGMA)
		return dt_set_errno(dtp, EDT_BADOPTCTX);
	return dtrace_setopt(dtp, opt, val);
}

/* A flag that is off reads as unset. */
static dtrace_optval_t
value(const dtrace_hdl_t *dtp, const optdesc_t *o)
{
	if (o->arg < 0 || o->kind == REFUSED)
		return DTRACEOPT_UNSET;
	if (o->kind == FLAG && !dtp->opt[o->arg])
		return DTRACEOPT_UNSET;
	if (o->arg == DT_OPT_BUFPOLICY)
		return dtp->opt[o->arg] == DT_BUF_RING   ? DTRACEOPT_BUFPOLICY_RING
		       : dtp->opt[o->arg] == DT_BUF_FILL ? DTRACEOPT_BUFPOLICY_FILL
							 : DTRACEOPT_BUFPOLICY_SWITCH;
	return dtp->opt[o->arg];
}

int
dtrace_getopt(dtrace_hdl_t *dtp, const char *opt, dtrace_optval_t *val)
{
	const optdesc_t *o = opt ? find(opt) : NULL;
	if (!o || o->when == COMPILE || o->when == COMPILE_NOTPRAGMA)
		return dt_set_errno(dtp, EDT_BADOPTNAME);
	if (!val)
		return dt_set_errno(dtp, EINVAL);
	if (o->fn == set_bool)
		*val = dtp->quietresize ? 1 : DTRACEOPT_UNSET;
	else
		*val = value(dtp, o);
	return 0;
}

int
dt_setopt_dynamic(dtrace_hdl_t *dtp, const char *opt, const char *val, dtrace_optval_t *old,
		  dtrace_optval_t *new)
{
	const optdesc_t *o = find(opt);
	if (o && o->when != DYNAMIC)
		return dt_set_errno(dtp, EDT_ACTIVE);
	if (o && dtrace_getopt(dtp, opt, old) != 0)
		return -1;
	if (dtrace_setopt(dtp, opt, val) != 0)
		return -1;
	return dtrace_getopt(dtp, opt, new);
}

void
dt_options_init(dtrace_hdl_t *dtp)
{
	static const struct {
		enum dt_opt opt;
		uint64_t value;
	} defaults[] = {
	    {DT_OPT_AGGRATE, NSEC},
	    {DT_OPT_BUFLIMIT, DTRACEOPT_UNSET},
	    {DT_OPT_MAXFRAMES, DTRACEOPT_UNSET},
	    {DT_OPT_AGGSIZE, 4 << 20},
	    {DT_OPT_BUFSIZE, 4 << 20},
	    {DT_OPT_CLEANRATE, NSEC / 101},
	    {DT_OPT_CPU, DTRACEOPT_UNSET},
	    {DT_OPT_DYNVARSIZE, 1 << 20},
	    {DT_OPT_JSTACKFRAMES, 50},
	    {DT_OPT_JSTACKSTRSIZE, 512},
	    {DT_OPT_NSPEC, 1},
	    {DT_OPT_SPECSIZE, 32 << 10},
	    {DT_OPT_STACKFRAMES, 20},
	    {DT_OPT_STACKINDENT, 14},
	    {DT_OPT_STATUSRATE, NSEC},
	    {DT_OPT_STRSIZE, 256},
	    {DT_OPT_SWITCHRATE, NSEC},
	    {DT_OPT_EVALTIME, DTRACEOPT_UNSET},
	    {DT_OPT_TEMPORAL, 1},
	    {DT_OPT_USTACKFRAMES, 20},
	};
	memset(dtp->opt, 0, sizeof(dtp->opt));
	for (size_t i = 0; i < sizeof(defaults) / sizeof(defaults[0]); i++)
		dtp->opt[defaults[i].opt] = defaults[i].value;
	dtp->version = UINT32_MAX;
}

static void
clamp(dtrace_optval_t *v, uint64_t min, uint64_t max)
{
	if (*v < min)
		*v = min;
	if (*v > max)
		*v = max;
}

void
dt_options_settle(dtrace_hdl_t *dtp)
{
	clamp(&dtp->opt[DT_OPT_CLEANRATE], NSEC / 5000, 60 * NSEC);
	clamp(&dtp->opt[DT_OPT_STATUSRATE], NSEC / 5000, 10 * NSEC);
}
