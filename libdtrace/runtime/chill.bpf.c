/* chill.bpf.c - chill(): to do nothing for some time; see rt.h. */
#include "rt_bpf.h"

static dt_u64 (*const bpf_ktime_get_ns)(void) = (void *)5;

enum {
	SECOND = 1000000000,
	ROUNDS = 1 << 23 /* what bpf_loop() allows */
};

struct deadline {
	dt_u64 end;
};

/* Several looks at the clock a round, so that the rounds last for the whole budget. */
RT_CALLBACK long
chill_step(dt_u32 i, struct deadline *d)
{
	(void)i;
	for (int k = 0; k < 8; k++)
		if (bpf_ktime_get_ns() >= d->end)
			return 1;
	return 0;
}

RT_ROUTINE dt_s64
dt_chill(struct dt_cpustate *c, dt_u64 ns)
{
	if (!c)
		return 1;
	dt_u64 now = bpf_ktime_get_ns();
	if (now - c->chillstart >= SECOND) {
		c->chillstart = now;
		c->chilled = 0;
	}
	if (ns > DT_CHILL_MAX || c->chilled + ns > DT_CHILL_MAX)
		return 1;
	c->chilled += ns;
	struct deadline d = {now + ns};
	bpf_loop(ROUNDS, chill_step, &d, 0);
	return 0;
}
