/* tracefs.c - see tracefs.h. */
#include "tracefs.h"

#include <errno.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

#define TRACEFS "/sys/kernel/tracing"

const char *
dt_tracefs(char *why, size_t len)
{
	if (access(TRACEFS "/events", F_OK) == 0)
		return TRACEFS;
	if (errno == EACCES) {
		snprintf(why, len, TRACEFS " may only be read by root");
		return NULL;
	}
	if (access("/sys/kernel/debug/tracing/events", F_OK) == 0)
		return "/sys/kernel/debug/tracing";
	if (mount("tracefs", TRACEFS, "tracefs", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL) == 0 &&
	    access(TRACEFS "/events", F_OK) == 0)
		return TRACEFS;
	if (errno == ENODEV || errno == ENOENT)
		snprintf(why, len, "this kernel has no tracefs (CONFIG_TRACING)");
	else
		snprintf(why, len,
			 "tracefs is not mounted and cannot be: %s; as root: mount -t tracefs tracefs " TRACEFS,
			 strerror(errno));
	return NULL;
}
