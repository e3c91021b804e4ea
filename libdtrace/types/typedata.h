/*
 * typedata.h - the types that the object of a user program carries: DWARF, read by libdwarf (dwarf.c), or CTF,
 * by libctf (ctfdata.c).  Both answer in DWARF's terms.
 *
 * A question reads the entry (DIE) it is about and nothing else; what is damaged or of no known form reads as
 * absent. Entries are known by offset; 0 is "none".
 */
#ifndef DT_TYPEDATA_H
#define DT_TYPEDATA_H

#include <libdwarf/dwarf.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#include "../handle/arena.h"

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

typedef struct dt_typedata {
	/* The entry of that name; a struct is found as DW_TAG_structure_type, also where it is a class.  Types
	 * that are only declared are not found, variables and functions are. */
	uint32_t (*find)(struct dt_typedata *, uint16_t tag, const char *name);
	bool (*die)(struct dt_typedata *, uint32_t off, dt_die_t *);
	dt_dies_t (*children)(struct dt_typedata *, uint32_t off); /* the caller frees the vector */
	void (*close)(struct dt_typedata *);
} dt_typedata_t;

/* Take the descriptor, also when they fail: NULL for a file without such data. */
dt_typedata_t *dt_dwarf_open(int fd);
dt_typedata_t *dt_ctfdata_open(int fd);

#endif
