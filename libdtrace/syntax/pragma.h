/* pragma.h - names that #pragma D attributes and binding speak of. */
#ifndef DT_PRAGMA_H
#define DT_PRAGMA_H

#include "compile.h"

void dt_pragmas_start(dt_compile_t *);
/* Pragmas that name "translator" speak of the next one: true when its attributes were given. */
bool dt_pragma_translator(dt_compile_t *, dtrace_attribute_t *, uint32_t *version);
/* Identifiers may have come to exist: pragmas that waited for them take effect. */
void dt_pragmas_resolve(dt_compile_t *);
/* The program is complete: a pragma that still waits is an error. */
void dt_pragmas_finish(dt_compile_t *);

#endif
