/*
 * left.c - what a tracer has in the kernel, and whether it has gone.
 *
 *   left of PID         programs, maps and links its descriptors stand for: lines "program 12", "map 13", "link
 * 14" left gone SECONDS   reads such lines, and waits until none of them exists any more, but no longer than
 * that (the kernel frees what nobody holds after a grace period); prints those that still do, then status 1
 *
 * Identifiers are not used again, so this sees nothing of other tracers.
 */
#include <bpf/bpf.h>
#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct kind {
	const char *name, *field; /* of /proc/PID/fdinfo */
	int (*open)(unsigned id);
} kind_t;

static const kind_t kinds[] = {
    {"link", "link_id", bpf_link_get_fd_by_id},
    {"program", "prog_id", bpf_prog_get_fd_by_id},
    {"map", "map_id", bpf_map_get_fd_by_id},
};
enum {
	NKINDS = sizeof(kinds) / sizeof(kinds[0])
};

static void
read_fdinfo(const char *path)
{
	char line[256], field[64];
	unsigned id;
	FILE *f = fopen(path, "re");
	while (f && fgets(line, sizeof(line), f))
		for (int k = 0; k < NKINDS; k++)
			if (sscanf(line, "%63[^:]: %u", field, &id) == 2 && !strcmp(field, kinds[k].field))
				printf("%s %u\n", kinds[k].name, id);
	if (f)
		fclose(f);
}

static int
of(const char *pid)
{
	char path[512];
	snprintf(path, sizeof(path), "/proc/%s/fdinfo", pid);
	DIR *d = opendir(path);
	if (!d) {
		perror(path);
		return 1;
	}
	for (struct dirent *e; (e = readdir(d));) {
		snprintf(path, sizeof(path), "/proc/%s/fdinfo/%s", pid, e->d_name);
		read_fdinfo(path);
	}
	closedir(d);
	return 0;
}

static bool
exists(const kind_t *k, unsigned id)
{
	int fd = k->open(id);
	if (fd < 0)
		return errno != ENOENT;
	close(fd);
	return true;
}

static int
gone(int seconds)
{
	char name[32];
	unsigned id;
	int status = 0, tries = 10 * seconds;
	while (scanf("%31s %u", name, &id) == 2) {
		const kind_t *k = kinds;
		while (k < kinds + NKINDS && strcmp(k->name, name) != 0)
			k++;
		if (k == kinds + NKINDS)
			return 2;
		while (exists(k, id) && tries-- > 0)
			usleep(100000);
		if (exists(k, id)) {
			printf("%s %u\n", name, id);
			status = 1;
		}
	}
	return status;
}

int
main(int argc, char **argv)
{
	if (argc == 3 && !strcmp(argv[1], "of"))
		return of(argv[2]);
	if (argc == 3 && !strcmp(argv[1], "gone"))
		return gone(atoi(argv[2]));
	fputs("usage: left of PID | gone SECONDS\n", stderr);
	return 2;
}
