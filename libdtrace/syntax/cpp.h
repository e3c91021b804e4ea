/* cpp.h - the C preprocessor in front of the lexer (option cpp, -C): language.md 1.10. */
#ifndef DT_CPP_H
#define DT_CPP_H

#include "../handle/handle.h"

/* Option values that shape the preprocessor's command line. */
int dt_cpp_setopt(dtrace_hdl_t *, const char *opt, const char *val);

/* The text of file `name` (NULL: not known) as the preprocessor leaves it, with line markers; free() it.
 * NULL with EDT_CPP*; what the preprocessor had to say is on stderr. */
char *dt_cpp(dtrace_hdl_t *, const char *name, const char *text, size_t len, size_t *outlen);

#endif
