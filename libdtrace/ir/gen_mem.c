/*
 * gen_mem.c - objects in memory: members, elements, what pointers point to; reading and storing.
 *
 * Three kinds of memory.  That of D variables is known to the verifier: accesses are plain, and
 * an index is compared and then masked, so that the bound lasts however registers are spilled
 * (layout.c leaves room behind for what a mask lets through).  Kernel objects the verifier vouches
 * for are read plainly too.  Everything else is an address: read by bpf_probe_read_kernel() - where the
 * pointer is one of the process (dt_node_is_user), by bpf_probe_read_user(), which like copyin() cannot wait
 * for a page - and stored to only after dt_own() has found it in the scratch memory of this firing.
 */
#include "gen.h"

/* A value too large for a register: its address stands for it.  A long double is one, too. */
static bool
is_agg_like(dt_tinfo_t t)
{
	return t.kind == DT_K_STRUCT || t.kind == DT_K_UNION || t.kind == DT_K_ARRAY ||
	       (t.kind == DT_K_FLOAT && t.size > 8);
}

/* A D variable, or an element of an associative array. */
bool
gen_is_var(const dt_node_t *n)
{
	const dt_node_t *v = n->kind == DN_INDEX ? n->left : n;
	if (!v->id || (v->kind != DN_IDENT && v->kind != DN_SELF && v->kind != DN_THIS))
		return false;
	return v->id->kind == (n->kind == DN_INDEX ? DT_ID_ARRAY : DT_ID_SCALAR);
}

/* A pointer to a kernel struct the verifier can follow by itself. */
static bool
followable(gen_t *g, dt_type_t ptr)
{
	dt_tinfo_t t = dt_type_info(ptr);
	if (t.kind != DT_K_PTR || t.is_user || t.is_percpu)
		return false;
	dt_kind_t k = dt_type_info(dt_type_complete(g->dtp, dt_type_ref(g->dtp, ptr))).kind;
	return k == DT_K_STRUCT;
}

static ir_opnd_t
bitfield(gen_t *g, ir_opnd_t v, const dt_tinfo_t *t)
{
	v = gen_op2(g, IR_LSH, v, ir_imm(64 - t->bits - t->bitoff));
	return gen_op2(g, t->is_signed ? IR_ARSH : IR_RSH, v, ir_imm(64 - t->bits));
}

static ir_opnd_t
address(gen_t *g, place_t p)
{
	if (p.known)
		return p.off ? gen_op2(g, IR_ADD, p.base.o, ir_imm(p.off)) : p.base.o;
	return p.off ? gen_op2(g, IR_ADD, gen_scalar(g, p.base), ir_imm(p.off)) : p.base.o;
}

static bool
address_is_pointer(const place_t *p)
{
	return p->known || (p->base.ptr && !p->off);
}

static void
read_memory(gen_t *g, bool user, ir_opnd_t dst, int64_t size, ir_opnd_t addr)
{
	if (user)
		gen_present(g, DTRACEFLT_BADADDR, addr);
	int helper = user ? BPF_FUNC_probe_read_user : BPF_FUNC_probe_read_kernel;
	ir_opnd_t r = gen_call(g, helper, false, 3, dst, ir_imm(size), addr);
	gen_faultif(g, IR_SLT, r, ir_imm(0), DTRACEFLT_BADADDR, addr);
}

static ir_opnd_t
read_word(gen_t *g, bool user, ir_opnd_t addr, int size)
{
	int obj = ir_newobj(g->f, 8, 8);
	read_memory(g, user, gen_obj(g, obj, 0), size, addr);
	return gen_ld(g, size, gen_obj(g, obj, 0), 0, false);
}

/* Read `size` bytes at an address nobody vouches for. */
ir_opnd_t
gen_checked_read(gen_t *g, ir_opnd_t addr, int size)
{
	return read_word(g, false, addr, size);
}

void
gen_read_object(gen_t *g, val_t v, ir_opnd_t dst, uint32_t size)
{
	read_memory(g, v.user, dst, size, v.o);
}

static int
word_size(const dt_tinfo_t *t)
{
	return t->size == 1 || t->size == 2 || t->size == 4 ? (int)t->size : 8;
}

/* The storage unit of a bit-field, and where the field is in it. */
static void
bitfield_unit(place_t *p, const dt_member_t *m, dt_tinfo_t *t)
{
	uint64_t bit = m ? m->bitoff : 0;
	int64_t unit = (int64_t)t->size;
	p->off += (int64_t)(bit / 8) / unit * unit;
	t->bitoff = (uint8_t)(bit % (uint64_t)(unit * 8));
}

/* The value of an object of that type in memory. */
val_t
gen_load(gen_t *g, place_t p, dt_type_t type, const dt_member_t *m)
{
	dt_tinfo_t t = dt_type_info(type);
	if (t.kind == DT_K_STRING)
		return (val_t){.kind = V_STR, .o = address(g, p), .ptr = address_is_pointer(&p)};
	if (is_agg_like(t))
		return (val_t){.kind = V_MEM,
			       .o = address(g, p),
			       .ptr = address_is_pointer(&p),
			       .user = p.user && !p.known};
	if (t.bits) {
		/* The verifier refuses plain loads of kernel bit-fields: a checked read of the whole unit. */
		bitfield_unit(&p, m, &t);
		ir_opnd_t unit = p.known ? gen_ld(g, (int)t.size, p.base.o, p.off, false)
					 : read_word(g, p.user, address(g, p), (int)t.size);
		return val_num(bitfield(g, unit, &t));
	}
	int size = word_size(&t);
	val_t v = {.kind = V_NUM};
	if (p.known) {
		v.o = gen_ld(g, size, p.base.o, p.off, false);
	} else if (p.direct) {
		if (!p.base.nonnull)
			gen_faultif(g, IR_EQ, p.base.o, ir_imm(0), DTRACEFLT_BADADDR, ir_imm(p.off));
		v.o = gen_ld(g, size, p.base.o, p.off, false);
		v.trusted = v.ptr = size == 8 && followable(g, type);
		if (size == 8 && t.kind == DT_K_PTR && !v.trusted)
			v.ptr = true; /* the verifier may know more than we do: treat as a pointer */
	} else {
		v.o = read_word(g, p.user, address(g, p), size);
	}
	if (size < 8 && t.is_signed)
		v.o = gen_sext(g, v.o, &t);
	return v;
}

/* ------------------------------------------------------------------ places */

static int64_t
pow2(uint64_t n)
{
	uint64_t p = 1;
	while (p < n)
		p <<= 1;
	return (int64_t)p;
}

/* The element's place within the array's (or string's). */
static void
element(gen_t *g, place_t *p, const dt_tinfo_t *array, uint32_t esize, dt_node_t *idx)
{
	uint64_t n = array->kind == DT_K_STRING ? g->strsize : array->nelem;
	bool check = n > 1 || p->known; /* E30; and a store never leaves its variable */
	if (idx->kind == DN_INT) {
		p->off += (int64_t)idx->ival * esize;
		if (idx->ival < n)
			return;
		p->direct = false;
		if (!check)
			return;
		p->off -= (int64_t)idx->ival * esize;
		gen_faultif(g, IR_NE, gen_op2(g, IR_MOV, ir_imm(1), ir_none()), ir_imm(0), DTRACEFLT_BADINDEX,
			    ir_imm((int64_t)idx->ival));
		return;
	}
	ir_opnd_t i = gen_num(g, idx);
	if (check)
		gen_faultif(g, IR_UGE, i, ir_imm((int64_t)n), DTRACEFLT_BADINDEX, i);
	p->direct = false;
	if (p->known) {
		i = gen_op2(g, IR_AND, i, ir_imm(pow2(n) - 1));
		p->base.o = gen_op2(g, IR_ADD, p->base.o, gen_op2(g, IR_MUL, i, ir_imm(esize)));
		return;
	}
	p->base = val_num(gen_op2(g, IR_ADD, gen_scalar(g, p->base), gen_op2(g, IR_MUL, i, ir_imm(esize))));
}

/* Where an lvalue is.  `none`: it will be stored to; where to go when its variable cannot be had. */
static place_t
place_of(gen_t *g, dt_node_t *n, ir_block_t *none)
{
	place_t p = {0};
	dt_tinfo_t t;
	if (gen_is_var(n)) {
		p.base = none ? gen_var_place(g, n, none) : gen_expr(g, n);
		p.known = none || p.base.kind == V_MEM;
		if (!p.known)
			p.base =
			    val_num(p.base.kind == V_NUM ? gen_scalar(g, p.base) : gen_str_scalar(g, p.base));
		return p;
	}
	switch (n->kind) {
	case DN_PTRMEMBER:
		p.base = gen_expr(g, n->left);
		p.user = dt_node_is_user(n->left);
		p.direct = p.base.trusted && !p.user;
		break;
	case DN_MEMBER:
		p = place_of(g, n->left, none);
		break;
	case DN_INDEX:
		if (n->left->id && n->left->id->kind == DT_ID_BUILTIN) {
			p.base = gen_expr(g, n);
			return p;
		}
		t = dt_type_info(n->left->type);
		uint32_t esize = dt_type_info(dt_type_complete(g->dtp, n->type)).size;
		if (t.kind == DT_K_ARRAY || (t.kind == DT_K_STRING && none)) {
			p = place_of(g, n->left, none);
			element(g, &p, &t, esize, n->args);
			return p;
		}
		p.base = val_num(gen_num(g, n->left));
		p.user = dt_node_is_user(n->left);
		t.nelem = 0;
		t.kind = DT_K_ARRAY;
		element(g, &p, &t, esize, n->args);
		return p;
	case DN_UNARY:
		if (n->op == DT_OP_DEREF) {
			if (none && gen_is_var(n->left) && !dt_type_info(n->left->type).is_user &&
			    dt_type_info(n->left->type).kind != DT_K_PTR)
				return place_of(g, n->left, none); /* *array, *string: its first element */
			p.base = val_num(gen_num(g, n->left));
			p.user = dt_node_is_user(n->left);
			return p;
		}
		/* fallthrough */
	default:
		p.base = gen_expr(g, n);
		p.user = p.base.kind == V_MEM ? p.base.user : n->user;
		return p;
	}
	p.off += (int64_t)(n->member.bitoff / 8);
	if (n->member.in_union || dt_type_info(n->member.type).bits)
		p.direct = false;
	return p;
}

static const dt_member_t *
bitfield_member(const dt_node_t *n)
{
	bool bits = (n->kind == DN_MEMBER || n->kind == DN_PTRMEMBER) && dt_type_info(n->member.type).bits;
	return bits ? &n->member : NULL;
}

static val_t
load_from(gen_t *g, dt_node_t *n, place_t p)
{
	const dt_member_t *m = bitfield_member(n);
	if (m)
		p.off -= (int64_t)(m->bitoff / 8); /* gen_load places the storage unit itself */
	return gen_load(g, p, m ? m->type : n->type, m);
}

val_t
gen_memory(gen_t *g, dt_node_t *n)
{
	return load_from(g, n, place_of(g, n, NULL));
}

val_t
gen_addrof(gen_t *g, dt_node_t *n)
{
	place_t p = place_of(g, n, NULL);
	return (val_t){.kind = V_NUM, .o = address(g, p), .ptr = address_is_pointer(&p)};
}

/* ------------------------------------------------------------------ stores */

/* Memory of the program's own, as the verifier knows it; the mask changes nothing. */
ir_opnd_t
gen_userp(gen_t *g, ir_opnd_t off)
{
	off = gen_op2(g, IR_AND, off, ir_imm(DT_USER - 1));
	ir_opnd_t p = gen_op2(g, IR_ADD, gen_scratchp(g), ir_imm(offsetof(struct dt_scratch, user)));
	return gen_op2(g, IR_ADD, p, off);
}

/* An lvalue that can be stored to by plain instructions; faults when it is not ours. */
static place_t
place_to_store(gen_t *g, dt_node_t *n, ir_block_t *none)
{
	place_t p = place_of(g, n, none);
	if (p.known)
		return p;
	const dt_member_t *m = bitfield_member(n);
	dt_tinfo_t t = dt_type_info(m ? m->type : n->type);
	if (m) { /* the whole unit, from where the outermost struct begins */
		p.off -= (int64_t)(m->bitoff / 8);
		bitfield_unit(&p, m, &t);
	}
	ir_opnd_t addr = gen_scalar(g, (val_t){.o = address(g, p), .ptr = address_is_pointer(&p)});
	ir_opnd_t off = gen_rt(g, "dt_own", 3, gen_scratchp(g), addr,
			       ir_imm(t.kind == DT_K_STRING ? g->strsize
				      : t.size              ? t.size
							    : 8));
	place_t own = {.base = {.o = gen_userp(g, off), .ptr = true}, .known = true};
	if (m) /* store_to() and gen_load() add it again */
		own.off = (int64_t)(m->bitoff / 8) - (int64_t)(m->bitoff / 8) / t.size * t.size;
	return own;
}

static void
store_bitfield(gen_t *g, place_t p, const dt_member_t *m, ir_opnd_t v)
{
	dt_tinfo_t t = dt_type_info(m->type);
	p.off -= (int64_t)(m->bitoff / 8);
	bitfield_unit(&p, m, &t);
	uint64_t mask = (t.bits >= 64 ? ~0ULL : (1ULL << t.bits) - 1) << t.bitoff;
	ir_opnd_t unit = gen_ld(g, (int)t.size, p.base.o, p.off, false);
	ir_opnd_t bits = gen_op2(g, IR_AND, gen_op2(g, IR_LSH, v, ir_imm(t.bitoff)), ir_imm((int64_t)mask));
	unit = gen_op2(g, IR_OR, gen_op2(g, IR_AND, unit, ir_imm((int64_t)~mask)), bits);
	gen_st(g, (int)t.size, p.base.o, p.off, unit);
}

/* Store a value; what the object then holds. */
static val_t
store_to(gen_t *g, dt_node_t *n, place_t p, val_t v)
{
	dt_tinfo_t t = dt_type_info(n->type);
	const dt_member_t *m = bitfield_member(n);
	if (t.kind == DT_K_STRING || is_agg_like(t)) {
		gen_store_object(g, n->type, v, p.base.o, p.off);
		return v;
	}
	ir_opnd_t o = v.kind == V_NUM ? gen_scalar(g, v) : gen_str_scalar(g, v);
	if (m) {
		store_bitfield(g, p, m, o);
		return val_num(o);
	}
	int size = word_size(&t);
	gen_st(g, size, p.base.o, p.off, o);
	return val_num(size < 8 ? gen_sext(g, o, &t) : o);
}

val_t
gen_mem_store(gen_t *g, dt_node_t *lhs, val_t v)
{
	ir_block_t *none = gen_block(g, NULL);
	dt_kind_t k = dt_type_info(lhs->type).kind;
	if (v.kind == V_MEM && k == DT_K_PTR)
		v.kind = V_NUM; /* an array decays */
	place_t p = place_to_store(g, lhs, none);
	if (k == DT_K_STRING || is_agg_like(dt_type_info(lhs->type))) {
		store_to(g, lhs, p, v);
		gen_place(g, none);
		return v;
	}
	int r = gen_new(g);
	ir_block_t *out = gen_block(g, NULL);
	gen_mov(g, r, store_to(g, lhs, p, v).o);
	gen_jmp(g, out);
	gen_place(g, none);
	gen_mov(g, r, ir_imm(0));
	gen_place(g, out);
	return val_num(ir_reg(r));
}

/* lvalue op= value, ++ and --: the place is found once. */
val_t
gen_mem_update(gen_t *g, dt_node_t *n, gen_update_f *update, bool post)
{
	ir_block_t *none = gen_block(g, NULL), *out = gen_block(g, NULL);
	int r = gen_new(g);
	place_t p = place_to_store(g, n->left, none);
	ir_opnd_t old = gen_op2(g, IR_MOV, gen_scalar(g, load_from(g, n->left, p)), ir_none());
	val_t new = store_to(g, n->left, p, update(g, n, val_num(old)));
	gen_mov(g, r, post ? old : new.o);
	gen_jmp(g, out);
	gen_place(g, none);
	gen_mov(g, r, ir_imm(0));
	gen_place(g, out);
	return val_num(ir_reg(r));
}
