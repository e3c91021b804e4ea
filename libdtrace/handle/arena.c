/* arena.c - see arena.h. */
#include "arena.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	CHUNK = 16 * 1024,
	ALIGN = 16
};

typedef struct chunk {
	struct chunk *next;
	size_t used, size;
	_Alignas(ALIGN) char mem[];
} chunk_t;

struct dt_arena {
	chunk_t *head;
};

static void
nomem(void)
{
	fputs("dtrace: out of memory\n", stderr);
	exit(1);
}

void *
dt_xcalloc(size_t n, size_t size)
{
	void *p = calloc(n ? n : 1, size ? size : 1);
	if (!p)
		nomem();
	return p;
}

void *
dt_xrealloc(void *p, size_t size)
{
	p = realloc(p, size ? size : 1);
	if (!p)
		nomem();
	return p;
}

char *
dt_xstrdup(const char *s)
{
	char *p = strdup(s);
	if (!p)
		nomem();
	return p;
}

dt_arena_t *
dt_arena_new(void)
{
	return dt_xcalloc(1, sizeof(dt_arena_t));
}

void
dt_arena_free(dt_arena_t *a)
{
	if (!a)
		return;
	for (chunk_t *c = a->head, *next; c; c = next) {
		next = c->next;
		free(c);
	}
	free(a);
}

void *
dt_arena_alloc(dt_arena_t *a, size_t size)
{
	size = (size + ALIGN - 1) & ~(size_t)(ALIGN - 1);
	chunk_t *c = a->head;
	if (!c || c->size - c->used < size) {
		size_t room = size > CHUNK ? size : CHUNK;
		c = dt_xcalloc(1, sizeof(*c) + room);
		c->size = room;
		c->next = a->head;
		a->head = c;
	}
	void *p = c->mem + c->used;
	c->used += size;
	return p;
}

char *
dt_arena_strndup(dt_arena_t *a, const char *s, size_t n)
{
	char *p = dt_arena_alloc(a, n + 1);
	memcpy(p, s, n);
	return p;
}

char *
dt_arena_strdup(dt_arena_t *a, const char *s)
{
	return dt_arena_strndup(a, s, strlen(s));
}

char *
dt_arena_printf(dt_arena_t *a, const char *fmt, ...)
{
	va_list ap, ap2;
	va_start(ap, fmt);
	va_copy(ap2, ap);
	int n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	char *p = dt_arena_alloc(a, (size_t)n + 1);
	vsnprintf(p, (size_t)n + 1, fmt, ap2);
	va_end(ap2);
	return p;
}
