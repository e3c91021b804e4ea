/* tracefs.h - the kernel's list of events. */
#ifndef DT_TRACEFS_H
#define DT_TRACEFS_H

#include "../libdtrace/handle/handle.h"

/*
 * The directory tracefs is mounted on; mounted on /sys/kernel/tracing when it is nowhere and
 * we may.  NULL with a reason ("run as root") in why.
 */
const char *dt_tracefs(char *why, size_t len);

#endif
