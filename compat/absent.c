/* absent.c - names that other systems' DTrace has and Linux has nothing for: see compat.h. */
#include "compat.h"

#include <string.h>

static const dt_absent_t table[] = {
    {"apple_define", "macOS", "there is no such consumer"},
    {"apple_flag", "macOS", "there is no such consumer"},
    {"apple_general", "macOS", "there is no such consumer"},
    {"apple_log", "macOS", "there is no such consumer"},
    {"apple_stack", "macOS", "there is no such consumer"},
    {"apple_ustack", "macOS", "there is no such consumer"},
    {"cpucycles", "macOS", "there are no CPU counters in D here"},
    {"cpuinstrs", "macOS", "there are no CPU counters in D here"},
    {"dispatchqaddr", "macOS", "there is no libdispatch"},
    {"jailname", "FreeBSD", "there are no jails"},
    {"jid", "FreeBSD", "there are no jails"},
    {"kdebug_trace", "macOS", "there is no kdebug"},
    {"kdebug_trace_string", "macOS", "there is no kdebug"},
    {"kvtophys", "macOS", "a BPF program cannot ask for physical addresses"},
    {"livedump", "macOS", "the kernel cannot dump itself while it runs"},
    {"machctimestamp", "macOS", "use timestamp"},
    {"machtimestamp", "macOS", "use timestamp"},
    {"mtons", "macOS", "timestamp is in nanoseconds already"},
    {"pcap", "Oracle's DTrace", "tracemem() shows the bytes of a packet, and tcpdump captures them"},
    {"physmem_read", "macOS", "a BPF program cannot use physical addresses"},
    {"physmem_write", "macOS", "a BPF program cannot use physical addresses"},
    {"pidresume", "macOS", "use raise(SIGCONT)"},
    {"pthread_self", "macOS", "use tid"},
    {"strip", "macOS", "pointers carry no authentication bits"},
    {"sx_exclusive_held", "FreeBSD", "there are no sx locks"},
    {"sx_isexclusive", "FreeBSD", "there are no sx locks"},
    {"sx_shared_held", "FreeBSD", "there are no sx locks"},
    {"vcycles", "macOS", "there are no CPU counters in D here"},
    {"vinstrs", "macOS", "there are no CPU counters in D here"},
    {"vm_kernel_addrperm", "macOS", "there is no such offset"},
    {"vmregs", "illumos and macOS", "a BPF program cannot read a guest's registers"},
};

const dt_absent_t *
dt_absent_find(const char *name)
{
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		if (!strcmp(name, table[i].name))
			return &table[i];
	return NULL;
}
