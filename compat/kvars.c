/* kvars.c - variables of the Solaris kernel: see compat.h. */
#include "compat.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sysinfo.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

enum {
	TICKS_PER_SECOND = 100, /* of lbolt; Linux's own HZ is nobody's business */
	LOAD_SCALE = 65536,     /* of hp_avenrun */
	NAME_LEN = 65
};

/* A field of /proc/meminfo in pages, 0 when it is not there. */
static int64_t
meminfo(const char *field)
{
	char line[128];
	size_t len = strlen(field);
	int64_t kb = 0;
	FILE *f = fopen("/proc/meminfo", "re");

	if (!f)
		return 0;
	while (fgets(line, sizeof(line), f))
		if (!strncmp(line, field, len) && line[len] == ':') {
			kb = strtoll(line + len + 1, NULL, 10);
			break;
		}
	fclose(f);
	return kb / (getpagesize() / 1024);
}

/* The number a file of /proc/sys/vm holds (kilobytes), in pages. */
static int64_t
vm_setting(const char *path)
{
	char line[32] = "";
	FILE *f = fopen(path, "re");

	if (!f)
		return 0;
	if (!fgets(line, sizeof(line), f))
		*line = '\0';
	fclose(f);
	return strtoll(line, NULL, 10) / (getpagesize() / 1024);
}

static void
put(void *value, int64_t n)
{
	memcpy(value, &n, sizeof(n));
}

static void
read_freemem(void *v)
{
	put(v, meminfo("MemFree"));
}

/* Memory that could still be had: neither the kernel's, nor locked, nor anonymous. */
static void
read_availrmem(void *v)
{
	put(v, meminfo("MemAvailable"));
}

static void
read_physmem(void *v)
{
	put(v, meminfo("MemTotal"));
}

static void
read_pages_locked(void *v)
{
	put(v, meminfo("Mlocked"));
}

/* As translators/kvars.d declares it.  What anonymous memory has of the disk, and of the memory. */
struct anoninfo {
	uint64_t max, free, phys_resv, mem_resv, locked_swap;
};

static void
read_anoninfo(void *v)
{
	int64_t total = meminfo("SwapTotal"), left = meminfo("SwapFree");
	struct anoninfo a = {.max = (uint64_t)total,
			     .free = (uint64_t)left,
			     .phys_resv = (uint64_t)(total - left),
			     .mem_resv = (uint64_t)(meminfo("AnonPages") + meminfo("Shmem"))};
	memcpy(v, &a, sizeof(a));
}

static void
read_minfree(void *v)
{
	put(v, vm_setting("/proc/sys/vm/min_free_kbytes"));
}

static void
read_reserve(void *v)
{
	put(v, vm_setting("/proc/sys/vm/admin_reserve_kbytes"));
}

/* Linux swaps pages, never whole processes. */
static void
read_nswapped(void *v)
{
	put(v, 0);
}

static void
read_loads(void *v)
{
	double load[3] = {0, 0, 0};
	int32_t scaled[3];

	if (getloadavg(load, 3) != 3)
		return;
	for (int i = 0; i < 3; i++)
		scaled[i] = (int32_t)(load[i] * LOAD_SCALE);
	memcpy(v, scaled, sizeof(scaled));
}

/* The process id that was given out last: the fifth word of /proc/loadavg. */
static void
read_mpid(void *v)
{
	long pid = 0;
	char line[128];
	FILE *f = fopen("/proc/loadavg", "re");

	if (!f)
		return;
	if (fgets(line, sizeof(line), f)) {
		const char *last = strrchr(line, ' ');
		pid = last ? strtol(last, NULL, 10) : 0;
	}
	fclose(f);
	put(v, pid);
}

static void
read_pagesize(void *v)
{
	put(v, getpagesize());
}

static void
read_ncpus(void *v)
{
	put(v, get_nprocs_conf());
}

static void
read_ncpus_online(void *v)
{
	put(v, get_nprocs());
}

static void
read_hz(void *v)
{
	put(v, TICKS_PER_SECOND);
}

static void
read_lbolt(void *v)
{
	struct timespec ts;

	clock_gettime(CLOCK_BOOTTIME, &ts);
	put(v, (int64_t)ts.tv_sec * TICKS_PER_SECOND + ts.tv_nsec / (1000000000 / TICKS_PER_SECOND));
}

static void
read_utsname(void *v)
{
	struct utsname u;

	if (uname(&u) == 0)
		memcpy(v, &u, sizeof(u));
}

static void
read_architecture(void *v)
{
	struct utsname u;

	if (uname(&u) == 0)
		snprintf(v, NAME_LEN, "%s", u.machine);
}

/* The machine's model as its firmware calls it, else its kind of processor. */
static void
read_platform(void *v)
{
	char *model = v;
	FILE *f = fopen("/sys/class/dmi/id/product_name", "re");

	if (f && fgets(model, NAME_LEN, f))
		model[strcspn(model, "\n")] = '\0';
	if (f)
		fclose(f);
	if (!*model)
		read_architecture(v);
}

static const struct {
	const char *name, *type;
	uint32_t count;
	void (*read)(void *);
} kvars[] = {
    {"_pagesize", "unsigned int", 0, read_pagesize},
    {"architecture", "char", NAME_LEN, read_architecture},
    {"availrmem", "unsigned long", 0, read_availrmem},
    {"freemem", "unsigned long", 0, read_freemem},
    {"hp_avenrun", "int", 3, read_loads},
    {"hz", "int", 0, read_hz},
    {"k_anoninfo", "struct k_anoninfo", 0, read_anoninfo},
    {"lbolt", "long", 0, read_lbolt},
    {"mpid", "int", 0, read_mpid},
    {"ncpus", "int", 0, read_ncpus},
    {"ncpus_online", "int", 0, read_ncpus_online},
    {"nswapped", "unsigned long", 0, read_nswapped},
    {"pages_locked", "unsigned long", 0, read_pages_locked},
    {"physinstalled", "unsigned long", 0, read_physmem},
    {"physmem", "unsigned long", 0, read_physmem},
    {"platform", "char", NAME_LEN, read_platform},
    {"swapfs_minfree", "unsigned long", 0, read_minfree},
    {"swapfs_reserve", "unsigned long", 0, read_reserve},
    {"utsname", "struct new_utsname", 0, read_utsname},
};

int
dt_kvar_find(const char *name)
{
	for (size_t i = 0; i < sizeof(kvars) / sizeof(kvars[0]); i++)
		if (!strcmp(kvars[i].name, name))
			return (int)i;
	return -1;
}

const char *
dt_kvar_type(int number, uint32_t *count)
{
	*count = kvars[number].count;
	return kvars[number].type;
}

void
dt_kvar_read(int number, void *value, uint32_t size)
{
	memset(value, 0, size);
	kvars[number].read(value);
}
