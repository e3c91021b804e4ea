/*
 * spec.c - the consumer's side of speculations (runtime/rt.h): records of open ones are
 * kept, copied out of the buffers, until their generation is committed or discarded.
 *
 * Records of other CPUs may be read after the commit or discard they come before: a generation is
 * remembered until two more passes over all buffers have ended.
 */
#include "impl.h"

#include <bpf/bpf.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum {
	NBUCKETS = 256,
	REMEMBER = 2 /* passes */
};

typedef struct held {
	struct held *next;
	int cpu;
	size_t len;
	struct dt_rechdr hdr; /* then the data */
} held_t;

typedef struct gen {
	struct gen *next;
	struct dt_recspec tag;
	dt_specfate_t fate;
	uint64_t ended; /* number of the pass in which its fate was learnt */
	held_t *first, **last;
} gen_t;

struct dt_specs {
	uint32_t nspec;
	dt_u64 *words; /* of the states' map; [0] counts busy ids */
	int freefd;
	gen_t *bucket[NBUCKETS];
	uint64_t passes;
};

static const dt_map_t *
find_map(const dt_module_t *mod, dt_mapkind_t kind)
{
	for (int i = 0; i < mod->maps.n; i++)
		if (mod->maps.p[i].kind == kind)
			return &mod->maps.p[i];
	return NULL;
}

int
dt_specs_open(dtrace_hdl_t *dtp, dt_session_t *s)
{
	const dt_map_t *states = find_map(s->mod, DT_MAP_SPEC);
	if (!states)
		return 0;
	const dt_map_t *ids = find_map(s->mod, DT_MAP_SPECFREE);
	struct dt_specs *sp = s->specs = dt_xcalloc(1, sizeof(*sp));
	sp->nspec = dtp->opt[DT_OPT_NSPEC] ? ids->max_entries : 0;
	sp->words = states->mem;
	sp->freefd = ids->fd;
	for (uint32_t id = 1; id <= sp->nspec; id++) {
		int err = bpf_map_update_elem(sp->freefd, NULL, &id, BPF_ANY);
		if (err)
			return dt_set_error(dtp, -err, "cannot set up the speculations: %s", strerror(-err));
	}
	return 0;
}

static void
drop_records(gen_t *g)
{
	for (held_t *h = g->first, *next; h; h = next) {
		next = h->next;
		free(h);
	}
	g->first = NULL;
	g->last = &g->first;
}

void
dt_specs_close(struct dt_specs *sp)
{
	if (!sp)
		return;
	for (int i = 0; i < NBUCKETS; i++)
		for (gen_t *g = sp->bucket[i], *next; g; g = next) {
			next = g->next;
			drop_records(g);
			free(g);
		}
	free(sp);
}

static gen_t *
generation(struct dt_specs *sp, const struct dt_recspec *tag)
{
	gen_t **head = &sp->bucket[(tag->id * 31 + tag->gen) % NBUCKETS];
	for (gen_t *g = *head; g; g = g->next)
		if (g->tag.id == tag->id && g->tag.gen == tag->gen)
			return g;
	gen_t *g = dt_xcalloc(1, sizeof(*g));
	g->tag = *tag;
	g->last = &g->first;
	g->next = *head;
	*head = g;
	return g;
}

dt_specfate_t
dt_specs_hold(struct dt_specs *sp, int cpu, const struct dt_rechdr *hdr, size_t len)
{
	gen_t *g = generation(sp, (const struct dt_recspec *)(const void *)(hdr + 1));
	if (g->fate != DT_SPEC_OPEN)
		return g->fate;
	held_t *h = dt_xcalloc(1, sizeof(*h) + len);
	h->cpu = cpu;
	h->len = len;
	memcpy(&h->hdr, hdr, sizeof(*hdr));
	memcpy(&h->hdr + 1, hdr + 1, len);
	*g->last = h;
	g->last = &h->next;
	return DT_SPEC_OPEN;
}

static void
end_generation(struct dt_specs *sp, gen_t *g, dt_specfate_t fate)
{
	g->fate = fate;
	g->ended = sp->passes;
}

void
dt_specs_discard(struct dt_specs *sp, const struct dt_recspec *tag)
{
	gen_t *g = generation(sp, tag);
	drop_records(g);
	end_generation(sp, g, DT_SPEC_DISCARDED);
}

int
dt_specs_commit(struct dt_specs *sp, const struct dt_recspec *tag, dt_specshow_f *show, void *arg)
{
	gen_t *g = generation(sp, tag);
	int rc = 0;
	end_generation(sp, g, DT_SPEC_COMMITTED);
	for (const held_t *h = g->first; h && rc >= 0; h = h->next)
		rc = show(arg, h->cpu, &h->hdr, h->len, h->next ? &h->next->hdr : NULL);
	drop_records(g);
	return rc < 0 ? -1 : 0;
}

/* Give back the ids that a program could not: their generations are lost. */
void
dt_specs_clean(struct dt_specs *sp)
{
	if (!sp || !__atomic_load_n(&sp->words[0], __ATOMIC_ACQUIRE))
		return;
	for (uint32_t id = 1; id <= sp->nspec; id++) {
		dt_u64 w = __atomic_load_n(&sp->words[id], __ATOMIC_ACQUIRE);
		if ((uint32_t)w != DT_SPEC_BUSY)
			continue;
		struct dt_recspec tag = {id, (uint32_t)(w >> 32)};
		__atomic_store_n(&sp->words[id], DT_SPEC_WORD(tag.gen, DT_SPEC_FREE), __ATOMIC_RELEASE);
		if (bpf_map_update_elem(sp->freefd, NULL, &id, BPF_ANY) != 0) {
			__atomic_store_n(&sp->words[id], w, __ATOMIC_RELEASE); /* next time */
			continue;
		}
		__atomic_sub_fetch(&sp->words[0], 1, __ATOMIC_ACQ_REL);
		gen_t *g = generation(sp, &tag);
		if (g->fate == DT_SPEC_OPEN)
			dt_specs_discard(sp, &tag);
	}
}

void
dt_specs_pass(struct dt_specs *sp)
{
	if (!sp)
		return;
	sp->passes++;
	for (int i = 0; i < NBUCKETS; i++)
		for (gen_t **link = &sp->bucket[i], *g; (g = *link) != NULL;) {
			if (g->fate == DT_SPEC_OPEN || sp->passes - g->ended <= REMEMBER) {
				link = &g->next;
				continue;
			}
			*link = g->next;
			free(g);
		}
}
