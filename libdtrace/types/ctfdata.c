/* ctfdata.c - type data in section .ctf, by libctf: see typedata.h.  An offset is a libctf type, or one with
 * VARIABLE. */
#include <ctf-api.h>
#include <gelf.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "typedata.h"

#define VARIABLE 0x40000000U /* a variable of that type */

typedef struct ctfdata {
	dt_typedata_t td; /* first */
	int fd;
	Elf *elf; /* holds the sections' data */
	ctf_archive_t *arc;
	ctf_dict_t *fp; /* what the object's parts agree on */
} ctfdata_t;

static uint16_t
tag_of(ctf_dict_t *fp, ctf_id_t id)
{
	static const uint16_t tags[] = {
	    [CTF_K_INTEGER] = DW_TAG_base_type,        [CTF_K_FLOAT] = DW_TAG_base_type,
	    [CTF_K_POINTER] = DW_TAG_pointer_type,     [CTF_K_ARRAY] = DW_TAG_array_type,
	    [CTF_K_FUNCTION] = DW_TAG_subroutine_type, [CTF_K_STRUCT] = DW_TAG_structure_type,
	    [CTF_K_UNION] = DW_TAG_union_type,         [CTF_K_ENUM] = DW_TAG_enumeration_type,
	    [CTF_K_TYPEDEF] = DW_TAG_typedef,          [CTF_K_VOLATILE] = DW_TAG_volatile_type,
	    [CTF_K_CONST] = DW_TAG_const_type,         [CTF_K_RESTRICT] = DW_TAG_restrict_type};
	int kind = ctf_type_kind(fp, id);
	if (kind == CTF_K_FORWARD)
		kind = ctf_type_kind_forwarded(fp, id);
	return kind >= 0 && (size_t)kind < sizeof(tags) / sizeof(tags[0]) ? tags[kind] : 0;
}

static void
describe_number(ctf_dict_t *fp, ctf_id_t id, dt_die_t *d)
{
	ctf_encoding_t e = {0};
	ctf_type_encoding(fp, id, &e);
	bool is_signed = e.cte_format & CTF_INT_SIGNED;
	d->size = e.cte_bits / 8;
	d->encoding = ctf_type_kind(fp, id) == CTF_K_FLOAT ? DW_ATE_float
		      : e.cte_format & CTF_INT_BOOL        ? DW_ATE_boolean
		      : e.cte_format & CTF_INT_CHAR ? (is_signed ? DW_ATE_signed_char : DW_ATE_unsigned_char)
		      : is_signed                   ? DW_ATE_signed
						    : DW_ATE_unsigned;
}

static uint32_t
as_offset(ctf_id_t id)
{
	return id > 0 && id < VARIABLE ? (uint32_t)id : 0;
}

static bool
get_die(dt_typedata_t *td, uint32_t off, dt_die_t *out)
{
	ctf_dict_t *fp = ((ctfdata_t *)td)->fp;
	ctf_id_t id = (ctf_id_t)off;
	ctf_arinfo_t ar;
	ctf_funcinfo_t fi;
	*out = (dt_die_t){.off = off};
	if (off & VARIABLE) {
		out->tag = DW_TAG_variable;
		out->type = off & ~VARIABLE;
		return true;
	}
	if (!off || !(out->tag = tag_of(fp, id)))
		return false;
	out->name = ctf_type_name_raw(fp, id);
	if (out->name && !*out->name)
		out->name = NULL;
	out->declaration = ctf_type_kind(fp, id) == CTF_K_FORWARD;
	switch (out->tag) {
	case DW_TAG_base_type:
		describe_number(fp, id, out);
		break;
	case DW_TAG_array_type:
		out->type = ctf_array_info(fp, id, &ar) == 0 ? as_offset(ar.ctr_contents) : 0;
		break;
	case DW_TAG_subroutine_type:
		out->type = ctf_func_type_info(fp, id, &fi) == 0 ? as_offset(fi.ctc_return) : 0;
		break;
	case DW_TAG_structure_type:
	case DW_TAG_union_type:
	case DW_TAG_enumeration_type:
		out->size = out->declaration ? 0 : (uint64_t)ctf_type_size(fp, id);
		break;
	default:
		out->type = as_offset(ctf_type_reference(fp, id));
	}
	return true;
}

/* The type of a bit-field is a slice of another. */
static dt_die_t
member(ctf_dict_t *fp, const char *name, ctf_id_t type, int64_t bitoff)
{
	dt_die_t d = {.tag = DW_TAG_member,
		      .name = name && *name ? name : NULL,
		      .type = as_offset(type),
		      .bitoff = bitoff};
	int kind = ctf_type_kind(fp, type);
	ctf_id_t base = kind == CTF_K_INTEGER || kind == CTF_K_ENUM ? ctf_type_reference(fp, type) : CTF_ERR;
	ctf_encoding_t e;
	if (base != CTF_ERR && ctf_type_encoding(fp, type, &e) == 0) {
		d.type = as_offset(base);
		d.bits = e.cte_bits <= 64 ? e.cte_bits : 0;
		d.bitoff += e.cte_offset;
	}
	return d;
}

static void
add_parameters(ctf_dict_t *fp, ctf_id_t id, dt_dies_t *out)
{
	enum {
		MAXPARAMS = 32
	};
	ctf_funcinfo_t fi;
	ctf_id_t argv[MAXPARAMS];
	if (ctf_func_type_info(fp, id, &fi) != 0)
		return;
	uint32_t n = fi.ctc_argc < MAXPARAMS ? fi.ctc_argc : MAXPARAMS;
	if (ctf_func_type_args(fp, id, n, argv) == 0)
		for (uint32_t i = 0; i < n; i++)
			*dt_vec_push(&out->list) =
			    (dt_die_t){.tag = DW_TAG_formal_parameter, .type = as_offset(argv[i])};
	if (fi.ctc_flags & CTF_FUNC_VARARG)
		*dt_vec_push(&out->list) = (dt_die_t){.tag = DW_TAG_unspecified_parameters};
}

static dt_dies_t
children(dt_typedata_t *td, uint32_t off)
{
	ctf_dict_t *fp = ((ctfdata_t *)td)->fp;
	ctf_id_t id = (ctf_id_t)off, type;
	ctf_next_t *it = NULL;
	ctf_arinfo_t ar;
	const char *name;
	ssize_t at;
	int value;
	dt_dies_t out = {0};
	switch (off & VARIABLE ? 0 : tag_of(fp, id)) {
	case DW_TAG_structure_type:
	case DW_TAG_union_type:
		while ((at = ctf_member_next(fp, id, &it, &name, &type, 0)) >= 0)
			*dt_vec_push(&out.list) = member(fp, name, type, at);
		break;
	case DW_TAG_enumeration_type:
		while ((name = ctf_enum_next(fp, id, &it, &value)))
			*dt_vec_push(&out.list) =
			    (dt_die_t){.tag = DW_TAG_enumerator, .name = name, .value = value};
		break;
	case DW_TAG_array_type:
		if (ctf_array_info(fp, id, &ar) == 0)
			*dt_vec_push(&out.list) =
			    (dt_die_t){.tag = DW_TAG_subrange_type, .count = ar.ctr_nelems};
		break;
	case DW_TAG_subroutine_type:
		add_parameters(fp, id, &out);
		break;
	default:
		break;
	}
	ctf_next_destroy(it);
	return out;
}

static uint32_t
find(dt_typedata_t *td, uint16_t tag, const char *name)
{
	ctf_dict_t *fp = ((ctfdata_t *)td)->fp;
	char text[256];
	ctf_id_t id;
	switch (tag) {
	case DW_TAG_variable:
		id = ctf_lookup_variable(fp, name);
		if (id == CTF_ERR)
			id = ctf_lookup_by_symbol_name(fp, name);
		return as_offset(id) ? as_offset(id) | VARIABLE : 0;
	case DW_TAG_subprogram:
		return as_offset(ctf_lookup_by_symbol_name(fp, name));
	default:
		break;
	}
	snprintf(text, sizeof(text), "%s%s",
		 tag == DW_TAG_structure_type     ? "struct "
		 : tag == DW_TAG_union_type       ? "union "
		 : tag == DW_TAG_enumeration_type ? "enum "
						  : "",
		 name);
	id = ctf_lookup_by_name(fp, text);
	bool fits = as_offset(id) && tag_of(fp, id) == tag && ctf_type_kind(fp, id) != CTF_K_FORWARD;
	return fits ? as_offset(id) : 0;
}

static void
close_file(dt_typedata_t *td)
{
	ctfdata_t *c = (ctfdata_t *)td;
	ctf_dict_close(c->fp);
	if (c->arc)
		ctf_arc_close(c->arc);
	elf_end(c->elf);
	close(c->fd);
	free(c);
}

static ctf_sect_t
section(Elf *elf, const char *want)
{
	GElf_Shdr sh;
	size_t strs;
	if (elf_getshdrstrndx(elf, &strs) != 0)
		return (ctf_sect_t){0};
	for (Elf_Scn *scn = NULL; (scn = elf_nextscn(elf, scn));) {
		const char *name = gelf_getshdr(scn, &sh) ? elf_strptr(elf, strs, sh.sh_name) : NULL;
		Elf_Data *d = name && !strcmp(name, want) ? elf_getdata(scn, NULL) : NULL;
		if (d && d->d_buf)
			return (ctf_sect_t){want, d->d_buf, d->d_size, sh.sh_entsize};
	}
	return (ctf_sect_t){0};
}

/* Names and symbols that the object has anyway are in its own tables. */
static bool
open_sections(ctfdata_t *c)
{
	int err;
	ctf_sect_t ctf = section(c->elf, ".ctf"), sym = section(c->elf, ".dynsym"),
		   str = section(c->elf, ".dynstr");
	if (!ctf.cts_data || !sym.cts_data || !str.cts_data)
		return false;
	c->arc = ctf_arc_bufopen(&ctf, &sym, &str, &err);
	c->fp = c->arc ? ctf_dict_open(c->arc, NULL, &err) : NULL;
	return c->fp != NULL;
}

dt_typedata_t *
dt_ctfdata_open(int fd)
{
	ctfdata_t *c = dt_xcalloc(1, sizeof(*c));
	elf_version(EV_CURRENT);
	c->td = (dt_typedata_t){find, get_die, children, close_file};
	c->fd = fd;
	c->elf = elf_begin(fd, ELF_C_READ, NULL);
	if (c->elf && open_sections(c))
		return &c->td;
	close_file(&c->td);
	return NULL;
}
