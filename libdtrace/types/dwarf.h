/*
 * dwarf.h - the types in the debugging information of a user program's object, read by libdwarf.
 *
 * An object is indexed by name once, when it is opened; after that a question reads the entry (DIE) it is
 * about. What is damaged or of no known form reads as absent.  Offsets are those in .debug_info; 0 is "none".
 */
#ifndef DT_DWARF_H
#define DT_DWARF_H

#include <libdwarf/dwarf.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#include "../handle/arena.h"

typedef struct dt_dwarf dt_dwarf_t;

/* What an entry says of a type, member, enumerator, bound, variable or function. */
typedef struct dt_die {
	uint32_t off;
	uint16_t tag;
	const char *name; /* NULL: none; valid until the file is closed */
	uint32_t type;    /* the entry of its type */
	uint64_t size;    /* bytes */
	uint64_t encoding;
	bool declaration;
	uint64_t at;    /* member: bytes from the start */
	uint32_t bits;  /* width of a bit-field, else 0 */
	int64_t bitoff; /* member: its first bit, from the start of the struct */
	int64_t value;  /* enumerator */
	uint64_t count; /* bound of an array: elements, 0 when not known */
} dt_die_t;

typedef struct dt_dies {
	DT_VEC(dt_die_t) list;
} dt_dies_t;

/* Takes the descriptor, also when it fails: NULL for a file without DWARF. */
dt_dwarf_t *dt_dwarf_open(int fd);
void dt_dwarf_close(dt_dwarf_t *);

/* The entry of that name; a struct is found as DW_TAG_structure_type, also where it is a class.  Types that are
 * only declared are not found, variables and functions are. */
uint32_t dt_dwarf_find(const dt_dwarf_t *, uint16_t tag, const char *name);
bool dt_dwarf_die(dt_dwarf_t *, uint32_t off, dt_die_t *);
/* The caller frees the vector. */
dt_dies_t dt_dwarf_children(dt_dwarf_t *, uint32_t off);

#endif
