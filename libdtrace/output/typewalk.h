/* typewalk.h - what print() needs to know of a value by its type, whatever it is printed as. */
#ifndef DT_TYPEWALK_H
#define DT_TYPEWALK_H

#include "../handle/handle.h"
#include "../types/types.h"

/* An integer of 1, 2, 4 or 8 bytes, zero-extended; false for another size. */
bool dt_walk_load(const char *p, uint32_t size, uint64_t *v);
/* A bit-field, zero-extended, from the bytes of its struct that there are. */
uint64_t dt_walk_bits(const char *base, const char *end, uint64_t bitoff, unsigned bits);
/* The enumerator of the value at p, or NULL; *n gets the number. */
const char *dt_walk_enum(dtrace_hdl_t *, dt_type_t, uint32_t size, const char *p, int *n);
/* Printable characters, then a NUL. */
bool dt_walk_is_text(const char *p, uint32_t size);
/* Is it a pointer to code that the kernel has a name for? */
bool dt_walk_is_code(dtrace_hdl_t *, dt_type_t ptr, uint64_t addr);

/* Every member of a struct or union, in order; ends at the first that gives not 0, which is given back. */
typedef int dt_walk_member_f(void *arg, const char *name, const dt_member_t *);
int dt_walk_members(dt_type_t sou, dt_walk_member_f *, void *arg);

#endif
