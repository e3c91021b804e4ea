/*
 * provider.h - what a provider is.  Adding one is a file that defines a dt_provider_t
 * and a line in providers.c.
 *
 * A provider names probes, tells what their arguments are, and says how the kernel
 * makes them fire; it knows nothing of the compiler.  The compiler asks site() for
 * every enabled probe, puts probes with the same site key into one BPF program,
 * and gives the loaded program back to attach().
 */
#ifndef DT_PROVIDER_H
#define DT_PROVIDER_H

#include "../compat/compat.h"
#include "../libdtrace/session/probe.h"
#include "../libdtrace/types/types.h"

/* How the program learns which of its probes fired. */
typedef enum dt_who {
	DT_WHO_ONE,     /* the program serves one probe */
	DT_WHO_SYSCALL, /* the system call number; index as dt_syscall_index() makes it */
	DT_WHO_COOKIE   /* bpf_get_attach_cookie() gives the number of the probe in the unit, from 1; asked only
			   when there are several */
} dt_who_t;

/* Where a raw argument comes from. */
typedef enum dt_argkind {
	DT_ARG_NONE,   /* 0 */
	DT_ARG_CTX,    /* 8-byte word n of the context (tp_btf, raw tracepoints) */
	DT_ARG_CTXMEM, /* ... where the verifier would refuse a plain load: of a pointer to a function */
	DT_ARG_SYSARG, /* argument n of the system call being entered */
	DT_ARG_CONST,  /* the number n */
	DT_ARG_SYSRET, /* its result, as D shows it: -1 on failure (then errno tells) */
	DT_ARG_KPC,    /* perf events: pc if in the kernel, else 0 */
	DT_ARG_UPC,    /* perf events: pc if in user mode, else 0 */
	DT_ARG_CALL,   /* kprobe, uprobe: argument n of the function being entered (C calling convention) */
	DT_ARG_RESULT, /* kretprobe, uretprobe: what the function returned */
	DT_ARG_FAULT   /* word n of the fault (ERROR) */
} dt_argkind_t;

typedef struct dt_argsrc {
	dt_argkind_t kind;
	int n;
	int size; /* DT_ARG_CTX: bytes of the word that count, negative when signed; 0: all of it */
} dt_argsrc_t;

enum {
	DT_NARGS = 12, /* the kernel's tracepoints have no more */
	DT_SITE_MAXINDEX = 2,
	DT_SITE_KEYLEN = 160
};

/* When the program runs. */
typedef enum dt_trigger {
	DT_TRIGGER_ATTACH, /* attached by the provider */
	DT_TRIGGER_BEGIN,  /* run by the session */
	DT_TRIGGER_END,
	DT_TRIGGER_ERROR, /* part of every program that can fault */
	DT_TRIGGER_TICK   /* run by the session's timer thread every `period` ns */
} dt_trigger_t;

typedef struct dt_site {
	char key[DT_SITE_KEYLEN]; /* probes with equal keys share a program */
	dt_trigger_t trigger;
	uint32_t prog_type;     /* BPF_PROG_TYPE_* */
	uint32_t attach_type;   /* expected_attach_type */
	const char *btf_name;   /* tp_btf: tracepoint name ("sys_enter"); fentry, fexit: function; else NULL */
	const char *btf_module; /* ... of this module; NULL: of the kernel proper */
	dt_who_t who;
	uint32_t index[DT_SITE_MAXINDEX]; /* values of the identity that mean this probe */
	int nindex;
	/* DT_WHO_COOKIE: where bpf_get_func_ip() says the probe is, if close to the others of its kind: then
	 * one load finds it; none: the kernel searches. */
	const uint64_t *addrs;
	int naddrs;
	bool lifo;         /* of programs on one probe the kernel runs the one attached last first */
	bool user;         /* the probed code is a user program's: its stack is user memory */
	bool is_return;    /* a function's or a system call's return side */
	bool compat32;     /* syscall: 32-bit callers exist on this kernel */
	dt_argtest_t test; /* syscall: which of the calls count; mask 0: all */
	uint64_t period;   /* tick, profile: ns */
	dt_argsrc_t arg[DT_NARGS];
} dt_site_t;

/* Identity of system call nr for a native (or 32-bit, compat) caller. */
enum {
	DT_SYSCALL_MAX = 1024
};
#define dt_syscall_index(nr, compat) ((uint32_t)(nr) + ((compat) ? DT_SYSCALL_MAX : 0))

/* One typed argument, args[n].  A trusted pointer is one the kernel vouches for: a tracepoint's own. */
typedef struct dt_argtype {
	char native[128]; /* type of the raw argument, where `type` is what a translator makes of it; "" = the
			     same */
	char name[32];    /* of the argument; "" = it has none */
	char type[128];   /* type name, for dt_type_lookup(); "" = unknown */
	dt_type_t exact;  /* the type itself, where the provider has it; then `type` is only to be shown */
	int mapping;      /* which raw argument carries it */
	bool is_user;     /* pointer into user space */
	bool trusted;
} dt_argtype_t;

#define DT_ATTR(stability, class)                                                                              \
	{                                                                                                      \
		DTRACE_STABILITY_##stability, DTRACE_STABILITY_##stability, DTRACE_CLASS_##class               \
	}
typedef struct dt_pattr { /* Guide, chapter Stability: five triples a provider */
	dtrace_attribute_t provider, module, function, name, args;
} dt_pattr_t;

/*
 * A probe that other probes carry.  The stable providers (proc, sched, io, ...) consist of these: which
 * probe of the kernel means which stable probe, when, and what its arguments are, is said in D.
 * In the D of a carrier $name is the argument of that name of the carrying probe ("$prev" of sched_switch).
 *
 * A hook fires nothing: it only keeps what other carriers and translators need, in self-> and global variables
 * whose names begin with __dt_.  Programs run in the order of the table where several carriers are on one
 * probe. What a carrier that is no hook does must bear being done twice: a long program is split, and each part
 * does it.
 */
enum {
	DT_NCARRIED = 8, /* arguments */
	DT_MAXEACH = 4096
};
typedef struct dt_carrier {
	const char *probe;  /* name of the probe; of a hook: the names of all that need it, by blanks */
	const char *module; /* ... and its module, as dt_carried_t has it */
	const char *keeps;  /* of a hook: the NAME of self->NAME that it keeps, and only if something uses that;
			       NULL: always */
	const char *on;     /* probe descriptions, by commas: the ones that are there carry it */
	const char *symbol; /* function the kernel must have for this to be so; NULL: none */
	const char *enumerator;        /* ... the kernel must have, of any of its enums; NULL: none */
	const char *member;            /* ... the kernel must have, as "STRUCT.MEMBER"; NULL: none */
	const char *when;              /* D: it means the probe only if this is true; NULL: always */
	const char *does;              /* D statements, run before the arguments are looked at; NULL: none */
	const char *args[DT_NCARRIED]; /* D: arg0...; NULL: 0 */
	/* One event of several firings, one for each element of a list: D of the first and of the one after
	 * $each, as pointers of that type; 0 ends the list.  Elements beyond DT_MAXEACH are not looked at. */
	struct {
		const char *type, *first, *next;
	} each;
	const char *thread;  /* D: the task_struct in whose context all of it, and the probe, is; NULL: the
				current one */
	const char *leaving; /* D: the state that leaves its CPU in, __dt_leaving() of translators; NULL: -1 */
	int choice; /* of the carriers of a probe with the same number, not 0, only the first that is there
		       counts */
	/* It counts only where a clause looks at what nothing but the thread's own context shows (its stack,
	 * its memory); for all other programs there is a cheaper one, the next of its choice. */
	bool own_context;
	bool hook;
} dt_carrier_t;

/* A carried probe and the types of args[]: type NULL ends them; native is what the translator is given. */
typedef struct dt_carried {
	const char *name;
	const char *module; /* where it lies; NULL: the kernel proper.  One of a module needs that loaded */
	struct {
		const char *type, *native;
		bool is_user; /* in user memory */
	} args[DT_NCARRIED];
	const char *absent; /* why Linux has no such probe; NULL: it is there when a carrier is */
	const char
	    *needs; /* what a kernel without any carrier of it lacks: "what it takes"; NULL: nobody knows */
} dt_carried_t;

typedef struct dt_unit dt_unit_t; /* session/session.h: a loaded program and its links */

typedef struct dt_provider {
	const char *name; /* glob over the provider field it answers for: "syscall", "pid*" */
	dt_pattr_t attr;
	/* Globs over the names its probes can have, NULL-terminated; NULL: any.  One that begins with '!' is of
	 * names they cannot have; the first that fits decides.  A description with another name does not bother
	 * the provider: BEGIN must not list the kernel's functions. */
	const char *const *names;
	/* It has no probes but those of what a description names in full in its provider field (pid1234). */
	bool on_demand;
	/* Insert the probes that pd may match (all of them for an all-empty pd); called again
	 * freely.  0, or -1 with the handle's error set. */
	/* May be NULL.  False: the description does not mean this probe, whether its names match or not. */
	bool (*means)(struct dtrace_hdl *, const dtrace_probedesc_t *, const dt_probe_t *);
	int (*provide)(dtrace_hdl_t *, const struct dt_provider *, const dtrace_probedesc_t *pd);
	/* NULL, or told before site(): all probes of the provider that are about to be enabled. */
	void (*plan)(dtrace_hdl_t *, dt_probe_t *const *, int n);
	/* Types of args[0..]; the count, 0 when there are none. */
	int (*args)(dtrace_hdl_t *, const dt_probe_t *, dt_argtype_t *argv, int max);
	int (*site)(dtrace_hdl_t *, const dt_probe_t *, dt_site_t *);
	/* Set instead of site and attach: others carry its probes.  Both end with an all-NULL entry. */
	const dt_carried_t *carried;
	const dt_carrier_t *carriers;
	/* Make the loaded program fire: dt_unit_prog_fd(), then dt_unit_add_link() for each link made.
	 * -1 with the error set names what failed and why. */
	int (*attach)(dtrace_hdl_t *, dt_unit_t *);
} dt_provider_t;

extern const dt_provider_t *const dt_providers[]; /* NULL-terminated, in order of probe ids */

/* What attach() may ask of a unit. */
int dt_unit_prog_fd(const dt_unit_t *);
const dt_site_t *dt_unit_site(const dt_unit_t *);
int dt_unit_nprobes(const dt_unit_t *);
const dt_probe_t *dt_unit_probe(const dt_unit_t *, int i);
const dt_site_t *dt_unit_probe_site(const dt_unit_t *, int i);
void dt_unit_add_link(dt_unit_t *, int link_fd); /* closed at stop */

#endif
