/*
 * rt_model.h - calling one routine of test_runtime*.c with scratch full of the past, and checking
 * that it wrote nothing but its result.
 */
#ifndef RT_MODEL_H
#define RT_MODEL_H

#include "rt_harness.h"

enum {
	DST = 24 * 1024 + 8, /* where results go in the arena */
	SLOT = 16 * 1024     /* a test string each in the text map */
};

static rt_env_t *env;
static char arena_before[sizeof(((struct dt_scratch *)0)->arena)];
static uint64_t seed = 88172645463325252ULL;

static inline uint64_t
rnd(void)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	return seed ^= seed << 17;
}

static inline void
rt_setup(void)
{
	env = rt_open();
	for (size_t i = 0; i < sizeof(arena_before); i++)
		arena_before[i] = (char)rnd();
}

static inline void
rt_teardown(void)
{
	rt_close(env);
}

/* Put a string at slot n, with something behind its NUL; its kernel address. */
static inline uint64_t
text(int n, const char *str)
{
	char *at = env->text + n * SLOT;
	size_t len = strlen(str) + 1;
	memcpy(at, str, len);
	memset(at + len, 'x', 64);
	return str[0] == '\1' ? 0 : env->text_addr + n * SLOT; /* "\1": the null string */
}

/* Scratch is full of the past; nothing but `size` bytes at DST of the arena may change. */
static inline int64_t
call(const char *name, uint64_t a, uint64_t b, uint64_t c, uint64_t d)
{
	int fd = rt_prog(env, name, 's');
	memset(env->s->a, rnd() & 1 ? '/' : 'a', sizeof(env->s->a));
	memset(env->s->b, 'a', sizeof(env->s->b));
	memset(env->s->w, 0x5a, sizeof(env->s->w));
	memcpy(env->s->arena, arena_before, sizeof(arena_before));
	env->s->illval = 0x1234;
	env->io->arg[1] = a;
	env->io->arg[2] = b;
	env->io->arg[3] = c;
	env->io->arg[4] = d;
	env->io->result = 0x7777;
	rt_run(fd);
	return env->io->result;
}

static inline void
check_arena(size_t size)
{
	cr_assert(!memcmp(env->s->arena, arena_before, DST), "wrote before the result");
	cr_assert(
	    !memcmp(env->s->arena + DST + size, arena_before + DST + size, sizeof(arena_before) - DST - size),
	    "wrote behind the result");
}

/* The last call made this text. */
static inline void
check_text(const char *what, int64_t r, const char *want, size_t size)
{
	char cut[DT_STRMAX];
	snprintf(cut, size, "%s", want);
	cr_assert_str_eq(env->s->arena + DST, cut, "%s, size %zu: \"%s\", not \"%s\"", what, size,
			 env->s->arena + DST, cut);
	cr_assert_eq(r, (int64_t)strlen(cut), "%s: length %ld of \"%s\"", what, (long)r, cut);
	check_arena(size);
}

static inline void
check_is(const char *what, int64_t r, int64_t want)
{
	cr_assert_eq(r, want, "%s: %ld, not %ld", what, (long)r, (long)want);
}

/* The result of a routine that writes no text. */
static inline void
check_num(const char *what, int64_t r, int64_t want)
{
	check_is(what, r, want);
	check_arena(0);
}

static const size_t sizes[] = {2, 16, 256, 4096};
#define EACH_SIZE(s) (size_t i_ = 0, s = sizes[0]; i_ < 4; i_++, s = sizes[i_ < 4 ? i_ : 0])

#endif
