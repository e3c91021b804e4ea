/* The floor of fbt::__task_pid_nr_ns:entry { @ = count(); }, by kprobe.multi. */
#include "entry.h"

COUNT_ENTRIES("kprobe.multi/__task_pid_nr_ns")
