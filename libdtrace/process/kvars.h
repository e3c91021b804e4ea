/*
 * kvars.h - variables of the Solaris kernel that scripts read by name (`freemem, `hp_avenrun[0]) and
 * that Linux has under no name: their values are made from what /proc tells, and kept up to date by the
 * consumer (language.md 2.5, providers.md 24).
 */
#ifndef DT_KVARS_H
#define DT_KVARS_H

#include <stdint.h>

/* Its number, to be handed to the others; -1 when there is none of that name. */
int dt_kvar_find(const char *name);
/* The type of the variable, or of its elements (*count of them, 0: it is no array). */
const char *dt_kvar_type(int number, uint32_t *count);
/* Its value now.  Numbers take 8 bytes; `value` has room for the type and is cleared first. */
void dt_kvar_read(int number, void *value, uint32_t size);

#endif
