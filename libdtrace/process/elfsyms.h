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

/* Name of what is mapped from this file offset, and how far inside it is. */
const char *dt_elfsyms_find(const dt_elfsyms_t *, uint64_t fileoff, bool exec, uint64_t *off);

#endif
