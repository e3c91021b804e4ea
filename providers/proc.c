/*
 * proc.c - the proc provider: processes and threads begin, run programs, get signals, end.
 * Spec: providers.md 8.
 *
 * Threads of the kernel (PF_KTHREAD 0x200000) are no processes: they neither begin nor end here.
 */
#include "stable.h"

#define LWP                                                                                                    \
	{                                                                                                      \
		"lwpsinfo_t *", "struct task_struct *"                                                         \
	}
#define PROCESS                                                                                                \
	{                                                                                                      \
		"psinfo_t *", "struct task_struct *"                                                           \
	}
#define SIGINFO                                                                                                \
	{                                                                                                      \
		"siginfo_t *", "struct kernel_siginfo *"                                                       \
	}

static const dt_carried_t carried[] = {
    {.name = "create", .args = {PROCESS}},
    {.name = "exec", .args = {{"string", .is_user = true}}},
    {.name = "exec-failure", .args = {{"int"}}},
    {.name = "exec-success"},
    {.name = "exit", .args = {{"int"}}},
    {.name = "fault", .args = {{"int"}, SIGINFO}},
    {.name = "lwp-create", .args = {LWP, PROCESS}},
    {.name = "lwp-exit"},
    {.name = "lwp-start"},
    {.name = "signal-clear", .args = {{"int"}, {"siginfo_t *", "__dt_usersiginfo_t *"}}},
    {.name = "signal-discard", .args = {LWP, PROCESS, {"int"}}},
    {.name = "signal-handle", .args = {{"int"}, SIGINFO, {"void (*)(void)"}}},
    {.name = "signal-send", .args = {LWP, PROCESS, {"int"}}},
    {.name = "start"},
    {0},
};

/* A thread that has never left a CPU runs for the first time. */
#define FIRST(t) t "->nvcsw == 0 && " t "->nivcsw == 0 && " t "->pid != 0 && (" t "->flags & 0x200000) == 0"
/* Where the kernel says that a thread has come to a CPU, and where it only says to which it will switch. */
#define START(name, cond)                                                                                      \
	{.probe = name,                                                                                        \
	 .on = "sdt:vmlinux::sched_exit_tp",                                                                   \
	 .when = "$is_switch && " FIRST("curthread") cond,                                                     \
	 .choice = 1},                                                                                         \
	{                                                                                                      \
		.probe = name, .on = "sdt:sched::sched_switch", .when = FIRST("$next") cond,                   \
		.thread = "$next", .choice = 1                                                                 \
	}

/* How wait() will see the end of a process: of all its threads together (SIGNAL_GROUP_EXIT 4), or its first's.
 */
#define STATUS(t)                                                                                              \
	"((" t "->signal->flags & 4) != 0 ? " t "->signal->group_exit_code : " t "->group_leader->exit_code)"
#define HOW(t)    "((" STATUS(t) " & 0x7f) == 0 ? 1 : (" STATUS(t) " & 0x80) != 0 ? 3 : 2)"
#define IS_KERNEL "($p->flags & 0x200000) != 0"

/* Not always a pointer: small numbers stand for senders.  The kernel does not vouch for it. */
#define INFO "((struct kernel_siginfo *)(uintptr_t)$info)"

/* Signals the kernel raises for what the current thread did; FLT* of proc.d. */
#define IS_FAULT                                                                                               \
	"$task == curthread && (uintptr_t)$info > 2 && " INFO "->si_code > 0 && "                              \
	"$sig < 12 && ((1 << $sig) & 0x9b0) != 0"
#define FAULT                                                                                                  \
	"($sig == 4 ? (" INFO "->si_code == 5 || " INFO "->si_code == 6 ? 2 : " INFO                           \
	"->si_code == 8 ? 10 : 1) : "                                                                          \
	"$sig == 5 ? (" INFO "->si_code == 2 ? 4 : " INFO "->si_code == 4 ? 12 : 3) : "                        \
	"$sig == 7 ? (" INFO "->si_code == 1 ? 5 : 11) : "                                                     \
	"$sig == 8 ? (" INFO "->si_code == 1 ? 8 : " INFO "->si_code == 2 ? 7 : 9) : 6)"

/* A process that ends gets SIGKILL for all its threads: why is in group_exit_code, and if nothing killed it, or
 * another of its threads runs a program, nobody sent a signal. */
#define DYING "$sig == 9 && (curthread->signal->flags & 4) != 0"
#define IS_SIGNAL                                                                                              \
	"!(" DYING " && (curthread->signal->group_exit_code & 0x7f) == 0) && "                                 \
	"!($sig == 9 && curthread->signal->group_exec_task != NULL)"
#define SIGNAL "(" DYING " ? curthread->signal->group_exit_code & 0x7f : $sig)"

static const dt_carrier_t carriers[] = {
    {.probe = "lwp-create",
     .on = "sdt:task::task_newtask",
     .when = "$task->pid != 0 && ($task->flags & 0x200000) == 0",
     .args = {"$task", "$task"}},
    {.probe = "create",
     .on = "sdt:task::task_newtask",
     .when = "$task->pid != 0 && $task->pid == $task->tgid && ($task->flags & 0x200000) == 0",
     .args = {"$task"}},
    START("start", " && pid == tid"),
    START("lwp-start", ""),
    {.probe = "exec", .on = "syscall::execve:entry", .args = {"arg0"}},
    {.probe = "exec", .on = "syscall::execveat:entry", .args = {"arg1"}},
    {.probe = "exec-success", .on = "sdt:sched::sched_process_exec"},
    {.probe = "exec-failure",
     .on = "syscall::execve:return,syscall::execveat:return",
     .when = "errno != 0",
     .args = {"errno"}},
    {.probe = "fault", .on = "sdt:signal::signal_generate", .when = IS_FAULT, .args = {FAULT, INFO}},
    {.probe = "signal-send",
     .on = "sdt:signal::signal_generate",
     .when = "$result != 1",
     .args = {"$task", "$task", "$sig"}},
    {.probe = "signal-discard",
     .on = "sdt:signal::signal_generate",
     .when = "$result == 1",
     .args = {"$task", "$task", "$sig"}},
    {.probe = "signal-handle",
     .on = "sdt:signal::signal_deliver",
     .when = IS_SIGNAL,
     .args = {SIGNAL,
	      "(uintptr_t)$ka->sa.sa_handler > 1 && ($ka->sa.sa_flags & 4) != 0 && (uintptr_t)$info > 2 ? "
	      "$info : 0",
	      "$ka->sa.sa_handler"}},
    {.probe = "signal-clear",
     .on = "syscall::rt_sigtimedwait:entry",
     .does = "self->__dt_siginfo = arg1;",
     .hook = true},
    {.probe = "signal-clear",
     .on = "syscall::rt_sigtimedwait:return",
     .when = "errno == 0",
     .args = {"arg0", "self->__dt_siginfo"}},
    {.probe = "lwp-exit", .on = "sdt:sched::sched_process_exit", .when = "!(" IS_KERNEL ")"},
    {.probe = "exit",
     .on = "sdt:sched::sched_process_exit",
     .when = "$group_dead && !(" IS_KERNEL ")",
     .args = {HOW("$p")},
     .choice = 1},
    {.probe = "exit",
     .on = "sdt:sched::sched_process_exit",
     .when = "$p->signal->live.counter == 0 && !(" IS_KERNEL ")",
     .args = {HOW("$p")},
     .choice = 1},
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
