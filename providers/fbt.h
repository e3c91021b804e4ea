/* fbt.h - what the files of the fbt provider share. */
#ifndef DT_FBT_H
#define DT_FBT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../libdtrace/handle/handle.h"

/* A function that can be traced; the strings last as long as the call. */
typedef struct dt_fbt_line {
	const char *mod, *name;
	uint64_t addr; /* where tracing sits; 0: this kernel does not list it */
	bool never_returns;
} dt_fbt_line_t;

typedef void dt_fbt_line_f(void *arg, const dt_fbt_line_t *);

/* Each function fbt has, in the kernel's order; with `copies` those the compiler made of others (f.isra.0),
 * too. False: there is none, and `why` says why. */
bool dt_fbt_list(bool copies, dt_fbt_line_f *, void *arg, char *why, size_t len);

/* A function that can be traced but had better not be. */
bool dt_fbt_is_left_out(const char *function);

/* A function and others of its module that share its name. */
typedef struct dt_fbt_function {
	const char *mod, *name;
	uint64_t addr, start; /* in the kernel's list; where it begins; 0: not known yet */
	struct dt_fbt_function *twin;
} dt_fbt_function_t;

/* Where the function begins; 0: it is not known. */
uint64_t dt_fbt_start(dtrace_hdl_t *, dt_fbt_function_t *);
/* Finds out for all of them (twins are to be given too), in one reading of the kernel's symbols. */
void dt_fbt_starts(dtrace_hdl_t *, dt_fbt_function_t **, int n);

/* Where a kernel cannot trace its functions: the probe that answers what this function is traced for, or NULL.
 */
const char *dt_fbt_instead(const char *function);

#endif
