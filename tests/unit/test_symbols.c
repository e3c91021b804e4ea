/* Addresses to names, of the running kernel and of real processes. */
#include "capture.h"

#include "libdtrace/process/elfsyms.h"
#include "libdtrace/process/ksyms.h"
#include "libdtrace/process/usyms.h"
#include "libdtrace/types/types.h"

#include <bpf/bpf.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static dtrace_hdl_t *dtp;

static void
init(void)
{
	dtp = bare_handle();
	dtp->oflags = 0;
}

static void
fini(void)
{
	dt_ksyms_close(dtp);
	dt_usyms_close(dtp);
}
TestSuite(symbols, .init = init, .fini = fini);

/* --------------------------------------------------------------------- kernel */

/* Address of a text symbol of the kernel, read without the code under test; 0 when hidden. */
static uint64_t
kernel_address(const char *name)
{
	char line[1024], sym[512], type;
	uint64_t addr, found = 0;
	FILE *f = fopen("/proc/kallsyms", "r");
	while (f && !found && fgets(line, sizeof(line), f))
		if (sscanf(line, "%lx %c %511s", &addr, &type, sym) == 3 && strcmp(sym, name) == 0)
			found = addr;
	if (f)
		fclose(f);
	return found;
}

/* Addresses of the core kernel's text, as many as there are. */
typedef struct addresses {
	uint64_t from, to, *p;
	size_t n, cap;
} addresses_t;

static void
add_address(void *arg, uint64_t addr)
{
	addresses_t *v = arg;
	if (addr < v->from || addr >= v->to)
		return;
	if (v->n == v->cap)
		v->p = realloc(v->p, sizeof(*v->p) * (v->cap = v->cap ? 2 * v->cap : 1024));
	v->p[v->n++] = addr;
}

static int
compare_addresses(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
	return x < y ? -1 : x > y;
}

static void
sort_unique(addresses_t *v)
{
	size_t n = 0;
	qsort(v->p, v->n, sizeof(*v->p), compare_addresses);
	for (size_t i = 0; i < v->n; i++)
		if (n == 0 || v->p[n - 1] != v->p[i])
			v->p[n++] = v->p[i];
	v->n = n;
}

/* The kernel's iterator and /proc/kallsyms tell the same. */
Test(symbols, kernel_text)
{
	addresses_t iterated = {.from = kernel_address("_stext"), .to = kernel_address("_etext")};
	addresses_t listed = iterated;
	char line[1024], type;
	uint64_t addr;
	if (!iterated.from)
		cr_skip_test("kernel addresses are hidden here");
	if (!kernel_address("bpf_iter_ksym"))
		cr_skip_test("this kernel has no iterator over its symbols");
	cr_assert_eq(dt_types_open(dtp), 0);
	cr_assert(dt_ksyms_iterate(dtp, add_address, &iterated));
	dt_types_close(dtp);
	FILE *f = fopen("/proc/kallsyms", "r");
	while (f && fgets(line, sizeof(line), f))
		if (sscanf(line, "%lx %c", &addr, &type) == 2 && strchr("tTwW", type))
			add_address(&listed, addr);
	if (f)
		fclose(f);
	sort_unique(&iterated);
	sort_unique(&listed);
	cr_expect_gt(listed.n, 10000);
	cr_assert_eq(iterated.n, listed.n);
	cr_expect_arr_eq(iterated.p, listed.p, listed.n * sizeof(*listed.p));
	free(iterated.p);
	free(listed.p);
}

/* A socket filter of some 20 kB, which nothing runs. */
static int
long_program(void)
{
	enum {
		N = 4000
	};
	static struct bpf_insn insn[N + 1];
	for (int i = 0; i < N; i++)
		insn[i] = (struct bpf_insn){.code = BPF_ALU64 | BPF_MOV | BPF_K, .imm = i};
	insn[N] = (struct bpf_insn){.code = BPF_JMP | BPF_EXIT};
	return bpf_prog_load(BPF_PROG_TYPE_SOCKET_FILTER, "dt_long", "GPL", insn, N + 1, NULL);
}

static uint64_t
program_address(const char *name)
{
	char line[1024], symbol[512];
	uint64_t addr, found = 0;
	FILE *f = fopen("/proc/kallsyms", "r");
	while (f && !found && fgets(line, sizeof(line), f))
		if (sscanf(line, "%lx %*c bpf_prog_%511s", &addr, symbol) == 2 && strchr(symbol, '_') &&
		    strcmp(strchr(symbol, '_') + 1, name) == 0)
			found = addr;
	if (f)
		fclose(f);
	return found;
}

/* A program is one symbol, however long; a reading that tells nothing new is dropped, and names that were given
 * away outlive one that does. */
Test(symbols, kernel_read_again)
{
	dtrace_syminfo_t info;
	uint64_t kernel = kernel_address("vfs_read");
	if (!kernel)
		cr_skip_test("kernel addresses are hidden here");
	cr_assert_eq(dtrace_lookup_by_addr(dtp, kernel, NULL, &info), 0);

	/* Other tests come and go with programs of theirs. */
	const dt_ksym_t *before, *after;
	int tries = 0;
	do {
		before = dt_ksym_byaddr(dtp, kernel);
		dtrace_update(dtp);
		after = dt_ksym_byaddr(dtp, kernel);
	} while (after != before && ++tries < 50);
	cr_expect_lt(tries, 50);

	int fd = long_program();
	cr_assert_geq(fd, 0);
	uint64_t program = program_address("dt_long");
	if (!program)
		cr_skip_test("this kernel gives programs no names");
	dtrace_update(dtp);
	const dt_ksym_t *s = dt_ksym_byaddr(dtp, program + 16000);
	cr_assert(s);
	cr_expect_eq(s->addr, program);
	cr_expect_str_eq(s->mod, "bpf");
	cr_expect_str_eq(info.dts_name, "vfs_read");
	cr_expect_str_eq(info.dts_object, "vmlinux");
	close(fd);
}

Test(symbols, kernel_by_address)
{
	uint64_t addr = kernel_address("do_syscall_64");
	if (!addr)
		cr_skip_test("kernel addresses are hidden here");
	const dt_ksym_t *s = dt_ksym_byaddr(dtp, addr);
	cr_assert(s);
	cr_expect_str_eq(s->name, "do_syscall_64");
	cr_expect_str_eq(s->mod, "vmlinux");
	cr_expect_eq(s->addr, addr);
	cr_expect(s->size > 16 && s->size <= 65536);
	cr_expect_eq(dt_ksym_byaddr(dtp, addr + 5), s);
	cr_expect_eq(dt_ksym_byaddr(dtp, addr + s->size - 1), s);
	cr_expect_neq(dt_ksym_byaddr(dtp, addr + s->size), s);
	cr_expect_neq(dt_ksym_byaddr(dtp, addr - 1), s);
	cr_expect_null(dt_ksym_byaddr(dtp, 0));
	cr_expect_null(dt_ksym_byaddr(dtp, 0x400000));
	cr_expect_null(dt_ksym_byaddr(dtp, UINT64_MAX));
	char buf[128];
	cr_expect_eq(dtrace_addr2str(dtp, addr + 0x1d, buf, sizeof(buf)), 26);
	cr_expect_str_eq(buf, "vmlinux`do_syscall_64+0x1d");
	dtrace_addr2str(dtp, addr, buf, sizeof(buf));
	cr_expect_str_eq(buf, "vmlinux`do_syscall_64");
	cr_expect_eq(dtrace_addr2str(dtp, addr, buf, 8), 21);
	cr_expect_str_eq(buf, "vmlinux");
	dtrace_addr2str(dtp, 0x1234, buf, sizeof(buf));
	cr_expect_str_eq(buf, "0x1234");
	GElf_Sym sym;
	dtrace_syminfo_t info;
	cr_expect_eq(dtrace_lookup_by_addr(dtp, addr + 3, &sym, &info), 0);
	cr_expect_eq(sym.st_value, addr);
	cr_expect_eq(sym.st_size, s->size);
	cr_expect_str_eq(info.dts_name, "do_syscall_64");
	cr_expect_str_eq(info.dts_object, "vmlinux");
	cr_expect_eq(dtrace_lookup_by_addr(dtp, addr, NULL, NULL), 0);
	cr_expect_eq(dtrace_lookup_by_addr(dtp, 1, &sym, &info), -1);
	cr_expect_eq(dtp->err, EDT_NOSYMADDR);
}

Test(symbols, kernel_by_name)
{
	uint64_t addr = kernel_address("vfs_read");
	const dt_ksym_t *s = dt_ksym_byname(dtp, NULL, "vfs_read");
	cr_assert(s, "known by name even where addresses are hidden");
	cr_expect_eq(s->addr, addr);
	cr_expect_eq(dt_ksym_byname(dtp, "vmlinux", "vfs_read"), s);
	cr_expect_null(dt_ksym_byname(dtp, "nosuchmodule", "vfs_read"));
	cr_expect_null(dt_ksym_byname(dtp, NULL, "no such symbol"));
	cr_expect_null(dt_ksym_byname(dtp, NULL, ""));
}

Test(symbols, every_address_is_found)
{
	/* against a plain reading of the file: the name may be that of an alias, the address may not differ */
	char line[1024], name[512], type;
	uint64_t addr;
	int n = 0, wrong = 0;
	FILE *f = fopen("/proc/kallsyms", "r");
	cr_assert(f);
	while (fgets(line, sizeof(line), f)) {
		if (sscanf(line, "%lx %c %511s", &addr, &type, name) != 3 || !addr || !strchr("tTwW", type))
			continue;
		const dt_ksym_t *s = dt_ksym_byaddr(dtp, addr);
		n++;
		if (strstr(line, "[bpf]"))
			continue; /* may have come or gone since */
		wrong += !s || s->addr != addr;
	}
	fclose(f);
	cr_expect_eq(wrong, 0, "%d of %d", wrong, n);
}

Test(symbols, kernel_switched_off)
{
	dtp->oflags = DTRACE_O_NOSYS;
	cr_expect_null(dt_ksym_byaddr(dtp, kernel_address("vfs_read")));
	cr_expect_null(dt_ksym_byname(dtp, NULL, "vfs_read"));
	cr_expect_null(dtp->ksyms, "the file was not even read");
}

Test(symbols, kernel_records)
{
	uint64_t addr = kernel_address("vfs_read") + 4, pcs[2] = {addr, addr - 4};
	if (addr == 4)
		cr_skip_test("kernel addresses are hidden here");
	capture_t c;
	dt_print_sym(dtp, capture_start(&c), DTRACEACT_SYM, &addr, NULL);
	expect_text(c, "  vmlinux`vfs_read                                  ");
	dt_print_sym(dtp, capture_start(&c), DTRACEACT_MOD, &addr, NULL);
	expect_text(c, "  vmlinux                                           ");
	dt_print_stack(dtp, capture_start(&c), pcs, 2, 14, 0);
	expect_text(c, "\n              vmlinux`vfs_read+0x4\n              vmlinux`vfs_read\n");
}

Test(symbols, frames_of_tracing)
{
	uint64_t read = kernel_address("vfs_read"), run = kernel_address("bpf_trace_run2");
	if (!read || !run)
		cr_skip_test("no bpf_trace_run2 here");
	uint64_t prog = 0xffffffffff000001; /* a program newer than the table: no name */
	uint64_t plain[] = {read + 1, run + 1, 0}, traced[] = {run + 1, read + 1, run + 1, 0};
	uint64_t named[] = {prog, run + 1, read + 1, 0}, direct[] = {prog, prog + 64, read + 1, 0};
	uint64_t nameless[] = {prog, prog + 64, 0}, only[] = {prog, run + 1, 0};
	cr_expect_eq(dt_ksyms_tracing_frames(dtp, plain, 3), 0);
	cr_expect_eq(dt_ksyms_tracing_frames(dtp, traced, 4), 1);
	cr_expect_eq(dt_ksyms_tracing_frames(dtp, named, 4), 2);
	cr_expect_eq(dt_ksyms_tracing_frames(dtp, direct, 4), 2);
	cr_expect_eq(dt_ksyms_tracing_frames(dtp, nameless, 3), 0);
	cr_expect_eq(dt_ksyms_tracing_frames(dtp, only, 3), 2);
	cr_expect_eq(dt_ksyms_tracing_frames(dtp, only, 0), 0);
	uint64_t none[] = {0};
	cr_expect_eq(dt_ksyms_tracing_frames(dtp, none, 1), 0);
}

/* -------------------------------------------------------------------- processes */

int symbols_test_data = 7;

int __attribute__((noinline)) symbols_test_function(int n)
{
	__asm__ volatile("" : "+r"(n));
	return n * 3;
}

static uint64_t
address(const void *p)
{
	return (uint64_t)(uintptr_t)p;
}

static const char *
exe_name(void)
{
	static char path[512];
	ssize_t n = readlink("/proc/self/exe", path, sizeof(path) - 1);
	cr_assert(n > 0);
	return strrchr(path, '/') + 1;
}

static void
expect_sym(pid_t pid, uint64_t addr, const char *object, const char *name, uint64_t off)
{
	dt_usym_t u;
	cr_expect(dt_usym_byaddr(dtp, pid, addr, &u), "%s in a mapping", name);
	cr_expect_str_eq(u.object, object);
	cr_expect_str_eq(u.name, name);
	if (*name)
		cr_expect_eq(u.off, off, "%s+0x%lx", name, u.off);
}

Test(symbols, own_process)
{
	uint64_t f = address((void *)symbols_test_function);
	expect_sym(getpid(), f, exe_name(), "symbols_test_function", 0);
	expect_sym(getpid(), f + 2, exe_name(), "symbols_test_function", 2);
	expect_sym(getpid(), address(&symbols_test_data), exe_name(), "symbols_test_data", 0);
	expect_sym(getpid(), address(dlsym(RTLD_DEFAULT, "getppid")), "libc.so.6", "getppid", 0);
	char buf[512], want[512];
	snprintf(want, sizeof(want), "%s`symbols_test_function+0x2", exe_name());
	cr_expect_eq(dtrace_uaddr2str(dtp, getpid(), f + 2, buf, sizeof(buf)), (int)strlen(want));
	cr_expect_str_eq(buf, want);
	snprintf(want, sizeof(want), "%s`symbols_test_function", exe_name());
	dtrace_uaddr2str(dtp, getpid(), f, buf, sizeof(buf));
	cr_expect_str_eq(buf, want);
	snprintf(want, sizeof(want), "[%s`symbols_test_function]", exe_name());
	uint64_t d[2] = {(uint64_t)getpid(), f + 2};
	capture_t c;
	dt_print_sym(dtp, capture_start(&c), DTRACEACT_USYM, d, "[%s]");
	expect_text(c, want);
	snprintf(want, sizeof(want), "[%s`symbols_test_function+0x2]", exe_name());
	dt_print_sym(dtp, capture_start(&c), DTRACEACT_UADDR, d, "[%s]");
	expect_text(c, want);
	snprintf(want, sizeof(want), "[%s]", exe_name());
	dt_print_sym(dtp, capture_start(&c), DTRACEACT_UMOD, d, "[%s]");
	expect_text(c, want);
}

Test(symbols, no_name)
{
	dt_usym_t u;
	int on_stack = 0;
	cr_expect(!dt_usym_byaddr(dtp, getpid(), address(&on_stack), &u), "no file behind the stack");
	cr_expect(!dt_usym_byaddr(dtp, getpid(), 0, &u));
	cr_expect(!dt_usym_byaddr(dtp, getpid(), 16, &u));
	cr_expect(!dt_usym_byaddr(dtp, getpid(), UINT64_MAX, &u));
	cr_expect(!dt_usym_byaddr(dtp, 0, 4096, &u));
	cr_expect(!dt_usym_byaddr(dtp, -1, 4096, &u));
	cr_expect(!dt_usym_byaddr(dtp, 0x7ffffffe, 0x401000, &u), "no such process");
	/* a mapped file that is no ELF file: its name and the address */
	char path[] = "/tmp/symtestXXXXXX", want[128], buf[128];
	int fd = mkstemp(path);
	cr_assert(fd >= 0 && ftruncate(fd, 8192) == 0);
	void *p = mmap(NULL, 8192, PROT_READ, MAP_SHARED, fd, 0);
	cr_assert_neq(p, MAP_FAILED);
	dt_usyms_close(dtp);
	dtrace_uaddr2str(dtp, getpid(), address(p) + 9, buf, sizeof(buf));
	snprintf(want, sizeof(want), "%s`0x%lx", path + 5, address(p) + 9);
	cr_expect_str_eq(buf, want);
	unlink(path); /* known by its name still */
	dt_usyms_close(dtp);
	dtrace_uaddr2str(dtp, getpid(), address(p) + 9, buf, sizeof(buf));
	cr_expect_str_eq(buf, want);
	close(fd);
}

Test(symbols, vdso)
{
	const char *base = (const char *)getauxval(AT_SYSINFO_EHDR);
	if (!base)
		cr_skip_test("no vdso here");
	bool found = false;
	for (uint64_t off = 0x400; off < 0x1000 && !found; off += 16) {
		dt_usym_t u;
		cr_assert(dt_usym_byaddr(dtp, getpid(), address(base) + off, &u));
		cr_assert_str_eq(u.object, "[vdso]");
		found = strstr(u.name, "gettime") || strstr(u.name, "getcpu") || strstr(u.name, "vdso");
	}
	cr_expect(found, "some symbol of the vdso");
}

/* A child that waits to be killed; returns when it runs. */
static pid_t
start_child(const char *file)
{
	int pipefd[2];
	char c;
	cr_assert_eq(pipe(pipefd), 0);
	pid_t pid = fork();
	if (pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		if (file) {
			fcntl(pipefd[1], F_SETFD, FD_CLOEXEC); /* closes when exec is through */
			execl(file, file, NULL);
			_exit(1);
		}
		if (write(pipefd[1], "x", 1) != 1)
			_exit(1);
		for (;;)
			pause();
	}
	close(pipefd[1]);
	ssize_t n = read(pipefd[0], &c, 1);
	cr_assert_eq(n, file ? 0 : 1);
	close(pipefd[0]);
	return pid;
}

static void
end_child(pid_t pid)
{
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
}

Test(symbols, other_process_and_its_end)
{
	uint64_t f = address((void *)symbols_test_function);
	pid_t pid = start_child(NULL);
	expect_sym(pid, f + 1, exe_name(), "symbols_test_function", 1);
	end_child(pid);
	expect_sym(pid, f + 2, exe_name(), "symbols_test_function", 2);
	expect_sym(pid, address(dlsym(RTLD_DEFAULT, "getppid")), "libc.so.6", "getppid", 0);
	dt_usym_t u;
	pid = start_child(NULL);
	end_child(pid);
	cr_expect(!dt_usym_byaddr(dtp, pid, f, &u), "gone, and never seen");
	char buf[64], want[64];
	dtrace_uaddr2str(dtp, pid, f, buf, sizeof(buf));
	snprintf(want, sizeof(want), "0x%lx", f);
	cr_expect_str_eq(buf, want);
}

/* The file behind a mapping counts, not what its name leads to now. */
Test(symbols, deleted_program)
{
	if (geteuid() != 0)
		cr_skip_test("only root may follow map_files");
	char path[] = "/tmp/symexeXXXXXX", cmd[256], line[512];
	int fd = mkstemp(path);
	close(fd);
	snprintf(cmd, sizeof(cmd), "cp /bin/cat %s && chmod 755 %s", path, path);
	cr_assert_eq(system(cmd), 0);
	int hold[2];
	cr_assert_eq(pipe(hold), 0);
	dup2(hold[0], 0); /* cat waits on it */
	pid_t pid = start_child(path);
	unlink(path);
	uint64_t start = 0;
	snprintf(cmd, sizeof(cmd), "/proc/%d/maps", pid);
	FILE *f = fopen(cmd, "r");
	cr_assert(f);
	while (fgets(line, sizeof(line), f))
		if (strstr(line, path) && strstr(line, "r-xp"))
			start = strtoull(line, NULL, 16);
	fclose(f);
	cr_assert(start);
	dt_usym_t u;
	cr_expect(dt_usym_byaddr(dtp, pid, start, &u));
	cr_expect_str_eq(u.object, path + 5);
	end_child(pid);
}

Test(symbols, many_processes)
{
	uint64_t f = address((void *)symbols_test_function);
	for (int i = 0; i < 300; i++) {
		pid_t pid = start_child(NULL);
		expect_sym(pid, f, exe_name(), "symbols_test_function", 0);
		end_child(pid);
	}
}

/* Damaged files must not hurt: every truncation of a real one, and garbage in its headers. */
Test(symbols, broken_files)
{
	int fd = open("/proc/self/exe", O_RDONLY);
	static char image[1 << 20];
	ssize_t len = read(fd, image, sizeof(image));
	close(fd);
	cr_assert(len > 4096);
	unsigned seed = 1;
	for (int i = 0; i < 400; i++) {
		size_t cut = (size_t)(rand_r(&seed) % len);
		static char copy[1 << 20];
		memcpy(copy, image, (size_t)len);
		for (int k = 0; k < 8; k++)
			copy[rand_r(&seed) % (i % 2 ? 1024 : len)] ^= (char)rand_r(&seed);
		uint64_t off;
		dt_elfsyms_t *es = dt_elfsyms_memory(copy, i % 4 < 2 ? (size_t)len : cut);
		cr_assert(es);
		for (uint64_t a = 0; a < (uint64_t)len; a += 4093)
			dt_elfsyms_find(es, a, true, &off);
		dt_elfsyms_free(es);
	}
	dt_elfsyms_t *none = dt_elfsyms_memory("", 0);
	uint64_t off;
	cr_expect_null(dt_elfsyms_find(none, 0, true, &off));
	dt_elfsyms_free(none);
}
