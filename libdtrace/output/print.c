/*
 * print.c - print(): a value by its type, structs and arrays down to their last member
 * (output.md 1.5).
 */
#include "output.h"
#include "structured.h"
#include "typewalk.h"

#include <inttypes.h>
#include <string.h>

enum {
	INDENT = 4,
	MAXLEVEL = 64,
	NAME = 256
};

typedef struct printer {
	dtrace_hdl_t *dtp;
	FILE *fp;
	const char *end; /* of the data there is */
	int level;
} printer_t;

static int value(printer_t *, dt_type_t, const char *p);

static int
newline(printer_t *pr)
{
	return dt_out(pr->dtp, pr->fp, "\n%*s", pr->level * INDENT, "");
}

static bool
is_sou(dt_type_t t)
{
	dt_kind_t k = dt_type_info(t).kind;
	return k == DT_K_STRUCT || k == DT_K_UNION;
}

/* ------------------------------------------------------------------ numbers */

static int
character(printer_t *pr, unsigned char c)
{
	if (c >= 0x20 && c <= 0x7e)
		return dt_out(pr->dtp, pr->fp, "'%c'", c);
	return c ? dt_out(pr->dtp, pr->fp, "'\\%03o'", c) : dt_out(pr->dtp, pr->fp, "'\\0'");
}

static int
integer(printer_t *pr, const dt_tinfo_t *t, const char *p)
{
	uint64_t v;
	if (!dt_walk_load(p, t->size, &v))
		return dt_out(pr->dtp, pr->fp, "<invalid size %u>", t->size);
	if (t->size == 1 && t->is_signed)
		return character(pr, (unsigned char)v);
	return dt_out(pr->dtp, pr->fp, "%#" PRIx64, v);
}

static int
floating(printer_t *pr, uint32_t size, const char *p)
{
	float f;
	double d;
	long double ld;
	switch (size) {
	case sizeof(f):
		memcpy(&f, p, sizeof(f));
		return dt_out(pr->dtp, pr->fp, "%+.7e", (double)f);
	case sizeof(d):
		memcpy(&d, p, sizeof(d));
		return dt_out(pr->dtp, pr->fp, "%+.7e", d);
	case sizeof(ld):
		memcpy(&ld, p, sizeof(ld));
		return dt_out(pr->dtp, pr->fp, "%+.16LE", ld);
	default:
		return dt_out(pr->dtp, pr->fp, "<unknown encoding>");
	}
}

static int
enumeration(printer_t *pr, dt_type_t t, uint32_t size, const char *p)
{
	uint64_t v;
	int n;
	if (!dt_walk_load(p, size, &v))
		return dt_out(pr->dtp, pr->fp, "<invalid enum size %u>", size);
	const char *name = dt_walk_enum(pr->dtp, t, size, p, &n);
	return name ? dt_out(pr->dtp, pr->fp, "%s", name) : dt_out(pr->dtp, pr->fp, "%d", n);
}

static int
pointer(printer_t *pr, dt_type_t t, const char *p)
{
	uint64_t v;
	char text[512];
	dt_walk_load(p, sizeof(v), &v);
	if (!dt_walk_is_code(pr->dtp, t, v))
		return dt_out(pr->dtp, pr->fp, "%#" PRIx64, v);
	dtrace_addr2str(pr->dtp, v, text, sizeof(text));
	return dt_out(pr->dtp, pr->fp, "%s", text);
}

/* ------------------------------------------------------------ text and arrays */

static int
element_break(printer_t *pr, bool sou, bool first)
{
	if (sou && !first && dt_out(pr->dtp, pr->fp, ", ") != 0)
		return -1;
	if (sou)
		return newline(pr);
	return dt_out(pr->dtp, pr->fp, first ? " " : ", ");
}

static int
array(printer_t *pr, dt_type_t t, const dt_tinfo_t *info, const char *p)
{
	dt_type_t elem = dt_type_complete(pr->dtp, dt_type_ref(pr->dtp, t));
	dt_tinfo_t e = dt_type_info(elem);
	if (e.is_char && dt_walk_is_text(p, info->size)) {
		bool top = pr->level == 0;
		return dt_out(pr->dtp, pr->fp, top ? "\"%s\"" : "[ \"%s\" ]", p);
	}
	bool sou = is_sou(elem);
	if (dt_out(pr->dtp, pr->fp, "[") != 0)
		return -1;
	pr->level++;
	for (uint32_t i = 0; i < info->nelem; i++)
		if (element_break(pr, sou, i == 0) != 0 || value(pr, elem, p + (size_t)i * e.size) != 0)
			return -1;
	pr->level--;
	if (sou && info->nelem)
		return newline(pr) != 0 ? -1 : dt_out(pr->dtp, pr->fp, "]");
	return dt_out(pr->dtp, pr->fp, " ]");
}

/* ------------------------------------------------------------------- structs */

typedef struct struct_at {
	printer_t *pr;
	const char *base;
} struct_at_t;

static int
member(void *arg, const char *name, const dt_member_t *m)
{
	const struct_at_t *at = arg;
	printer_t *pr = at->pr;
	char type[NAME];
	dt_tinfo_t t = dt_type_info(m->type);
	dt_type_name(m->type, type, sizeof(type));
	size_t n = strlen(type);
	bool tight = n == 0 || type[n - 1] == '*' || type[n - 1] == ' ' || !*name;
	if (newline(pr) != 0 || dt_out(pr->dtp, pr->fp, "%s%s%s", type, tight ? "" : " ", name) != 0)
		return -1;
	if (t.bits)
		return dt_out(pr->dtp, pr->fp, " :%u = %#" PRIx64, t.bits,
			      dt_walk_bits(at->base, pr->end, m->bitoff, t.bits));
	return dt_out(pr->dtp, pr->fp, " = ") != 0 ? -1 : value(pr, m->type, at->base + m->bitoff / 8);
}

static int
sou(printer_t *pr, dt_type_t t, const char *p)
{
	if (dt_out(pr->dtp, pr->fp, "{") != 0)
		return -1;
	pr->level++;
	int rc = dt_walk_members(t, member, &(struct_at_t){pr, p});
	pr->level--;
	return rc != 0 || newline(pr) != 0 ? -1 : dt_out(pr->dtp, pr->fp, "}");
}

/* -------------------------------------------------------------------- values */

static int
value(printer_t *pr, dt_type_t t, const char *p)
{
	t = dt_type_complete(pr->dtp, t);
	dt_tinfo_t info = dt_type_info(t);
	if (info.kind == DT_K_FWD)
		return dt_out(pr->dtp, pr->fp, "<forward decl>");
	if (p + info.size > pr->end || pr->level > MAXLEVEL)
		return dt_out(pr->dtp, pr->fp, "<invalid type %ld>", (long)t.id);
	switch (info.kind) {
	case DT_K_INT:
		return integer(pr, &info, p);
	case DT_K_FLOAT:
		return floating(pr, info.size, p);
	case DT_K_ENUM:
		return enumeration(pr, t, info.size, p);
	case DT_K_PTR:
	case DT_K_FUNC:
		return pointer(pr, t, p);
	case DT_K_STRING:
		return dt_out(pr->dtp, pr->fp, "\"%.*s\"", (int)strnlen(p, (size_t)(pr->end - p)), p);
	case DT_K_ARRAY:
		return array(pr, t, &info, p);
	case DT_K_STRUCT:
	case DT_K_UNION:
		return sou(pr, t, p);
	default:
		return dt_out(pr->dtp, pr->fp, "<invalid type %ld>", (long)t.id);
	}
}

int
dt_print_typed(dtrace_hdl_t *dtp, FILE *fp, const dtrace_recdesc_t *rec, const void *data)
{
	char name[NAME];
	dt_type_t t = {dt_basetypes(dtp)->i32.fp, (ctf_id_t)rec->dtrd_arg};
	dt_piece_t pc;
	if (dtp->structured)
		return dt_struct_print(dtp, rec, data);
	if (!(fp = dt_piece_begin(dtp, fp, &pc)))
		return -1;
	printer_t pr = {.dtp = dtp, .fp = fp, .end = (const char *)data + rec->dtrd_size};
	bool string = dt_type_info(t).kind == DT_K_STRING;
	int rc = dt_out(dtp, fp, "%s ", string ? "string" : dt_type_name(t, name, sizeof(name)));
	if (rc == 0 && string) /* the record holds no more of it than it needs */
		rc = dt_out(dtp, fp, "\"%.*s\"", (int)strnlen(data, rec->dtrd_size), (const char *)data);
	else if (rc == 0)
		rc = value(&pr, t, data);
	if (rc == 0 && !is_sou(dt_type_complete(dtp, t)))
		rc = dt_out(dtp, fp, "\n");
	return dt_piece_end(dtp, &pc, rc);
}
