/* maps.h - what a process has mapped: /proc/PID/maps, and the files behind it. */
#ifndef DT_MAPS_H
#define DT_MAPS_H

#include <sys/types.h>

#include "../handle/handle.h"

/* A mapping with a file behind it, or the vdso ("[vdso]"). */
typedef struct dt_mapping {
	uint64_t start, end, off;
	uint64_t dev, ino;
	bool exec;
	char *path;           /* as the process names it, without " (deleted)" */
	struct dt_file *file; /* the reader's own; starts as NULL */
} dt_mapping_t;

typedef DT_VEC(dt_mapping_t) dt_maps_t;

/* Those of the process now, in order of addresses, to be freed.  0, or an errno; a process without any (a
 * zombie, a kernel thread) is ENOEXEC, one that is not there ESRCH. */
int dt_maps_read(pid_t, dt_maps_t *);
void dt_maps_free(dt_maps_t *);
/* Open the very file that is mapped, also one that was deleted or replaced since, as far as it can be had; -1.
 */
int dt_mapping_open(pid_t, const dt_mapping_t *);

#endif
