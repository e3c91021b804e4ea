/*
 * module.h - the compiled form of everything enabled on a handle: one program per
 * site (provider.h), the maps they share, and how records and aggregations lie in
 * memory.  gen*.c makes it; session/ creates the maps, loads, attaches, consumes.
 */
#ifndef DT_MODULE_H
#define DT_MODULE_H

#include "../../providers/provider.h"
#include "../bpf/bpf.h"
#include "../sema/ident.h"

/* How one datum of a record (or one key) lies in kernel memory, where that differs from the API's view. */
typedef enum dt_kkind {
	DT_KK_BYTES,  /* as is: ksize bytes at koff */
	DT_KK_STRING, /* NUL-terminated within ksize; bytes after the NUL are undefined in records, zero in keys
		       */
	DT_KK_STRID,  /* 4 bytes: number of a string of the module (probefunc and kin); 0 = "" */
	DT_KK_STACK   /* kernel stack: frames u64, the first of which may belong to the tracing itself */
} dt_kkind_t;

typedef struct dt_krec {
	dt_kkind_t kind;
	uint32_t koff, ksize;
} dt_krec_t;

/* Record formats: dtrace_recdesc_t.dtrd_arg of DTRACEACT_DIFEXPR, and of aggregation keys. */
#define DT_RECF_SIGNED 0x1
#define DT_RECF_STRING 0x2 /* of type string: always text */
/* dtrd_arg of DTRACEACT_TRACEMEM_DYNSIZE: nothing is shown when the size is 0 (else all is). */
#define DT_TRACEMEM_EXACT 1
/* dtrd_arg of DTRACEACT_STACK/USTACK/JSTACK: frames | (strsize << 32).  ustack data: u64 pid, then frames.
 * dtrd_arg of PRINTA, LIBACT clear..denormalize: see dtrd_uarg.  dtrd_uarg: number of the statement in its
 * clause (from 1): the records of one printf share it; PRINTA and LIBACT on aggregations keep
 * the aggregation's id in the upper half: uarg = stmt | (aggid << 32), aggid from 1. */
#define DT_UARG(stmt, aggid) ((uint64_t)(stmt) | ((uint64_t)(aggid) << 32))
#define DT_UARG_STMT(u)      ((uint32_t)(u))
#define DT_UARG_AGG(u)       ((uint32_t)((u) >> 32))

/* dtrd_arg of a DTRACEACT_LIBACT record. */
typedef enum dt_libact {
	DT_ACT_CLEAR = 1,
	DT_ACT_TRUNC,
	DT_ACT_NORMALIZE,
	DT_ACT_DENORMALIZE,
	DT_ACT_SETOPT,
	DT_ACT_FTRUNCATE
} dt_libact_t;

typedef enum dt_mapkind {
	DT_MAP_STATE,    /* struct dt_state; array, mmapable, 1 element */
	DT_MAP_RODATA,   /* constants; array, frozen, read-only, 1 element */
	DT_MAP_GLOBALS,  /* global variables; array, mmapable, 1 element */
	DT_MAP_BUFS,     /* array of per-CPU ring buffers, index = CPU */
	DT_MAP_RINGS,    /* bufpolicy=ring: array of per-CPU arrays of slots; value_size: of a slot */
	DT_MAP_SCRATCH,  /* struct dt_scratch; array of ncpus * DT_NSLOTS */
	DT_MAP_SELF,     /* task storage: all self-> variables in one value */
	DT_MAP_ASSOC,    /* hash: one associative array */
	DT_MAP_AGG,      /* per-CPU array (no keys, never cleared: 1 element; cleared: 2) or per-CPU hash */
	DT_MAP_AGGSPARE, /* per-CPU hash: a few keys for which there was no memory in DT_MAP_AGG's */
	DT_MAP_VTIME,    /* task storage for vtimestamp */
	DT_MAP_SPEC,     /* states of the speculations (rt.h); array, mmapable, 1 element */
	DT_MAP_SPECFREE  /* ids of the free ones: queue */
} dt_mapkind_t;

enum {
	/*
	 * Bytes of an aggregation's value.  A new key takes one from the kernel's stock, which is filled up
	 * again when interrupts come on; of large ones it has one to three: a few keys at once, and there is
	 * none. A map of these has all its memory from the start, as aggsize says; of small ones that would
	 * take long.
	 */
	DT_AGG_LARGE = 2048,
	/* Of small ones there may be one or two as well (percpu stocks, kernel 6.8): keys that come while
	 * interrupts are off, as in the scheduler, need memory that is there from the start. */
	DT_AGG_SPARE = 256,
	DT_AGG_PART = 64,  /* and it is no more than this part of what aggsize gives */
	DT_AGG_SPARES = 16 /* aggregations that have it: a program has 64 maps at most */
};

typedef struct dt_map {
	dt_mapkind_t kind;
	const char *name;
	uint32_t key_size, value_size, max_entries;
	const void *init;  /* DT_MAP_RODATA: value_size bytes */
	int fd;            /* session: -1 until created */
	void *mem;         /* session: mmap of an mmapable map */
	dt_ident_t *ident; /* DT_MAP_ASSOC, DT_MAP_AGG */
} dt_map_t;

/* One key of an aggregation: in the kernel's key and as the API shows it. */
typedef struct dt_agginfo {
	dt_ident_t *ident;
	dtrace_aggid_t id; /* from 1; order of first mention */
	int map;           /* number of its DT_MAP_AGG */
	int spare;         /* of its DT_MAP_AGGSPARE; 0: it has none.  What a key has in both adds up */
	int nkeys;
	dt_krec_t key[DT_MAXKEYS]; /* offsets within the kernel key */
	bool has_gen;              /* cleared or truncated somewhere: the kernel key starts with (or, without
				      keys, the array index's low bit is) the generation, 4 bytes at 0 */
	uint32_t key_size;         /* kernel key, 0 without keys */
	uint32_t value_size;       /* kernel value of one CPU */
	bool has_used;             /* its last word is not 0 once something was counted */
	int nbuckets;              /* quantize family: u64 buckets in the value, in label order */
	const dt_clause_t *clause; /* the first that has it */
	dtrace_aggdesc_t desc;     /* the API's view */
	dtrace_recdesc_t *recs;
} dt_agginfo_t;

/* A program and the probes it serves. */
struct dt_unit {
	struct dt_module *mod;
	const dt_provider_t *provider;
	dt_site_t site; /* of probe[0] */
	dt_probe_t **probes;
	dt_site_t *sites; /* parallel */
	int nprobes;
	dt_probe_t *as;       /* the probe its clauses see, which probes[] only carry; NULL: these themselves */
	dt_clause_t *carrier; /* D of ours that runs first (provider.h); a hook is nothing else */
	const dt_carrier_t *table; /* ... and where that comes from */
	int nargs;                 /* values of it that are arguments; the others: stable.h */
	uint32_t trusted;          /* values that are pointers the kernel vouches for, a bit each */
	dt_unit_t
	    *then; /* on the same tracepoint, and run after it by the same program, which is this unit's */
	int rank, number; /* programs are attached by rank, then in the order they were made */
	int from, to;     /* the clauses of mod->top it is made of: all, unless it had to be split */
	ir_unit_t *ir;
	int stack; /* bytes of its functions together, with what the routines they call use */
	bpf_image_t image;
	int prog_fd;
	DT_VEC(int) links;
};

/* A variable of compat/compat.h: where its value lies among the globals. */
typedef struct dt_kvaruse {
	int number;
	uint32_t off, size;
} dt_kvaruse_t;

typedef struct dt_module {
	dtrace_hdl_t *dtp;
	dt_arena_t *arena;
	DT_VEC(dt_map_t) maps;
	DT_VEC(dt_unit_t *) units;          /* DT_TRIGGER_ERROR probes have none of their own */
	DT_VEC(dt_clause_t *) carriers;     /* clauses of ours */
	DT_VEC(const dt_carrier_t *) hooks; /* that have their program */
	DT_VEC(dt_agginfo_t *) aggs;        /* by id - 1 */
	DT_VEC(const char *) strings;       /* DT_KK_STRID, [0] = "" */
	DT_VEC(dt_clause_t *) clauses;      /* by index: what a record header names */
	DT_VEC(dt_clause_t *)
	top;             /* whole clauses, in order; parts inside if/else follow theirs in `clauses` */
	DT_VEC(char) ro; /* read-only data being collected */
	int *strhash;    /* heads of chains over strings */
	DT_VEC(int) strnext;
	DT_VEC(dt_kvaruse_t) kvars;       /* variables whose values the consumer brings */
	int state, rodata, globals, bufs; /* map numbers, -1 when not needed */
	int ncpus;                        /* possible CPUs */
	bool records;                     /* something is recorded: buffers are needed */
	bool error_exits;                 /* an ERROR clause may say exit() */
	uint32_t zeros, zeros_size;       /* a run of zeros in the read-only data */
} dt_module_t;

/* Consumers tell a string from an integer by its size: none that the API shows is as short as an integer. */
static inline uint32_t
dt_api_strsize(uint32_t size)
{
	return size <= 8 ? 16 : size;
}

/* Compile the enabled clauses.  NULL with the handle's error. */
dt_module_t *dt_module_build(dtrace_hdl_t *, dt_clause_t *const *clauses, int n);
void dt_module_free(dt_module_t *);
/* Listing of one program's code, for -S. */
int dt_module_list(dtrace_hdl_t *, dtrace_prog_t *, FILE *);

#endif
