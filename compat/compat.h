/*
 * compat.h - names of other systems (Solaris, illumos, FreeBSD, macOS), and what they are on Linux: tables, and
 * the functions that read them.  Nothing here knows the compiler or the providers.
 */
#ifndef DT_COMPAT_H
#define DT_COMPAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* syscalls.c: system calls that Linux does not have, or libc no longer makes, and those that do their work
 * (providers.md 22). */

/* Which calls mean it: those whose argument `arg`, masked, is `want`.  mask 0: all. */
typedef struct dt_argtest {
	uint64_t mask, want;
	uint8_t arg;
	bool clone3; /* not the argument itself: the flags at the head of clone3()'s, which it points to */
	bool unlike; /* it must not be `want` */
} dt_argtest_t;

/* What an argument of a foreign call is: a digit, that argument of ours; a letter, a constant, 'a' is 0. */
typedef struct dt_foreign {
	const char *name;
	const char *call; /* NULL: scripts name it beside another, and nothing here is it: it never fires */
	const char *args; /* a character each; past the end there is none */
	dt_argtest_t test;
	const char *unless; /* a program that names this function too has seen the call already; NULL: none */
} dt_foreign_t;

enum {
	DT_FOREIGN_NONE = -1,
	DT_FOREIGN_CONST = 64 /* and more: the constant */
};

/* Row i; NULL past the last. */
const dt_foreign_t *dt_foreign_at(int i);
/* The row of this name that this call serves. */
const dt_foreign_t *dt_foreign_row(const char *name, const char *call);
/* Which argument of the call is argument i of the name; DT_FOREIGN_NONE, or a constant. */
int dt_foreign_arg(const dt_foreign_t *, int i);

/* kvars.c: variables of the Solaris kernel that scripts read by name (`freemem, `hp_avenrun[0]) and that Linux
 * has under no name: their values are made from what /proc tells, and kept up to date by the consumer
 * (language.md 2.5, providers.md 24). */

/* Its number, to be handed to the others; -1 when there is none of that name. */
int dt_kvar_find(const char *name);
/* The type of the variable, or of its elements (*count of them, 0: it is no array). */
const char *dt_kvar_type(int number, uint32_t *count);
/* Its value now.  Numbers take 8 bytes; `value` has room for the type and is cleared first. */
void dt_kvar_read(int number, void *value, uint32_t size);

/* absent.c: variables and functions of D elsewhere that Linux has nothing for, to be told from misspellings. */
typedef struct dt_absent {
	const char *name, *system, *why;
} dt_absent_t;

/* NULL: a name nobody knows. */
const dt_absent_t *dt_absent_find(const char *name);

/* places.c: the module and function in which a probe lies in the kernel of Solaris, where scripts name it so
 * (io:genunix::start).  Both NULL: none do; function NULL: any. */
typedef struct dt_place {
	const char *provider, *name, *module, *function;
} dt_place_t;

dt_place_t dt_place_find(const char *provider, const char *name);

#endif
