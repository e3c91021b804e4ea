/* fbt.h - what the files of the fbt provider share. */
#ifndef DT_FBT_H
#define DT_FBT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

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

/* Where a kernel cannot trace its functions: the probe that answers what this function is traced for, or NULL.
 */
const char *dt_fbt_instead(const char *function);

#endif
