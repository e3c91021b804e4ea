/*
 * test_session.c - a session with handmade programs on the live kernel: BEGIN first,
 * ticks in between, END last, drops told, nothing left behind.
 */
#include <bpf/bpf.h>
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "session/impl.h"

#define INSN(c, d, s, o, i)                                                                                    \
	((struct bpf_insn){.code = (c), .dst_reg = (d), .src_reg = (s), .off = (o), .imm = (i)})

enum {
	STATE,
	BUFS,
	TICK_NS = 1000000
};

static dtrace_hdl_t dtp;
static dt_module_t *mod;

/* A program that leaves a record of clause n on probe n. */
static void
add_unit(dt_trigger_t trigger, int n, uint64_t period)
{
	const struct bpf_insn prog[] = {
	    INSN(BPF_JMP | BPF_CALL, 0, 0, 0, BPF_FUNC_get_smp_processor_id),
	    INSN(BPF_STX | BPF_MEM | BPF_W, 10, 0, -4, 0),
	    INSN(BPF_LD | BPF_DW | BPF_IMM, 1, 0, 0, 0),
	    INSN(0, 0, 0, 0, 0),
	    INSN(BPF_ALU64 | BPF_MOV | BPF_X, 2, 10, 0, 0),
	    INSN(BPF_ALU64 | BPF_ADD | BPF_K, 2, 0, 0, -4),
	    INSN(BPF_JMP | BPF_CALL, 0, 0, 0, BPF_FUNC_map_lookup_elem),
	    INSN(BPF_JMP | BPF_JEQ | BPF_K, 0, 0, 11, 0),
	    INSN(BPF_ALU64 | BPF_MOV | BPF_X, 6, 0, 0, 0),
	    INSN(BPF_ST | BPF_MEM | BPF_W, 10, 0, -24, n),
	    INSN(BPF_ST | BPF_MEM | BPF_W, 10, 0, -20, (int)mod->clauses.p[n]->probes[0]->id),
	    INSN(BPF_JMP | BPF_CALL, 0, 0, 0, BPF_FUNC_ktime_get_ns),
	    INSN(BPF_STX | BPF_MEM | BPF_DW, 10, 0, -16, 0),
	    INSN(BPF_ALU64 | BPF_MOV | BPF_X, 1, 6, 0, 0),
	    INSN(BPF_ALU64 | BPF_MOV | BPF_X, 2, 10, 0, 0),
	    INSN(BPF_ALU64 | BPF_ADD | BPF_K, 2, 0, 0, -24),
	    INSN(BPF_ALU64 | BPF_MOV | BPF_K, 3, 0, 0, 16),
	    INSN(BPF_ALU64 | BPF_MOV | BPF_K, 4, 0, 0, BPF_RB_NO_WAKEUP),
	    INSN(BPF_JMP | BPF_CALL, 0, 0, 0, BPF_FUNC_ringbuf_output),
	    INSN(BPF_ALU64 | BPF_MOV | BPF_K, 0, 0, 0, 0),
	    INSN(BPF_JMP | BPF_EXIT, 0, 0, 0, 0),
	};
	/* The jump lands on the last two instructions. */
	dt_unit_t *u = dt_arena_alloc(mod->arena, sizeof(*u));
	u->mod = mod;
	u->site.trigger = trigger;
	u->site.prog_type = BPF_PROG_TYPE_RAW_TRACEPOINT;
	u->site.period = period;
	u->image.btf_fd = -1;
	for (size_t i = 0; i < sizeof(prog) / sizeof(prog[0]); i++)
		*dt_vec_push(&u->image.insns) = prog[i];
	*dt_vec_push(&u->image.maprelocs) = (bpf_reloc_t){.kind = BPF_R_MAP, .insn = 2, .n = BUFS};
	*dt_vec_push(&mod->units) = u;
}

static void
add_clause(const char *name)
{
	static const dt_provider_t prov;
	dt_clause_t *c = dt_arena_alloc(mod->arena, sizeof(*c));
	dt_probe_t *p = dt_probe_insert(&dtp, &prov, "dtrace", "", "", name);
	c->index = mod->clauses.n;
	c->epid0 = (dtrace_epid_t)(10 * (c->index + 1));
	c->probes = dt_arena_alloc(mod->arena, sizeof(*c->probes));
	c->probes[0] = p;
	c->nprobes = 1;
	*dt_vec_push(&mod->clauses) = c;
}

static void
setup(void)
{
	if (geteuid() != 0)
		cr_skip_test("needs root");
	for (int i = 0; i < DT_OPT_MAX; i++)
		dtp.opt[i] = DTRACEOPT_UNSET;
	dtp.opt[DT_OPT_BUFSIZE] = 65536;
	dtp.opt[DT_OPT_SWITCHRATE] = TICK_NS;
	dtp.arena = dt_arena_new();
	dt_probes_open(&dtp);
	mod = dt_xcalloc(1, sizeof(*mod));
	mod->dtp = &dtp;
	mod->arena = dt_arena_new();
	mod->rodata = mod->globals = -1;
	mod->ncpus = (int)sysconf(_SC_NPROCESSORS_CONF);
	mod->records = true;
	mod->state = STATE;
	mod->bufs = BUFS;
	*dt_vec_push(&mod->maps) = (dt_map_t){
	    .kind = DT_MAP_STATE, .name = "state", .value_size = sizeof(struct dt_state), .max_entries = 1};
	*dt_vec_push(&mod->maps) = (dt_map_t){.kind = DT_MAP_BUFS, .name = "bufs"};
}

static void
teardown(void)
{
	dt_session_close(&dtp);
	cr_assert_null(dtp.session);
	dt_probes_close(&dtp);
	dt_arena_free(dtp.arena);
}

TestSuite(session, .init = setup, .fini = teardown);

typedef struct seen {
	char order[65536]; /* clause of each record, as a letter */
	int n;
	uint64_t last;
	dtrace_epid_t epid;
} seen_t;

static int
on_probe(const dtrace_probedata_t *d, void *arg)
{
	seen_t *s = arg;
	cr_assert_geq(d->dtpda_timestamp, s->last, "in time order");
	s->last = d->dtpda_timestamp;
	s->epid = d->dtpda_edesc->dtepd_epid;
	cr_assert_str_eq(d->dtpda_pdesc->dtpd_provider, "dtrace");
	if (s->n < (int)sizeof(s->order) - 1)
		s->order[s->n++] = d->dtpda_pdesc->dtpd_name[0];
	return DTRACE_CONSUME_THIS;
}

static void
add_three(void)
{
	add_clause("BEGIN");
	add_clause("END");
	add_clause("tick-1ms");
	add_unit(DT_TRIGGER_END, 1, 0);
	add_unit(DT_TRIGGER_BEGIN, 0, 0);
	add_unit(DT_TRIGGER_TICK, 2, TICK_NS);
}

Test(session, begin_ticks_end)
{
	seen_t seen = {0};
	add_three();
	uint64_t start = dt_now();
	cr_assert_eq(dt_session_run(&dtp, mod), 0, "%s", dtp.errmsg);
	dtp.active = true;
	cr_assert_eq(dt_session_state(&dtp)->activity, DT_ACT_ACTIVE);
	while (seen.n < 20) {
		dtrace_sleep(&dtp);
		cr_assert_eq(dtrace_work(&dtp, stdout, on_probe, NULL, &seen), DTRACE_WORKSTATUS_OKAY);
	}
	cr_assert_eq(dtrace_stop(&dtp), 0);
	cr_assert_eq(dtrace_stop(&dtp), 0);
	uint64_t elapsed = dt_now() - start;
	cr_assert_eq(dtrace_status(&dtp), DTRACE_STATUS_STOPPED);
	cr_assert_eq(dtrace_work(&dtp, stdout, on_probe, NULL, &seen), DTRACE_WORKSTATUS_DONE);
	cr_assert_eq(seen.order[0], 'B');
	cr_assert_eq(seen.order[seen.n - 1], 'E');
	cr_assert_eq(strspn(seen.order + 1, "t"), (size_t)seen.n - 2);
	cr_assert_leq((uint64_t)seen.n - 2, elapsed / TICK_NS, "never more often than the clock");
	cr_assert_eq(seen.epid, 20);
	int n = seen.n;
	cr_assert_eq(dtrace_work(&dtp, stdout, on_probe, NULL, &seen), DTRACE_WORKSTATUS_DONE);
	cr_assert_eq(seen.n, n, "nothing twice");
}

static int
on_probe_unordered(const dtrace_probedata_t *d, void *arg)
{
	seen_t *s = arg;
	s->last = 0;
	return on_probe(d, arg);
}

/* Without merging BEGIN is first and END last all the same. */
Test(session, begin_and_end_cpu_by_cpu)
{
	seen_t seen = {0};
	dtp.opt[DT_OPT_TEMPORAL] = 0;
	add_three();
	cr_assert_eq(dt_session_run(&dtp, mod), 0, "%s", dtp.errmsg);
	dtp.active = true;
	while (seen.n < 5) {
		dtrace_sleep(&dtp);
		cr_assert_eq(dtrace_work(&dtp, stdout, on_probe_unordered, NULL, &seen),
			     DTRACE_WORKSTATUS_OKAY);
	}
	cr_assert_eq(dtrace_stop(&dtp), 0);
	cr_assert_eq(dtrace_work(&dtp, stdout, on_probe_unordered, NULL, &seen), DTRACE_WORKSTATUS_DONE);
	cr_assert_gt(seen.n, 2);
	cr_assert_eq(seen.order[0], 'B');
	cr_assert_eq(seen.order[seen.n - 1], 'E');
}

/* exit(): the program has set the activity; the library stops by itself. */
Test(session, exit_ends_it)
{
	seen_t seen = {0};
	add_three();
	cr_assert_eq(dt_session_run(&dtp, mod), 0);
	dtp.active = true;
	dt_session_state(&dtp)->activity = DT_ACT_DRAINING;
	cr_assert_eq(dtrace_status(&dtp), DTRACE_STATUS_EXITED);
	cr_assert_eq(dtrace_work(&dtp, stdout, on_probe, NULL, &seen), DTRACE_WORKSTATUS_DONE);
	cr_assert_eq(seen.order[seen.n - 1], 'E');
	cr_assert_eq(dtrace_status(&dtp), DTRACE_STATUS_STOPPED);
}

static int
on_drop(const dtrace_dropdata_t *d, void *arg)
{
	char *text = arg;
	strcat(text, d->dtdda_msg);
	return DTRACE_HANDLE_OK;
}

Test(session, drops_are_told_once)
{
	seen_t seen = {0};
	char text[1024] = "";
	dtp.handlers.drop = on_drop;
	dtp.handlers.droparg = text;
	add_three();
	cr_assert_eq(dt_session_run(&dtp, mod), 0);
	dtp.active = true;
	struct dt_state *state = dt_session_state(&dtp);
	state->cpu[0].drops = 1;
	state->cpu[0].aggdrops = 2;
	state->cpu[0].dyndrops = 3;
	cr_assert_eq(dtrace_stop(&dtp), 0);
	cr_assert_eq(dtrace_work(&dtp, stdout, on_probe, NULL, &seen), DTRACE_WORKSTATUS_DONE);
	cr_assert_str_eq(text, "2 aggregation drops on CPU 0\n1 drop on CPU 0\n3 dynamic variable drops\n");
	state->cpu[0].busydrops = 4;
	state->cpu[0].dblerrors = 1;
	text[0] = '\0';
	dtp.droptags = true;
	cr_assert_eq(dtrace_work(&dtp, stdout, on_probe, NULL, &seen), DTRACE_WORKSTATUS_DONE);
	cr_assert_str_eq(text, "[DTRACEDROP_PRINCIPAL] 4 drops on CPU 0\n"
			       "[DTRACEDROP_DBLERROR] 1 error in ERROR probe enabling\n");
}

static int
on_error(const dtrace_errdata_t *d, void *arg)
{
	strcat(arg, d->dteda_msg);
	return DTRACE_HANDLE_OK;
}

Test(session, fault_lines)
{
	char text[1024] = "";
	dtp.handlers.err = on_error;
	dtp.handlers.errarg = text;
	add_three();
	dtrace_id_t probe = mod->clauses.p[2]->probes[0]->id;
	cr_assert_eq(dt_session_run(&dtp, mod), 0);
	struct dt_recerror e = {
	    .clause = 2, .fault = DTRACEFLT_BADADDR, .action = 2, .offset = 12, .value = 0xabc};
	cr_assert_eq(dt_fault_report(&dtp, 0, probe, &e), 0);
	e = (struct dt_recerror){.clause = 2, .fault = DTRACEFLT_DIVZERO, .offset = UINT32_MAX};
	cr_assert_eq(dt_fault_report(&dtp, 0, probe, &e), 0);
	char want[1024];
	snprintf(
	    want, sizeof(want),
	    "error on enabled probe ID 30 (ID %u: dtrace:::tick-1ms): invalid address (0xabc) in action #2 at "
	    "DIF offset 12\n"
	    "error on enabled probe ID 30 (ID %u: dtrace:::tick-1ms): divide-by-zero in predicate\n",
	    probe, probe);
	cr_assert_str_eq(text, want);
}
