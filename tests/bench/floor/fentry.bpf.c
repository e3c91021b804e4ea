/* The floor of fbt::__task_pid_nr_ns:entry { @ = count(); }, by fentry. */
#include "entry.h"

COUNT_ENTRIES("fentry/__task_pid_nr_ns")
