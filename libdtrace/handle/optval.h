/* optval.h - option values as text to numbers (language.md 9.1).  False when the text is no such value. */
#ifndef DT_OPTVAL_H
#define DT_OPTVAL_H

#include <stdbool.h>
#include <stdint.h>

/* Every function takes NULL for "no value given". */
bool dt_optval_flag(const char *, bool *);                        /* "", yes, off, 1 ...; NULL is on */
bool dt_optval_number(const char *, uint64_t *);                  /* C notation; NULL is 0 */
bool dt_optval_size(const char *, uint64_t *);                    /* number and one of k m g t */
bool dt_optval_rate(const char *, uint64_t *);                    /* number and unit, to nanoseconds */
bool dt_optval_word(const char *, const char *words, uint64_t *); /* place in "one two three" */
bool dt_optval_version(const char *, uint32_t *); /* "1.6.3" to major << 24 | minor << 12 | micro */

#endif
