/*
 * gen.h - the code generator's inside, shared by gen_*.c: typed tree to IR.
 *
 * One gen_t builds one function.  Values are 64-bit numbers in virtual registers;
 * strings are addresses.  Every check that fails jumps to the clause's fault block
 * with the code and the address in two fixed registers.
 */
#ifndef DT_GEN_H
#define DT_GEN_H

#include <setjmp.h>

#include "../output/format.h"
#include "../runtime/rt.h"
#include "../sema/functions.h"
#include "module.h"

/* What an expression left in a register. */
typedef struct val {
	enum {
		V_VOID,
		V_NUM,
		V_STR,
		V_STRID,
		V_COMM,
		V_MEM
	} kind;
	ir_opnd_t o;      /* V_NUM: the number.  V_STR: address (0 = null string).  V_STRID: string number.
			     V_MEM: address of an object taken by value */
	bool ptr;         /* the verifier sees a pointer: gen_scalar() before computing with it */
	bool trusted;     /* a BTF pointer: members are read by plain loads */
	bool nonnull;     /* trusted and never null */
	bool user;        /* V_MEM: the object is in the memory of the current process */
	const char *text; /* V_STR, V_STRID: constant text, or NULL */
	int which;        /* V_STRID without text: which name of the firing probe, 0 = provider */
	ir_opnd_t lo, hi; /* V_COMM: the 16 bytes of a comm */
} val_t;

/* Reading an lvalue in memory: address register plus constant offset. */
typedef struct place {
	val_t base;
	int64_t off;
	bool direct; /* base + off may be loaded plainly (trusted, not in a union) */
	bool known;  /* memory of ours: base + off may be loaded and stored plainly */
	bool user;   /* an address of the current process, unless known */
} place_t;

/* Per program: what the dispatch table holds for each probe (read-only data). */
typedef struct probeinfo {
	uint32_t id;
	uint32_t strid[4]; /* provider, module, function, name: numbers, */
	uint32_t text[4];  /* and where their text is in the read-only data */
	uint32_t pad;
} probeinfo_t;

typedef struct gen {
	dtrace_hdl_t *dtp;
	dt_module_t *mod;
	dt_unit_t *unit;
	ir_func_t *f;
	ir_block_t *b; /* where code goes now */
	bool in_error; /* building the ERROR function */
	/* Which clauses need a scratch slot is found out by building: then the function is built again. */
	struct need {
		bool pred, body;
	} * need;
	bool in_pred, in_body, retry;
	bool early_scratch;  /* this-> memory, strtok(): one slot for the whole firing */
	int scratch;         /* register: claimed slot */
	uint32_t arena_this; /* arena bytes of this-> memory, */
	uint32_t arena_base; /* as the build before found them */
	bool uses_error, uses_names, uses_tok;
	int faults;     /* ways to the clause's fault block so far */
	int nth;        /* number of the clause in mod->top */
	uint32_t arena; /* next free arena byte */
	int ctx;
	int thread;               /* register: the carried probe's thread, -1: the current one */
	int leaving;              /* register: the state in which that leaves its CPU, -1: it does not */
	int carried[DT_NCARRIED]; /* registers: its arguments, -1: 0 */
	int each;                 /* register: the element a carrier's firing is about, -1: none */
	bool in_carrier;
	int compat;           /* register: 1 for a 32-bit system call; -1: cannot be */
	int local;            /* register: 1-based number of the firing probe in the unit; -1: single */
	uint32_t info_off;    /* rodata offset of the probeinfo_t table */
	int faultreg, valreg; /* fault code and value on the way to a fault block */
	ir_block_t *fault;    /* of the clause (or predicate) being built */
	ir_block_t *end;      /* of the firing */
	int action;           /* number of the action being built, 0 = predicate */
	int actionreg;
	dt_clause_t *clause;
	ir_block_t *next; /* the clause after */
	dt_clause_t *seg; /* record being filled: the clause, or a part of it inside if/else */
	int nseg;
	int rec;             /* register: reserved record */
	int slot, stamp;     /* registers, bufpolicy=ring: its slot, and the slot's stamp when done */
	int exited;          /* register: status of an exit() before in the same run of statements, or -1 */
	bool spare;          /* the record being reserved may go to the spare buffer: it holds an exit() */
	ir_block_t *discard; /* where a record that must not be goes */
	int irec;            /* next entry of seg->recs */
	int keep;            /* register: 0 when a speculative record is not to be kept; -1: no such record */
	int self;            /* register: this thread's self-> values, nullable; -1: not looked up here */
	int timestamp;       /* register, -1: not read yet in this clause */
	int lazy_timestamp;  /* register: 0 until read, for clauses that may not come to read it; -1 none */
	int *thisreg;        /* this-> scalars, by ident id */
	uint32_t *thisoff;   /* this-> memory: arena offset + 1 */
	int nthis;
	int stmt;
	bool numbers_change, strings_change; /* variables change inside the expression being built */
	const dt_node_t *unused;             /* its value is not wanted */
	const dt_node_t *held;               /* element of an array whose key is made already, */
	ir_opnd_t heldkey;                   /* here */
	const dt_node_t *known;              /* element of an array that the predicate has read, */
	int knownval;                        /* register: its value */
	uint32_t strsize;
	int line;
} gen_t;

/* gen.c: small things everybody needs. */
int gen_new(gen_t *);
ir_insn_t *gen_emit(gen_t *, ir_op_t);
ir_opnd_t gen_op2(gen_t *, ir_op_t, ir_opnd_t a, ir_opnd_t b);
ir_opnd_t gen_ld(gen_t *, int size, ir_opnd_t base, int64_t off, bool pure);
void gen_st(gen_t *, int size, ir_opnd_t base, int64_t off, ir_opnd_t v);
ir_opnd_t gen_mapval(gen_t *, int map, int64_t off);
ir_opnd_t gen_map(gen_t *, int map);
ir_opnd_t gen_obj(gen_t *, int obj, int64_t off);
ir_opnd_t gen_call(gen_t *, int helper, bool pure, int nargs, ...); /* ir_opnd_t each */
ir_opnd_t gen_rt(gen_t *, const char *name, int nargs, ...);        /* faults are taken care of */
void gen_mov(gen_t *, int reg, ir_opnd_t v);
ir_block_t *gen_block(gen_t *, const char *note);
void gen_place(gen_t *, ir_block_t *); /* continue there; falls in when the current block is open */
void gen_jmp(gen_t *, ir_block_t *);
void gen_br(gen_t *, ir_cc_t, ir_opnd_t a, ir_opnd_t b, ir_block_t *t, ir_block_t *f);
void gen_bound(gen_t *, ir_cc_t, ir_opnd_t a, ir_opnd_t b, ir_block_t *t, ir_block_t *f); /* for the verifier */
void gen_faultif(gen_t *, ir_cc_t, ir_opnd_t a, ir_opnd_t b, int fault, ir_opnd_t value);
int gen_offset(gen_t *, const char *sou, const char *path); /* by the kernel's BTF; 0 if it is not there */
/* A probe that fires for another thread than the running one reaches neither that one's memory nor itself: a
 * fault. */
void gen_present(gen_t *, int fault, ir_opnd_t value);
ir_opnd_t gen_scalar(gen_t *, val_t);
ir_opnd_t gen_scratchp(gen_t *); /* the slot; asks for one */
uint32_t gen_arena(gen_t *, uint32_t size);
void gen_noscratch(gen_t *); /* "out of scratch space", whenever this is reached */
ir_opnd_t gen_arenap(gen_t *, uint32_t off);
ir_opnd_t gen_zeros(gen_t *, uint32_t size); /* read-only memory */
void gen_clear(gen_t *, ir_opnd_t base, int64_t off, uint32_t size);
val_t val_num(ir_opnd_t);
ir_opnd_t gen_sext(gen_t *, ir_opnd_t, const dt_tinfo_t *);
ir_opnd_t gen_statep(gen_t *, size_t off);
ir_opnd_t gen_cpustate(gen_t *, ir_block_t *out);
void gen_count_drop(gen_t *, size_t cpustate_off);
ir_opnd_t gen_current(gen_t *);
uint32_t mod_rodata(dt_module_t *, const void *data, size_t len, size_t align);
uint32_t mod_strid(dt_module_t *, const char *text);
int mod_map(dt_module_t *, dt_mapkind_t, const char *name, uint32_t ksize, uint32_t vsize, uint32_t max);

/* The new value of n->left, for n = an assignment with an operator, ++ or --. */
typedef val_t gen_update_f(gen_t *, dt_node_t *n, val_t old);

/* gen_expr.c */
val_t gen_expr(gen_t *, dt_node_t *);
ir_opnd_t gen_num(gen_t *, dt_node_t *); /* as a plain number */
void gen_cond(gen_t *, dt_node_t *, ir_block_t *t, ir_block_t *f);

/* gen_mem.c */
bool gen_is_var(const dt_node_t *);
val_t gen_load(gen_t *, place_t, dt_type_t, const dt_member_t *);
val_t gen_memory(gen_t *, dt_node_t *); /* the value of an lvalue */
val_t gen_addrof(gen_t *, dt_node_t *);
val_t gen_mem_store(gen_t *, dt_node_t *lhs, val_t v);
val_t gen_mem_update(gen_t *, dt_node_t *, gen_update_f *, bool post);
ir_opnd_t gen_checked_read(gen_t *, ir_opnd_t addr, int size);
/* Copy an object taken by value to memory the verifier knows. */
void gen_read_object(gen_t *, val_t, ir_opnd_t dst, uint32_t size);
ir_opnd_t gen_userp(gen_t *, ir_opnd_t off); /* pointer into the slot's user[] */

/* gen_var.c */
val_t gen_var_load(gen_t *, dt_node_t *);
void gen_var_store(gen_t *, dt_node_t *lhs, val_t v);
val_t gen_assoc_update(gen_t *, dt_node_t *, gen_update_f *, bool post);
val_t gen_var_place(gen_t *, dt_node_t *, ir_block_t *none); /* its memory, to store a part of it */
void gen_store_object(gen_t *, dt_type_t, val_t v, ir_opnd_t base, int64_t off); /* string, struct, array */
int var_uses_self(dt_node_t *);
void gen_var_self(gen_t *);
void gen_var_hold(gen_t *, dt_node_t *, ir_block_t *none);

/* gen_known.c: what a predicate has read of an array. */
void gen_known_note(gen_t *, const dt_node_t *element, int value); /* read just now */
int gen_known_value(const gen_t *, const dt_node_t *element);      /* register, -1: it has to be looked up */
void gen_known_forget(gen_t *);                                    /* variables change */
ir_opnd_t gen_tuple(gen_t *, const dt_krec_t *layout, const dt_type_t *types, dt_node_t *keys, int nkeys,
		    uint32_t size, ir_opnd_t prefix, int prefixlen);
void gen_key(gen_t *, dt_node_t *key, const dt_krec_t *, const dt_type_t *, ir_opnd_t base, int64_t off,
	     uint32_t arena_off, bool in_arena);

/* carrier.c */
int carrier_units(dt_module_t *, dt_probe_t *);
int carrier_hooks(dt_module_t *); /* after all units of probes are made */
void gen_carrier(gen_t *);
void gen_each_loop(gen_t *, int fn);
void gen_each_element(gen_t *, ir_block_t *last);

/* context.c */
bool clause_needs_context(const dt_clause_t *);

/* module.c */
dt_unit_t *mod_unit(dt_module_t *, const dt_provider_t *, const dt_site_t *); /* the one of the site's key */
void mod_unit_add(dt_unit_t *, dt_probe_t *, const dt_site_t *);

/* gen_order.c */
void gen_order(gen_t *, const dt_node_t *); /* before each expression of a clause */
val_t gen_keep(gen_t *, val_t);
val_t gen_keep_string(gen_t *, val_t);
val_t gen_copied_string(gen_t *, val_t);

/* gen_builtin.c */
val_t gen_builtin(gen_t *, dt_ident_t *, dt_node_t *);
ir_opnd_t gen_pid(gen_t *);
ir_opnd_t gen_arg(gen_t *, int n);
void gen_syscall_test(gen_t *, const dt_argtest_t *);
ir_opnd_t gen_info(gen_t *, size_t field); /* a word of the firing probe's probeinfo_t */
ir_opnd_t gen_timestamp(gen_t *);
int gen_own_frames(gen_t *); /* of tracing and fbt's function, which stack() leaves out */
bool gen_clock_conditional(dt_node_t *, bool cond);
ir_opnd_t gen_epid(gen_t *);
ir_opnd_t gen_probe_id(gen_t *);

/* gen_vtime.c */
ir_opnd_t gen_vtimestamp(gen_t *);
void gen_vtime_switch(gen_t *); /* the program that keeps it */

/* gen_call.c */
ir_opnd_t gen_call_arg(gen_t *, int n);
ir_opnd_t gen_call_result(gen_t *);
bool gen_at_user_entry(const gen_t *); /* the probe is the entry of a user function, */
ir_opnd_t gen_call_return(gen_t *);    /* which will return there */

/* gen_string.c */
ir_opnd_t gen_str_addr(gen_t *, val_t);   /* as an address, maybe a pointer */
ir_opnd_t gen_str_scalar(gen_t *, val_t); /* as a plain number, for runtime routines */
void gen_str_to(gen_t *, dt_node_t *, ir_opnd_t base, int64_t off, uint32_t size);
void gen_str_copy(gen_t *, val_t, ir_opnd_t base, int64_t off, uint32_t size);
ir_opnd_t gen_str_compare(gen_t *, dt_op_t, val_t, val_t);
void gen_str_probe(gen_t *, ir_opnd_t addr);
uint32_t str_bound(dt_node_t *, uint32_t strsize);
bool is_string(dt_node_t *);
void gen_copyinstr(gen_t *, dt_node_t *call, ir_opnd_t base, int64_t off, uint32_t size);

/* gen_subr.c */
val_t gen_subr(gen_t *, dt_node_t *);

/* gen_task.c: subroutines of the D libraries */
bool gen_is_task_subr(int func);
val_t gen_task_subr(gen_t *, dt_node_t *call);

/* gen_machine.c */
bool gen_is_machine_subr(int func);
val_t gen_machine_subr(gen_t *, dt_node_t *call);

/* gen_net.c */
bool gen_is_net_subr(int func);
val_t gen_net_subr(gen_t *, dt_node_t *call);

/* gen_disk.c */
bool gen_is_disk_subr(int func);
val_t gen_disk_subr(gen_t *, dt_node_t *call);

/* gen_agg.c, gen_action.c */
void gen_agg(gen_t *, dt_node_t *assign);
void gen_action(gen_t *, dt_node_t *call);
void gen_stmts(gen_t *, dt_node_t *list);
void gen_stack_frames(gen_t *, ir_opnd_t base, int64_t off, int frames, bool user);
void gen_symbol(gen_t *, dt_node_t *call, ir_opnd_t base, int64_t off); /* sym, usym...: the address */

/* gen_record.c */
/* A record in this CPU's buffer, into g->rec; no room: count that drop, if any, and go to `lost`. */
#define GEN_NODROP SIZE_MAX
void gen_reserve(gen_t *, uint32_t size, ir_opnd_t clause, size_t drop, ir_block_t *lost);
void gen_submit(gen_t *, uint32_t size, int flags);
void gen_discard(gen_t *);
void gen_error_record(gen_t *); /* of a fault, from the ERROR function's parameters */
enum {
	GEN_RECHDR = sizeof(struct dt_rechdr),
	RB_NO_WAKEUP = 1,
	RB_FORCE_WAKEUP = 2
};

/* gen_regs.c */
ir_opnd_t gen_ucaller(gen_t *);
ir_opnd_t gen_uregs(gen_t *, dt_node_t *index);

/* gen_spec.c */
val_t gen_speculation(gen_t *);
void gen_speculate(gen_t *, dt_node_t *call, ir_block_t *lost);
void gen_spec_end(gen_t *, dt_node_t *call); /* commit, discard */

/* layout.c: before code is made. */
enum {
	STACK_SLACK = 4 /* frames of the tracing itself on top of a kernel stack, at most */
};
static inline uint32_t
align_up(uint32_t n, uint32_t a)
{
	return (n + a - 1) & ~(a - 1);
}
static inline uint32_t
int_align(uint32_t size)
{
	return size >= 8 ? 8 : size >= 4 ? 4 : size >= 2 ? 2 : 1;
}
bool is_probe_name(dt_node_t *);
/* layout_rec.c: the parts of a clause, each with its record; epids are handed out in order. */
void layout_records(dt_module_t *, dt_clause_t *, dtrace_epid_t *);
void layout_module(dt_module_t *);
int layout_nsegs(dt_clause_t *);
struct layout_var {
	int map;       /* DT_MAP_ASSOC */
	uint32_t off;  /* scalars: in GLOBALS or in the SELF value */
	uint32_t size; /* of the value, */
	uint32_t room; /* and with what a masked index may reach behind it */
	dt_krec_t key[DT_MAXKEYS];
	uint32_t key_size;
	bool used;
};
struct layout_var *layout_of(gen_t *, dt_ident_t *);

/* gen_dispatch.c */
void gen_dispatched(gen_t *); /* in a function that main calls behind it: who made the system call */
void gen_dispatch(gen_t *);   /* the firing's probe into g->local; -1: there is only one */
void gen_names(gen_t *);      /* names of the unit's probes, once a clause has asked for them */

/* gen_unit.c */
uint32_t gen_activity(const gen_t *);      /* what the activity is while the unit's clauses run */
void gen_claim(gen_t *, ir_block_t *none); /* a scratch slot; none free: a drop, and go there */
void gen_release(gen_t *);
int gen_unit(dt_module_t *, dt_unit_t *);
bool unit_has_clause(const dt_unit_t *, const dt_clause_t *); /* enabled on one of its probes */

/* share.c */
void share_programs(dt_module_t *);

/* split.c */
bool split_unit(dt_module_t *, int i);

#endif
