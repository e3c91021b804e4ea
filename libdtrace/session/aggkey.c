/*
 * aggkey.c - keys of aggregations as the consumer knows them.  Rows whose kernel keys
 * differ but mean the same are one row here: equal texts under different string
 * numbers, addresses within one symbol (sym, usym) or one module (mod, umod).
 */
#include "../process/ksyms.h"
#include "../process/usyms.h"
#include "aggimpl.h"

#include <string.h>

/* The first address seen of that module of that process (0: the kernel). */
static uint64_t
module_addr(struct dt_aggregate *a, const char *name, uint64_t pid, uint64_t addr)
{
	for (int i = 0; i < a->modules.n; i++) {
		const dt_modaddr_t *m = &a->modules.p[i];
		if (m->pid == pid && strcmp(m->name, name) == 0)
			return m->addr;
	}
	*dt_vec_push(&a->modules) = (dt_modaddr_t){dt_xstrdup(name), addr, pid};
	return addr;
}

static void
merge_kernel(struct dt_aggregate *a, dtrace_actkind_t act, uint64_t *addr)
{
	const dt_ksym_t *sym = dt_ksym_byaddr(a->dtp, *addr);
	if (!sym)
		return;
	*addr = act == DTRACEACT_MOD ? module_addr(a, sym->mod, 0, sym->addr) : sym->addr;
}

/* v: process, address. */
static void
merge_user(struct dt_aggregate *a, dtrace_actkind_t act, uint64_t *v)
{
	dt_usym_t sym;
	if (!dt_usym_byaddr(a->dtp, (pid_t)v[0], v[1], &sym))
		return;
	if (act == DTRACEACT_UMOD && sym.object[0])
		v[1] = module_addr(a, sym.object, v[0], v[1]);
	else if (act == DTRACEACT_USYM && sym.name[0])
		v[1] -= sym.off;
}

void
dt_agg_key(struct dt_aggregate *a, const dt_agginfo_t *info, const void *kkey, char *out)
{
	const dtrace_recdesc_t *recs = info->recs;
	memset(out, 0, info->desc.dtagd_size);
	memcpy(out + recs[0].dtrd_offset, &info->id, sizeof(info->id));
	if (info->nkeys == 0)
		return;
	dt_rec_expand(a->dtp, a->mod, info->key, recs + 1, info->nkeys, kkey, out);
	for (int i = 1; i <= info->nkeys; i++) {
		uint64_t v[2];
		char *at = out + recs[i].dtrd_offset;
		switch (recs[i].dtrd_action) {
		case DTRACEACT_SYM:
		case DTRACEACT_MOD:
			memcpy(v, at, 8);
			merge_kernel(a, recs[i].dtrd_action, v);
			memcpy(at, v, 8);
			break;
		case DTRACEACT_USYM:
		case DTRACEACT_UMOD:
			memcpy(v, at, 16);
			merge_user(a, recs[i].dtrd_action, v);
			memcpy(at, v, 16);
			break;
		default:
			break;
		}
	}
}
