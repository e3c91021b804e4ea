/* pragma.h - names that #pragma D attributes and binding speak of. */
#ifndef DT_PRAGMA_H
#define DT_PRAGMA_H

#include "compile.h"

void dt_pragmas_start(dt_compile_t *);
/* The program declared this inline or enumerator. */
void dt_pragma_own(dt_compile_t *, const char *name);
/* Identifiers may have come to exist: pragmas that waited for them take effect. */
void dt_pragmas_resolve(dt_compile_t *);
/* The program is complete: a pragma that still waits is an error. */
void dt_pragmas_finish(dt_compile_t *);

#endif
