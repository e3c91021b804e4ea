/*
 * uobjects.h - the files whose code a process runs, for probes in them: the program itself
 * and its libraries.
 */
#ifndef DT_UOBJECTS_H
#define DT_UOBJECTS_H

#include <sys/types.h>

#include "../handle/handle.h"
#include "elfsyms.h"

/* One file mapped with code. */
typedef struct dt_object {
	pid_t pid;
	const char *path; /* as the process names it; without " (deleted)" */
	const char *name; /* its last component */
	uint64_t dev, ino;
	bool is_program;    /* a.out */
	bool mapped;        /* the process had it mapped when it was last looked at */
	int fd;             /* open for reading: the very file, whatever its name means by now */
	dt_elfsyms_t *syms; /* dt_object_syms() */
	struct {
		uint64_t start, end, off;
	} text; /* where its first segment with code is mapped */
} dt_object_t;

typedef struct dt_objects {
	struct dt_objects *next;
	pid_t pid;
	DT_VEC(dt_object_t *) list; /* the program first, then in order of addresses */
} dt_objects_t;

/* The process's objects as they are now; those known from before stay in the list.  NULL with
 * errno: ESRCH no such process, EACCES and others from reading it, ENOEXEC a process without code of its own
 * (kernel thread, zombie). */
dt_objects_t *dt_objects_of(dtrace_hdl_t *, pid_t);
/* A file that is not mapped yet, by its full name as the process sees it; NULL with errno. */
dt_object_t *dt_objects_add(dtrace_hdl_t *, dt_objects_t *, const char *path);
void dt_objects_close(dtrace_hdl_t *);

dt_elfsyms_t *dt_object_syms(dt_object_t *); /* read when first asked for; never NULL */
/* What to add to an address as linked to have it in the process. */
uint64_t dt_object_bias(dt_object_t *);
/* File offset of an address of the process; false when it is none of the object's code. */
bool dt_object_fileoff(const dt_object_t *, uint64_t addr, uint64_t *fileoff);

/* Does the module field of a description mean the object?  a.out, libc.so.6, libc.so, libc, the full path, all
 * with or without LM0`; globs are for the last component. */
bool dt_object_matches(const dt_object_t *, const char *module);

#endif
