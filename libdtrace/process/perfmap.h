/* perfmap.h - names of code that a virtual machine made, from the /tmp/perf-PID.map it writes. */
#ifndef DT_PERFMAP_H
#define DT_PERFMAP_H

#include "../handle/handle.h"

/* The name of the code at the address, good until the next question; NULL when there is none. */
const char *dt_perfmap_byaddr(dtrace_hdl_t *, pid_t, uint64_t addr);
void dt_perfmaps_close(dtrace_hdl_t *);

#endif
