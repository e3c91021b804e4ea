/*
 * embed.c - build tool: the functions of BPF objects as a C table (table.h).
 *
 *   embed a.bpf.o b.bpf.o ... >runtime_table.h
 *
 * Reads .text, its relocations, and the parameters of each function from .BTF.  Anything a
 * routine may not have (data, unknown callees, other sections) ends the build with a message.
 */
#include "table.h"

#include <bpf/btf.h>
#include <fcntl.h>
#include <gelf.h>
#include <libelf.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifndef R_BPF_64_64
#define R_BPF_64_64 1 /* ld_imm64 */
#endif
#ifndef R_BPF_64_32
#define R_BPF_64_32 10 /* call */
#endif

enum {
	MAX_FUNCS = 256,
	MAX_RELOCS = 32,
	MAX_OBJECTS = 32
};

typedef struct func {
	const char *name;
	int object;
	size_t off; /* bytes into .text */
	const struct bpf_insn *insns;
	int ninsns;
	bool is_global;
	rt_param_t params[RT_MAXPARAMS];
	int nparams;
	rt_reloc_t relocs[MAX_RELOCS];
	int nrelocs;
} func_t;

typedef struct object {
	const char *path;
	Elf *elf;
	struct btf *btf;
	Elf_Data *text, *syms, *rels;
	size_t text_ndx, str_ndx, nsyms, nrels;
} object_t;

static object_t objects[MAX_OBJECTS];
static func_t funcs[MAX_FUNCS];
static int nfuncs;

static void __attribute__((format(printf, 1, 2), noreturn)) die(const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	fputs("embed: ", stderr);
	vfprintf(stderr, fmt, ap);
	fputc('\n', stderr);
	va_end(ap);
	exit(1);
}

static void
object_open(object_t *o, const char *path)
{
	o->path = path;
	int fd = open(path, O_RDONLY);
	o->elf = fd < 0 ? NULL : elf_begin(fd, ELF_C_READ, NULL);
	if (!o->elf)
		die("%s: cannot read it as an ELF object", path);
	o->btf = btf__parse_elf(path, NULL);
	if (!o->btf)
		die("%s: no BTF (compile with -g)", path);

	size_t shstrndx;
	elf_getshdrstrndx(o->elf, &shstrndx);
	for (Elf_Scn *scn = NULL; (scn = elf_nextscn(o->elf, scn));) {
		GElf_Shdr sh;
		gelf_getshdr(scn, &sh);
		const char *name = elf_strptr(o->elf, shstrndx, sh.sh_name);
		Elf_Data *data = elf_getdata(scn, NULL);
		if (!strcmp(name, ".text")) {
			o->text = data;
			o->text_ndx = elf_ndxscn(scn);
		} else if (!strcmp(name, ".rel.text")) {
			o->rels = data;
			o->nrels = sh.sh_size / sh.sh_entsize;
		} else if (sh.sh_type == SHT_SYMTAB) {
			o->syms = data;
			o->nsyms = sh.sh_size / sh.sh_entsize;
			o->str_ndx = sh.sh_link;
		} else if (sh.sh_type == SHT_PROGBITS && (sh.sh_flags & SHF_ALLOC) && sh.sh_size) {
			die("%s: section %s: routines may have neither data nor sections of their own", path,
			    name);
		}
	}
	if (!o->text || !o->syms)
		die("%s: no functions", path);
}

static void
read_params(const object_t *o, func_t *f)
{
	int id = btf__find_by_name_kind(o->btf, f->name, BTF_KIND_FUNC);
	if (id < 0)
		die("%s: %s: no BTF", o->path, f->name);
	const struct btf_type *proto = btf__type_by_id(o->btf, btf__type_by_id(o->btf, id)->type);
	f->nparams = btf_vlen(proto);
	if (f->nparams > RT_MAXPARAMS)
		die("%s: %s: more than %d parameters", o->path, f->name, RT_MAXPARAMS);
	for (int i = 0; i < f->nparams; i++) {
		id = btf__resolve_type(o->btf, btf_params(proto)[i].type);
		const struct btf_type *t = btf__type_by_id(o->btf, id);
		if (btf_is_int(t)) {
			f->params[i].size = t->size;
		} else if (btf_is_ptr(t)) {
			t = btf__type_by_id(o->btf, btf__resolve_type(o->btf, t->type));
			if (!btf_is_struct(t))
				die("%s: %s: parameter %d points to no struct", o->path, f->name, i + 1);
			f->params[i] = (rt_param_t){btf__name_by_offset(o->btf, t->name_off), t->size};
		} else {
			die("%s: %s: parameter %d is neither an integer nor a pointer", o->path, f->name,
			    i + 1);
		}
	}
}

static void
read_funcs(int n)
{
	object_t *o = &objects[n];
	for (size_t i = 0; i < o->nsyms; i++) {
		GElf_Sym sym;
		gelf_getsym(o->syms, i, &sym);
		if (GELF_ST_TYPE(sym.st_info) != STT_FUNC || sym.st_shndx != o->text_ndx)
			continue;
		if (nfuncs == MAX_FUNCS)
			die("more than %d functions", MAX_FUNCS);
		func_t *f = &funcs[nfuncs++];
		f->name = elf_strptr(o->elf, o->str_ndx, sym.st_name);
		f->object = n;
		f->off = sym.st_value;
		f->insns = (const struct bpf_insn *)((const char *)o->text->d_buf + sym.st_value);
		f->ninsns = sym.st_size / sizeof(struct bpf_insn);
		f->is_global = GELF_ST_BIND(sym.st_info) == STB_GLOBAL;
		read_params(o, f);
	}
}

static func_t *
func_at(int object, size_t off)
{
	for (int i = 0; i < nfuncs; i++)
		if (funcs[i].object == object && off >= funcs[i].off &&
		    off < funcs[i].off + funcs[i].ninsns * sizeof(struct bpf_insn))
			return &funcs[i];
	return NULL;
}

static int
func_named(const char *name)
{
	for (int i = 0; i < nfuncs; i++)
		if (funcs[i].is_global && !strcmp(funcs[i].name, name))
			return i;
	return -1;
}

static void
add_reloc(func_t *f, int insn, int target, bool is_address)
{
	if (f->nrelocs == MAX_RELOCS)
		die("%s: more than %d calls", f->name, MAX_RELOCS);
	f->relocs[f->nrelocs++] = (rt_reloc_t){insn, target, is_address};
}

static void
read_reloc(int n, const GElf_Rel *rel)
{
	object_t *o = &objects[n];
	func_t *f = func_at(n, rel->r_offset);
	if (!f)
		die("%s: relocation outside of functions", o->path);
	int insn = (rel->r_offset - f->off) / sizeof(struct bpf_insn);
	bool is_address = GELF_R_TYPE(rel->r_info) == R_BPF_64_64;
	if (!is_address && GELF_R_TYPE(rel->r_info) != R_BPF_64_32)
		die("%s: %s: relocation of unknown type", o->path, f->name);

	GElf_Sym sym;
	gelf_getsym(o->syms, GELF_R_SYM(rel->r_info), &sym);
	const char *name = elf_strptr(o->elf, o->str_ndx, sym.st_name);
	if (sym.st_shndx == SHN_UNDEF) {
		int target = func_named(name);
		if (target < 0)
			die("%s: %s calls %s, which no object has", o->path, f->name, name);
		add_reloc(f, insn, target, is_address);
		return;
	}
	/* The addend: bytes for an address, instructions before the target's first for a call. */
	int imm = f->insns[insn].imm;
	size_t off = sym.st_value + (is_address ? (size_t)imm : (size_t)(imm + 1) * sizeof(struct bpf_insn));
	func_t *target = sym.st_shndx == o->text_ndx ? func_at(n, off) : NULL;
	if (!target || target->off != off)
		die("%s: %s refers to something that is no function", o->path, f->name);
	add_reloc(f, insn, target - funcs, is_address);
}

/* Every call and address must have been given a relocation. */
static void
check_func(const func_t *f)
{
	for (int i = 0; i < f->ninsns; i++) {
		const struct bpf_insn *in = &f->insns[i];
		bool call = in->code == (BPF_JMP | BPF_CALL) && in->src_reg == BPF_PSEUDO_CALL;
		bool address = in->code == (BPF_LD | BPF_IMM | BPF_DW) && in->src_reg;
		bool found = false;
		for (int r = 0; r < f->nrelocs; r++)
			found |= f->relocs[r].insn == i;
		if ((call || address) && !found)
			die("%s: instruction %d refers to nothing known", f->name, i);
	}
}

static void
write_func(int n)
{
	const func_t *f = &funcs[n];
	printf("/* %s */\nstatic const struct bpf_insn rt_insns_%d[] = {\n", f->name, n);
	for (int i = 0; i < f->ninsns; i++) {
		const struct bpf_insn *in = &f->insns[i];
		printf("\t{0x%02x, %d, %d, %d, %d},\n", in->code, in->dst_reg, in->src_reg, in->off, in->imm);
	}
	printf("};\n");
	if (f->nrelocs == 0)
		return;
	printf("static const rt_reloc_t rt_relocs_%d[] = {\n", n);
	for (int i = 0; i < f->nrelocs; i++)
		printf("\t{%d, %d, %d},\n", f->relocs[i].insn, f->relocs[i].target, f->relocs[i].is_address);
	printf("};\n");
}

static void
write_entry(int n)
{
	const func_t *f = &funcs[n];
	printf("\t{\"%s\", rt_insns_%d, %d, ", f->name, n, f->ninsns);
	if (f->nrelocs)
		printf("rt_relocs_%d, ", n);
	else
		printf("0, ");
	printf("%d, %d, {", f->nrelocs, f->is_global);
	for (int i = 0; i < f->nparams; i++)
		if (f->params[i].sou)
			printf("{\"%s\", %u}, ", f->params[i].sou, f->params[i].size);
		else
			printf("{0, %u}, ", f->params[i].size);
	printf("%s}, %d},\n", f->nparams ? "" : "{0, 0}", f->nparams);
}

int
main(int argc, char **argv)
{
	if (argc < 2 || argc - 1 > MAX_OBJECTS)
		die("usage: embed object... (at most %d)", MAX_OBJECTS);
	elf_version(EV_CURRENT);
	for (int i = 1; i < argc; i++) {
		object_open(&objects[i - 1], argv[i]);
		read_funcs(i - 1);
	}
	for (int n = 0; n < argc - 1; n++)
		for (size_t i = 0; i < objects[n].nrels; i++) {
			GElf_Rel rel;
			gelf_getrel(objects[n].rels, i, &rel);
			read_reloc(n, &rel);
		}
	printf("/* Made by embed.c from *.bpf.c: the runtime routines. */\n\n");
	for (int i = 0; i < nfuncs; i++) {
		check_func(&funcs[i]);
		write_func(i);
	}
	printf("\nstatic const rt_func_t rt_table[] = {\n");
	for (int i = 0; i < nfuncs; i++)
		write_entry(i);
	printf("};\n");
	return fflush(stdout) || ferror(stdout) ? 1 : 0;
}
