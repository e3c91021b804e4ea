/*
 * maplog.h - what processes map, as the kernel tells it while they live.
 *
 * An address is given its name when the consumer comes by, and by then a short-lived process is
 * gone, its /proc/PID/maps with it.  So while tracing records user addresses, the kernel is asked to report
 * every fork and every executable mapping of a file (perf_event: the means `perf record` has for the same
 * need), and the reports are kept for the processes seen last.
 */
#ifndef DT_MAPLOG_H
#define DT_MAPLOG_H

#include "../handle/handle.h"
#include "maps.h"

/* Start to listen; does nothing when it has been started, or when this kernel does not let us. */
void dt_maplog_open(dtrace_hdl_t *);
/* Take in what has been reported: before the kernel's buffers are full, and before a look-up. */
void dt_maplog_read(dtrace_hdl_t *);
/* What a process had mapped at an address, last of all; or NULL, and *other (else 0) a process that was not
 * seen to start and that this one was forked from: its mappings count.  Valid until the next read. */
const dt_mapping_t *dt_maplog_find(dtrace_hdl_t *, pid_t, uint64_t addr, pid_t *other);
void dt_maplog_close(dtrace_hdl_t *);

#endif
