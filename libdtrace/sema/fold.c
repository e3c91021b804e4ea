/*
 * fold.c - arithmetic on constants, exactly as the generated code does it (language.md
 * E4-E6): in 64 bits, cut to a type only by a cast, divided and shifted by the
 * signedness of the result's type.
 */
#include "sema.h"

int64_t
sema_truncate(int64_t v, dt_type_t t)
{
	dt_tinfo_t ti = dt_type_info(t);
	unsigned int bits = ti.bits ? ti.bits : ti.size * 8;

	if (bits == 0 || bits >= 64)
		return v;
	uint64_t low = (uint64_t)v & ((1ULL << bits) - 1);
	if (ti.is_signed && (low >> (bits - 1)) != 0)
		low |= ~0ULL << bits;
	return (int64_t)low;
}

static uint64_t
divide(uint64_t a, uint64_t b, bool is_signed, bool rest)
{
	if (!is_signed)
		return rest ? a % b : a / b;
	if (b == UINT64_MAX) /* INT64_MIN / -1 is INT64_MIN here */
		return rest ? 0 : 0 - a;
	return rest ? (uint64_t)((int64_t)a % (int64_t)b) : (uint64_t)((int64_t)a / (int64_t)b);
}

/* The value of an integer operator on two constants; the node has its types already. */
bool
sema_fold_binary(dt_compile_t *c, const dt_node_t *n, int64_t *out)
{
	uint64_t a = n->left->ival, b = n->right->ival, r;
	bool cmp = n->op >= DT_OP_LT && n->op <= DT_OP_NE;
	bool sgn = dt_type_info(cmp ? n->dtype : n->type).is_signed;
	int64_t sa = (int64_t)a, sb = (int64_t)b;

	switch (n->op) {
	case DT_OP_MUL:
		r = a * b;
		break;
	case DT_OP_DIV:
	case DT_OP_MOD:
		if (b == 0)
			dt_error(c, "D_DIV_ZERO", n->src, "division by zero: the divisor of %s is 0",
				 dt_op_text(n->op));
		r = divide(a, b, sgn, n->op == DT_OP_MOD);
		break;
	case DT_OP_ADD:
		r = a + b;
		break;
	case DT_OP_SUB:
		r = a - b;
		break;
	case DT_OP_LSH:
		r = a << (b & 63);
		break;
	case DT_OP_RSH:
		r = sgn ? (uint64_t)(sa >> (b & 63)) : a >> (b & 63);
		break;
	case DT_OP_LT:
		r = sgn ? sa < sb : a < b;
		break;
	case DT_OP_LE:
		r = sgn ? sa <= sb : a <= b;
		break;
	case DT_OP_GT:
		r = sgn ? sa > sb : a > b;
		break;
	case DT_OP_GE:
		r = sgn ? sa >= sb : a >= b;
		break;
	case DT_OP_EQ:
		r = a == b;
		break;
	case DT_OP_NE:
		r = a != b;
		break;
	case DT_OP_BAND:
		r = a & b;
		break;
	case DT_OP_XOR:
		r = a ^ b;
		break;
	case DT_OP_BOR:
		r = a | b;
		break;
	case DT_OP_LAND:
		r = a && b;
		break;
	case DT_OP_LXOR:
		r = !a != !b;
		break;
	case DT_OP_LOR:
		r = a || b;
		break;
	default:
		return false;
	}
	*out = (int64_t)r;
	return true;
}
