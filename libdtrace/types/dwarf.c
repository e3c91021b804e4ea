/* dwarf.c - type data in DWARF, by libdwarf: see typedata.h.  An object is indexed by name once, when it is
 * opened. */
#include "typedata.h"

#include <libdwarf/libdwarf.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	MAXSPACES = 8 /* namespaces in each other */
};

typedef struct entry {
	const char *name;
	uint32_t off;
	uint16_t tag;
} entry_t;

typedef struct dt_dwarf {
	dt_typedata_t td; /* first */
	Dwarf_Debug dbg;
	int fd;
	DT_VEC(entry_t) index; /* by tag and name, then in the file's order */
} dt_dwarf_t;

static bool get_die(dt_typedata_t *, uint32_t off, dt_die_t *);

/* DW_DLV_OK as true; what an error says nobody wants to know. */
static bool
ok(dt_dwarf_t *dw, int rc, Dwarf_Error *err)
{
	if (rc == DW_DLV_ERROR && *err)
		dwarf_dealloc_error(dw->dbg, *err);
	*err = NULL;
	return rc == DW_DLV_OK;
}

/* ---------------------------------------------------------------- attributes */

static bool
number(dt_dwarf_t *dw, Dwarf_Die die, Dwarf_Half name, int64_t *out)
{
	Dwarf_Error err = NULL;
	Dwarf_Attribute a;
	Dwarf_Unsigned u;
	Dwarf_Signed s;
	if (!ok(dw, dwarf_attr(die, name, &a, &err), &err))
		return false;
	bool found = true;
	if (ok(dw, dwarf_formudata(a, &u, &err), &err))
		*out = (int64_t)u;
	else if (ok(dw, dwarf_formsdata(a, &s, &err), &err)) /* below 0 */
		*out = s;
	else
		found = false;
	dwarf_dealloc_attribute(a);
	return found;
}

/* Before DWARF 3 the place of a member is an expression: DW_OP_plus_uconst, ULEB128. */
static uint64_t
member_expression(dt_dwarf_t *dw, Dwarf_Die die)
{
	Dwarf_Error err = NULL;
	Dwarf_Attribute a;
	Dwarf_Block *b;
	uint64_t at = 0;
	if (!ok(dw, dwarf_attr(die, DW_AT_data_member_location, &a, &err), &err))
		return 0;
	if (ok(dw, dwarf_formblock(a, &b, &err), &err)) {
		const unsigned char *p = b->bl_data;
		if (b->bl_len > 1 && p[0] == DW_OP_plus_uconst)
			for (Dwarf_Unsigned i = 1, shift = 0; i < b->bl_len && shift < 64; i++, shift += 7) {
				at |= (uint64_t)(p[i] & 0x7f) << shift;
				if (!(p[i] & 0x80))
					break;
			}
		dwarf_dealloc(dw->dbg, b, DW_DLA_BLOCK);
	}
	dwarf_dealloc_attribute(a);
	return at;
}

static uint32_t
type_of(dt_dwarf_t *dw, Dwarf_Die die)
{
	Dwarf_Error err = NULL;
	Dwarf_Attribute a;
	Dwarf_Off off = 0;
	if (!ok(dw, dwarf_attr(die, DW_AT_type, &a, &err), &err))
		return 0;
	/* References to other files (dwz) fail here. */
	if (!ok(dw, dwarf_global_formref(a, &off, &err), &err) || off > UINT32_MAX)
		off = 0;
	dwarf_dealloc_attribute(a);
	return (uint32_t)off;
}

static const char *
name_of(dt_dwarf_t *dw, Dwarf_Die die)
{
	Dwarf_Error err = NULL;
	char *name;
	return ok(dw, dwarf_diename(die, &name, &err), &err) && *name ? name : NULL;
}

/* The first bit of a bit-field.  DWARF 2 counts from the other end of the storage unit. */
static int64_t
bit_offset(dt_dwarf_t *dw, Dwarf_Die die, const dt_die_t *d)
{
	int64_t v;
	if (number(dw, die, DW_AT_data_bit_offset, &v))
		return v;
	int64_t at = (int64_t)d->at * 8;
	if (!number(dw, die, DW_AT_bit_offset, &v))
		return at;
	dt_die_t type;
	uint64_t size = d->size ? d->size : get_die(&dw->td, d->type, &type) ? type.size : 4;
	return at + (int64_t)size * 8 - v - d->bits;
}

static uint16_t
tag_of(dt_dwarf_t *dw, Dwarf_Die die)
{
	Dwarf_Error err = NULL;
	Dwarf_Half tag = 0;
	if (!ok(dw, dwarf_tag(die, &tag, &err), &err))
		return 0;
	return tag == DW_TAG_class_type ? DW_TAG_structure_type : tag;
}

static dt_die_t
describe(dt_dwarf_t *dw, Dwarf_Die die)
{
	Dwarf_Error err = NULL;
	Dwarf_Off off = 0;
	int64_t v;
	dt_die_t d = {.tag = tag_of(dw, die), .name = name_of(dw, die), .type = type_of(dw, die)};
	if (ok(dw, dwarf_dieoffset(die, &off, &err), &err) && off <= UINT32_MAX)
		d.off = (uint32_t)off;
	if (number(dw, die, DW_AT_byte_size, &v))
		d.size = (uint64_t)v;
	if (number(dw, die, DW_AT_encoding, &v))
		d.encoding = (uint64_t)v;
	if (number(dw, die, DW_AT_const_value, &v))
		d.value = v;
	if (number(dw, die, DW_AT_count, &v))
		d.count = (uint64_t)v;
	else if (number(dw, die, DW_AT_upper_bound, &v) && v >= 0)
		d.count = (uint64_t)v + 1;
	d.at = number(dw, die, DW_AT_data_member_location, &v) ? (uint64_t)v : member_expression(dw, die);
	if (number(dw, die, DW_AT_bit_size, &v) && v > 0 && v <= 64)
		d.bits = (uint32_t)v;
	d.bitoff = d.bits ? bit_offset(dw, die, &d) : (int64_t)d.at * 8;
	Dwarf_Bool has = false;
	d.declaration = ok(dw, dwarf_hasattr(die, DW_AT_declaration, &has, &err), &err) && has;
	return d;
}

/* ------------------------------------------------------------------ the index */

static bool
indexed(uint16_t tag)
{
	return tag == DW_TAG_structure_type || tag == DW_TAG_union_type || tag == DW_TAG_enumeration_type ||
	       tag == DW_TAG_typedef || tag == DW_TAG_base_type || tag == DW_TAG_variable ||
	       tag == DW_TAG_subprogram;
}

static void add_children(dt_dwarf_t *, Dwarf_Die parent, int depth);

static void
add_entry(dt_dwarf_t *dw, Dwarf_Die die, int depth)
{
	Dwarf_Error err = NULL;
	Dwarf_Bool declared = false;
	Dwarf_Off off = 0;
	uint16_t tag = tag_of(dw, die);
	if (tag == DW_TAG_namespace && depth < MAXSPACES)
		add_children(dw, die, depth + 1);
	const char *name = indexed(tag) ? name_of(dw, die) : NULL;
	if (!name || !ok(dw, dwarf_dieoffset(die, &off, &err), &err) || off > UINT32_MAX)
		return;
	if (tag != DW_TAG_variable && tag != DW_TAG_subprogram)
		ok(dw, dwarf_hasattr(die, DW_AT_declaration, &declared, &err), &err);
	if (!declared)
		*dt_vec_push(&dw->index) = (entry_t){name, (uint32_t)off, tag};
}

static void
add_children(dt_dwarf_t *dw, Dwarf_Die parent, int depth)
{
	Dwarf_Error err = NULL;
	Dwarf_Die die, next;
	for (bool more = ok(dw, dwarf_child(parent, &die, &err), &err); more; die = next) {
		add_entry(dw, die, depth);
		more = ok(dw, dwarf_siblingof_b(dw->dbg, die, true, &next, &err), &err);
		dwarf_dealloc_die(die);
	}
}

static int
by_tag_and_name(const void *a, const void *b)
{
	const entry_t *x = a, *y = b;
	int cmp = x->tag != y->tag ? (int)x->tag - (int)y->tag : strcmp(x->name, y->name);
	return cmp ? cmp : x->off < y->off ? -1 : x->off > y->off;
}

static void
make_index(dt_dwarf_t *dw)
{
	Dwarf_Error err = NULL;
	Dwarf_Unsigned length, abbrev, type_offset, next;
	Dwarf_Half version, address_size, length_size, extension_size, kind;
	Dwarf_Sig8 signature;
	Dwarf_Die unit;
	while (ok(dw,
		  dwarf_next_cu_header_d(dw->dbg, true, &length, &version, &abbrev, &address_size, &length_size,
					 &extension_size, &signature, &type_offset, &next, &kind, &err),
		  &err)) {
		if (!ok(dw, dwarf_siblingof_b(dw->dbg, NULL, true, &unit, &err), &err))
			continue;
		add_children(dw, unit, 0);
		dwarf_dealloc_die(unit);
	}
	if (dw->index.n)
		qsort(dw->index.p, (size_t)dw->index.n, sizeof(*dw->index.p), by_tag_and_name);
}

/* ------------------------------------------------------------------ questions */

static void
close_file(dt_typedata_t *td)
{
	dt_dwarf_t *dw = (dt_dwarf_t *)td;
	Dwarf_Error err = NULL;
	if (dw->dbg)
		dwarf_finish(dw->dbg, &err);
	close(dw->fd);
	dt_vec_free(&dw->index);
	free(dw);
}

static uint32_t
find(dt_typedata_t *td, uint16_t tag, const char *name)
{
	const dt_dwarf_t *dw = (dt_dwarf_t *)td;
	const entry_t key = {name, 0, tag};
	int lo = 0, hi = dw->index.n;
	while (lo < hi) {
		int mid = lo + (hi - lo) / 2;
		if (by_tag_and_name(&dw->index.p[mid], &key) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	const entry_t *e = &dw->index.p[lo];
	return lo < dw->index.n && e->tag == tag && !strcmp(e->name, name) ? e->off : 0;
}

static bool
get_die(dt_typedata_t *td, uint32_t off, dt_die_t *out)
{
	dt_dwarf_t *dw = (dt_dwarf_t *)td;
	Dwarf_Error err = NULL;
	Dwarf_Die die;
	if (!off || !ok(dw, dwarf_offdie_b(dw->dbg, off, true, &die, &err), &err))
		return false;
	*out = describe(dw, die);
	out->off = off;
	dwarf_dealloc_die(die);
	return true;
}

static dt_dies_t
children(dt_typedata_t *td, uint32_t off)
{
	dt_dwarf_t *dw = (dt_dwarf_t *)td;
	Dwarf_Error err = NULL;
	Dwarf_Die parent, die, next;
	dt_dies_t out = {0};
	if (!off || !ok(dw, dwarf_offdie_b(dw->dbg, off, true, &parent, &err), &err))
		return out;
	for (bool more = ok(dw, dwarf_child(parent, &die, &err), &err); more; die = next) {
		*dt_vec_push(&out.list) = describe(dw, die);
		more = ok(dw, dwarf_siblingof_b(dw->dbg, die, true, &next, &err), &err);
		dwarf_dealloc_die(die);
	}
	dwarf_dealloc_die(parent);
	return out;
}

dt_typedata_t *
dt_dwarf_open(int fd)
{
	dt_dwarf_t *dw = dt_xcalloc(1, sizeof(*dw));
	Dwarf_Error err = NULL;
	dw->td = (dt_typedata_t){find, get_die, children, close_file};
	dw->fd = fd;
	if (!ok(dw, dwarf_init_b(fd, DW_DLC_READ, DW_GROUPNUMBER_ANY, NULL, NULL, &dw->dbg, &err), &err))
		dw->dbg = NULL;
	else
		make_index(dw);
	if (dw->index.n)
		return &dw->td;
	close_file(&dw->td);
	return NULL;
}
