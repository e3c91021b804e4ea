/* The floor of fbt::__x64_sys_getppid:entry { @ = count(); }, by kprobe. */
#include "entry.h"

COUNT_ENTRIES("kprobe/__x64_sys_getppid")
