/*
 * proc.c - the proc provider: processes and threads begin, run programs, get signals, end.
 * Spec: providers.md 8.
 */
#include "stable.h"

static const dt_carried_t carried[] = {
    {.name = "exec", .args = {{"string"}}},
    {.name = "exec-failure", .args = {{"int"}}},
    {0},
};

static const dt_carrier_t carriers[] = {
    {.probe = "exec", .on = "syscall::execve:entry", .args = {"arg0"}},
    {.probe = "exec", .on = "syscall::execveat:entry", .args = {"arg1"}},
    {.probe = "exec-failure",
     .on = "syscall::execve:return,syscall::execveat:return",
     .when = "errno != 0",
     .args = {"errno"}},
    {0},
};

const dt_provider_t dt_provider_proc = {
    .name = "proc",
    .attr = DT_STABLE_ATTR(ISA),
    .provide = dt_stable_provide,
    .args = dt_stable_args,
    .carried = carried,
    .carriers = carriers,
};
