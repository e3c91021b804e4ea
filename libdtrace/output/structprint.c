/*
 * structprint.c - print() in a document: the value and, for structs and arrays, all that
 * is in it, each with its type.  Numbers are numbers; pointers hexadecimal text; enumerators and
 * text as such.
 */
#include "structured.h"

#include <inttypes.h>
#include <string.h>

#include "typewalk.h"

enum {
	MAXLEVEL = 64,
	NAME = 256
};

typedef struct printer {
	dtrace_hdl_t *dtp;
	dt_doc_t *doc;
	const char *end; /* of the data there is */
	int level;
} printer_t;

static void value(printer_t *, dt_type_t, const char *p);

/* One thing with a type: `label` is "object-name" or "member-name". */
static void
entry(printer_t *pr, const char *label, const char *name, dt_type_t t, const dt_member_t *m, const char *base)
{
	char type[NAME];
	dt_tinfo_t info = dt_type_info(t);
	bool is_string = info.kind == DT_K_STRING;
	dt_doc_item(pr->doc);
	dt_doc_str(pr->doc, label, name);
	dt_doc_str(pr->doc, "name", is_string ? "string" : dt_type_name(t, type, sizeof(type)));
	dt_doc_int(pr->doc, "ctfid", t.id);
	if (m && info.bits) {
		uint64_t v = dt_walk_bits(base, pr->end, m->bitoff, info.bits);
		int shift = 64 - info.bits;
		if (info.is_signed)
			dt_doc_int(pr->doc, "value", (int64_t)(v << shift) >> shift);
		else
			dt_doc_uint(pr->doc, "value", v);
	} else {
		value(pr, t, base + (m ? m->bitoff / 8 : 0));
	}
	dt_doc_close(pr->doc);
}

typedef struct struct_at {
	printer_t *pr;
	const char *base;
} struct_at_t;

static int
member(void *arg, const char *name, const dt_member_t *m)
{
	const struct_at_t *at = arg;
	entry(at->pr, "member-name", name, m->type, m, at->base);
	return 0;
}

static void
array(printer_t *pr, dt_type_t t, const dt_tinfo_t *info, const char *p)
{
	dt_type_t elem = dt_type_complete(pr->dtp, dt_type_ref(pr->dtp, t));
	dt_tinfo_t e = dt_type_info(elem);
	bool nested = e.kind == DT_K_STRUCT || e.kind == DT_K_UNION || e.kind == DT_K_ARRAY;
	if (e.is_char && dt_walk_is_text(p, info->size)) {
		dt_doc_str(pr->doc, "value", p);
		return;
	}
	dt_doc_list(pr->doc, "value");
	for (uint32_t i = 0; i < info->nelem; i++) {
		char name[32];
		snprintf(name, sizeof(name), "[%u]", i);
		if (nested)
			entry(pr, "member-name", name, elem, NULL, p + (size_t)i * e.size);
		else
			value(pr, elem, p + (size_t)i * e.size);
	}
	dt_doc_close(pr->doc);
}

static void
floating(printer_t *pr, uint32_t size, const char *p)
{
	float f = 0;
	double d = 0;
	long double ld = 0;
	if (size == sizeof(f)) {
		memcpy(&f, p, sizeof(f));
		ld = (long double)f;
	} else if (size == sizeof(d)) {
		memcpy(&d, p, sizeof(d));
		ld = (long double)d;
	} else if (size == sizeof(ld)) {
		memcpy(&ld, p, sizeof(ld));
	}
	dt_doc_real(pr->doc, "value", ld);
}

static void
number(printer_t *pr, dt_type_t t, const dt_tinfo_t *info, const char *p)
{
	uint64_t v;
	char text[512];
	if (!dt_walk_load(p, info->size, &v)) {
		dt_doc_str(pr->doc, "warning", "<invalid size>");
	} else if (info->kind == DT_K_PTR || info->kind == DT_K_FUNC) {
		if (dt_walk_is_code(pr->dtp, t, v))
			dtrace_addr2str(pr->dtp, v, text, sizeof(text));
		else
			snprintf(text, sizeof(text), "0x%" PRIx64, v);
		dt_doc_str(pr->doc, "value", text);
	} else if (info->is_signed) {
		int shift = 64 - 8 * (int)info->size;
		dt_doc_int(pr->doc, "value", (int64_t)(v << shift) >> shift);
	} else {
		dt_doc_uint(pr->doc, "value", v);
	}
}

static void
enumeration(printer_t *pr, dt_type_t t, uint32_t size, const char *p)
{
	int n;
	const char *name = dt_walk_enum(pr->dtp, t, size, p, &n);
	if (name)
		dt_doc_str(pr->doc, "value", name);
	else
		dt_doc_int(pr->doc, "value", n);
}

static void
value(printer_t *pr, dt_type_t t, const char *p)
{
	t = dt_type_complete(pr->dtp, t);
	dt_tinfo_t info = dt_type_info(t);
	if (info.kind == DT_K_FWD) {
		dt_doc_str(pr->doc, "warning", "<forward decl>");
		return;
	}
	if (p + info.size > pr->end || pr->level > MAXLEVEL)
		info.kind = DT_K_NONE;
	pr->level++;
	switch (info.kind) {
	case DT_K_INT:
	case DT_K_PTR:
	case DT_K_FUNC:
		number(pr, t, &info, p);
		break;
	case DT_K_FLOAT:
		floating(pr, info.size, p);
		break;
	case DT_K_ENUM:
		enumeration(pr, t, info.size, p);
		break;
	case DT_K_ARRAY:
		array(pr, t, &info, p);
		break;
	case DT_K_STRUCT:
	case DT_K_UNION:
		dt_doc_list(pr->doc, "value");
		dt_walk_members(t, member, &(struct_at_t){pr, p});
		dt_doc_close(pr->doc);
		break;
	default:
		dt_doc_str(pr->doc, "warning", "<invalid type>");
		break;
	}
	pr->level--;
}

/* All types are of one dictionary, the programs' own. */
int
dt_struct_print(dtrace_hdl_t *dtp, const dtrace_recdesc_t *rec, const void *data)
{
	dt_doc_t *d = dtp->structured->doc;
	dt_type_t t = {dt_basetypes(dtp)->i32.fp, (ctf_id_t)rec->dtrd_arg};
	printer_t pr = {.dtp = dtp, .doc = d, .end = (const char *)data + rec->dtrd_size};
	dt_doc_item(d);
	dt_doc_list(d, "type");
	if (dt_type_info(t).kind == DT_K_STRING) { /* the record holds no more of it than it needs */
		dt_doc_item(d);
		dt_doc_str(d, "object-name", "D");
		dt_doc_str(d, "name", "string");
		dt_doc_int(d, "ctfid", t.id);
		dt_doc_text(d, "value", data, strnlen(data, rec->dtrd_size));
		dt_doc_close(d);
	} else {
		entry(&pr, "object-name", "D", t, NULL, data);
	}
	dt_doc_close(d);
	dt_doc_close(d);
	return 0;
}
