/* usyms.h - addresses of processes to names, from /proc/PID/maps and the ELF files behind it (libelf). */
#ifndef DT_USYMS_H
#define DT_USYMS_H

#include "../handle/handle.h"

typedef struct dt_usym {
	char object[128]; /* base name of the mapped file; "" when in no mapping */
	char name[512];   /* "" when no symbol covers the address */
	uint64_t off;     /* from the start of the symbol */
	uint64_t fileoff; /* in the mapped file */
} dt_usym_t;

/* Before the first probe fires: what the processes of -c and -p have mapped, and from then on what any process
 * maps, is remembered beyond their ends. */
void dt_usyms_start(dtrace_hdl_t *);
/* With option noresolve no symbol is looked for.
 * False when the process is gone and was never seen, or the address is in no mapping. */
bool dt_usym_byaddr(dtrace_hdl_t *, pid_t, uint64_t addr, dt_usym_t *);
void dt_usyms_close(dtrace_hdl_t *);

#endif
