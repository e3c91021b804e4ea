/*
 * sysinfo.c - the sysinfo provider: the statistics of `kstat sys` as they are counted.
 * Spec: providers.md 12.  arg0 is the increment; Linux keeps no such counters, so arg1 is 0.
 */
#include "stable.h"

#define NO_UFS      "there is no UFS on Linux; the sdt provider has the events of ext4"
#define NO_TERMINAL "Linux does not count the characters of terminals"

static const dt_carried_t carried[] = {
    {.name = "bawrite"},
    {.name = "bread"},
    {.name = "bwrite"},
    {.name = "canch", .absent = NO_TERMINAL},
    {.name = "cpumigrate"},
    {.name = "idlethread"},
    {.name = "intr"},
    {.name = "intrblk"},
    {.name = "inv_swtch"},
    {.name = "lread"},
    {.name = "lwrite"},
    {.name = "mdmint", .absent = NO_TERMINAL},
    {.name = "modload"},
    {.name = "modunload"},
    {.name = "msg"},
    {.name = "mutex_adenters"},
    {.name = "namei"},
    {.name = "nthreads"},
    {.name = "outch", .absent = NO_TERMINAL},
    {.name = "phread"},
    {.name = "phwrite"},
    {.name = "procovf"},
    {.name = "pswitch"},
    {.name = "rawch", .absent = NO_TERMINAL},
    {.name = "rcvint", .absent = NO_TERMINAL},
    {.name = "readch"},
    {.name = "rw_rdfails"},
    {.name = "rw_wrfails"},
    {.name = "sema"},
    {.name = "syscall"},
    {.name = "sysexec"},
    {.name = "sysfork"},
    {.name = "sysread"},
    {.name = "sysvfork"},
    {.name = "syswrite"},
    {.name = "trap"},
    {.name = "ufsdirblk", .absent = NO_UFS},
    {.name = "ufsiget", .absent = NO_UFS},
    {.name = "ufsinopage", .absent = NO_UFS},
    {.name = "ufsipage", .absent = NO_UFS},
    {.name = "writech"},
    {.name = "xcalls"},
    {.name = "xmtint", .absent = NO_TERMINAL},
    {0},
};

#define ONE                                                                                                    \
	{                                                                                                      \
		"1"                                                                                            \
	}
#define SIMPLE(name, event)                                                                                    \
	{                                                                                                      \
		.probe = name, .on = event, .args = ONE                                                        \
	}
#define COUNTED(name, event, cond)                                                                             \
	{                                                                                                      \
		.probe = name, .on = event, .when = cond, .args = ONE                                          \
	}

#define BIO(name, cond) COUNTED(name, "sdt:block::block_bio_queue", "$bio->bi_iter.bi_size != 0 && " cond)
#define READS(side)                                                                                            \
	"syscall::read:" side ",syscall::readv:" side ",syscall::pread64:" side ",syscall::preadv:" side       \
	",syscall::preadv2:" side
#define WRITES(side)                                                                                           \
	"syscall::write:" side ",syscall::writev:" side ",syscall::pwrite64:" side ",syscall::pwritev:" side   \
	",syscall::pwritev2:" side

/* Flags of clone(). */
#define VFORK  "($clone_flags & 0x4000) != 0"
#define THREAD "($clone_flags & 0x10000) != 0"

static const dt_carrier_t carriers[] = {
    BIO("bread", "!__dt_iswrite[$bio]"),
    BIO("bwrite", "__dt_iswrite[$bio]"),
    BIO("bawrite", "__dt_iswrite[$bio] && __dt_isasync[$bio]"),
    BIO("phread", "!__dt_iswrite[$bio] && __dt_memory[$bio] == B_PHYS"),
    BIO("phwrite", "__dt_iswrite[$bio] && __dt_memory[$bio] == B_PHYS"),
    SIMPLE("lread", "sdt:block::block_touch_buffer"),
    SIMPLE("lwrite", "sdt:block::block_dirty_buffer"),

    SIMPLE("sysread", READS("entry")),
    SIMPLE("syswrite", WRITES("entry")),
    {.probe = "readch", .on = READS("return"), .when = "errno == 0", .args = {"arg0"}},
    {.probe = "writech", .on = WRITES("return"), .when = "errno == 0", .args = {"arg0"}},
    SIMPLE("sysexec", "syscall::execve:entry,syscall::execveat:entry"),
    SIMPLE("msg", "syscall::msgsnd:entry,syscall::msgrcv:entry"),
    SIMPLE("sema", "syscall::semop:entry,syscall::semtimedop:entry"),
    SIMPLE("syscall", "sdt:raw_syscalls::sys_enter"),

    COUNTED("sysfork", "sdt:task::task_newtask", "!(" VFORK ") && !(" THREAD ")"),
    COUNTED("sysvfork", "sdt:task::task_newtask", VFORK " && !(" THREAD ")"),
    COUNTED("nthreads", "sdt:task::task_newtask", THREAD),
    COUNTED("procovf",
	    "syscall::fork:return,syscall::vfork:return,syscall::clone:return,syscall::clone3:return",
	    "errno == 11"), /* EAGAIN */

    SIMPLE("pswitch", "sdt:sched::sched_switch"),
    COUNTED("inv_swtch", "sdt:sched::sched_switch", "($preempt || $prev_state == 0) && $prev->pid != 0"),
    COUNTED("idlethread", "sdt:sched::sched_switch", "$next->pid == 0"),
    /* An interrupt's thread goes to sleep. */
    COUNTED("intrblk", "sdt:sched::sched_switch",
	    "!$preempt && $prev_state != 0 && substr(stringof($prev->comm), 0, 4) == \"irq/\""),
    SIMPLE("cpumigrate", "sdt:sched::sched_migrate_task"),

    SIMPLE("intr", "sdt:irq::irq_handler_entry"),
    SIMPLE("trap", "sdt:exceptions::page_fault_user,sdt:exceptions::page_fault_kernel"),
    {.probe = "xcalls", .on = "sdt:ipi::ipi_send_cpu", .args = ONE, .choice = 1},
    {.probe = "xcalls", .on = "sdt:ipi::ipi_send_cpumask", .args = {"__dt_bits[$cpumask->bits[0]]"}},
    /* Before 6.3 only who is called tells. */
    {.probe = "xcalls",
     .on = "sdt:irq_vectors::call_function_entry,sdt:irq_vectors::call_function_single_entry,"
	   "sdt:irq_vectors::reschedule_entry",
     .args = ONE,
     .choice = 1},

    COUNTED("mutex_adenters", "sdt:lock::contention_begin", "$flags == 0x21"),
    COUNTED("rw_rdfails", "sdt:lock::contention_begin", "($flags & 2) != 0"),
    COUNTED("rw_wrfails", "sdt:lock::contention_begin", "($flags & 4) != 0"),
    SIMPLE("namei", "fbt:vmlinux:filename_lookup:entry"),
    SIMPLE("modload", "sdt:module::module_load"),
    SIMPLE("modunload", "sdt:module::module_free"),
    {0},
};

const dt_provider_t dt_provider_sysinfo = {
    .name = "sysinfo",
    .attr = DT_STATISTIC_ATTR,
    .provide = dt_stable_provide,
    .args = dt_stable_args,
    .carried = carried,
    .carriers = carriers,
};
