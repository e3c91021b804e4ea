/*
 * fpuinfo.c - the fpuinfo provider, of which Linux has no probe.
 * Spec: providers.md 16.
 */
#include "stable.h"

#define NOT(op)                                                                                                \
	{                                                                                                      \
		.name = "fpu_sim_" op, .absent = "it tells of floating point that SPARC processors leave to "  \
						 "the kernel; Linux here has no such emulation"                \
	}
/* Single, double and quad precision. */
#define EACH(op) NOT(op "s"), NOT(op "d"), NOT(op "q")

static const dt_carried_t carried[] = {
    EACH("fadd"),  EACH("fsub"), EACH("fmul"),  NOT("fdmulx"), NOT("fsmuld"), EACH("fdiv"),
    EACH("fsqrt"), EACH("fcmp"), EACH("fcmpe"), NOT("fstoi"),  NOT("fdtoi"),  NOT("fqtoi"),
    EACH("fito"),  NOT("fstox"), NOT("fdtox"),  NOT("fqtox"),  EACH("fxto"),  EACH("fabs"),
    EACH("fneg"),  EACH("fmov"), NOT("fmovr"),  NOT("fmovcc"), {0},
};

static const dt_carrier_t carriers[] = {{0}};

const dt_provider_t dt_provider_fpuinfo = {
    .name = "fpuinfo",
    .attr = DT_STABLE_ATTR(CPU),
    .provide = dt_stable_provide,
    .args = dt_stable_args,
    .carried = carried,
    .carriers = carriers,
};
