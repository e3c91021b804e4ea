/*
 * sched.c - the sched provider: threads come to CPUs and leave them, wait in queues, sleep, wake.
 * Spec: providers.md 9.
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
#define CPU                                                                                                    \
	{                                                                                                      \
		"cpuinfo_t *", "int"                                                                           \
	}

#define NO_CAPS                                                                                                \
	"Linux limits the CPU time of a group of processes (cgroup), and does not say which thread it stops "  \
	"for "                                                                                                 \
	"that"
#define NO_SCHEDCTL "Linux programs cannot ask the scheduler to be left on their CPU"

static const dt_carried_t carried[] = {
    {.name = "change-pri", .args = {LWP, PROCESS, {"pri_t"}}},
    {.name = "cpucaps-sleep", .absent = NO_CAPS},
    {.name = "cpucaps-wakeup", .absent = NO_CAPS},
    {.name = "dequeue", .args = {LWP, PROCESS, CPU}},
    {.name = "enqueue", .args = {LWP, PROCESS, CPU, {"int"}}},
    {.name = "off-cpu", .args = {LWP, PROCESS}},
    {.name = "on-cpu"},
    {.name = "preempt"},
    {.name = "remain-cpu", .needs = "the tracepoint sched_exit_tp (Linux 6.18)"},
    {.name = "schedctl-nopreempt", .absent = NO_SCHEDCTL},
    {.name = "schedctl-preempt", .absent = NO_SCHEDCTL},
    {.name = "schedctl-yield", .absent = NO_SCHEDCTL},
    {.name = "sleep"},
    {.name = "surrender",
     .args = {LWP, PROCESS},
     .needs = "the tracepoint sched_set_need_resched_tp (Linux 6.18), or fbt:vmlinux:resched_curr"},
    {.name = "tick",
     .args = {LWP, PROCESS},
     .needs = "the timer function tick_sched_timer or tick_nohz_handler (CONFIG_HIGH_RES_TIMERS)"},
    {.name = "wakeup", .args = {LWP, PROCESS}},
    {0},
};

/* What the current thread waits for, if it is a lock: kept for pr_stype and pr_wchan (psinfo.d). */
#define LOCK_HOOK(event, lock, flags)                                                                          \
	{                                                                                                      \
		.probe = "off-cpu preempt sleep", .keeps = "__dt_lock", .on = "sdt:lock::" event,              \
		.does = "self->__dt_lock = " lock "; self->__dt_lockflags = " flags ";", .hook = true          \
	}

/* In which state it leaves its CPU: one that is preempted can still run. */
#define STATE "($preempt ? 0 : $prev_state)"

#define WAKEUP "sdt:sched::sched_wakeup,sdt:sched::sched_wakeup_new"
#define WAITS  "$p->on_rq != 0 && $p->__state == 0"

/* Priorities as pr_pri has them, high is high: 139 less the kernel's.  Policies 1 and 2 are the real-time ones,
 * 6 the deadlines, whose priority is above all; the others are fair, and go by nice values. */
#define FAIR(policy) "(" policy " == 0 || " policy " == 3 || " policy " == 5)"
#define IS_FAIR(t)   FAIR(t "->policy")
#define NICE(n)      "(19 - (" n " < -20 ? -20 : " n " > 19 ? 19 : " n "))"
#define PRI(policy, priority, nice)                                                                            \
	"(" policy " == 6 ? 140 : " FAIR(policy) " ? " NICE(nice) " : 40 + " priority ")"
#define ATTR "((struct sched_attr *)copyin(arg1, sizeof (struct sched_attr)))"
/* CAP_SYS_NICE 23; and whose threads one may have changed without it. */
#define MAY_RISE "(*(uint64_t *)&curthread->cred->cap_effective & (1 << 23)) != 0"
#define MAY                                                                                                    \
	"($each == curthread || " MAY_RISE " || curthread->cred->euid.val == $each->real_cred->euid.val || "   \
	"curthread->cred->euid.val == $each->real_cred->uid.val)"
/* Calls about the thread of a number, 0 is the caller. */
#define THREAD(number)                                                                                         \
	.each = {"struct task_struct *", "(int)" number " == 0 ? curthread : __dt_task((int)" number ")",      \
		 "(uintptr_t)0"}

static const dt_carrier_t carriers[] = {
    LOCK_HOOK("contention_begin", "(uintptr_t)$lock", "$flags"),
    LOCK_HOOK("contention_end", "0", "0"),

    {.probe = "wakeup", .on = "sdt:sched::sched_waking", .args = {"$p", "$p"}},

    /* One that runs all the time (it was about to sleep) does not go through a queue; one that was preempted
     * when it was about to sleep is in it already, and has no time at which it began to wait. */
    {.probe = "enqueue",
     .on = WAKEUP,
     .member = "sched_info.last_queued",
     .when = "$p->on_cpu == 0 && $p->sched_info.last_queued != 0",
     .args = {"$p", "$p", "$p->thread_info.cpu"},
     .choice = 4},
    {.probe = "enqueue",
     .on = WAKEUP,
     .when = "$p->on_cpu == 0",
     .args = {"$p", "$p", "$p->thread_info.cpu"},
     .choice = 4},
    /* One in no queue is only moved there with its wake-up; one asleep may wait in the kernel's until it would
     * have been its turn (since 6.12). */
    {.probe = "dequeue",
     .on = "sdt:sched::sched_migrate_task",
     .when = WAITS,
     .args = {"$p", "$p", "$p->thread_info.cpu"}},
    {.probe = "enqueue",
     .on = "sdt:sched::sched_migrate_task",
     .when = WAITS,
     .args = {"$p", "$p", "$dest_cpu"}},

    /* A switch, in its order. */
    {.probe = "preempt", .on = "sdt:sched::sched_switch", .when = "($preempt || $prev_state == 0) && pid != 0"},
    {.probe = "sleep",
     .on = "sdt:sched::sched_switch",
     .when = "!$preempt && $prev_state != 0 && ($prev_state & 0x80) == 0",
     .leaving = STATE},
    {.probe = "enqueue",
     .on = "sdt:sched::sched_switch",
     .when = "($preempt || $prev_state == 0) && $prev->pid != 0",
     .args = {"$prev", "$prev", "cpu"}},
    {.probe = "dequeue",
     .on = "sdt:sched::sched_switch",
     .when = "$next->pid != 0",
     .args = {"$next", "$next", "cpu"}},
    {.probe = "off-cpu", .on = "sdt:sched::sched_switch", .args = {"$next", "$next"}, .leaving = STATE},
    {.probe = "on-cpu",
     .on = "sdt:vmlinux::sched_exit_tp",
     .when = "$is_switch",
     .choice = 1,
     .own_context = true},
    {.probe = "on-cpu", .on = "sdt:sched::sched_switch", .thread = "$next", .choice = 1},
    {.probe = "remain-cpu", .on = "sdt:vmlinux::sched_exit_tp", .when = "!$is_switch"},

    {.probe = "surrender",
     .on = "sdt:vmlinux::sched_set_need_resched_tp",
     .when = "$cpu != cpu",
     .args = {"$tsk", "$tsk"},
     .choice = 2},
    {.probe = "surrender",
     .on = "fbt:vmlinux:resched_curr:entry",
     .when = "$rq->cpu != cpu",
     .args = {"$rq->curr", "$rq->curr"},
     .choice = 2},

    /* The tick's timer, while a thread runs that its time is counted for.  Before 6.9 tick_nohz_handler is
     * something else. */
    {.probe = "tick",
     .on = "sdt:timer::hrtimer_expire_entry",
     .symbol = "tick_sched_timer",
     .when = "(uintptr_t)$hrtimer->function == (uintptr_t)&`tick_sched_timer && curthread->pid",
     .args = {"curthread", "curthread"},
     .choice = 1},
    {.probe = "tick",
     .on = "sdt:timer::hrtimer_expire_entry",
     .symbol = "tick_nohz_handler",
     .when = "(uintptr_t)$hrtimer->function == (uintptr_t)&`tick_nohz_handler && curthread->pid",
     .args = {"curthread", "curthread"},
     .choice = 1},

    /* A lock lends its owner the priority of who waits for it. */
    {.probe = "change-pri",
     .on = "sdt:sched::sched_pi_setprio",
     .args = {"$tsk", "$tsk",
	      "139 - ($pi_task != NULL && $pi_task->prio < $tsk->normal_prio ? $pi_task->prio : "
	      "$tsk->normal_prio)"}},
    {.probe = "change-pri",
     .on = "fbt:vmlinux:set_user_nice:entry",
     .when = IS_FAIR("$p") " && $nice != $p->static_prio - 120",
     .args = {"$p", "$p", NICE("$nice")},
     .choice = 3},
    /* What is asked for by number (not for all of a user or a process group at once), of a thread that is
       there, and may be had. */
    {.probe = "change-pri",
     .on = "syscall::setpriority:entry",
     THREAD("arg1"),
     .when = "arg0 == 0 && " IS_FAIR("$each") " && " MAY " && " NICE(
	 "(int)arg2") " != 139 - $each->prio && (" NICE("(int)arg2") " < 139 - $each->prio || " MAY_RISE ")",
     .args = {"$each", "$each", NICE("(int)arg2")},
     .choice = 3},
    {.probe = "change-pri",
     .on = "syscall::sched_setscheduler:entry",
     THREAD("arg0"),
     .when = MAY " && (" FAIR("arg1") " || " MAY_RISE ") && " PRI(
	 "arg1", "*(int *)copyin(arg2, 4)", "$each->static_prio - 120") " != 139 - $each->prio",
     .args = {"$each", "$each", PRI("arg1", "*(int *)copyin(arg2, 4)", "$each->static_prio - 120")}},
    {.probe = "change-pri",
     .on = "syscall::sched_setparam:entry",
     THREAD("arg0"),
     .when = MAY " && (" FAIR("$each->policy") " || " MAY_RISE ")",
     .args = {"$each", "$each", PRI("$each->policy", "*(int *)copyin(arg1, 4)", "$each->static_prio - 120")}},
    {.probe = "change-pri",
     .on = "syscall::sched_setattr:entry",
     THREAD("arg0"),
     .when = MAY " && (" FAIR(ATTR "->sched_policy") " || " MAY_RISE ")",
     .args = {"$each", "$each", PRI(ATTR "->sched_policy", ATTR "->sched_priority", ATTR "->sched_nice")}},
    {0},
};

const dt_provider_t dt_provider_sched = {
    .name = "sched",
    .attr = DT_STABLE_ATTR(ISA),
    .provide = dt_stable_provide,
    .args = dt_stable_args,
    .carried = carried,
    .carriers = carriers,
};
