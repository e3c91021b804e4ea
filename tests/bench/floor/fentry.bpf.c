/* The floor of fbt::__x64_sys_getppid:entry { @ = count(); }, by fentry. */
#include "entry.h"

COUNT_ENTRIES("fentry/__x64_sys_getppid")
