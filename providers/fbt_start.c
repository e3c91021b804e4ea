/*
 * fbt_start.c - where a function begins.  kprobe.multi compares what it is given with that, while the kernel's
 * list of functions has the place of the call to the tracer, which an endbr may precede.
 */
#include <stdlib.h>

#include "../libdtrace/process/ksyms.h"
#include "fbt.h"

enum {
	NEAR = 16 /* bytes; the call is no further from the beginning */
};

uint64_t
dt_fbt_start(dtrace_hdl_t *dtp, dt_fbt_function_t *f)
{
	if (f->start)
		return f->start;
	const dt_ksym_t *s = f->addr ? dt_ksym_byaddr(dtp, f->addr) : dt_ksym_byname(dtp, f->mod, f->name);
	f->start = !s || (f->addr && f->addr - s->addr > NEAR) ? f->addr : s->addr;
	return f->start;
}

/* By address. */
typedef struct functions {
	dt_fbt_function_t **p;
	int n;
} functions_t;

static int
by_address(const void *a, const void *b)
{
	const dt_fbt_function_t *fa = *(dt_fbt_function_t *const *)a, *fb = *(dt_fbt_function_t *const *)b;
	return fa->addr < fb->addr ? -1 : fa->addr > fb->addr;
}

/* A symbol: of those before a function, the nearest is its own. */
static void
place(void *arg, uint64_t addr)
{
	const functions_t *all = arg;
	int lo = 0, hi = all->n;
	while (lo < hi) {
		int mid = lo + (hi - lo) / 2;
		if (all->p[mid]->addr < addr)
			lo = mid + 1;
		else
			hi = mid;
	}
	for (; lo < all->n && all->p[lo]->addr - addr <= NEAR; lo++)
		if (all->p[lo]->start < addr)
			all->p[lo]->start = addr;
}

void
dt_fbt_starts(dtrace_hdl_t *dtp, dt_fbt_function_t **functions, int n)
{
	functions_t all = {functions, n};
	if (n == 0)
		return;
	qsort(functions, (size_t)n, sizeof(*functions), by_address);
	dt_ksyms_each_text(dtp, place, &all);
	for (int i = 0; i < n; i++)
		if (!functions[i]->start)
			functions[i]->start = functions[i]->addr;
}
