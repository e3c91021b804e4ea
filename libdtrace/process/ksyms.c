/*
 * ksyms.c - see ksyms.h.
 *
 * /proc/kallsyms is about 5 MB and costs the kernel some 30 ms to write out, so it is
 * read once, at the first question.  Symbols carry no sizes there: one ends where the
 * next begins, but is at most HOLE bytes long: what follows the last symbol of a section
 * is no part of it.  A module's last one ends with the page after its own, which nothing else is put
 * into: BPF programs and their trampolines may follow.  How long programs are, bpfsyms.c tells.
 *
 * An address that has no name may be that of something loaded since: then the file is read again, but less and
 * less often while that tells nothing new.  Some never have one, and a stack a second may hold them.
 *
 * Where kptr_restrict or a missing capability hides addresses, all of them read as 0:
 * then no address has a name, and addresses print as numbers.
 */
#include "ksyms.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum {
	HOLE = 64 * 1024, /* more than any function has */
	PAGE = 4096,
	READ_CHUNK = 1 << 20
};
/* How soon an unknown address may cause another reading, at first and at most. */
#define REREAD_MIN_NS 1000000000ULL
#define REREAD_MAX_NS (64 * REREAD_MIN_NS)

static const char kernel_name[] = "vmlinux";

/* One reading of the file. */
typedef struct table {
	struct table *older; /* one that is lent */
	bool lent;           /* callers of the library have names of it */
	char *text;          /* names and modules point in here */
	size_t len;
	dt_ksym_t *sym; /* text symbols by address, one an address, nsym; then the others, as they came */
	int nsym, nall;
	int *byname; /* hash table of all symbols, index + 1; made at the first question by name */
	uint32_t mask;
} table_t;

struct dt_ksyms {
	table_t *table;
	uint64_t read_at, wait; /* ns */
};

static char *
slurp(const char *path, size_t *len)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	size_t cap = 6 * READ_CHUNK, n = 0;
	char *text = dt_xcalloc(cap, 1);
	for (;;) {
		if (cap - n < READ_CHUNK / 2)
			text = dt_xrealloc(text, cap *= 2);
		ssize_t got = fd < 0 ? 0 : read(fd, text + n, cap - n - 1);
		if (got <= 0)
			break;
		n += (size_t)got;
	}
	if (fd >= 0)
		close(fd);
	text[n] = '\0';
	*len = n;
	return text;
}

/* ---------------------------------------------------------------- parsing */

/* While sorting, the low bits of `size` hold what decides between symbols of one address. */
enum {
	RANK_GLOBAL,
	RANK_LOCAL,
	RANK_WEAK,
	RANK_DATA
};

static int
rank_of(char type)
{
	switch (type) {
	case 'T':
		return RANK_GLOBAL;
	case 't':
		return RANK_LOCAL;
	case 'W':
	case 'w':
		return RANK_WEAK;
	default:
		return RANK_DATA;
	}
}

/* "ADDR T NAME" or "ADDR T NAME\t[MOD]", cut into strings in place; *p goes to the next line.  Gives its rank;
 * -1: no such line. */
static int
parse_line(char **line, dt_ksym_t *s)
{
	char *p = *line;
	int found = -1;
	uint64_t addr = 0;
	for (; *p && *p != ' ' && *p != '\n'; p++) {
		unsigned c = (unsigned char)*p;
		addr = addr << 4 | (c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
	}
	if (p[0] == ' ' && p[1] > ' ' && p[2] == ' ') {
		found = rank_of(p[1]);
		*s =
		    (dt_ksym_t){.addr = addr, .name = p + 3, .mod = kernel_name, .is_data = found == RANK_DATA};
		for (p += 3; *p > ' ' || *p < 0; p++)
			;
		if (*p == '\t' && p[1] == '[') {
			*p = '\0';
			s->mod = p + 2;
			for (p += 2; *p && *p != ']' && *p != '\n'; p++)
				;
			if (*p == ']')
				*p++ = '\0';
		}
	}
	while (*p && *p != '\n')
		p++;
	if (*p)
		*p++ = '\0';
	*line = p;
	return found;
}

static int
parse(char *p, dt_ksym_t **out)
{
	int n = 0, cap = 1 << 17;
	dt_ksym_t *sym = dt_xcalloc((size_t)cap, sizeof(*sym));
	while (*p) {
		if (n == cap)
			sym = dt_xrealloc(sym, sizeof(*sym) * (size_t)(cap *= 2));
		int found = parse_line(&p, &sym[n]);
		if (found < 0)
			continue;
		sym[n].size = (uint64_t)n << 2 | (unsigned)found;
		n++;
	}
	*out = sym;
	return n;
}

void
dt_ksyms_each_text(dtrace_hdl_t *dtp, void (*each)(void *arg, uint64_t addr), void *arg)
{
	size_t len;
	if (dt_ksyms_iterate(dtp, each, arg))
		return;
	char *text = slurp("/proc/kallsyms", &len);
	dt_ksym_t s;
	for (char *p = text; *p;) {
		int found = parse_line(&p, &s);
		if (found >= 0 && found != RANK_DATA && s.addr)
			each(arg, s.addr);
	}
	free(text);
}

static int
rank(const dt_ksym_t *s)
{
	return (int)(s->size & 3);
}

/* By address; at one address by rank, then as the kernel lists them. */
static bool
before(const dt_ksym_t *a, const dt_ksym_t *b)
{
	if (a->addr != b->addr)
		return a->addr < b->addr;
	return rank(a) != rank(b) ? rank(a) < rank(b) : a->size < b->size;
}

static int
compare(const void *a, const void *b)
{
	return before(b, a) - before(a, b);
}

/* The kernel's own symbols come in order of address but for a few: insertion is linear on them.
 * A module's come in any order. */
static void
sort(dt_ksym_t *s, int n)
{
	int64_t moves = 2 * (int64_t)n;
	for (int i = 1; i < n; i++) {
		dt_ksym_t x = s[i];
		int j = i;
		for (; j > 0 && before(&x, &s[j - 1]) && moves > 0; j--, moves--)
			s[j] = s[j - 1];
		s[j] = x;
		if (moves == 0) {
			qsort(s, (size_t)n, sizeof(*s), compare);
			return;
		}
	}
}

static bool
is_text(const dt_ksym_t *s)
{
	return rank(s) != RANK_DATA && s->addr != 0;
}

/* The text symbols of the kernel (or of what is loaded into it) out of all, sorted. */
static int
take(const table_t *t, const dt_ksym_t *all, bool of_kernel, dt_ksym_t *out)
{
	int n = 0;
	for (int i = 0; i < t->nall; i++)
		if (is_text(&all[i]) && (all[i].mod == kernel_name) == of_kernel)
			out[n++] = all[i];
	sort(out, n);
	return n;
}

/* Text symbols first, one an address, with sizes; the others keep their names behind them. */
static void
arrange(table_t *t, const dt_ksym_t *all)
{
	dt_ksym_t *s = t->sym = dt_xcalloc((size_t)t->nall, sizeof(*s));
	dt_ksym_t *run = dt_xcalloc((size_t)t->nall, sizeof(*run));
	int nk = take(t, all, true, run), nm = take(t, all, false, run + nk);
	int n = 0, rest = t->nall;
	for (int k = 0, m = 0; k < nk || m < nm;) {
		bool from_k = m == nm || (k < nk && before(&run[k], &run[nk + m]));
		const dt_ksym_t *x = from_k ? &run[k++] : &run[nk + m++];
		if (n && s[n - 1].addr == x->addr)
			s[--rest] = *x;
		else
			s[n++] = *x;
	}
	for (int i = 0; i < t->nall; i++)
		if (!is_text(&all[i]))
			s[--rest] = all[i];
	free(run);
	t->nsym = n;
	for (int i = 0; i < n; i++) {
		uint64_t room = i + 1 < n ? s[i + 1].addr - s[i].addr : HOLE;
		uint64_t most = s[i].mod == kernel_name ? HOLE : 2 * PAGE - s[i].addr % PAGE;
		s[i].size = room < most ? room : most;
	}
	for (int i = n; i < t->nall; i++)
		s[i].size = 0;
}

/* The last one that begins at the address or before it, NULL: none does. */
static dt_ksym_t *
last_before(const table_t *t, uint64_t addr)
{
	int lo = 0, hi = t->nsym;
	while (lo < hi) {
		int mid = lo + (hi - lo) / 2;
		if (t->sym[mid].addr <= addr)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo ? &t->sym[lo - 1] : NULL;
}

static const dt_ksym_t *
find_addr(const table_t *t, uint64_t addr)
{
	const dt_ksym_t *s = last_before(t, addr);
	return s && addr - s->addr < s->size ? s : NULL;
}

static void
size_program(void *arg, uint64_t addr, uint64_t size)
{
	dt_ksym_t *s = last_before(arg, addr);
	if (s && s->addr == addr)
		s->size = size;
}

static table_t *
read_table(const char *path)
{
	table_t *t = dt_xcalloc(1, sizeof(*t));
	t->text = slurp(path, &t->len);
	dt_ksym_t *all;
	t->nall = parse(t->text, &all);
	arrange(t, all);
	free(all);
	dt_ksyms_programs(size_program, t);
	dt_debug("kallsyms: %d symbols, %d of them addresses of text", t->nall, t->nsym);
	return t;
}

static void
free_table(table_t *t)
{
	free(t->byname);
	free(t->sym);
	free(t->text);
	free(t);
}

/* ---------------------------------------------------------------- lookups */

static uint64_t
now(void)
{
	struct timespec ts;
	clock_gettime(CLOCK_MONOTONIC_COARSE, &ts);
	return (uint64_t)ts.tv_sec * 1000000000 + (uint64_t)ts.tv_nsec;
}

/* The present table stays when nothing has changed. */
static void
reread(struct dt_ksyms *ks)
{
	table_t *t = read_table("/proc/kallsyms"), *old = ks->table;
	ks->read_at = now();
	if (old && old->len == t->len && memcmp(old->text, t->text, t->len) == 0) {
		free_table(t);
		ks->wait = ks->wait * 2 < REREAD_MAX_NS ? ks->wait * 2 : REREAD_MAX_NS;
		return;
	}
	ks->wait = REREAD_MIN_NS;
	ks->table = t;
	if (!old)
		return;
	t->older = old->lent ? old : old->older;
	if (!old->lent)
		free_table(old);
}

static struct dt_ksyms *
ksyms(dtrace_hdl_t *dtp)
{
	if (!dtp->ksyms) {
		dtp->ksyms = dt_xcalloc(1, sizeof(*dtp->ksyms));
		dt_progress(dtp, "reading the kernel's symbols", 0, 0);
		reread(dtp->ksyms);
	}
	return dtp->ksyms;
}

const dt_ksym_t *
dt_ksym_byaddr(dtrace_hdl_t *dtp, uint64_t addr)
{
	if (dtp->oflags & DTRACE_O_NOSYS)
		return NULL;
	struct dt_ksyms *ks = ksyms(dtp);
	const dt_ksym_t *s = find_addr(ks->table, addr);
	/* A kernel address without a name: a module or a BPF program that came since. */
	if (!s && (int64_t)addr < 0 && ks->table->nsym && addr >= ks->table->sym[0].addr &&
	    now() - ks->read_at >= ks->wait) {
		reread(ks);
		s = find_addr(ks->table, addr);
	}
	return s;
}

static uint32_t
hash(const char *s)
{
	uint32_t h = 2166136261u;
	for (; *s; s++)
		h = (h ^ (unsigned char)*s) * 16777619u;
	return h;
}

static void
index_names(table_t *t)
{
	uint32_t size = 1024;
	while (size < 2 * (uint32_t)t->nall)
		size *= 2;
	t->byname = dt_xcalloc(size, sizeof(*t->byname));
	t->mask = size - 1;
	for (int i = 0; i < t->nall; i++) {
		uint32_t h = hash(t->sym[i].name) & t->mask;
		while (t->byname[h])
			h = (h + 1) & t->mask;
		t->byname[h] = i + 1;
	}
}

const dt_ksym_t *
dt_ksym_byname(dtrace_hdl_t *dtp, const char *mod, const char *name)
{
	if (dtp->oflags & DTRACE_O_NOSYS)
		return NULL;
	table_t *t = ksyms(dtp)->table;
	if (!t->byname)
		index_names(t);
	for (uint32_t h = hash(name) & t->mask; t->byname[h]; h = (h + 1) & t->mask) {
		const dt_ksym_t *s = &t->sym[t->byname[h] - 1];
		if (strcmp(s->name, name) == 0 && (!mod || strcmp(s->mod, mod) == 0))
			return s;
	}
	return NULL;
}

void
dt_ksyms_lend(dtrace_hdl_t *dtp)
{
	if (dtp->ksyms)
		dtp->ksyms->table->lent = true;
}

bool
dt_ksym_ismodule(dtrace_hdl_t *dtp, const char *mod)
{
	if (dtp->oflags & DTRACE_O_NOSYS)
		return false;
	const table_t *t = ksyms(dtp)->table;
	for (int i = 0; i < t->nall; i++)
		if (strcmp(t->sym[i].mod, mod) == 0)
			return true;
	return false;
}

void
dtrace_update(dtrace_hdl_t *dtp)
{
	if (dtp->ksyms)
		reread(dtp->ksyms);
}

/* That of the module in the array, appended when it is new. */
static dt_kobject_t *
object_of(dt_kobject_t **objs, int *n, const char *name)
{
	if (name == kernel_name && *n)
		return *objs;
	for (int i = *n - 1; i > 0; i--)
		if (strcmp((*objs)[i].name, name) == 0)
			return &(*objs)[i];
	*objs = dt_xrealloc(*objs, sizeof(**objs) * (size_t)(*n + 1));
	(*objs)[*n] = (dt_kobject_t){.name = name};
	return &(*objs)[(*n)++];
}

static void
extend(dt_krange_t *r, uint64_t addr, uint64_t size)
{
	if (!addr)
		return;
	uint64_t end = r->va + r->size > addr + size ? r->va + r->size : addr + size;
	r->va = r->size && r->va < addr ? r->va : addr;
	r->size = end - r->va;
}

int
dt_ksyms_objects(dtrace_hdl_t *dtp, dt_kobject_t **objs)
{
	int n = 0;
	*objs = NULL;
	object_of(objs, &n, kernel_name);
	if (dtp->oflags & DTRACE_O_NOSYS)
		return n;
	const table_t *t = ksyms(dtp)->table;
	for (int i = 0; i < t->nall; i++) {
		const dt_ksym_t *s = &t->sym[i];
		dt_kobject_t *o = object_of(objs, &n, s->mod);
		if (s->is_data)
			extend(&o->data, s->addr, 1);
		else
			extend(&o->text, s->addr, i < t->nsym ? s->size : 0);
	}
	return n;
}

void
dt_ksyms_close(dtrace_hdl_t *dtp)
{
	if (!dtp->ksyms)
		return;
	for (table_t *t = dtp->ksyms->table, *older; t; t = older) {
		older = t->older;
		free_table(t);
	}
	free(dtp->ksyms);
	dtp->ksyms = NULL;
}

/* ---------------------------------------------------------- tracing's frames */

/* What stands between a probe and the program it runs, innermost first. */
static bool
is_tracing(const char *name)
{
	static const char *const prefix[] = {
	    "bpf_prog_",    "__bpf_prog_",     "bpf_trace_run",   "__bpf_trace_",
	    "__traceiter_", "trace_call_bpf",  "bpf_trampoline_", "bpf_get_stack",
	    "perf_trace_",  "__bpf_get_stack", "bpf_dispatcher_", "bpf_func_",
	};
	for (size_t i = 0; i < sizeof(prefix) / sizeof(prefix[0]); i++)
		if (strncmp(name, prefix[i], strlen(prefix[i])) == 0)
			return true;
	return false;
}

/*
 * A BPF program (and its trampoline) made after the symbols were read has no name yet.
 * Code of the kernel and its modules always has one, so nameless frames in front of it are
 * taken for such programs; a stack without a single name tells nothing.
 */
int
dt_ksyms_tracing_frames(dtrace_hdl_t *dtp, const uint64_t *pcs, int n)
{
	if (dtp->oflags & DTRACE_O_NOSYS)
		return 0;
	const table_t *t = ksyms(dtp)->table;
	bool named = false;
	int i = 0;
	for (; i < n && pcs[i]; i++) {
		const dt_ksym_t *s = find_addr(t, pcs[i]);
		named |= s != NULL;
		if (s && !is_tracing(s->name))
			break;
	}
	return named ? i : 0;
}
