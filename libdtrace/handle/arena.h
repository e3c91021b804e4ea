/*
 * arena.h - memory that lives as long as its owner: compile structures are never
 * freed one by one.  Allocation never returns NULL: out of memory ends the process
 * with one line, as nothing can be reported without memory.
 */
#ifndef DT_ARENA_H
#define DT_ARENA_H

#include <stddef.h>
#include <stdint.h>

typedef struct dt_arena dt_arena_t;

dt_arena_t *dt_arena_new(void);
void dt_arena_free(dt_arena_t *);
void *dt_arena_alloc(dt_arena_t *, size_t); /* zeroed, 16-byte aligned */
char *dt_arena_strdup(dt_arena_t *, const char *);
char *dt_arena_strndup(dt_arena_t *, const char *, size_t);
char *dt_arena_printf(dt_arena_t *, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* malloc family that ends the process instead of returning NULL. */
void *dt_xcalloc(size_t n, size_t size);
void *dt_xrealloc(void *, size_t);
char *dt_xstrdup(const char *);

/* A growing array: DT_VEC(int) v = {0}; *dt_vec_push(&v) = 7; v.p[i], v.n; dt_vec_free(&v). */
#define DT_VEC(T)                                                                                              \
	struct {                                                                                               \
		T *p;                                                                                          \
		int n, cap;                                                                                    \
	}
#define dt_vec_push(v)                                                                                         \
	((v)->n == (v)->cap ? ((v)->cap = (v)->cap ? 2 * (v)->cap : 8,                                         \
			       (v)->p = dt_xrealloc((v)->p, sizeof(*(v)->p) * (size_t)(v)->cap))               \
			    : (v)->p,                                                                          \
	 &(v)->p[(v)->n++])
#define dt_vec_free(v) (free((v)->p), (v)->p = NULL, (v)->n = (v)->cap = 0)

#endif
