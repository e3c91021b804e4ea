/*
 * lockstat.c - the lockstat provider: threads wait for the kernel's locks.
 * Spec: providers.md 13.
 *
 * The kernel tells of locks only where somebody has to wait: contention_begin when that starts,
 * contention_end when it is over.  A wait for a mutex spins first (flags 33) and may then go to sleep (flags
 * 32), one end for both.  A thread waits for one lock that lets it sleep; while it does, it, or an interrupt on
 * top of it, may spin for others: these are kept apart.
 */
#include "stable.h"

#define NOT_WAITED                                                                                             \
	"the kernel has an event for locks that are waited for, none for ones that are taken or given back "   \
	"without a wait (the -spin and -block probes are there)"

static const dt_carried_t carried[] = {
    {.name = "adaptive-acquire", .absent = NOT_WAITED},
    {.name = "adaptive-acquire-error", .args = {{"uintptr_t"}, {"int"}}},
    {.name = "adaptive-block", .args = {{"uintptr_t"}, {"uint64_t"}}},
    {.name = "adaptive-release", .absent = NOT_WAITED},
    {.name = "adaptive-spin", .args = {{"uintptr_t"}, {"uint64_t"}}},
    {.name = "rw-acquire", .absent = NOT_WAITED},
    {.name = "rw-block", .args = {{"uintptr_t"}, {"uint64_t"}, {"int"}, {"int"}, {"int"}}},
    {.name = "rw-downgrade", .absent = NOT_WAITED},
    {.name = "rw-release", .absent = NOT_WAITED},
    {.name = "rw-spin", .args = {{"uintptr_t"}, {"uint64_t"}, {"int"}}},
    {.name = "rw-upgrade", .absent = "no reader/writer lock of Linux can be upgraded"},
    {.name = "spin-acquire", .absent = NOT_WAITED},
    {.name = "spin-release", .absent = NOT_WAITED},
    {.name = "spin-spin", .args = {{"uintptr_t"}, {"uint64_t"}}},
    {.name = "thread-spin", .absent = "Linux locks its run queues by ordinary spin locks: see spin-spin"},
    {0},
};

/* Flags of contention_begin: 1 spins, 2 reader, 4 writer, 0x10 per-CPU (its count is elsewhere), 0x20 mutex. */
#define SLEEPS "(($flags & 0x20) != 0 || ($flags & 7) == 2 || ($flags & 7) == 4)"
#define SPINS  "(($flags & 0x20) == 0 && ($flags & 1) != 0)"

/* The wait that now ends. */
#define SLEPT(flags) "self->__dt_ls_sleep == (uintptr_t)$lock && " flags
#define SPUN(flags)  "self->__dt_ls_spin == (uintptr_t)$lock && " flags
#define SLEEP_NS     "timestamp - self->__dt_ls_sleep_since"
#define SPIN_NS      "timestamp - self->__dt_ls_spin_since"
#define READER(kind) "(self->__dt_ls_" kind "_flags & 2) != 0"

static const dt_carrier_t carriers[] = {
    {.probe = "adaptive-spin",
     .on = "sdt:lock::contention_begin",
     .when = "$flags == 0x20 && " SLEPT("self->__dt_ls_sleep_flags == 0x21"),
     .args = {"(uintptr_t)$lock", SLEEP_NS}},
    {.probe = "adaptive-acquire-error adaptive-block adaptive-spin rw-block",
     .on = "sdt:lock::contention_begin",
     .when = SLEEPS,
     .does = "self->__dt_ls_sleep = (uintptr_t)$lock; self->__dt_ls_sleep_since = timestamp; "
	     "self->__dt_ls_sleep_flags = $flags;",
     .hook = true},
    {.probe = "rw-block",
     .on = "sdt:lock::contention_begin",
     .when = SLEEPS " && ($flags & 0x30) == 0",
     .does = "self->__dt_ls_count = ((struct rw_semaphore *)$lock)->count.counter;",
     .hook = true},
    {.probe = "rw-spin spin-spin",
     .on = "sdt:lock::contention_begin",
     .when = SPINS,
     .does = "self->__dt_ls_spin = (uintptr_t)$lock; self->__dt_ls_spin_since = timestamp; "
	     "self->__dt_ls_spin_flags = $flags;",
     .hook = true},

    {.probe = "adaptive-spin",
     .on = "sdt:lock::contention_end",
     .when = SLEPT("self->__dt_ls_sleep_flags == 0x21"),
     .args = {"(uintptr_t)$lock", SLEEP_NS}},
    {.probe = "adaptive-block",
     .on = "sdt:lock::contention_end",
     .when = "$ret == 0 && " SLEPT("self->__dt_ls_sleep_flags == 0x20"),
     .args = {"(uintptr_t)$lock", SLEEP_NS}},
    {.probe = "adaptive-acquire-error",
     .on = "sdt:lock::contention_end",
     .when = "$ret < 0 && " SLEPT("(self->__dt_ls_sleep_flags & 0x20) != 0"),
     .args = {"(uintptr_t)$lock", "-$ret"}},
    /* Of the count the lowest bit is a writer's, and readers count from the eighth on. */
    {.probe = "rw-block",
     .on = "sdt:lock::contention_end",
     .when = "$ret == 0 && " SLEPT("(self->__dt_ls_sleep_flags & 0x20) == 0"),
     .args = {"(uintptr_t)$lock", SLEEP_NS, READER("sleep"), "self->__dt_ls_count & 1",
	      "self->__dt_ls_count > 0 ? self->__dt_ls_count >> 8 : 0"}},
    {.probe = "rw-spin",
     .on = "sdt:lock::contention_end",
     .when = SPUN("(self->__dt_ls_spin_flags & 6) != 0"),
     .args = {"(uintptr_t)$lock", SPIN_NS, READER("spin")}},
    {.probe = "spin-spin",
     .on = "sdt:lock::contention_end",
     .when = SPUN("(self->__dt_ls_spin_flags & 6) == 0"),
     .args = {"(uintptr_t)$lock", SPIN_NS}},

    {.probe = "adaptive-acquire-error adaptive-block adaptive-spin rw-block",
     .on = "sdt:lock::contention_end",
     .when = SLEPT("1"),
     .does = "self->__dt_ls_sleep = 0; self->__dt_ls_count = 0;",
     .hook = true},
    {.probe = "rw-spin spin-spin",
     .on = "sdt:lock::contention_end",
     .when = SPUN("1"),
     .does = "self->__dt_ls_spin = 0;",
     .hook = true},
    {0},
};

const dt_provider_t dt_provider_lockstat = {
    .name = "lockstat",
    .attr = DT_STABLE_ATTR(COMMON),
    .provide = dt_stable_provide,
    .args = dt_stable_args,
    .carried = carried,
    .carriers = carriers,
};
