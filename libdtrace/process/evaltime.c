/*
 * evaltime.c - see evaltime.h.
 *
 * The dynamic linker calls _dl_debug_state() when it has mapped the libraries, for debuggers to stop
 * there; the program's entry point comes after the libraries' initialisers.
 */
#include "evaltime.h"

#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

#include "uobjects.h"

#if defined(__x86_64__)
#define PC rip
enum {
	BREAK_MASK = 0xff,
	BREAK_INSN = 0xcc,
	BREAK_PASSES = 1 /* bytes the program counter is behind the breakpoint */
};
#elif defined(__aarch64__)
#define PC         pc
#define BREAK_MASK 0xffffffffUL
#define BREAK_INSN 0xd4200000UL
enum {
	BREAK_PASSES = 0
};
#endif

enum {
	R_STATE = 24, /* of struct r_debug, link.h */
	R_CONSISTENT = 0
};

typedef enum outcome {
	HIT,
	ELSEWHERE, /* it stands, but not there: it has called exec */
	ENDED,
	FAILED /* errno */
} outcome_t;

static bool
get_pc(pid_t pid, struct user_regs_struct *regs)
{
	struct iovec v = {regs, sizeof(*regs)};
	return ptrace(PTRACE_GETREGSET, pid, NT_PRSTATUS, &v) == 0;
}

static bool
set_pc(pid_t pid, struct user_regs_struct *regs, uint64_t pc)
{
	struct iovec v = {regs, sizeof(*regs)};
	regs->PC = pc;
	return ptrace(PTRACE_SETREGSET, pid, NT_PRSTATUS, &v) == 0;
}

/* Let it run until it stands with SIGTRAP; other signals reach it.  False: it has ended. */
static bool
wait_trap(pid_t pid, int *status)
{
	for (;;) {
		while (waitpid(pid, status, __WALL) < 0)
			if (errno != EINTR)
				return false;
		if (!WIFSTOPPED(*status))
			return false;
		if (WSTOPSIG(*status) == SIGTRAP)
			return true;
		ptrace(PTRACE_CONT, pid, 0, WSTOPSIG(*status));
	}
}

static outcome_t
run_to(pid_t pid, uint64_t addr, int *status)
{
	struct user_regs_struct regs;
	errno = 0;
	long old = ptrace(PTRACE_PEEKTEXT, pid, addr, 0);
	if (errno || ptrace(PTRACE_POKETEXT, pid, addr, (old & ~(long)BREAK_MASK) | (long)BREAK_INSN) != 0 ||
	    ptrace(PTRACE_CONT, pid, 0, 0) != 0)
		return FAILED;
	if (!wait_trap(pid, status))
		return ENDED;
	if (!get_pc(pid, &regs))
		return FAILED;
	if (regs.PC != addr + BREAK_PASSES)
		return ELSEWHERE;
	if (ptrace(PTRACE_POKETEXT, pid, addr, old) != 0 || !set_pc(pid, &regs, addr))
		return FAILED;
	return HIT;
}

/* An entry of the auxiliary vector; 0 when it is not there. */
static uint64_t
auxv(pid_t pid, uint64_t type)
{
	char path[64];
	Elf64_auxv_t a;
	uint64_t value = 0;
	snprintf(path, sizeof(path), "/proc/%d/auxv", pid);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	while (fd >= 0 && value == 0 && read(fd, &a, sizeof(a)) == sizeof(a) && a.a_type != AT_NULL)
		if (a.a_type == type)
			value = a.a_un.a_val;
	if (fd >= 0)
		close(fd);
	return value;
}

/* Address in the process of a symbol of that object; 0 when it has none. */
static uint64_t
symbol(dt_object_t *o, const char *name)
{
	uint64_t addr;
	return dt_elfsyms_value(dt_object_syms(o), name, &addr) ? addr + dt_object_bias(o) : 0;
}

static outcome_t
run_to_preinit(pid_t pid, dt_object_t *linker, uint64_t entry, int *status)
{
	enum {
		MOST = 16
	};
	uint64_t notify = symbol(linker, "_dl_debug_state"), debug = symbol(linker, "_r_debug");
	if (!notify)
		return run_to(pid, entry, status);
	for (int i = 0; i < MOST; i++) {
		outcome_t r = run_to(pid, notify, status);
		if (r != HIT || !debug)
			return r;
		int state = (int)ptrace(PTRACE_PEEKDATA, pid, debug + R_STATE, 0);
		if (state == R_CONSISTENT)
			return HIT;
		if (ptrace(PTRACE_SINGLESTEP, pid, 0, 0) != 0)
			return FAILED;
		if (!wait_trap(pid, status))
			return ENDED;
	}
	return HIT;
}

int
dt_run_to(dtrace_hdl_t *dtp, pid_t pid, dt_evaltime_t when, int *status)
{
	uint64_t base = auxv(pid, AT_BASE), entry = auxv(pid, AT_ENTRY);
	dt_objects_t *os = dt_objects_of(dtp, pid);
	if (!os || when == DT_EVAL_EXEC || !entry || !dt_elfsyms_is64(dt_object_syms(os->list.p[0])))
		return 1;
	dt_object_t *linker = NULL;
	for (int i = 0; base && i < os->list.n; i++)
		if (dt_object_bias(os->list.p[i]) == base)
			linker = os->list.p[i];
	outcome_t r = HIT;
	uint64_t at = when == DT_EVAL_MAIN ? symbol(os->list.p[0], "main") : 0;
	if (when != DT_EVAL_PREINIT)
		r = run_to(pid, at ? at : entry, status);
	else if (linker) /* a static program has nothing to wait for */
		r = run_to_preinit(pid, linker, entry, status);
	if (r == FAILED)
		return dt_set_error(dtp, errno, "cannot bring it to the point where it is to be traced: %s",
				    strerror(errno));
	return r != ENDED;
}
