/* elfsyms.c - see elfsyms.h. */
#include "elfsyms.h"

#include "../handle/arena.h"
#include "debugfile.h"

#include <gelf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#if defined(__x86_64__)
#define NATIVE EM_X86_64
#elif defined(__aarch64__)
#define NATIVE EM_AARCH64
#endif

typedef struct symbol {
	uint64_t addr, size; /* size 0: up to the next symbol */
	const char *name;
	int rank; /* lower is the better name of an address */
	bool func, indirect;
} symbol_t;

typedef struct segment {
	uint64_t off, filesz, vaddr;
	bool exec;
} segment_t;

struct dt_elfsyms {
	DT_VEC(segment_t) seg;
	DT_VEC(symbol_t) sym;   /* by address, one an address */
	DT_VEC(symbol_t) alias; /* the other names */
	bool is64;              /* of this machine's kind */
	char *names;
	uint64_t longest; /* size of the largest symbol: how far back one may reach */
};

/* -------------------------------------------------------------- reading */

static Elf_Scn *
section_of_type(Elf *elf, uint32_t type, GElf_Shdr *sh)
{
	for (Elf_Scn *scn = NULL; (scn = elf_nextscn(elf, scn));)
		if (gelf_getshdr(scn, sh) && sh->sh_type == type)
			return scn;
	return NULL;
}

static void
read_segments(dt_elfsyms_t *es, Elf *elf)
{
	size_t n;
	if (elf_getphdrnum(elf, &n) != 0)
		return;
	for (size_t i = 0; i < n; i++) {
		GElf_Phdr ph;
		if (gelf_getphdr(elf, (int)i, &ph) && ph.p_type == PT_LOAD)
			*dt_vec_push(&es->seg) =
			    (segment_t){ph.p_offset, ph.p_filesz, ph.p_vaddr, ph.p_flags & PF_X};
	}
}

/* People look for read, not __read; and for what a program exports rather than its local aliases. */
static int
rank_of(const char *name, int bind)
{
	int r = bind == STB_GLOBAL ? 0 : bind == STB_WEAK ? 1 : 2;
	for (; *name == '_'; name++)
		r += 3;
	return r;
}

static bool
wanted(Elf *elf, const GElf_Sym *s)
{
	GElf_Shdr sh;
	if (s->st_shndx == SHN_UNDEF || s->st_shndx >= SHN_LORESERVE)
		return false;
	switch (GELF_ST_TYPE(s->st_info)) {
	case STT_FUNC:
	case STT_GNU_IFUNC:
	case STT_OBJECT:
		return true;
	case STT_NOTYPE: { /* labels of assembly code */
		Elf_Scn *scn = elf_getscn(elf, s->st_shndx);
		return scn && gelf_getshdr(scn, &sh) && (sh.sh_flags & SHF_EXECINSTR);
	}
	default:
		return false;
	}
}

static int
compare(const void *a, const void *b)
{
	const symbol_t *x = a, *y = b;
	if (x->addr != y->addr)
		return x->addr < y->addr ? -1 : 1;
	if ((x->size == 0) != (y->size == 0))
		return x->size == 0 ? 1 : -1;
	if (x->rank != y->rank)
		return x->rank - y->rank;
	return strcmp(x->name, y->name);
}

static void
sort(dt_elfsyms_t *es)
{
	if (es->sym.n == 0)
		return;
	qsort(es->sym.p, (size_t)es->sym.n, sizeof(*es->sym.p), compare);
	int n = 1;
	for (int i = 1; i < es->sym.n; i++)
		if (es->sym.p[i].addr != es->sym.p[n - 1].addr)
			es->sym.p[n++] = es->sym.p[i];
		else
			*dt_vec_push(&es->alias) = es->sym.p[i];
	es->sym.n = n;
	for (int i = 0; i < n; i++) {
		symbol_t *s = &es->sym.p[i];
		if (s->size == 0 && i + 1 < n)
			s->size = s[1].addr - s->addr;
		if (s->size > es->longest)
			es->longest = s->size;
	}
}

/* The names are copied as one block, so that the file can be closed. */
static bool
read_symbols(dt_elfsyms_t *es, Elf *elf, uint32_t type)
{
	GElf_Shdr sh;
	Elf_Scn *scn = section_of_type(elf, type, &sh), *strscn;
	Elf_Data *d = scn ? elf_getdata(scn, NULL) : NULL, *strs;
	if (!d || sh.sh_entsize == 0 || !(strscn = elf_getscn(elf, sh.sh_link)) ||
	    !(strs = elf_getdata(strscn, NULL)) || !strs->d_buf || strs->d_size == 0)
		return false;
	char *names = dt_xcalloc(strs->d_size + 1, 1);
	memcpy(names, strs->d_buf, strs->d_size);
	for (size_t i = 0; i < d->d_size / sh.sh_entsize; i++) {
		GElf_Sym s;
		if (!gelf_getsym(d, (int)i, &s) || s.st_name == 0 || s.st_name >= strs->d_size ||
		    !wanted(elf, &s))
			continue;
		char *name = names + s.st_name;
		char *version = strchr(name, '@'); /* read@@GLIBC_2.2.5 */
		if (version && version != name)
			*version = '\0';
		if (!*name || *name == '$') /* arm64 mapping symbols */
			continue;
		int type = GELF_ST_TYPE(s.st_info);
		bool indirect = type == STT_GNU_IFUNC;
		*dt_vec_push(&es->sym) = (symbol_t){s.st_value,
						    s.st_size,
						    name,
						    rank_of(name, GELF_ST_BIND(s.st_info)),
						    (indirect || type == STT_FUNC) && s.st_size > 0,
						    indirect};
	}
	if (es->sym.n == 0) {
		free(names);
		return false;
	}
	es->names = names;
	sort(es);
	return true;
}

static bool
read_debug_file(dt_elfsyms_t *es, Elf *elf)
{
	int fd = dt_debugfile_open(elf, NULL);
	if (fd < 0)
		return false;
	Elf *debug = elf_begin(fd, ELF_C_READ, NULL);
	bool ok = debug && read_symbols(es, debug, SHT_SYMTAB);
	elf_end(debug);
	close(fd);
	return ok;
}

static dt_elfsyms_t *
read_elf(Elf *elf)
{
	dt_elfsyms_t *es = dt_xcalloc(1, sizeof(*es));
	if (elf && elf_kind(elf) == ELF_K_ELF) {
		GElf_Ehdr eh;
		es->is64 = gelf_getclass(elf) == ELFCLASS64 && gelf_getehdr(elf, &eh) && eh.e_machine == NATIVE;
		read_segments(es, elf);
		if (!read_symbols(es, elf, SHT_SYMTAB) && !read_debug_file(es, elf))
			read_symbols(es, elf, SHT_DYNSYM);
	}
	elf_end(elf);
	return es;
}

dt_elfsyms_t *
dt_elfsyms_fd(int fd)
{
	elf_version(EV_CURRENT);
	/* Not mapped: a file rewritten in place meanwhile must not kill us. */
	return read_elf(elf_begin(fd, ELF_C_READ, NULL));
}

dt_elfsyms_t *
dt_elfsyms_memory(const void *image, size_t len)
{
	elf_version(EV_CURRENT);
	char *copy = dt_xcalloc(len, 1);
	memcpy(copy, image, len);
	dt_elfsyms_t *es = read_elf(elf_memory(copy, len));
	free(copy);
	return es;
}

void
dt_elfsyms_free(dt_elfsyms_t *es)
{
	if (!es)
		return;
	dt_vec_free(&es->seg);
	dt_vec_free(&es->sym);
	dt_vec_free(&es->alias);
	free(es->names);
	free(es);
}

/* -------------------------------------------------------------- lookup */

/* Two segments may share a page of the file: then the one mapped with the same permission counts. */
static bool
address_of(const dt_elfsyms_t *es, uint64_t fileoff, bool exec, uint64_t *addr)
{
	bool found = false;
	for (int i = 0; i < es->seg.n; i++) {
		const segment_t *s = &es->seg.p[i];
		if (fileoff < s->off || fileoff - s->off >= s->filesz || (found && s->exec != exec))
			continue;
		*addr = s->vaddr + (fileoff - s->off);
		found = true;
		if (s->exec == exec)
			break;
	}
	return found;
}

const char *
dt_elfsyms_find(const dt_elfsyms_t *es, uint64_t fileoff, bool exec, uint64_t *off)
{
	uint64_t addr = 0;
	if (!address_of(es, fileoff, exec, &addr))
		return NULL;
	int lo = 0, hi = es->sym.n;
	while (lo < hi) {
		int mid = lo + (hi - lo) / 2;
		if (es->sym.p[mid].addr <= addr)
			lo = mid + 1;
		else
			hi = mid;
	}
	/* A symbol may lie inside a larger one: the nearest start that covers the address wins. */
	for (int i = lo - 1; i >= 0; i--) {
		const symbol_t *s = &es->sym.p[i];
		if (addr - s->addr >= es->longest)
			break;
		if (addr - s->addr < s->size) {
			*off = addr - s->addr;
			return s->name;
		}
	}
	return NULL;
}

/* ----------------------------------------------------------- functions */

bool
dt_elfsyms_is64(const dt_elfsyms_t *es)
{
	return es->is64;
}

int
dt_elfsyms_count(const dt_elfsyms_t *es)
{
	return es->sym.n;
}

bool
dt_elfsyms_fileoff(const dt_elfsyms_t *es, uint64_t addr, uint64_t *fileoff)
{
	for (int i = 0; i < es->seg.n; i++) {
		const segment_t *s = &es->seg.p[i];
		if (s->exec && addr >= s->vaddr && addr - s->vaddr < s->filesz) {
			*fileoff = addr - s->vaddr + s->off;
			return true;
		}
	}
	return false;
}

bool
dt_elfsyms_addr(const dt_elfsyms_t *es, uint64_t fileoff, uint64_t *addr)
{
	return address_of(es, fileoff, true, addr);
}

bool
dt_elfsyms_func(const dt_elfsyms_t *es, int i, dt_elffunc_t *f)
{
	const symbol_t *s = &es->sym.p[i];
	*f = (dt_elffunc_t){.name = s->name, .addr = s->addr, .size = s->size, .indirect = s->indirect};
	return s->func && dt_elfsyms_fileoff(es, s->addr, &f->fileoff);
}

static bool
value_in(const symbol_t *p, int n, const char *name, uint64_t *addr)
{
	for (int i = 0; i < n; i++) {
		if (strcmp(p[i].name, name) != 0)
			continue;
		*addr = p[i].addr;
		return true;
	}
	return false;
}

bool
dt_elfsyms_value(const dt_elfsyms_t *es, const char *name, uint64_t *addr)
{
	return value_in(es->sym.p, es->sym.n, name, addr) || value_in(es->alias.p, es->alias.n, name, addr);
}

bool
dt_elfsyms_byname(const dt_elfsyms_t *es, const char *name, dt_elffunc_t *f)
{
	uint64_t addr;
	if (!dt_elfsyms_value(es, name, &addr))
		return false;
	for (int i = 0; i < es->sym.n; i++)
		if (es->sym.p[i].addr == addr)
			return dt_elfsyms_func(es, i, f);
	return false;
}

bool
dt_elfsyms_around(const dt_elfsyms_t *es, uint64_t fileoff, dt_elffunc_t *f)
{
	uint64_t off;
	const char *name = dt_elfsyms_find(es, fileoff, true, &off);
	return name && dt_elfsyms_byname(es, name, f) && fileoff - f->fileoff < f->size;
}
