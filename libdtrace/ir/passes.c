/* passes.c - the passes in the order that pays. */
#include "ir.h"

void
ir_optimize(ir_func_t *f)
{
	ir_pass_fold(f);
	ir_pass_gvn(f);
	ir_pass_dce(f);
	/* Sharing and lost blocks give more to fold: merges with one definition left, loads whose
	 * address became a common base. */
	ir_pass_fold(f);
	ir_pass_dce(f);
	ir_pass_legal(f);
}
