/*
 * foreign.h - names that other systems have for system calls, and the calls of Linux that do their work
 * (providers.md 22).
 */
#ifndef DT_FOREIGN_H
#define DT_FOREIGN_H

/* Argument i of the foreign call is argument args[i] - '0' of ours; past the end there is none. */
typedef struct dt_foreign {
	const char *name;
	const char *call; /* NULL: scripts name it beside another, and nothing here is it: it never fires */
	const char *args;
} dt_foreign_t;

/* The i-th row of this name; NULL past the last. */
const dt_foreign_t *dt_foreign_find(const char *name, int i);
/* Which argument of `call` is argument i of `name`; -1: none. */
int dt_foreign_arg(const char *name, const char *call, int i);

#endif
