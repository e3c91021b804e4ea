/*
 * consume.c - dtrace_consume(): one pass over the buffers.  Each record is found its
 * clause and probe, shown to the consumer's callbacks, and processed as the library
 * does by default (action.c) where they ask for it.
 */
#include "../output/structured.h"
#include "impl.h"

#include <stdlib.h>
#include <string.h>

enum {
	/* A pass stops a little short of now: a program that has taken its time stamp may not yet have
	 * reserved its record, and a later record of another CPU must not be printed before it. */
	SETTLE_NS = 1000000,
	PDESCS = 256, /* cached probe descriptions, by low bits of the id */
	INDENT = 2    /* columns of one level of flow */
};

/* Flow indentation is a matter of each CPU. */
typedef struct flow {
	int indent;
	uint32_t probe, clause; /* of the record before */
	bool any;
} flow_t;

struct dt_consumer {
	flow_t *flow;   /* by CPU */
	bool *plain;    /* by clause: the kernel's layout is the API's */
	char *expanded; /* room for one record in API layout */
	dtrace_probedesc_t *pdescs;
	bool begun;     /* BEGIN's records have been read */
	bool collected; /* the rings of bufpolicy=ring have been put in order */
};

typedef struct pass {
	dtrace_hdl_t *dtp;
	dt_session_t *s;
	FILE *fp;
	dtrace_consume_probe_f *pf;
	dtrace_consume_rec_f *rf;
	void *arg;
	uint64_t deadline; /* when the rest is left to another pass */
	/* While the records of a committed speculation are shown: */
	uint64_t commit_time;
	const struct dt_rechdr *next; /* of the same speculation */
} pass_t;

dt_consumer_t *
dt_consumer_new(dtrace_hdl_t *dtp, const dt_module_t *mod)
{
	(void)dtp;
	dt_consumer_t *c = dt_xcalloc(1, sizeof(*c));
	c->flow = dt_xcalloc((size_t)mod->ncpus, sizeof(flow_t));
	c->plain = dt_xcalloc((size_t)mod->clauses.n, sizeof(bool));
	c->pdescs = dt_xcalloc(PDESCS, sizeof(dtrace_probedesc_t));
	size_t max = 8;
	for (int i = 0; i < mod->clauses.n; i++) {
		const dt_clause_t *cl = mod->clauses.p[i];
		c->plain[i] = dt_rec_is_plain(cl->krecs, cl->recs, cl->nrecs);
		if (cl->recsize > max)
			max = cl->recsize;
	}
	c->expanded = dt_xcalloc(1, max);
	return c;
}

void
dt_consumer_free(dt_consumer_t *c)
{
	if (!c)
		return;
	free(c->flow);
	free(c->plain);
	free(c->pdescs);
	free(c->expanded);
	free(c);
}

dtrace_epid_t
dt_clause_epid(const dt_clause_t *c, uint32_t probe)
{
	int lo = 0, hi = c->nprobes;
	while (lo < hi) {
		int mid = lo + (hi - lo) / 2;
		if (c->probes[mid]->id < probe)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < c->nprobes && c->probes[lo]->id == probe ? c->epid0 + (dtrace_epid_t)lo : 0;
}

static dtrace_probedesc_t *
probedesc(dtrace_hdl_t *dtp, dt_consumer_t *c, uint32_t id)
{
	dtrace_probedesc_t *pd = &c->pdescs[id % PDESCS];
	const dt_probe_t *p;
	if (pd->dtpd_id == id)
		return pd;
	if (!(p = dt_probe_byid(dtp, id)))
		return NULL;
	pd->dtpd_id = id;
	snprintf(pd->dtpd_provider, sizeof(pd->dtpd_provider), "%s", p->prv);
	snprintf(pd->dtpd_mod, sizeof(pd->dtpd_mod), "%s", p->mod);
	snprintf(pd->dtpd_func, sizeof(pd->dtpd_func), "%s", p->fun);
	snprintf(pd->dtpd_name, sizeof(pd->dtpd_name), "%s", p->nam);
	return pd;
}

/* ------------------------------------------------------------------ flow */

static bool
ends_in(const char *name, const char *word)
{
	size_t n = strlen(name), w = strlen(word);
	return n >= w && strcmp(name + n - w, word) == 0 && (n == w || name[n - w - 1] == '-');
}

/* Another clause of the firing that `clause` is one of. */
static bool
same_firing(uint32_t probe, uint32_t clause, uint32_t next_probe, uint32_t next_clause)
{
	return probe == next_probe && next_clause > clause && next_clause < DT_REC_DISCARD;
}

/* The record that will be shown after this one, as far as can be told: what is speculative is not. */
static const struct dt_rechdr *
next_shown(const pass_t *p, int cpu)
{
	if (p->commit_time)
		return p->next;
	const dt_module_t *mod = p->s->mod;
	const struct dt_rechdr *next = dt_bufs_peek(p->s->bufs, cpu);
	bool hidden =
	    next && next->clause < (uint32_t)mod->clauses.n && mod->clauses.p[next->clause]->speculates;
	return hidden ? NULL : next;
}

/* How the record shows in the flow of its CPU (output.md part 2). */
static void
set_flow(pass_t *p, const struct dt_rechdr *hdr, dtrace_probedata_t *data)
{
	flow_t *f = &p->s->consumer->flow[data->dtpda_cpu];
	const dtrace_probedesc_t *pd = data->dtpda_pdesc;
	bool is_syscall = strcmp(pd->dtpd_provider, "syscall") == 0;
	data->dtpda_flow = DTRACEFLOW_NONE;
	if (ends_in(pd->dtpd_name, "entry")) {
		if (!f->any || !same_firing(f->probe, f->clause, hdr->probe, hdr->clause))
			data->dtpda_flow = DTRACEFLOW_ENTRY;
	} else if (ends_in(pd->dtpd_name, "return")) {
		/* Only the last clause of a return goes back a level. */
		const struct dt_rechdr *next = next_shown(p, data->dtpda_cpu);
		if (!next || !same_firing(hdr->probe, hdr->clause, next->probe, next->clause))
			data->dtpda_flow = DTRACEFLOW_RETURN;
	}
	f->any = true;
	f->probe = hdr->probe;
	f->clause = hdr->clause;
	if (data->dtpda_flow == DTRACEFLOW_RETURN && f->indent > 0)
		f->indent -= INDENT;
	data->dtpda_indent = f->indent;
	if (data->dtpda_flow == DTRACEFLOW_ENTRY)
		f->indent += INDENT;
	data->dtpda_prefix = data->dtpda_flow == DTRACEFLOW_ENTRY    ? is_syscall ? " => " : " -> "
			     : data->dtpda_flow == DTRACEFLOW_RETURN ? is_syscall ? " <= " : " <- "
								     : "| ";
}

/* --------------------------------------------------------------- records */

/* Meaning of a callback's answer: 1 go on, 0 leave this out, -1 end with an error. */
static int
answer(dtrace_hdl_t *dtp, int rc)
{
	switch (rc) {
	case DTRACE_CONSUME_THIS:
		return 1;
	case DTRACE_CONSUME_NEXT:
		return 0;
	case DTRACE_CONSUME_ABORT:
		return dt_set_errno(dtp, EDT_DIRABORT);
	case DTRACE_CONSUME_ERROR:
		return -1;
	default:
		return dt_set_errno(dtp, EDT_BADRVAL);
	}
}

static int
consume_pieces(pass_t *p, dt_recview_t *v)
{
	for (int i = 0; i < v->clause->nrecs;) {
		const dtrace_recdesc_t *rec = &v->clause->recs[i];
		int used = 1, rc = 1;
		v->data.dtpda_data = (caddr_t)(uintptr_t)(v->base + rec->dtrd_offset);
		p->dtp->outctx.dtbda_recdesc = rec;
		if (p->rf)
			rc = answer(p->dtp, p->rf(&v->data, rec, p->arg));
		if (rc > 0)
			rc = dt_action_do(p->dtp, p->fp, v, i, &used);
		if (rc < 0)
			return -1;
		i += used;
	}
	p->dtp->outctx.dtbda_recdesc = NULL;
	v->data.dtpda_data = (caddr_t)(uintptr_t)v->base;
	return p->rf && answer(p->dtp, p->rf(&v->data, NULL, p->arg)) < 0 ? -1 : 0;
}

static int consume_record(pass_t *, int cpu, const struct dt_rechdr *, size_t len);

static int
show_committed(void *arg, int cpu, const struct dt_rechdr *hdr, size_t len, const struct dt_rechdr *next)
{
	pass_t *p = arg;
	p->next = next;
	return consume_record(p, cpu, hdr, len);
}

/* The end of a speculation: its records, if it was committed, come here and carry this time. */
static int
end_speculation(pass_t *p, const struct dt_rechdr *hdr, size_t len)
{
	const struct dt_recspec *tag = (const void *)(hdr + 1);
	if (len < sizeof(*tag) || !p->s->specs)
		return dt_set_errno(p->dtp, EDT_BADID);
	if (hdr->clause == DT_REC_DISCARD) {
		dt_specs_discard(p->s->specs, tag);
		return 0;
	}
	p->commit_time = hdr->time;
	int rc = dt_specs_commit(p->s->specs, tag, show_committed, p);
	p->commit_time = 0;
	return rc;
}

static int
consume_record(pass_t *p, int cpu, const struct dt_rechdr *hdr, size_t len)
{
	dtrace_hdl_t *dtp = p->dtp;
	dt_consumer_t *c = p->s->consumer;
	const dt_module_t *mod = p->s->mod;
	if (hdr->clause == DT_REC_ERROR)
		return len < sizeof(struct dt_recerror)
			   ? dt_set_errno(dtp, EDT_BADERROR)
			   : dt_fault_report(dtp, cpu, hdr->probe, (const void *)(hdr + 1));
	if (hdr->clause == DT_REC_COMMIT || hdr->clause == DT_REC_DISCARD)
		return end_speculation(p, hdr, len);
	if (hdr->clause >= (uint32_t)mod->clauses.n)
		return dt_set_errno(dtp, EDT_BADID);
	const dt_clause_t *clause = mod->clauses.p[hdr->clause];
	dtrace_probedesc_t *pd = probedesc(dtp, c, hdr->probe);
	if (!pd)
		return dt_set_errno(dtp, EDT_BADID);
	if (len < clause->krecsize)
		return dt_set_errno(dtp, EDT_DOFFSET);
	if (clause->speculates && !p->commit_time && p->s->specs &&
	    dt_specs_hold(p->s->specs, cpu, hdr, len) != DT_SPEC_COMMITTED)
		return 0;

	uint64_t time = p->commit_time ? p->commit_time : hdr->time;
	const char *base = (const char *)(hdr + 1);
	if (!c->plain[hdr->clause]) {
		dt_rec_expand(dtp, mod, clause->krecs, clause->recs, clause->nrecs, base, c->expanded);
		base = c->expanded;
	}
	dt_recview_t v = {.clause = clause, .base = base, .time = time};
	v.edesc = (dtrace_eprobedesc_t){
	    .dtepd_epid = dt_clause_epid(clause, hdr->probe),
	    .dtepd_probeid = hdr->probe,
	    .dtepd_size = clause->recsize,
	    .dtepd_nrecs = clause->nrecs,
	    .dtepd_rec = clause->recs,
	};
	v.data = (dtrace_probedata_t){
	    .dtpda_handle = dtp,
	    .dtpda_edesc = &v.edesc,
	    .dtpda_pdesc = pd,
	    .dtpda_cpu = cpu,
	    .dtpda_data = (caddr_t)(uintptr_t)base,
	    .dtpda_flow = DTRACEFLOW_NONE,
	    .dtpda_prefix = "",
	    .dtpda_timestamp = time,
	};
	if (dt_optval(dtp, DT_OPT_FLOWINDENT, 0))
		set_flow(p, hdr, &v.data);
	dtp->outctx.dtbda_probe = &v.data;
	int rc = p->pf ? answer(dtp, p->pf(&v.data, p->arg)) : 1;
	if (rc > 0 && dtp->structured) {
		dt_struct_begin(dtp, &v.data);
		rc = consume_pieces(p, &v);
		if (dt_struct_end(dtp) != 0)
			rc = -1;
	} else if (rc > 0) {
		rc = consume_pieces(p, &v);
	}
	dtp->outctx.dtbda_probe = NULL;
	dtp->outctx.dtbda_recdesc = NULL;
	return rc;
}

/* 1: time is up, there is more. */
static int
consume_until(pass_t *p, uint64_t until)
{
	const struct dt_rechdr *hdr;
	size_t len;
	int cpu;
	while (dt_bufs_next(p->s->bufs, until, &cpu, &hdr, &len)) {
		if (consume_record(p, cpu, hdr, len) < 0)
			return -1;
		if (dt_now() > p->deadline)
			return 1;
	}
	return 0;
}

/* BEGIN's records come first and END's last, whatever CPU they were made on. */
static int
consume_all(pass_t *p)
{
	dt_session_t *s = p->s;
	int rc = s->consumer->begun ? 0 : consume_until(p, s->begin_end);
	if (rc != 0)
		return rc;
	s->consumer->begun = true;
	if (!s->stopped)
		return consume_until(p, dt_now() - SETTLE_NS);
	rc = consume_until(p, s->end_start - 1);
	return rc != 0 ? rc : consume_until(p, UINT64_MAX);
}

int
dt_consume_for(dtrace_hdl_t *dtp, uint64_t ns, FILE *fp, dtrace_consume_probe_f *pf, dtrace_consume_rec_f *rf,
	       void *arg)
{
	dt_session_t *s = dtp->session;
	if (!s)
		return 0;
	if (dt_read_at_end(dtp) && !s->stopped)
		return 0;
	if (s->rings && !s->consumer->collected)
		dt_rings_collect(s->rings, s->bufs);
	s->consumer->collected = true;
	/* CPU by CPU, a pass that is cut short would begin with the first CPU again. */
	bool whole = ns == UINT64_MAX || s->stopped || !dt_optval(dtp, DT_OPT_TEMPORAL, 1);
	pass_t p = {.dtp = dtp, .s = s, .fp = fp, .pf = pf, .rf = rf, .arg = arg};
	p.deadline = whole ? UINT64_MAX : dt_now() + ns;
	int rc = consume_all(&p);
	dt_bufs_release(s->bufs);
	dt_specs_clean(s->specs);
	if (rc != 1)
		dt_specs_pass(s->specs);
	for (int cpu = 0; cpu < s->ncpus && rc >= 0; cpu++)
		if (dt_drops_principal(dtp, cpu) != 0)
			rc = -1;
	return rc;
}

int
dtrace_consume(dtrace_hdl_t *dtp, FILE *fp, dtrace_consume_probe_f *pf, dtrace_consume_rec_f *rf, void *arg)
{
	return dt_consume_for(dtp, UINT64_MAX, fp, pf, rf, arg);
}
