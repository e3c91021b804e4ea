/* places.c - where in the kernel of Solaris probes lie: see compat.h.  The functions are those that scripts
 * name. */
#include "compat.h"

#include <string.h>

/* The first row that fits; name NULL: the provider's other probes. */
static const dt_place_t table[] = {
    {"io", "start", "genunix", "bdev_strategy"},
    {"io", "done", "genunix", "biodone"},
    {"io", NULL, "genunix", "biowait"},
    {"proc", "exit", "genunix", "proc_exit"},
    {"proc", NULL, "genunix", NULL},
    {"sched", "on-cpu", "unix", "resume"},
    {"sched", NULL, "unix", NULL},
    {"sysinfo", "idlethread", "unix", "idle_enter"},
    {"sysinfo", NULL, "genunix", NULL},
    {"vminfo", NULL, "genunix", NULL},
};

dt_place_t
dt_place_find(const char *provider, const char *name)
{
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		if (!strcmp(table[i].provider, provider) && (!table[i].name || !strcmp(table[i].name, name)))
			return table[i];
	return (dt_place_t){0};
}
