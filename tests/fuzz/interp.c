/* interp.c - see interp.h: values, variables, expressions. */
#include "interp.h"

#include <stdlib.h>
#include <string.h>

void
interp_unknown(interp_t *in, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(in->reason, sizeof(in->reason), fmt, ap);
	va_end(ap);
	longjmp(in->unknown, 1);
}

void
interp_fault(interp_t *in, int code, uint64_t addr)
{
	in->code = (uint64_t)code;
	in->addr = addr;
	longjmp(*in->fault, 1);
}

/* ------------------------------------------------------------------ values */

value_t
interp_num(uint64_t n)
{
	return (value_t){.n = n};
}

bool
interp_is_string(dt_type_t t)
{
	return dt_type_info(t).kind == DT_K_STRING;
}

static bool
is_pointer(dt_type_t t)
{
	return dt_type_info(t).kind == DT_K_PTR;
}

int64_t
interp_cut(int64_t v, dt_type_t t)
{
	dt_tinfo_t i = dt_type_info(t);
	switch (i.kind == DT_K_INT || i.kind == DT_K_ENUM ? i.size : 8) {
	case 1:
		return i.is_signed ? (int8_t)v : (int64_t)(uint8_t)v;
	case 2:
		return i.is_signed ? (int16_t)v : (int64_t)(uint16_t)v;
	case 4:
		return i.is_signed ? (int32_t)v : (int64_t)(uint32_t)v;
	default:
		return v;
	}
}

value_t
interp_string(interp_t *in, const char *s, size_t len)
{
	if (len > in->strsize - 1)
		len = in->strsize - 1;
	return (value_t){.is_str = true, .n = 1, .s = dt_arena_strndup(in->arena, s, len)};
}

/* The null string reads as an empty one (T33). */
const char *
interp_read(interp_t *in, value_t v)
{
	if (!v.is_str)
		v = (value_t){.is_str = true, .n = v.n};
	if (!v.s && v.n)
		interp_fault(in, DTRACEFLT_BADADDR, v.n);
	return v.s ? interp_string(in, v.s, strlen(v.s)).s : "";
}

uint64_t
interp_number(interp_t *in, dt_node_t *n)
{
	value_t v = interp_expr(in, n);
	if (v.is_str && v.s)
		interp_unknown(in, "line %d: the address of a string", n->src.line);
	return v.n;
}

static uint32_t
step(interp_t *in, dt_type_t t)
{
	return is_pointer(t) ? dt_type_info(dt_type_complete(in->dtp, dt_type_ref(in->dtp, t))).size : 1;
}

/* --------------------------------------------------------------- variables */

static cell_t **
space(interp_t *in, const dt_ident_t *id)
{
	return id->scope == DT_SC_SELF ? &in->self : id->scope == DT_SC_THIS ? &in->local : &in->globals;
}

static bool
same_value(const value_t *a, const value_t *b)
{
	if (a->is_str != b->is_str)
		return false;
	return a->is_str ? strcmp(a->s ? a->s : "", b->s ? b->s : "") == 0 : a->n == b->n;
}

/* The place of a variable, with its keys evaluated; the cell may not exist. */
typedef struct where {
	const dt_ident_t *id;
	value_t key[DT_MAXKEYS];
} where_t;

static where_t
locate(interp_t *in, dt_node_t *n)
{
	where_t w = {.id = n->id};
	if (n->kind == DN_INDEX) {
		int i = 0;
		w.id = n->left->id;
		for (dt_node_t *k = n->args; k; k = k->next, i++) {
			value_t v = interp_expr(in, k);
			if (interp_is_string(w.id->keys[i])) {
				const char *s = interp_read(in, v);
				w.key[i] = interp_string(in, s, strlen(s));
			} else {
				w.key[i] = interp_num((uint64_t)interp_cut((int64_t)v.n, w.id->keys[i]));
			}
		}
	}
	return w;
}

static cell_t *
find(interp_t *in, const where_t *w)
{
	for (cell_t *c = *space(in, w->id); c; c = c->next) {
		bool same = c->id == w->id;
		for (int i = 0; same && w->id->kind == DT_ID_ARRAY && i < w->id->nkeys; i++)
			same = same_value(&c->key[i], &w->key[i]);
		if (same)
			return c;
	}
	return NULL;
}

static value_t
load(interp_t *in, const where_t *w)
{
	const cell_t *c = find(in, w);
	return c ? c->v : (value_t){.is_str = interp_is_string(w->id->type)};
}

/* Value = stored value (E17).  Numbers keep all 64 bits whatever the declared type (idioms.md, `int last`). */
static value_t
store(interp_t *in, const where_t *w, value_t v)
{
	if (interp_is_string(w->id->type)) {
		if (v.is_str && (v.s || v.n)) {
			const char *s = interp_read(in, v);
			v = interp_string(in, s, strlen(s));
		} else if (v.n) {
			interp_fault(in, DTRACEFLT_BADADDR, v.n);
		}
		v.is_str = true;
	}
	cell_t *c = find(in, w);
	if (!c) {
		c = dt_arena_alloc(in->arena, sizeof(*c));
		c->id = w->id;
		memcpy(c->key, w->key, sizeof(c->key));
		c->next = *space(in, w->id);
		*space(in, w->id) = c;
	}
	c->v = v;
	return v;
}

static bool
is_variable(const dt_node_t *n)
{
	const dt_node_t *v = n->kind == DN_INDEX ? n->left : n;
	if (v->kind != DN_IDENT && v->kind != DN_SELF && v->kind != DN_THIS)
		return false;
	return v->id && v->id->kind == (n->kind == DN_INDEX ? DT_ID_ARRAY : DT_ID_SCALAR);
}

/* --------------------------------------------------------------- operators */

static uint64_t
arithmetic(interp_t *in, dt_op_t op, uint64_t a, uint64_t b, bool sgn)
{
	int64_t sa = (int64_t)a, sb = (int64_t)b;
	switch (op) {
	case DT_OP_MUL:
		return a * b;
	case DT_OP_DIV:
	case DT_OP_MOD:
		if (b == 0)
			interp_fault(in, DTRACEFLT_DIVZERO, 0);
		if (!sgn)
			return op == DT_OP_DIV ? a / b : a % b;
		if (sb == -1)
			return op == DT_OP_DIV ? 0 - a : 0;
		return (uint64_t)(op == DT_OP_DIV ? sa / sb : sa % sb);
	case DT_OP_ADD:
		return a + b;
	case DT_OP_SUB:
		return a - b;
	case DT_OP_LSH:
		return a << (b & 63);
	case DT_OP_RSH:
		return sgn ? (uint64_t)(sa >> (b & 63)) : a >> (b & 63);
	case DT_OP_BAND:
		return a & b;
	case DT_OP_BOR:
		return a | b;
	case DT_OP_XOR:
		return a ^ b;
	default:
		interp_unknown(in, "operator %s", dt_op_text(op));
	}
}

static bool
relation(dt_op_t op, int order)
{
	switch (op) {
	case DT_OP_LT:
		return order < 0;
	case DT_OP_LE:
		return order <= 0;
	case DT_OP_GT:
		return order > 0;
	case DT_OP_GE:
		return order >= 0;
	case DT_OP_EQ:
		return order == 0;
	default:
		return order != 0;
	}
}

static value_t
compare(interp_t *in, dt_node_t *n)
{
	value_t a = interp_expr(in, n->left), b = interp_expr(in, n->right);
	if (interp_is_string(n->left->type) || interp_is_string(n->right->type)) {
		const char *sa = interp_read(in, a), *sb = interp_read(in, b);
		return interp_num(relation(n->op, strcmp(sa, sb)));
	}
	bool sgn = !is_pointer(n->dtype) && dt_type_info(n->dtype).is_signed;
	int order =
	    sgn ? ((int64_t)a.n > (int64_t)b.n) - ((int64_t)a.n < (int64_t)b.n) : (a.n > b.n) - (a.n < b.n);
	return interp_num(relation(n->op, order));
}

/* E7-E9: steps of pointers, suffixes of strings. */
static value_t
additive(interp_t *in, dt_op_t op, value_t a, dt_type_t ta, value_t b, dt_type_t tb)
{
	bool pa = is_pointer(ta), pb = is_pointer(tb);
	if (a.is_str || b.is_str) {
		value_t s = a.is_str ? a : b;
		int64_t k = (int64_t)(a.is_str ? b.n : a.n);
		if (op == DT_OP_SUB)
			k = -k;
		if (!s.s)
			s.n += (uint64_t)k;
		else if (k < 0 || k > (int64_t)strlen(s.s))
			interp_unknown(in, "beyond a string");
		else
			s.s += k;
		return s;
	}
	if (pa && pb)
		return interp_num((uint64_t)((int64_t)(a.n - b.n) / step(in, ta)));
	if (pa)
		b.n *= step(in, ta);
	else if (pb)
		a.n *= step(in, tb);
	return interp_num(op == DT_OP_ADD ? a.n + b.n : a.n - b.n);
}

static value_t
binary(interp_t *in, dt_node_t *n)
{
	switch (n->op) {
	case DT_OP_COMMA:
		interp_expr(in, n->left);
		return interp_expr(in, n->right);
	case DT_OP_LAND:
		return interp_num(interp_number(in, n->left) && interp_number(in, n->right));
	case DT_OP_LOR:
		return interp_num(interp_number(in, n->left) || interp_number(in, n->right));
	case DT_OP_LXOR: {
		bool a = interp_number(in, n->left), b = interp_number(in, n->right);
		return interp_num(a ^ b);
	}
	case DT_OP_LT:
	case DT_OP_LE:
	case DT_OP_GT:
	case DT_OP_GE:
	case DT_OP_EQ:
	case DT_OP_NE:
		return compare(in, n);
	default:
		break;
	}
	value_t a = interp_expr(in, n->left), b = interp_expr(in, n->right);
	if (n->op == DT_OP_ADD || n->op == DT_OP_SUB)
		return additive(in, n->op, a, n->left->type, b, n->right->type);
	return interp_num(arithmetic(in, n->op, a.n, b.n, dt_type_info(n->type).is_signed));
}

static value_t
assign(interp_t *in, dt_node_t *n)
{
	if (!is_variable(n->left))
		interp_unknown(in, "a store to a part of a variable or through a pointer");
	where_t w = locate(in, n->left);
	if (n->op == DT_OP_ASSIGN)
		return store(in, &w, interp_expr(in, n->right));
	value_t a = load(in, &w), b = interp_expr(in, n->right);
	if (n->op == DT_OP_ADD || n->op == DT_OP_SUB)
		return store(in, &w, additive(in, n->op, a, n->left->type, b, n->right->type));
	return store(in, &w, interp_num(arithmetic(in, n->op, a.n, b.n, dt_type_info(n->dtype).is_signed)));
}

static value_t
increment(interp_t *in, dt_node_t *n)
{
	if (!is_variable(n->left))
		interp_unknown(in, "++ of a part of a variable");
	where_t w = locate(in, n->left);
	value_t old = load(in, &w), next = old;
	uint64_t by = step(in, n->left->type);
	next.n += n->op == DT_OP_PREINC || n->op == DT_OP_POSTINC ? by : 0 - by;
	next = store(in, &w, next);
	return n->op == DT_OP_POSTINC || n->op == DT_OP_POSTDEC ? old : next;
}

/* *p, p[i], s[i]: only the bytes of strings can be read; nothing else is mapped that programs here name. */
static value_t
dereference(interp_t *in, value_t v, uint64_t index, dt_type_t type)
{
	if (!v.is_str)
		v.n += index * dt_type_info(type).size;
	else if (!v.s)
		v.n += index;
	if (!v.s)
		interp_fault(in, DTRACEFLT_BADADDR, v.n);
	if (index > strlen(v.s))
		interp_unknown(in, "beyond a string");
	return interp_num((uint64_t)interp_cut(v.s[index], type));
}

static value_t
unary(interp_t *in, dt_node_t *n)
{
	switch (n->op) {
	case DT_OP_NEG:
		return interp_num(0 - interp_number(in, n->left));
	case DT_OP_PLUS:
		return interp_num(interp_number(in, n->left));
	case DT_OP_BNEG:
		return interp_num(~interp_number(in, n->left));
	case DT_OP_NOT:
		return interp_num(!interp_number(in, n->left));
	case DT_OP_DEREF:
		return dereference(in, interp_expr(in, n->left), 0, n->type);
	case DT_OP_STRINGOF: {
		value_t v = interp_expr(in, n->left);
		v.is_str = true;
		return v;
	}
	case DT_OP_PREINC:
	case DT_OP_PREDEC:
	case DT_OP_POSTINC:
	case DT_OP_POSTDEC:
		return increment(in, n);
	default:
		interp_unknown(in, "operator %s", dt_op_text(n->op));
	}
}

static value_t
cast(interp_t *in, dt_node_t *n)
{
	value_t v = interp_expr(in, n->left);
	dt_tinfo_t t = dt_type_info(n->type);
	if (t.kind == DT_K_STRING) {
		v.is_str = true;
		return v;
	}
	if (t.kind != DT_K_INT && t.kind != DT_K_ENUM && t.kind != DT_K_PTR && t.kind != DT_K_VOID)
		interp_unknown(in, "a cast to kind %d", t.kind);
	if (v.is_str && v.s)
		interp_unknown(in, "the address of a string");
	return interp_num((uint64_t)interp_cut((int64_t)v.n, n->type));
}

static value_t
builtin(interp_t *in, const dt_ident_t *id)
{
	static const char *const names[] = {"", "BEGIN", "END", "ERROR"};
	switch (id->builtin) {
	case DT_BV_PROBEPROV:
		return interp_string(in, "dtrace", 6);
	case DT_BV_PROBEMOD:
	case DT_BV_PROBEFUNC:
		return interp_string(in, "", 0);
	case DT_BV_PROBENAME:
		return interp_string(in, names[in->probe], strlen(names[in->probe]));
	case DT_BV_ID:
		return interp_num(in->probe);
	case DT_BV_ARG:
		if (in->probe == 3 && id->value >= 1 && id->value <= 5 && id->value != 2)
			return interp_num(in->errargs[id->value]);
		if (in->probe != 3)
			return interp_num(0);
		break;
	default:
		break;
	}
	interp_unknown(in, "%s", id->name);
}

value_t
interp_expr(interp_t *in, dt_node_t *n)
{
	value_t v;
	if (is_variable(n)) {
		where_t w = locate(in, n);
		return load(in, &w);
	}
	switch (n->kind) {
	case DN_INT:
		return interp_num(n->ival);
	case DN_STR:
		return (value_t){.is_str = true, .n = 1, .s = n->str};
	case DN_IDENT:
		if (n->id && n->id->kind == DT_ID_BUILTIN)
			return builtin(in, n->id);
		if (n->id && n->id->kind == DT_ID_ENUM)
			return interp_num((uint64_t)n->id->value);
		break;
	case DN_INDEX:
		if (!n->left->id || n->left->id->kind == DT_ID_SCALAR) {
			value_t base = interp_expr(in, n->left);
			return dereference(in, base, interp_number(in, n->args), n->type);
		}
		break;
	case DN_UNARY:
		return unary(in, n);
	case DN_BINARY:
		return binary(in, n);
	case DN_ASSIGN:
		return assign(in, n);
	case DN_COND:
		v = interp_expr(in, interp_number(in, n->cond) ? n->left : n->right);
		v.is_str = interp_is_string(n->type);
		return v;
	case DN_CAST:
		return cast(in, n);
	case DN_CALL:
		if (interp_subr(in, n, &v))
			return v;
		interp_unknown(in, "%s()", n->left->name);
	default:
		break;
	}
	interp_unknown(in, "line %d: a node of kind %d", n->src.line, n->kind);
}
