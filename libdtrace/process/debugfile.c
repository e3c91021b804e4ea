/* debugfile.c - see debugfile.h. */
#include "debugfile.h"

#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#define DEBUG_DIR "/usr/lib/debug"

static bool
buildid_path(Elf *elf, char *path, size_t len)
{
	GElf_Shdr sh;
	for (Elf_Scn *scn = NULL; (scn = elf_nextscn(elf, scn));) {
		Elf_Data *d;
		if (!gelf_getshdr(scn, &sh) || sh.sh_type != SHT_NOTE || !(d = elf_getdata(scn, NULL)))
			continue;
		GElf_Nhdr nh;
		size_t name, desc;
		for (size_t at = 0; (at = gelf_getnote(d, at, &nh, &name, &desc)) > 0;) {
			const unsigned char *id = (const unsigned char *)d->d_buf + desc;
			if (nh.n_type != NT_GNU_BUILD_ID || nh.n_namesz != 4 || nh.n_descsz < 2 ||
			    nh.n_descsz > 64 || memcmp((char *)d->d_buf + name, "GNU", 4) != 0)
				continue;
			int n = snprintf(path, len, DEBUG_DIR "/.build-id/%02x/", id[0]);
			for (uint32_t i = 1; i < nh.n_descsz; i++)
				n += snprintf(path + n, len - (size_t)n, "%02x", id[i]);
			snprintf(path + n, len - (size_t)n, ".debug");
			return true;
		}
	}
	return false;
}

/* .gnu_debuglink: a file name, padded to 4 bytes, and the CRC of the file. */
static const char *
debuglink(Elf *elf, uint32_t *crc)
{
	GElf_Shdr sh;
	size_t strs;
	if (elf_getshdrstrndx(elf, &strs) != 0)
		return NULL;
	for (Elf_Scn *scn = NULL; (scn = elf_nextscn(elf, scn));) {
		const char *name = gelf_getshdr(scn, &sh) ? elf_strptr(elf, strs, sh.sh_name) : NULL;
		Elf_Data *d = name && !strcmp(name, ".gnu_debuglink") ? elf_getdata(scn, NULL) : NULL;
		if (!d || !d->d_buf)
			continue;
		size_t len = strnlen(d->d_buf, d->d_size), at = (len + 4) & ~(size_t)3;
		if (len == 0 || at + sizeof(*crc) > d->d_size || memchr(d->d_buf, '/', len))
			return NULL;
		memcpy(crc, (const char *)d->d_buf + at, sizeof(*crc));
		return d->d_buf;
	}
	return NULL;
}

/* The file, when it is the one the object was made with. */
static int
open_checked(const char *path, uint32_t want)
{
	unsigned char buf[65536];
	uLong crc = crc32(0, NULL, 0);
	ssize_t n = 0;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		return -1;
	for (off_t at = 0; (n = pread(fd, buf, sizeof(buf), at)) > 0; at += n)
		crc = crc32(crc, buf, (uInt)n);
	if (n == 0 && crc == want)
		return fd;
	close(fd);
	return -1;
}

static int
open_linked(Elf *elf, const char *object)
{
	char path[PATH_MAX];
	uint32_t crc;
	const char *name = debuglink(elf, &crc), *slash = strrchr(object, '/');
	int dir = slash ? (int)(slash - object) : 0, fd;
	if (!name || !slash)
		return -1;
	snprintf(path, sizeof(path), "%.*s/%s", dir, object, name);
	if ((fd = open_checked(path, crc)) >= 0)
		return fd;
	snprintf(path, sizeof(path), "%.*s/.debug/%s", dir, object, name);
	if ((fd = open_checked(path, crc)) >= 0)
		return fd;
	snprintf(path, sizeof(path), DEBUG_DIR "%.*s/%s", dir, object, name);
	return open_checked(path, crc);
}

int
dt_debugfile_open(Elf *elf, const char *path)
{
	char byid[256];
	int fd = buildid_path(elf, byid, sizeof(byid)) ? open(byid, O_RDONLY | O_CLOEXEC) : -1;
	return fd < 0 && path ? open_linked(elf, path) : fd;
}
