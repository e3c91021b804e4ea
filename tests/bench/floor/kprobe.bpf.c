/* The floor of fbt::__task_pid_nr_ns:entry { @ = count(); }, by kprobe. */
#include "entry.h"

COUNT_ENTRIES("kprobe/__task_pid_nr_ns")
