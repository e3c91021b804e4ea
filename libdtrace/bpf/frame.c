/*
 * frame.c - where stack objects lie.  BPF has 512 bytes, and every clause brings keys
 * and temporaries of its own: objects that are not in use at the same time share.
 *
 * An object is in use from the first to the last mention of it, or of any value
 * computed from its address.  As branches only go forward, positions in the layout
 * tell all.  An address that is stored to memory keeps its object in use for ever.
 */
#include "frame.h"
#include "bpf.h"

#include "../ir/analysis.h"

#include <limits.h>
#include <stdlib.h>

enum {
	SLOT = 8, /* the frame pointer is aligned so */
	NOTHING = -1
};

typedef struct life {
	int obj, first, last;
} life_t;

typedef struct frame {
	ir_func_t *f;
	life_t *life; /* by object; last < first: not used */
	int *from;    /* by register: the object it may point into */
} frame_t;

static void
mention(frame_t *fr, int obj, int pos)
{
	life_t *l = &fr->life[obj];
	if (l->last < l->first)
		l->first = pos;
	if (l->last < pos)
		l->last = pos;
}

static void
keep_for_ever(frame_t *fr, int obj)
{
	fr->life[obj].first = -1;
	fr->life[obj].last = INT_MAX;
}

/* The result of i is computed from an operand that may point into obj. */
static void
derive(frame_t *fr, const ir_insn_t *i, int obj)
{
	if (i->dst < 0 || i->op == IR_LD || ir_is_call(i->op))
		return;
	int *from = &fr->from[i->dst];
	if (*from != NOTHING && *from != obj) {
		keep_for_ever(fr, *from);
		keep_for_ever(fr, obj);
	}
	*from = obj;
}

static void
look_at(frame_t *fr, ir_insn_t *i, int pos)
{
	if (i->op == IR_OBJ) {
		mention(fr, (int)i->imm, pos);
		derive(fr, i, (int)i->imm);
	}
	if (i->a.kind == IR_O_OBJ)
		mention(fr, (int)i->a.imm, pos);
	ir_opnd_t *use[IR_MAXOPNDS];
	for (int k = ir_reg_operands(i, use); k-- > 0;) {
		int obj = fr->from[use[k]->reg];
		if (obj == NOTHING)
			continue;
		mention(fr, obj, pos);
		bool address = ir_is_mem(i->op) && use[k] == &i->a;
		if (ir_is_mem(i->op) && !address)
			keep_for_ever(fr, obj);
		else if (!address)
			derive(fr, i, obj);
	}
}

static int
by_first(const void *a, const void *b)
{
	const life_t *x = a, *y = b;
	if (x->first != y->first)
		return x->first < y->first ? -1 : 1;
	return x->obj - y->obj;
}

static int64_t
round_up(int64_t n, int align)
{
	return (n + align - 1) / align * align;
}

/* The object's lower edge, as depth below r10, is the first that leaves it clear of the objects in
 * use, which are sorted by depth; its place among them goes to *at. */
static int64_t
find_room(const ir_func_t *f, const int *live, int nlive, const ir_obj_t *obj, int *at)
{
	int64_t top = 0; /* depth where free space begins */
	int align = obj->align >= SLOT ? SLOT : (int)obj->align;
	for (*at = 0; *at < nlive; ++*at) {
		const ir_obj_t *o = &f->objs.p[live[*at]];
		int64_t depth = round_up(top + obj->size, align);
		if (depth <= -(int64_t)o->off - o->size)
			return depth;
		top = -(int64_t)o->off;
	}
	return round_up(top + obj->size, align);
}

static int64_t
place(ir_func_t *f, life_t *life, int n)
{
	int *live = dt_xcalloc((size_t)n, sizeof(int)), *until = dt_xcalloc((size_t)f->objs.n, sizeof(int));
	int nlive = 0;
	int64_t deepest = 0;
	qsort(life, (size_t)n, sizeof(*life), by_first);
	for (int k = 0; k < n; k++) {
		ir_obj_t *obj = &f->objs.p[life[k].obj];
		int at, kept = 0;
		for (int j = 0; j < nlive; j++)
			if (until[live[j]] >= life[k].first)
				live[kept++] = live[j];
		nlive = kept;
		int64_t depth = find_room(f, live, nlive, obj, &at);
		if (depth > deepest)
			deepest = depth;
		if (deepest > FRAME_MAX)
			continue; /* only the size of the whole still matters */
		obj->off = (int32_t)-depth;
		until[life[k].obj] = life[k].last;
		for (int j = nlive++; j > at; j--)
			live[j] = live[j - 1];
		live[at] = life[k].obj;
	}
	free(live);
	free(until);
	return deepest;
}

int64_t
frame_lay_out(ir_func_t *f)
{
	size_t n = (size_t)f->objs.n;
	frame_t fr = {
	    .f = f, .life = dt_xcalloc(n, sizeof(life_t)), .from = dt_xcalloc((size_t)f->nregs, sizeof(int))};
	for (int o = 0; o < f->objs.n; o++)
		fr.life[o] = (life_t){o, 0, -1};
	for (int r = 0; r < f->nregs; r++)
		fr.from[r] = NOTHING;
	int pos = 0, used = 0;
	for (int b = 0; b < f->blocks.n; b++) {
		ir_block_t *blk = f->blocks.p[b];
		for (int k = 0; k < blk->insns.n; k++)
			look_at(&fr, &blk->insns.p[k], pos++);
	}
	for (int o = 0; o < f->objs.n; o++)
		if (fr.life[o].first <= fr.life[o].last)
			fr.life[used++] = fr.life[o];
	int64_t depth = place(f, fr.life, used);
	free(fr.life);
	free(fr.from);
	return depth;
}

void
frame_add_slots(ir_func_t *f, int first, int64_t *depth)
{
	for (int o = first; o < f->objs.n; o++) {
		*depth = round_up(*depth + SLOT, SLOT);
		f->objs.p[o].off = *depth <= FRAME_MAX ? (int32_t) - *depth : 0;
	}
}
