/*
 * gen_subr.c - the subroutines (language.md 5.1 - 5.4).  The work is done by the runtime routines
 * (runtime/rt.h); here arguments become what those take, and results become values.
 */
#include <string.h>

#include "gen.h"

static val_t
arena_string(gen_t *g, uint32_t off)
{
	return (val_t){.kind = V_STR, .o = gen_arenap(g, off), .ptr = true};
}

/* The n-th argument as the address of a string. */
static ir_opnd_t
str_arg(gen_t *g, dt_node_t *n)
{
	return gen_str_scalar(g, gen_expr(g, n));
}

static ir_opnd_t
as_u32(gen_t *g, ir_opnd_t v)
{
	ir_opnd_t r = gen_op2(g, IR_ZEXT, v, ir_none());
	g->b->insns.p[g->b->insns.n - 1].size = 4;
	return r;
}

/* Address + offset, or the null string when the routine answered -1. */
static val_t
suffix(gen_t *g, ir_opnd_t addr, ir_opnd_t off)
{
	int r = gen_new(g);
	ir_block_t *found = gen_block(g, NULL), *out = gen_block(g, NULL);
	gen_mov(g, r, ir_imm(0));
	gen_br(g, IR_SGE, off, ir_imm(0), found, out);
	gen_place(g, found);
	gen_mov(g, r, gen_op2(g, IR_ADD, addr, off));
	gen_place(g, out);
	return (val_t){.kind = V_STR, .o = ir_reg(r)};
}

static val_t
search(gen_t *g, const char *routine, dt_node_t *a, ir_opnd_t start)
{
	ir_opnd_t s = str_arg(g, a), t = str_arg(g, a->next);
	if (a->next->next)
		start = gen_num(g, a->next->next);
	return val_num(gen_rt(g, routine, 5, gen_scratchp(g), s, t, start, ir_imm(g->strsize)));
}

/* --------------------------------------------------------------- memory of the program's own */

/* The address of fresh memory, from what the routine answered. */
static val_t
user_address(gen_t *g, ir_opnd_t off)
{
	ir_opnd_t base = gen_op2(g, IR_SCALAR, gen_scratchp(g), ir_none());
	base = gen_op2(g, IR_ADD, base, ir_imm(offsetof(struct dt_scratch, user)));
	return val_num(gen_op2(g, IR_ADD, base, off));
}

/* {address, length} for printm(). */
static val_t
memref(gen_t *g, dt_node_t *a)
{
	ir_opnd_t addr = gen_num(g, a), n = gen_num(g, a->next);
	ir_opnd_t off = gen_rt(g, "dt_alloca", 2, gen_scratchp(g), ir_imm(16));
	ir_opnd_t p = gen_userp(g, off);
	gen_st(g, 8, p, 0, addr);
	gen_st(g, 8, p, 8, n);
	return user_address(g, off);
}

static val_t
memory(gen_t *g, dt_node_t *n)
{
	dt_node_t *a = n->args;
	ir_opnd_t x = gen_num(g, a), y, z;
	if (n->func == DT_F_ALLOCA)
		return user_address(g, gen_rt(g, "dt_alloca", 2, gen_scratchp(g), x));
	y = gen_num(g, a->next);
	if (n->func != DT_F_BCOPY)
		gen_present(g, DTRACEFLT_BADADDR, x);
	if (n->func == DT_F_COPYIN)
		return user_address(g, gen_rt(g, "dt_copyin", 3, gen_scratchp(g), x, y));
	z = gen_num(g, a->next->next);
	switch (n->func) {
	case DT_F_BCOPY:
		gen_rt(g, "dt_bcopy", 4, gen_scratchp(g), x, y, z);
		break;
	case DT_F_COPYINTO:
		gen_rt(g, "dt_copyinto", 4, gen_scratchp(g), x, y, z);
		break;
	case DT_F_COPYOUT:
		gen_rt(g, "dt_copyout", 4, gen_scratchp(g), x, y, z);
		break;
	default:
		gen_rt(g, "dt_copyoutstr", 5, gen_scratchp(g), x, y, z, ir_imm(g->strsize));
	}
	return (val_t){.kind = V_VOID};
}

/* ----------------------------------------------------------------------- strings */

/* A routine that makes a string from one argument, and perhaps another before or after it. */
static val_t
make_string(gen_t *g, const char *routine, int nargs, ir_opnd_t x, ir_opnd_t y)
{
	uint32_t dst = gen_arena(g, g->strsize);
	if (nargs == 1)
		gen_rt(g, routine, 4, gen_scratchp(g), ir_imm(dst), x, ir_imm(g->strsize));
	else
		gen_rt(g, routine, 5, gen_scratchp(g), ir_imm(dst), x, y, ir_imm(g->strsize));
	return arena_string(g, dst);
}

/* The same, when the routine answers -1 for the null string. */
static val_t
maybe_string(gen_t *g, const char *routine, ir_opnd_t x, ir_opnd_t y)
{
	uint32_t dst = gen_arena(g, g->strsize);
	ir_opnd_t n = gen_rt(g, routine, 5, gen_scratchp(g), ir_imm(dst), x, y, ir_imm(g->strsize));
	int r = gen_new(g);
	ir_block_t *some = gen_block(g, NULL), *out = gen_block(g, NULL);
	gen_mov(g, r, ir_imm(0));
	gen_br(g, IR_SGE, n, ir_imm(0), some, out);
	gen_place(g, some);
	gen_mov(g, r, gen_op2(g, IR_SCALAR, gen_arenap(g, dst), ir_none()));
	gen_place(g, out);
	return (val_t){.kind = V_STR, .o = ir_reg(r)};
}

static val_t
tokens(gen_t *g, dt_node_t *a)
{
	if (!g->uses_tok) /* the string is kept for the whole firing, and so is the slot it lies in */
		g->retry = g->uses_tok = g->early_scratch = true;
	ir_opnd_t s = str_arg(g, a), delims = str_arg(g, a->next);
	return maybe_string(g, "dt_strtok", s, delims);
}

static val_t
number(gen_t *g, dt_node_t *a)
{
	ir_opnd_t s = str_arg(g, a), base = a->next ? gen_num(g, a->next) : ir_imm(10);
	gen_rt(g, "dt_strtoll", 4, gen_scratchp(g), s, base, ir_imm(g->strsize));
	return val_num(gen_ld(g, 8, gen_scratchp(g), offsetof(struct dt_scratch, w), false));
}

static val_t
memstr(gen_t *g, dt_node_t *a)
{
	ir_opnd_t addr = gen_num(g, a), sep = gen_op2(g, IR_AND, gen_num(g, a->next), ir_imm(0xff));
	ir_opnd_t n = gen_num(g, a->next->next);
	gen_faultif(g, IR_UGT, n, ir_imm(DT_STRMAX), DTRACEFLT_BADSIZE, n);
	ir_opnd_t range = gen_op2(g, IR_OR, gen_op2(g, IR_LSH, n, ir_imm(32)), sep);
	return make_string(g, "dt_memstr", 2, addr, range);
}

/* ------------------------------------------------------------------------ numbers */

static val_t
swapped(gen_t *g, dt_node_t *a, int size)
{
	ir_opnd_t v = gen_num(g, a);
	if (v.kind == IR_O_IMM)
		v = gen_op2(g, IR_MOV, v, ir_none());
	v = gen_op2(g, IR_BSWAP, v, ir_none());
	g->b->insns.p[g->b->insns.n - 1].size = (uint8_t)size;
	return val_num(v);
}

/* ------------------------------------------------------------- the kernel's own data */

enum {
	MUTEX_FLAGS = 7, /* low bits of struct mutex's owner */
	QR_READERS = 9,  /* struct qrwlock's count: readers from this bit on, */
	QW_LOCKED = 0xff /* the writer's byte, which has this value when one holds the lock */
};

static ir_opnd_t
word_at(gen_t *g, ir_opnd_t addr, int64_t off, int size)
{
	return gen_checked_read(g, off ? gen_op2(g, IR_ADD, addr, ir_imm(off)) : addr, size);
}

/* A kernel without that member: the call is an illegal operation. */
static int64_t
member_or_fault(gen_t *g, const char *sou, const char *path)
{
	int off = dt_btf_offset(g->dtp, sou, path);
	if (off >= 0)
		return off;
	ir_opnd_t one = gen_op2(g, IR_MOV, ir_imm(1), ir_none());
	gen_faultif(g, IR_NE, one, ir_imm(0), DTRACEFLT_ILLOP, ir_imm(0));
	return 0;
}

static ir_opnd_t
is(gen_t *g, ir_cc_t cc, ir_opnd_t a, ir_opnd_t b)
{
	ir_opnd_t r = gen_op2(g, IR_SET, a, b);
	g->b->insns.p[g->b->insns.n - 1].cc = cc;
	return r;
}

static val_t
mutex(gen_t *g, dt_node_t *n)
{
	ir_opnd_t m = gen_num(g, n->args);
	if (n->func == DT_F_MUTEX_TYPE_ADAPTIVE || n->func == DT_F_MUTEX_TYPE_SPIN)
		return val_num(ir_imm(n->func == DT_F_MUTEX_TYPE_ADAPTIVE));
	ir_opnd_t owner = word_at(g, m, member_or_fault(g, "mutex", "owner"), 8);
	owner = gen_op2(g, IR_AND, owner, ir_imm(~(int64_t)MUTEX_FLAGS));
	if (n->func == DT_F_MUTEX_OWNER)
		return val_num(owner);
	ir_opnd_t me = gen_op2(g, IR_SCALAR, gen_current(g), ir_none());
	return val_num(is(g, IR_EQ, owner, me));
}

/* A lock knows how many hold it, not who: a writer may be any thread. */
static val_t
rwlock(gen_t *g, dt_node_t *n)
{
	ir_opnd_t l = gen_num(g, n->args);
	ir_opnd_t count = word_at(g, l, member_or_fault(g, "qrwlock", "cnts"), 4);
	if (n->func == DT_F_RW_READ_HELD)
		return val_num(is(g, IR_NE, gen_op2(g, IR_RSH, count, ir_imm(QR_READERS)), ir_imm(0)));
	return val_num(is(g, IR_EQ, gen_op2(g, IR_AND, count, ir_imm(QW_LOCKED)), ir_imm(QW_LOCKED)));
}

static val_t
progenyof(gen_t *g, dt_node_t *a)
{
	ir_opnd_t pid = gen_num(g, a);
	int64_t up = member_or_fault(g, "task_struct", "real_parent");
	int64_t tgid = member_or_fault(g, "task_struct", "tgid");
	ir_opnd_t me = gen_op2(g, IR_SCALAR, gen_current(g), ir_none());
	return val_num(gen_rt(g, "dt_progenyof", 3, me, pid, ir_imm((int64_t)DT_RT_RANGE(up, tgid))));
}

/* current->files->fdt->fd[n], or null. */
static val_t
getf(gen_t *g, dt_node_t *a)
{
	int r = gen_new(g);
	ir_block_t *out = gen_block(g, NULL), *have = gen_block(g, NULL), *in = gen_block(g, NULL);
	ir_opnd_t fd = gen_num(g, a);
	gen_mov(g, r, ir_imm(0));
	ir_opnd_t me = gen_op2(g, IR_SCALAR, gen_current(g), ir_none());
	ir_opnd_t files = word_at(g, me, member_or_fault(g, "task_struct", "files"), 8);
	gen_br(g, IR_NE, files, ir_imm(0), have, out);
	gen_place(g, have);
	ir_opnd_t table = word_at(g, files, member_or_fault(g, "files_struct", "fdt"), 8);
	ir_opnd_t max = word_at(g, table, member_or_fault(g, "fdtable", "max_fds"), 4);
	gen_br(g, IR_ULT, fd, max, in, out);
	gen_place(g, in);
	ir_opnd_t fds = word_at(g, table, member_or_fault(g, "fdtable", "fd"), 8);
	gen_mov(g, r, word_at(g, gen_op2(g, IR_ADD, fds, gen_op2(g, IR_LSH, fd, ir_imm(3))), 0, 8));
	gen_place(g, out);
	return val_num(ir_reg(r));
}

/* ------------------------------------------------------------------------ dispatch */

val_t
gen_subr(gen_t *g, dt_node_t *n)
{
	dt_node_t *a = n->args;
	ir_opnd_t size = ir_imm(g->strsize), x, y;
	uint32_t dst;
	if (gen_is_task_subr(n->func))
		return gen_task_subr(g, n);
	if (gen_is_machine_subr(n->func))
		return gen_machine_subr(g, n);
	if (gen_is_net_subr(n->func))
		return gen_net_subr(g, n);
	if (gen_is_disk_subr(n->func))
		return gen_disk_subr(g, n);
	switch (n->func) {
	case DT_F_SPECULATION:
		return gen_speculation(g);
	case DT_F_RAND:
		return val_num(gen_call(g, BPF_FUNC_get_prandom_u32, false, 0));
	case DT_F_ALLOCA:
	case DT_F_BCOPY:
	case DT_F_COPYIN:
	case DT_F_COPYINTO:
	case DT_F_COPYOUT:
	case DT_F_COPYOUTSTR:
		return memory(g, n);
	case DT_F_MEMREF:
		return memref(g, a);
	case DT_F_MEMSTR:
		return memstr(g, a);
	case DT_F_STRTOK:
		return tokens(g, a);
	case DT_F_STRTOLL:
		return number(g, a);
	case DT_F_TOLOWER:
	case DT_F_TOUPPER:
		x = str_arg(g, a);
		return make_string(g, "dt_strcase", 2, x, ir_imm(n->func == DT_F_TOUPPER));
	case DT_F_CLEANPATH:
		return make_string(g, "dt_cleanpath", 1, str_arg(g, a), ir_none());
	case DT_F_JSON:
		x = str_arg(g, a);
		y = str_arg(g, a->next);
		return maybe_string(g, "dt_json", x, y);
	case DT_F_INET_NTOA:
		return make_string(g, "dt_inet_ntoa", 1, gen_num(g, a), ir_none());
	case DT_F_INET_NTOA6:
		x = gen_num(g, a);
		return make_string(g, "dt_inet_ntoa6", 2, x, a->next ? gen_num(g, a->next) : ir_imm(0));
	case DT_F_INET_NTOP:
	case DT_F_LINK_NTOP:
		x = as_u32(g, gen_num(g, a));
		y = gen_num(g, a->next);
		return make_string(g, n->func == DT_F_INET_NTOP ? "dt_inet_ntop" : "dt_link_ntop", 2, x, y);
	case DT_F_HTONS:
	case DT_F_NTOHS:
		return swapped(g, a, 2);
	case DT_F_HTONL:
	case DT_F_NTOHL:
		return swapped(g, a, 4);
	case DT_F_HTONLL:
	case DT_F_NTOHLL:
		return swapped(g, a, 8);
	case DT_F_GETMAJOR:
		return val_num(gen_op2(g, IR_RSH, as_u32(g, gen_num(g, a)), ir_imm(20)));
	case DT_F_GETMINOR:
		return val_num(gen_op2(g, IR_AND, gen_num(g, a), ir_imm(0xfffff)));
	case DT_F_GETF:
		return getf(g, a);
	case DT_F_PROGENYOF:
		return progenyof(g, a);
	case DT_F_MUTEX_OWNED:
	case DT_F_MUTEX_OWNER:
	case DT_F_MUTEX_TYPE_ADAPTIVE:
	case DT_F_MUTEX_TYPE_SPIN:
		return mutex(g, n);
	case DT_F_RW_READ_HELD:
	case DT_F_RW_WRITE_HELD:
	case DT_F_RW_ISWRITER:
		return rwlock(g, n);
	case DT_F_COPYINSTR:
		dst = gen_arena(g, g->strsize);
		gen_copyinstr(g, n, gen_arenap(g, dst), 0, g->strsize);
		return arena_string(g, dst);
	case DT_F_STRLEN:
		x = str_arg(g, a);
		return val_num(gen_rt(g, "dt_strlen", 3, gen_scratchp(g), x, size));
	case DT_F_STRJOIN:
		x = str_arg(g, a);
		y = str_arg(g, a->next);
		return make_string(g, "dt_strjoin", 2, x, y);
	case DT_F_SUBSTR: {
		x = str_arg(g, a);
		ir_opnd_t from = as_u32(g, gen_num(g, a->next)), len = ir_imm(DT_RT_OMITTED);
		if (a->next->next)
			len = as_u32(g, gen_num(g, a->next->next));
		y = gen_op2(g, IR_OR, gen_op2(g, IR_LSH, len, ir_imm(32)), from);
		return make_string(g, "dt_substr", 2, x, y);
	}
	case DT_F_INDEX:
		return search(g, "dt_index", a, ir_imm(0));
	case DT_F_RINDEX:
		return search(g, "dt_rindex", a, ir_imm(0x7fffffff));
	case DT_F_STRSTR:
		x = str_arg(g, a);
		y = str_arg(g, a->next);
		return suffix(g, x, gen_rt(g, "dt_strstr", 4, gen_scratchp(g), x, y, size));
	case DT_F_STRCHR:
	case DT_F_STRRCHR:
		x = str_arg(g, a);
		y = gen_op2(g, IR_AND, gen_num(g, a->next), ir_imm(0xff));
		return suffix(g, x,
			      gen_rt(g, n->func == DT_F_STRCHR ? "dt_strchr" : "dt_strrchr", 4, gen_scratchp(g),
				     x, y, size));
	case DT_F_BASENAME:
	case DT_F_DIRNAME:
		return make_string(g, n->func == DT_F_BASENAME ? "dt_basename" : "dt_dirname", 1, str_arg(g, a),
				   ir_none());
	case DT_F_LLTOSTR:
		x = gen_num(g, a);
		y = a->next ? gen_num(g, a->next) : ir_imm(10);
		return make_string(g, "dt_lltostr", 2, x, y);
	default:
		return val_num(ir_imm(0)); /* sema let nothing else through */
	}
}
