/*
 * elfsyms.h - the symbols of ELF files by address, one table a file however many
 * processes map it.
 */
#ifndef DT_ELFSYMS_H
#define DT_ELFSYMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct dt_elfsyms dt_elfsyms_t;

/* Read the file's symbols: .symtab, of its separate debug file if need be, else .dynsym.
 * Never NULL: a file that is no ELF file has no symbols. */
dt_elfsyms_t *dt_elfsyms_fd(int fd);
dt_elfsyms_t *dt_elfsyms_memory(const void *image, size_t len);
void dt_elfsyms_free(dt_elfsyms_t *);

/* A function that has a size and code in the file. */
typedef struct dt_elffunc {
	const char *name; /* the best of its names */
	uint64_t addr;    /* as linked */
	uint64_t fileoff, size;
	bool indirect; /* STT_GNU_IFUNC: this is the code that chooses the function */
} dt_elffunc_t;

bool dt_elfsyms_is64(const dt_elfsyms_t *); /* an ELF file for this machine */
int dt_elfsyms_count(const dt_elfsyms_t *);
/* Function i, by address; false when symbol i is none. */
bool dt_elfsyms_func(const dt_elfsyms_t *, int i, dt_elffunc_t *);
/* Address as linked of any symbol, by any of its names. */
bool dt_elfsyms_value(const dt_elfsyms_t *, const char *name, uint64_t *addr);
/* By any of its names. */
bool dt_elfsyms_byname(const dt_elfsyms_t *, const char *name, dt_elffunc_t *);
/* The function around a file offset. */
bool dt_elfsyms_around(const dt_elfsyms_t *, uint64_t fileoff, dt_elffunc_t *);
/* Where an address as linked is in the file; false when it is in no segment with code. */
bool dt_elfsyms_fileoff(const dt_elfsyms_t *, uint64_t addr, uint64_t *fileoff);
/* Address as linked of what is at a file offset. */
bool dt_elfsyms_addr(const dt_elfsyms_t *, uint64_t fileoff, uint64_t *addr);

/* Name of what is mapped from this file offset, and how far inside it is. */
const char *dt_elfsyms_find(const dt_elfsyms_t *, uint64_t fileoff, bool exec, uint64_t *off);

#endif
