/* frame.h - the layout of a function's stack (frame.c). */
#ifndef DT_FRAME_H
#define DT_FRAME_H

#include "../ir/ir.h"

enum {
	FRAME_MAX = 512 /* what BPF has */
};

/* Give every stack object in use its offset from r10; the bytes needed.  Wants a function ir_pass_legal
 * has been over, before register allocation, which hides addresses in spill slots. */
int64_t frame_lay_out(ir_func_t *);
/* Objects from `first` on are spill slots, 8 bytes each: they go below *depth, which grows. */
void frame_add_slots(ir_func_t *, int first, int64_t *depth);

#endif
