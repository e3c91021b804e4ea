/* The floor of fbt::__x64_sys_getppid:entry { @ = count(); }, by kprobe.multi. */
#include "entry.h"

COUNT_ENTRIES("kprobe.multi/__x64_sys_getppid")
