/*
 * gen_var.c - D variables.
 *
 * Global scalars: an 8-byte word each in one mapped array, read and written in place.
 * this-> scalars: registers.  self-> scalars: words of the thread's task storage.
 * Associative arrays: hash maps, keyed by the bytes of the tuple; a zero deletes.
 */
#include <string.h>

#include "gen.h"

enum {
	STACK_KEY_MAX = 96
};

static int
map_of_kind(gen_t *g, dt_mapkind_t kind)
{
	for (int i = 0; i < g->mod->maps.n; i++)
		if (g->mod->maps.p[i].kind == kind)
			return i;
	return -1;
}

/* ------------------------------------------------------------------ tuples */

static bool
fits_stack(const dt_krec_t *k, dt_node_t *key)
{
	if (k->kind == DT_KK_STRING)
		return k->ksize == 16 && (key->kind == DN_STR || str_bound(key, 4096) == 16) &&
		       key->kind != DN_COND;
	return k->kind != DT_KK_STACK && k->ksize <= 16;
}

/* What a string may take of so many bytes: keys, variables and records are rounded up to words. */
static uint32_t
str_room(gen_t *g, uint32_t size)
{
	return size < g->strsize ? size : g->strsize;
}

static void
const_words(gen_t *g, const char *text, ir_opnd_t base, int64_t off, uint32_t size)
{
	char buf[512] = {0};
	if (size > sizeof(buf))
		size = sizeof(buf);
	snprintf(buf, str_room(g, size), "%s", text);
	for (uint32_t i = 0; i < size; i += 8) {
		int64_t w;
		memcpy(&w, buf + i, 8);
		gen_st(g, 8, base, off + i, ir_imm(w));
	}
}

/* One key into memory.  Bytes of a string after its end must be zero: keys compare as bytes. */
void
gen_key(gen_t *g, dt_node_t *key, const dt_krec_t *k, const dt_type_t *type, ir_opnd_t base, int64_t off,
	uint32_t arena_off, bool in_arena)
{
	dt_tinfo_t t = type ? dt_type_info(*type) : (dt_tinfo_t){0};
	if (key->kind == DN_CALL && dt_func_keyact(key->func)) {
		gen_symbol(g, key, base, off);
		return;
	}
	val_t v = gen_expr(g, key);
	if (k->kind == DT_KK_STRID) {
		ir_opnd_t id = v.kind == V_STRID ? v.o : ir_imm(mod_strid(g->mod, v.text ? v.text : ""));
		gen_st(g, 4, base, off, id);
	} else if (k->kind == DT_KK_STRING) {
		uint32_t room = str_room(g, k->ksize);
		if (v.kind == V_COMM && room >= 16) {
			gen_st(g, 8, base, off, v.lo);
			gen_st(g, 8, base, off + 8, v.hi);
			for (uint32_t i = 16; i < k->ksize; i += 8)
				gen_st(g, 8, base, off + i, ir_imm(0));
		} else if (v.text && (k->ksize <= 64 || !in_arena)) {
			const_words(g, v.text, base, off, k->ksize);
		} else {
			for (uint32_t i = room & ~7U; i < k->ksize; i += 8)
				gen_st(g, 8, base, off + i, ir_imm(0));
			gen_rt(g, "dt_keystr", 4, gen_scratchp(g), ir_imm(arena_off), gen_str_scalar(g, v),
			       ir_imm(room));
		}
	} else if (v.kind == V_MEM) {
		gen_read_object(g, v, gen_op2(g, IR_ADD, base, ir_imm(off)), k->ksize);
	} else {
		int size = k->ksize == 1 || k->ksize == 2 || k->ksize == 4 ? (int)k->ksize : 8;
		(void)t;
		gen_st(g, size, base, off, v.o);
	}
}

/* The key tuple in memory: on the stack when it is small, else in the arena. */
ir_opnd_t
gen_tuple(gen_t *g, const dt_krec_t *k, const dt_type_t *types, dt_node_t *keys, int nkeys, uint32_t size,
	  ir_opnd_t prefix, int prefixlen)
{
	bool on_stack = size <= STACK_KEY_MAX;
	dt_node_t *n = keys;
	uint32_t covered = (uint32_t)prefixlen;
	for (int i = 0; i < nkeys; i++, n = n->next) {
		on_stack = on_stack && fits_stack(&k[i], n);
		covered += k[i].ksize;
	}
	ir_opnd_t base;
	uint32_t aoff = 0;
	if (on_stack) {
		base = gen_obj(g, ir_newobj(g->f, (size + 7) & ~7U, 8), 0);
	} else {
		aoff = gen_arena(g, size);
		base = gen_arenap(g, aoff);
	}
	if (covered != size) { /* padding is part of the key: small gaps only, as types are naturally aligned */
		for (uint32_t i = 0; i + 4 <= size && size <= 128; i += 4)
			gen_st(g, 4, base, i, ir_imm(0));
		for (int i = 0; size > 128 && i < nkeys; i++) {
			uint32_t from = i ? k[i - 1].koff + k[i - 1].ksize : (uint32_t)prefixlen;
			for (; from < k[i].koff; from++)
				gen_st(g, 1, base, from, ir_imm(0));
		}
		uint32_t from = nkeys ? k[nkeys - 1].koff + k[nkeys - 1].ksize : 0;
		for (; size > 128 && from < size; from++)
			gen_st(g, 1, base, from, ir_imm(0));
	}
	if (prefixlen)
		gen_st(g, prefixlen, base, 0, prefix);
	n = keys;
	for (int i = 0; i < nkeys; i++, n = n->next)
		gen_key(g, n, &k[i], types ? &types[i] : NULL, base, k[i].koff, aoff + k[i].koff, !on_stack);
	return base;
}

/* -------------------------------------------------------------------- self */

int
var_uses_self(dt_node_t *n)
{
	for (; n; n = n->next) {
		if (n->kind == DN_SELF || (n->id && n->id->scope == DT_SC_SELF && n->kind == DN_INDEX))
			return 1;
		if (var_uses_self(n->left) || var_uses_self(n->right) || var_uses_self(n->cond) ||
		    var_uses_self(n->args) || var_uses_self(n->body) || var_uses_self(n->orelse))
			return 1;
	}
	return 0;
}

/* This thread's values, or null; looked up once a clause. */
static ir_opnd_t
self_lookup(gen_t *g)
{
	if (g->self >= 0)
		return ir_reg(g->self);
	g->self = gen_new(g);
	int map = map_of_kind(g, DT_MAP_SELF);
	gen_mov(g, g->self,
		gen_call(g, BPF_FUNC_task_storage_get, false, 4, gen_map(g, map), gen_current(g), ir_imm(0),
			 ir_imm(0)));
	return ir_reg(g->self);
}

/* Before a clause that uses them: so that the look-up is on every way to a use. */
void
gen_var_self(gen_t *g)
{
	self_lookup(g);
}

/* The same, made when absent; jumps to `none` when that fails (counted as a dynamic variable drop). */
static ir_opnd_t
self_create(gen_t *g, ir_block_t *none)
{
	self_lookup(g);
	ir_block_t *make = gen_block(g, "new thread"), *have = gen_block(g, NULL), *drop = gen_block(g, NULL);
	gen_br(g, IR_NE, ir_reg(g->self), ir_imm(0), have, make);
	gen_place(g, make);
	int map = map_of_kind(g, DT_MAP_SELF);
	gen_mov(g, g->self,
		gen_call(g, BPF_FUNC_task_storage_get, false, 4, gen_map(g, map), gen_current(g), ir_imm(0),
			 ir_imm(BPF_LOCAL_STORAGE_GET_F_CREATE)));
	gen_br(g, IR_NE, ir_reg(g->self), ir_imm(0), have, drop);
	gen_place(g, drop);
	gen_count_drop(g, offsetof(struct dt_cpustate, dyndrops));
	gen_jmp(g, none);
	gen_place(g, have);
	return ir_reg(g->self);
}

/* A number no other thread has or will have, for the keys of self-> arrays. */
static ir_opnd_t
self_serial(gen_t *g, ir_block_t *none)
{
	ir_opnd_t p = self_create(g, none);
	int r = gen_new(g);
	ir_block_t *fresh = gen_block(g, NULL), *out = gen_block(g, NULL);
	gen_mov(g, r, gen_ld(g, 8, p, 0, false));
	gen_br(g, IR_NE, ir_reg(r), ir_imm(0), out, fresh);
	gen_place(g, fresh);
	ir_opnd_t st = gen_statep(g, offsetof(struct dt_state, nextthread));
	ir_opnd_t old = gen_op2(g, IR_FADD, st, ir_imm(1));
	g->b->insns.p[g->b->insns.n - 1].size = 8;
	gen_mov(g, r, gen_op2(g, IR_ADD, old, ir_imm(1)));
	gen_st(g, 8, p, 0, ir_reg(r));
	gen_place(g, out);
	return ir_reg(r);
}

/* ------------------------------------------------------------------ values */

static val_t
from_memory(dt_type_t type, ir_opnd_t addr)
{
	dt_kind_t k = dt_type_info(type).kind;
	if (k == DT_K_STRING)
		return (val_t){.kind = V_STR, .o = addr, .ptr = true};
	return (val_t){.kind = V_MEM, .o = addr, .ptr = true};
}

static bool
by_value(dt_type_t type)
{
	dt_kind_t k = dt_type_info(type).kind;
	return k == DT_K_STRING || k == DT_K_STRUCT || k == DT_K_UNION || k == DT_K_ARRAY;
}

/* In a variable the null string is two NULs (T33); an empty one has a 1 behind its NUL. */
static void
mark_empty(gen_t *g, val_t v, ir_opnd_t base, int64_t off)
{
	if (v.text && *v.text)
		return;
	ir_block_t *empty = gen_block(g, NULL), *out = gen_block(g, NULL);
	gen_br(g, IR_EQ, gen_ld(g, 1, base, off, false), ir_imm(0), empty, out);
	gen_place(g, empty);
	ir_opnd_t some = ir_imm(1);
	if (v.kind == V_STR && !v.text) {
		some = gen_op2(g, IR_SET, v.o, ir_imm(0));
		g->b->insns.p[g->b->insns.n - 1].cc = IR_NE;
	}
	gen_st(g, 1, base, off + 1, some);
	gen_place(g, out);
}

/* A string variable's address, or 0 when it holds the null string. */
static val_t
null_or_text(gen_t *g, val_t v, bool maybe_absent)
{
	ir_block_t *there = gen_block(g, NULL), *some = gen_block(g, NULL), *out = gen_block(g, NULL);
	int r = gen_new(g);
	gen_mov(g, r, ir_imm(0));
	if (maybe_absent)
		gen_br(g, IR_NE, v.o, ir_imm(0), there, out);
	gen_place(g, there);
	gen_br(g, IR_NE, gen_ld(g, 2, v.o, 0, false), ir_imm(0), some, out);
	gen_place(g, some);
	gen_mov(g, r, v.o);
	gen_place(g, out);
	v.o = ir_reg(r);
	return v;
}

/* A string, struct or array into memory the verifier knows. */
void
gen_store_object(gen_t *g, dt_type_t type, val_t v, ir_opnd_t base, int64_t off)
{
	dt_tinfo_t t = dt_type_info(type);
	bool text = t.kind == DT_K_STRING || v.kind == V_STR || v.kind == V_STRID || v.kind == V_COMM;
	uint32_t size = t.kind == DT_K_STRING ? g->strsize : t.size;
	/* A copy that fails clears what it should have filled, but a fault comes before the store. */
	if (v.kind == V_STR && !v.ptr && !v.text)
		gen_str_probe(g, v.o);
	if (text && v.kind == V_NUM) { /* = 0, = NULL */
		gen_st(g, size > 1 ? 2 : 1, base, off, ir_imm(0));
	} else if (text) {
		v.kind = v.kind == V_MEM ? V_STR : v.kind;
		gen_str_copy(g, v, base, off, size);
		if (t.kind == DT_K_STRING)
			mark_empty(g, v, base, off);
	} else if (v.kind == V_MEM) {
		gen_read_object(g, v, off ? gen_op2(g, IR_ADD, base, ir_imm(off)) : base, size);
	} else {
		gen_clear(g, base, off, size);
	}
}

/* A value into a variable's memory. */
static void
store_at(gen_t *g, dt_type_t type, val_t v, ir_opnd_t base, int64_t off)
{
	if (by_value(type))
		gen_store_object(g, type, v, base, off);
	else
		gen_st(g, 8, base, off, v.o);
}

/* Where a variable that is not there reads its zeros (twice as many: see layout.c); the null string for
 * strings. */
static ir_opnd_t
absent(gen_t *g, dt_type_t type)
{
	dt_tinfo_t t = dt_type_info(type);
	if (!by_value(type) || t.kind == DT_K_STRING)
		return ir_imm(0);
	return gen_zeros(g, 2 * t.size + 8);
}

static dt_ident_t *
array_ident(dt_node_t *n)
{
	return n->kind == DN_INDEX ? n->left->id : n->id;
}

static ir_opnd_t
assoc_key(gen_t *g, dt_node_t *n, ir_block_t *none)
{
	dt_ident_t *id = array_ident(n);
	struct layout_var *l = layout_of(g, id);
	ir_opnd_t prefix = ir_none();
	int plen = 0;
	if (id->scope == DT_SC_SELF) {
		prefix = self_serial(g, none);
		plen = 8;
	}
	return gen_tuple(g, l->key, id->keys, n->args, id->nkeys, l->key_size, prefix, plen);
}

/* The key of an element that is read and then stored, or stored after other things have happened. */
void
gen_var_hold(gen_t *g, dt_node_t *n, ir_block_t *none)
{
	g->held = NULL;
	g->heldkey = assoc_key(g, n, none);
	g->held = n;
}

static ir_opnd_t
key_or_held(gen_t *g, dt_node_t *n, ir_block_t *none)
{
	return g->held == n ? g->heldkey : assoc_key(g, n, none);
}

/* Pointer to the array's entry, null when absent. */
static ir_opnd_t
assoc_lookup(gen_t *g, dt_node_t *n, ir_opnd_t *key, ir_block_t *none)
{
	struct layout_var *l = layout_of(g, array_ident(n));
	*key = key_or_held(g, n, none);
	return gen_call(g, BPF_FUNC_map_lookup_elem, false, 2, gen_map(g, l->map), *key);
}

static val_t
assoc_load(gen_t *g, dt_node_t *n)
{
	dt_ident_t *id = array_ident(n);
	int r = by_value(id->type) ? -1 : gen_known_value(g, n);
	if (r >= 0)
		return val_num(ir_reg(r));
	ir_block_t *have = gen_block(g, NULL), *out = gen_block(g, NULL), *none = gen_block(g, NULL);
	ir_opnd_t key, p;
	r = gen_new(g);
	gen_mov(g, r, absent(g, id->type));
	p = assoc_lookup(g, n, &key, none);
	gen_br(g, IR_NE, p, ir_imm(0), have, out);
	gen_place(g, have);
	if (by_value(id->type))
		gen_mov(g, r, p);
	else
		gen_mov(g, r, gen_ld(g, 8, p, 0, false));
	gen_jmp(g, out);
	gen_place(g, none);
	gen_place(g, out);
	if (by_value(id->type))
		return from_memory(id->type, ir_reg(r));
	gen_known_note(g, n, r);
	return val_num(ir_reg(r));
}

/* The element's memory, made (all zeroes) when absent. */
static ir_opnd_t
assoc_place(gen_t *g, dt_node_t *n, ir_block_t *none)
{
	dt_ident_t *id = array_ident(n);
	struct layout_var *l = layout_of(g, id);
	ir_block_t *have = gen_block(g, NULL), *make = gen_block(g, NULL), *drop = gen_block(g, NULL);
	int r = gen_new(g);
	ir_opnd_t key, p = assoc_lookup(g, n, &key, none);
	gen_mov(g, r, p);
	gen_br(g, IR_NE, ir_reg(r), ir_imm(0), have, make);
	gen_place(g, make);
	gen_call(g, BPF_FUNC_map_update_elem, false, 4, gen_map(g, l->map), key, gen_zeros(g, l->room),
		 ir_imm(BPF_NOEXIST));
	gen_mov(g, r, gen_call(g, BPF_FUNC_map_lookup_elem, false, 2, gen_map(g, l->map), key));
	gen_br(g, IR_NE, ir_reg(r), ir_imm(0), have, drop);
	gen_place(g, drop);
	gen_count_drop(g, offsetof(struct dt_cpustate, dyndrops));
	gen_jmp(g, none);
	gen_place(g, have);
	return ir_reg(r);
}

static bool
is_constant_zero(val_t v)
{
	return v.kind == V_NUM && v.o.kind == IR_O_IMM && v.o.imm == 0;
}

/* Store to the element of that key, at p when it is there; continues at out. */
static void
assoc_put(gen_t *g, dt_ident_t *id, ir_opnd_t key, ir_opnd_t p, val_t v, ir_block_t *out)
{
	struct layout_var *l = layout_of(g, id);
	ir_block_t *have = gen_block(g, NULL), *make = gen_block(g, NULL), *del = gen_block(g, "0 frees"),
		   *store = gen_block(g, NULL), *drop = gen_block(g, NULL);
	bool zero = is_constant_zero(v);
	if (zero) {
		gen_br(g, IR_NE, p, ir_imm(0), del, out);
	} else if (v.kind == V_NUM && v.o.kind == IR_O_REG) {
		ir_block_t *nz = gen_block(g, NULL), *z = gen_block(g, NULL);
		gen_br(g, IR_NE, v.o, ir_imm(0), nz, z);
		gen_place(g, z);
		gen_br(g, IR_NE, p, ir_imm(0), del, out);
		gen_place(g, nz);
		gen_br(g, IR_NE, p, ir_imm(0), have, make);
	} else {
		gen_br(g, IR_NE, p, ir_imm(0), have, make);
	}
	if (!zero) {
		gen_place(g, have);
		store_at(g, id->type, v, p, 0);
		gen_jmp(g, out);
		gen_place(g, make);
		ir_opnd_t mem;
		if (l->room <= 8)
			mem = gen_obj(g, ir_newobj(g->f, 8, 8), 0);
		else
			mem = gen_arenap(g, gen_arena(g, l->room));
		if (l->room > 8 && v.kind != V_MEM)
			gen_st(g, 8, mem, 0, ir_imm(0));
		store_at(g, id->type, v, mem, 0);
		gen_place(g, store);
		ir_opnd_t r = gen_call(g, BPF_FUNC_map_update_elem, false, 4, gen_map(g, l->map), key, mem,
				       ir_imm(BPF_ANY));
		gen_br(g, IR_SLT, r, ir_imm(0), drop, out);
		gen_place(g, drop);
		gen_count_drop(g, offsetof(struct dt_cpustate, dyndrops));
		gen_jmp(g, out);
	}
	gen_place(g, del);
	gen_call(g, BPF_FUNC_map_delete_elem, false, 2, gen_map(g, l->map), key);
	gen_place(g, out);
}

static void
assoc_store(gen_t *g, dt_node_t *n, val_t v)
{
	ir_block_t *out = gen_block(g, NULL);
	/* A look before is cheaper than a delete of what is not there: so often in carriers, seldom in
	 * programs. */
	if (is_constant_zero(v) && !g->in_carrier) {
		ir_opnd_t map = gen_map(g, layout_of(g, array_ident(n))->map);
		gen_call(g, BPF_FUNC_map_delete_elem, false, 2, map, key_or_held(g, n, out));
		gen_place(g, out);
		return;
	}
	ir_opnd_t key, p = assoc_lookup(g, n, &key, out);
	assoc_put(g, array_ident(n), key, p, v, out);
}

/* op=, ++ and -- of an element: its keys are evaluated once. */
val_t
gen_assoc_update(gen_t *g, dt_node_t *n, gen_update_f *update, bool post)
{
	gen_known_forget(g);
	ir_block_t *out = gen_block(g, NULL), *have = gen_block(g, NULL), *go = gen_block(g, NULL);
	dt_ident_t *id = array_ident(n->left);
	int old = gen_new(g), r = gen_new(g);
	gen_mov(g, old, ir_imm(0));
	gen_mov(g, r, ir_imm(0));
	ir_opnd_t key, p = assoc_lookup(g, n->left, &key, out);
	gen_br(g, IR_NE, p, ir_imm(0), have, go);
	gen_place(g, have);
	gen_mov(g, old, gen_ld(g, 8, p, 0, false));
	gen_place(g, go);
	val_t new = update(g, n, val_num(ir_reg(old)));
	gen_mov(g, r, post ? ir_reg(old) : new.o);
	/* What was there may be gone: computing the value may have freed it. */
	p = gen_call(g, BPF_FUNC_map_lookup_elem, false, 2, gen_map(g, layout_of(g, id)->map), key);
	assoc_put(g, id, key, p, new, out);
	return val_num(ir_reg(r));
}

/* ------------------------------------------------------------ load and store */

/* Where this-> memory lies in the arena; offsets stay from one build of the function to the next. */
static uint32_t
this_offset(gen_t *g, dt_ident_t *id, struct layout_var *l)
{
	uint32_t size = l->size ? l->size : 8;
	if (id->id < g->nthis && !g->thisoff[id->id] && g->arena_this + size > DT_ARENA) {
		gen_noscratch(g);
		return 0;
	}
	if (id->id < g->nthis && !g->thisoff[id->id]) {
		g->thisoff[id->id] = g->arena_this + 1;
		g->arena_this += size;
		if (!g->early_scratch)
			g->retry = g->early_scratch = true;
	}
	gen_scratchp(g);
	return g->thisoff[id->id] - 1;
}

static dt_ident_t *
base_ident(dt_node_t *n)
{
	return n->kind == DN_INDEX ? n->left->id : n->id;
}

static val_t
load(gen_t *g, dt_node_t *n)
{
	dt_ident_t *id = base_ident(n);
	if (id->kind == DT_ID_ARRAY)
		return assoc_load(g, n);
	struct layout_var *l = layout_of(g, id);
	bool mem = by_value(id->type);
	switch (id->scope) {
	case DT_SC_GLOBAL: {
		ir_opnd_t p = gen_mapval(g, g->mod->globals, l->off);
		return mem ? from_memory(id->type, p) : val_num(gen_ld(g, 8, p, 0, false));
	}
	case DT_SC_THIS:
		if (mem)
			return from_memory(id->type, gen_arenap(g, this_offset(g, id, l)));
		return (val_t){.kind = V_NUM,
			       .o = ir_reg(g->thisreg[id->id]),
			       .ptr = dt_type_info(id->type).kind == DT_K_PTR};
	default: {
		int r = gen_new(g);
		ir_block_t *have = gen_block(g, NULL), *out = gen_block(g, NULL);
		gen_mov(g, r, absent(g, id->type));
		ir_opnd_t p = self_lookup(g);
		gen_br(g, IR_NE, p, ir_imm(0), have, out);
		gen_place(g, have);
		if (mem)
			gen_mov(g, r, gen_op2(g, IR_ADD, p, ir_imm(l->off)));
		else
			gen_mov(g, r, gen_ld(g, 8, p, l->off, false));
		gen_place(g, out);
		return mem ? from_memory(id->type, ir_reg(r)) : val_num(ir_reg(r));
	}
	}
}

val_t
gen_var_load(gen_t *g, dt_node_t *n)
{
	val_t v = load(g, n);
	if (v.kind == V_STR) {
		dt_ident_t *id = base_ident(n);
		v = null_or_text(g, v, id->kind == DT_ID_ARRAY || id->scope == DT_SC_SELF);
	}
	return gen_keep(g, v);
}

/* The memory of a variable that holds a string, struct or array; jumps to `none` when there is none. */
val_t
gen_var_place(gen_t *g, dt_node_t *n, ir_block_t *none)
{
	gen_known_forget(g);
	dt_ident_t *id = base_ident(n);
	val_t v = {.kind = V_MEM, .ptr = true};
	struct layout_var *l = layout_of(g, id);
	if (id->kind == DT_ID_ARRAY)
		v.o = assoc_place(g, n, none);
	else if (id->scope == DT_SC_GLOBAL)
		v.o = gen_mapval(g, g->mod->globals, l->off);
	else if (id->scope == DT_SC_THIS)
		v.o = gen_arenap(g, this_offset(g, id, l));
	else
		v.o = gen_op2(g, IR_ADD, self_create(g, none), ir_imm(l->off));
	return v;
}

void
gen_var_store(gen_t *g, dt_node_t *lhs, val_t v)
{
	gen_known_forget(g);
	dt_ident_t *id = base_ident(lhs);
	if (id->kind == DT_ID_ARRAY) {
		assoc_store(g, lhs, v);
		return;
	}
	struct layout_var *l = layout_of(g, id);
	switch (id->scope) {
	case DT_SC_GLOBAL:
		store_at(g, id->type, v, gen_mapval(g, g->mod->globals, l->off), 0);
		return;
	case DT_SC_THIS:
		if (by_value(id->type))
			store_at(g, id->type, v, gen_arenap(g, this_offset(g, id, l)), 0);
		else
			gen_mov(g, g->thisreg[id->id], v.o);
		return;
	default: {
		ir_block_t *out = gen_block(g, NULL);
		bool zero = v.kind == V_NUM && v.o.kind == IR_O_IMM && v.o.imm == 0;
		ir_opnd_t p;
		if (zero) { /* nothing to free when there is nothing */
			ir_block_t *have = gen_block(g, NULL);
			p = self_lookup(g);
			gen_br(g, IR_NE, p, ir_imm(0), have, out);
			gen_place(g, have);
		} else {
			p = self_create(g, out);
		}
		store_at(g, id->type, v, p, l->off);
		gen_place(g, out);
	}
	}
}
