/* ksyms.h - kernel addresses to names, from /proc/kallsyms, read at the first question. */
#ifndef DT_KSYMS_H
#define DT_KSYMS_H

#include "../handle/handle.h"

typedef struct dt_ksym {
	uint64_t addr, size;    /* size: distance to the next symbol, but a BPF program's own */
	const char *name, *mod; /* mod: "vmlinux" for the kernel proper */
	bool is_data;
} dt_ksym_t;

/* A symbol is good until the next question by address, its name and module as well, unless lent. */
const dt_ksym_t *dt_ksym_byaddr(dtrace_hdl_t *, uint64_t);
const dt_ksym_t *dt_ksym_byname(dtrace_hdl_t *, const char *mod, const char *name); /* mod NULL: any */
bool dt_ksym_ismodule(dtrace_hdl_t *, const char *name); /* some symbol is of that module */
/* Names and modules of the present symbols stay until the handle is closed. */
void dt_ksyms_lend(dtrace_hdl_t *);
void dt_ksyms_close(dtrace_hdl_t *);
/* The addresses of functions, in the kernel's order, some perhaps twice; nothing is kept: for who needs
 * thousands and no names. */
void dt_ksyms_each_text(dtrace_hdl_t *, void (*each)(void *arg, uint64_t addr), void *arg);
/* The same, where the kernel has an iterator over its symbols (ksymiter.c); false: it has not, or it broke off.
 */
bool dt_ksyms_iterate(dtrace_hdl_t *, void (*each)(void *arg, uint64_t addr), void *arg);
/* Where the functions of BPF programs begin, and how long they are, in bytes (bpfsyms.c). */
void dt_ksyms_programs(void (*each)(void *arg, uint64_t addr, uint64_t size), void *arg);

/* The kernel and its modules, and where their symbols lie: size 0 when unknown. */
typedef struct dt_krange {
	uint64_t va, size;
} dt_krange_t;
typedef struct dt_kobject {
	const char *name;
	dt_krange_t text, data;
} dt_kobject_t;
/* All of them, the kernel first; the array is malloc'ed, the count returned. */
int dt_ksyms_objects(dtrace_hdl_t *, dt_kobject_t **);
/* Number of leading frames of a stack taken in a BPF program that belong to the tracing machinery. */
int dt_ksyms_tracing_frames(dtrace_hdl_t *, const uint64_t *pcs, int n);

#endif
