/* maps.c - see maps.h. */
#include "maps.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

static bool
parse(char *line, dt_mapping_t *m)
{
	unsigned major, minor;
	char perms[8];
	int at = 0;
	if (sscanf(line, "%" SCNx64 "-%" SCNx64 " %7s %" SCNx64 " %x:%x %" SCNu64 " %n", &m->start, &m->end,
		   perms, &m->off, &major, &minor, &m->ino, &at) < 7 ||
	    at == 0)
		return false;
	char *path = line + at;
	path[strcspn(path, "\n")] = '\0';
	if (*path != '/' && strcmp(path, "[vdso]") != 0)
		return false;
	char *deleted = strstr(path, " (deleted)");
	if (deleted && deleted[10] == '\0')
		*deleted = '\0';
	m->dev = makedev(major, minor);
	m->exec = strchr(perms, 'x') != NULL;
	m->path = dt_xstrdup(path);
	m->file = NULL;
	return true;
}

int
dt_maps_read(pid_t pid, dt_maps_t *maps)
{
	char path[64], *line = NULL;
	size_t cap = 0;
	dt_mapping_t m;
	*maps = (dt_maps_t){0};
	snprintf(path, sizeof(path), "/proc/%d/maps", pid);
	FILE *f = fopen(path, "re");
	if (!f)
		return errno == ENOENT ? ESRCH : errno;
	errno = 0;
	while (getline(&line, &cap, f) > 0)
		if (parse(line, &m))
			*dt_vec_push(maps) = m;
	int err = ferror(f) ? errno : maps->n == 0 ? ENOEXEC : 0;
	free(line);
	fclose(f);
	if (err)
		dt_maps_free(maps);
	return err;
}

void
dt_maps_free(dt_maps_t *maps)
{
	for (int i = 0; i < maps->n; i++)
		free(maps->p[i].path);
	dt_vec_free(maps);
}

/* First through map_files, which also reaches deleted ones; then by its name in the process's own root; then,
 * when the process is gone, by its name if it is still that file. */
int
dt_mapping_open(pid_t pid, const dt_mapping_t *m)
{
	char path[4200];
	snprintf(path, sizeof(path), "/proc/%d/map_files/%" PRIx64 "-%" PRIx64, pid, m->start, m->end);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd >= 0)
		return fd;
	for (int own = 1; own >= 0; own--) {
		struct stat st;
		if (own)
			snprintf(path, sizeof(path), "/proc/%d/root%s", pid, m->path);
		else
			snprintf(path, sizeof(path), "%s", m->path);
		fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
		if (fd < 0)
			continue;
		if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_ino == m->ino)
			return fd;
		close(fd);
	}
	return -1;
}
