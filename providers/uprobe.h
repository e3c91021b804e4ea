/*
 * uprobe.h - making the kernel call a program when a user process reaches a place in a
 * file's code.  Shared by the providers of user processes.
 */
#ifndef DT_UPROBE_H
#define DT_UPROBE_H

#include "../libdtrace/process/uobjects.h"
#include "provider.h"

/* Where a probe is: providers of user processes keep it in dt_probe_t.priv[0]. */
typedef struct dt_uprobe {
	dt_object_t *object;
	uint64_t fileoff;
	bool is_return; /* fires in the caller, when the function that begins there has returned */
} dt_uprobe_t;

/* Can this kernel do it at all? */
bool dt_uprobe_possible(void);
/* 0, or the errno with which the kernel refuses a probe there. */
int dt_uprobe_try(const dt_uprobe_t *);
const char *dt_uprobe_why(int err); /* that errno in words */
/* Fill in what every site of such probes has; the key begins with `kind`. */
void dt_uprobe_site(dt_site_t *, const char *kind);
/* A provider's attach(). */
int dt_uprobe_attach(dtrace_hdl_t *, dt_unit_t *);

#endif
