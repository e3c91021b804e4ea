/* test_buffer.c - reading ring buffers: order, busy and discarded records, space given back. */
#include <bpf/bpf.h>
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "session/impl.h"

enum {
	SIZE = 4096,
	BUSY = 1U << 31,
	DISCARD = 1U << 30
};

/* A ring as the kernel lays it out, written by the test. */
typedef struct fake {
	unsigned long consumer, producer;
	char *data;
} fake_t;

typedef struct rec {
	struct dt_rechdr hdr;
	char text[24];
} rec_t;

static void
fake_open(fake_t *f, unsigned long start)
{
	int fd = memfd_create("ring", 0);
	cr_assert(fd >= 0 && ftruncate(fd, SIZE) == 0);
	f->data = mmap(NULL, 2 * SIZE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	for (int i = 0; i < 2; i++)
		cr_assert(mmap(f->data + i * SIZE, SIZE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, fd,
			       0) != MAP_FAILED);
	close(fd);
	f->consumer = f->producer = start;
}

/* Append a record; its place, so that flags can be changed. */
static uint32_t *
put(fake_t *f, uint64_t time, const char *text, uint32_t flags)
{
	rec_t r = {.hdr = {.clause = 7, .probe = 9, .time = time}};
	strncpy(r.text, text, sizeof(r.text) - 1);
	char *p = f->data + f->producer % SIZE;
	uint32_t *len = (uint32_t *)(void *)p;
	*len = (uint32_t)sizeof(r) | flags;
	memcpy(p + 8, &r, sizeof(r));
	f->producer += sizeof(r) + 8;
	return len;
}

static dt_bufs_t *
two(fake_t f[2], bool temporal)
{
	dt_bufs_t *b = dt_bufs_new(4, temporal);
	for (int i = 0; i < 2; i++) {
		fake_open(&f[i], 0);
		dt_bufs_add(b, i ? 3 : 0, &f[i].consumer, &f[i].producer, f[i].data, SIZE);
	}
	return b;
}

/* Texts of all records of a pass, joined: "a0 b3 " (text and CPU). */
static char *
drain(dt_bufs_t *b, uint64_t until)
{
	static char out[4096];
	const struct dt_rechdr *hdr;
	size_t len;
	int cpu;
	out[0] = '\0';
	while (dt_bufs_next(b, until, &cpu, &hdr, &len)) {
		cr_assert_eq(len, sizeof(rec_t) - sizeof(*hdr));
		cr_assert_eq(hdr->clause, 7);
		cr_assert_eq((uintptr_t)hdr % 8, 0);
		sprintf(out + strlen(out), "%s%d ", ((const rec_t *)hdr)->text, cpu);
	}
	return out;
}

static void
fake_close(dt_bufs_t *b, fake_t *f, int n)
{
	dt_bufs_free(b);
	for (int i = 0; i < n; i++)
		munmap(f[i].data, 2 * SIZE);
}

Test(buffer, merged_by_time)
{
	fake_t f[2];
	dt_bufs_t *b = two(f, true);
	put(&f[0], 10, "a", 0);
	put(&f[0], 30, "c", 0);
	put(&f[0], 40, "d", 0);
	put(&f[1], 20, "b", 0);
	put(&f[1], 40, "e", 0);
	cr_assert_str_eq(drain(b, UINT64_MAX), "a0 b3 c0 d0 e3 ");
	cr_assert_str_eq(drain(b, UINT64_MAX), "");
	fake_close(b, f, 2);
}

Test(buffer, cpu_by_cpu)
{
	fake_t f[2];
	dt_bufs_t *b = two(f, false);
	put(&f[0], 10, "a", 0);
	put(&f[0], 30, "c", 0);
	put(&f[1], 5, "b", 0);
	put(&f[1], 15, "d", 0);
	cr_assert_str_eq(drain(b, UINT64_MAX), "a0 c0 b3 d3 ");
	fake_close(b, f, 2);
}

Test(buffer, only_until)
{
	fake_t f[2];
	dt_bufs_t *b = two(f, true);
	put(&f[0], 10, "a", 0);
	put(&f[0], 30, "c", 0);
	put(&f[1], 20, "b", 0);
	cr_assert_str_eq(drain(b, 9), "");
	cr_assert_str_eq(drain(b, 20), "a0 b3 ");
	put(&f[1], 25, "x", 0);
	cr_assert_str_eq(drain(b, 30), "x3 c0 ");
	fake_close(b, f, 2);
}

Test(buffer, discarded_are_skipped)
{
	fake_t f[2];
	dt_bufs_t *b = two(f, true);
	put(&f[0], 1, "no", DISCARD);
	put(&f[0], 10, "a", 0);
	put(&f[0], 11, "no", DISCARD);
	put(&f[1], 12, "no", DISCARD);
	cr_assert_str_eq(drain(b, UINT64_MAX), "a0 ");
	dt_bufs_release(b);
	cr_assert_eq(f[0].consumer, f[0].producer);
	cr_assert_eq(f[1].consumer, f[1].producer);
	fake_close(b, f, 2);
}

Test(buffer, busy_holds_back_its_cpu)
{
	fake_t f[2];
	dt_bufs_t *b = two(f, true);
	put(&f[0], 10, "a", 0);
	uint32_t *busy = put(&f[0], 20, "b", BUSY);
	put(&f[0], 30, "c", 0);
	put(&f[1], 25, "x", 0);
	cr_assert_str_eq(drain(b, UINT64_MAX), "a0 x3 ");
	dt_bufs_release(b);
	cr_assert_eq(f[0].consumer, sizeof(rec_t) + 8);
	*busy &= ~BUSY;
	cr_assert_str_eq(drain(b, UINT64_MAX), "b0 c0 ");
	fake_close(b, f, 2);
}

Test(buffer, space_comes_back)
{
	fake_t f[2];
	dt_bufs_t *b = two(f, true);
	const struct dt_rechdr *hdr;
	size_t len;
	int cpu, n = SIZE / (int)(sizeof(rec_t) + 8);
	for (int i = 0; i < n; i++)
		put(&f[0], (uint64_t)i, "r", 0);
	for (int i = 0; i < n / 2; i++)
		cr_assert(dt_bufs_next(b, UINT64_MAX, &cpu, &hdr, &len));
	cr_assert_gt(f[0].consumer, 0, "a large backlog is given back in steps");
	cr_assert_leq(f[0].consumer, (unsigned long)(n / 2 - 1) * (sizeof(rec_t) + 8),
		      "the record in use is not");
	dt_bufs_release(b);
	cr_assert_eq(f[0].consumer, (unsigned long)(n / 2) * (sizeof(rec_t) + 8));
	cr_assert_eq(strlen(drain(b, UINT64_MAX)), (size_t)(n - n / 2) * 3);
	fake_close(b, f, 2);
}

/* Positions only grow; a record that crosses the end of the ring is read in one piece. */
Test(buffer, wraps)
{
	fake_t f;
	fake_open(&f, 3 * SIZE - 24);
	dt_bufs_t *b = dt_bufs_new(1, true);
	dt_bufs_add(b, 0, &f.consumer, &f.producer, f.data, SIZE);
	put(&f, 1, "across the end", 0);
	put(&f, 2, "second", 0);
	cr_assert_str_eq(drain(b, UINT64_MAX), "across the end0 second0 ");
	dt_bufs_release(b);
	cr_assert_eq(f.consumer, f.producer);
	fake_close(b, &f, 1);
}

Test(buffer, peek_sees_the_next_of_that_cpu)
{
	fake_t f[2];
	dt_bufs_t *b = two(f, true);
	const struct dt_rechdr *hdr;
	size_t len;
	int cpu;
	put(&f[0], 10, "a", 0);
	put(&f[0], 11, "no", DISCARD);
	put(&f[0], 30, "c", 0);
	put(&f[1], 20, "b", 0);
	cr_assert(dt_bufs_next(b, UINT64_MAX, &cpu, &hdr, &len));
	cr_assert_eq(dt_bufs_peek(b, 0)->time, 30);
	cr_assert_eq(dt_bufs_peek(b, 3)->time, 20);
	cr_assert_null(dt_bufs_peek(b, 1));
	fake_close(b, f, 2);
}

Test(buffer, cpu_lists)
{
	bool set[10] = {false};
	cr_assert_eq(dt_cpulist_parse("0-2,5,9-12\n", set, 10), 5);
	for (int i = 0; i < 10; i++)
		cr_assert_eq(set[i], i <= 2 || i == 5 || i == 9);
	cr_assert_eq(dt_cpulist_parse("", set, 10), 0);
}

/* ---------------------------------------------------------- on the live kernel */

#define INSN(c, d, s, o, i)                                                                                    \
	((struct bpf_insn){.code = (c), .dst_reg = (d), .src_reg = (s), .off = (o), .imm = (i)})

/* A raw tracepoint program that outputs a record of time `time`, with a wake-up. */
static int
writer(int outer, int time)
{
	const struct bpf_insn prog[] = {
	    INSN(BPF_JMP | BPF_CALL, 0, 0, 0, BPF_FUNC_get_smp_processor_id),
	    INSN(BPF_STX | BPF_MEM | BPF_W, 10, 0, -4, 0),
	    INSN(BPF_LD | BPF_DW | BPF_IMM, 1, BPF_PSEUDO_MAP_FD, 0, outer),
	    INSN(0, 0, 0, 0, 0),
	    INSN(BPF_ALU64 | BPF_MOV | BPF_X, 2, 10, 0, 0),
	    INSN(BPF_ALU64 | BPF_ADD | BPF_K, 2, 0, 0, -4),
	    INSN(BPF_JMP | BPF_CALL, 0, 0, 0, BPF_FUNC_map_lookup_elem),
	    INSN(BPF_JMP | BPF_JEQ | BPF_K, 0, 0, 8, 0),
	    INSN(BPF_ST | BPF_MEM | BPF_DW, 10, 0, -24, 7),
	    INSN(BPF_ST | BPF_MEM | BPF_DW, 10, 0, -16, time),
	    INSN(BPF_ALU64 | BPF_MOV | BPF_X, 1, 0, 0, 0),
	    INSN(BPF_ALU64 | BPF_MOV | BPF_X, 2, 10, 0, 0),
	    INSN(BPF_ALU64 | BPF_ADD | BPF_K, 2, 0, 0, -24),
	    INSN(BPF_ALU64 | BPF_MOV | BPF_K, 3, 0, 0, 16),
	    INSN(BPF_ALU64 | BPF_MOV | BPF_K, 4, 0, 0, BPF_RB_FORCE_WAKEUP),
	    INSN(BPF_JMP | BPF_CALL, 0, 0, 0, BPF_FUNC_ringbuf_output),
	    INSN(BPF_ALU64 | BPF_MOV | BPF_K, 0, 0, 0, 0),
	    INSN(BPF_JMP | BPF_EXIT, 0, 0, 0, 0),
	};
	char log[4096] = "";
	LIBBPF_OPTS(bpf_prog_load_opts, opts, .log_buf = log, .log_size = sizeof(log), .log_level = 1);
	int fd = bpf_prog_load(BPF_PROG_TYPE_RAW_TRACEPOINT, "writer", "GPL", prog,
			       sizeof(prog) / sizeof(prog[0]), &opts);
	cr_assert(fd >= 0, "%s", log);
	return fd;
}

static void
unset_options(dtrace_hdl_t *dtp)
{
	for (int i = 0; i < DT_OPT_MAX; i++)
		dtp->opt[i] = DTRACEOPT_UNSET;
}

Test(buffer, kernel_rings)
{
	if (geteuid() != 0)
		cr_skip_test("needs root");
	static dtrace_hdl_t dtp;
	unset_options(&dtp);
	int ncpus = (int)sysconf(_SC_NPROCESSORS_CONF);
	dt_map_t map = {.kind = DT_MAP_BUFS, .name = "bufs", .key_size = 4, .value_size = 4};
	dt_module_t mod = {.ncpus = ncpus};
	*dt_vec_push(&mod.maps) = map;
	cr_assert_eq(dt_maps_create(&dtp, &mod), 0);
	/* 5000 is rounded up in silence. */
	dt_bufs_t *b = dt_bufs_create(&dtp, ncpus, 5000, mod.maps.p[0].fd, 0);
	cr_assert_not_null(b);
	cr_assert_eq(dtp.opt[DT_OPT_BUFSIZE], DTRACEOPT_UNSET);
	cr_assert_eq(dt_bufs_wait(b, 1), 0, "nothing written: the time runs out");

	int fd = writer(mod.maps.p[0].fd, 42);
	cr_assert_eq(dt_prog_run(fd, -1), 0);
	cr_assert_eq(dt_prog_run(fd, -1), 0);
	cr_assert_eq(dt_bufs_wait(b, 1000000000), 1, "an urgent record wakes");
	cr_assert_eq(dt_bufs_wait(b, 1), 0, "once");
	const struct dt_rechdr *hdr;
	size_t len;
	int cpu, n = 0;
	while (dt_bufs_next(b, UINT64_MAX, &cpu, &hdr, &len)) {
		cr_assert(hdr->clause == 7 && hdr->time == 42 && len == 0);
		n++;
	}
	cr_assert_eq(n, 2);
	dt_bufs_release(b);
	close(fd);
	dt_bufs_free(b);
	dt_maps_close(&mod);
	dt_vec_free(&mod.maps);
}

Test(buffer, size_lowered)
{
	if (geteuid() != 0)
		cr_skip_test("needs root");
	static dtrace_hdl_t dtp;
	unset_options(&dtp);
	int ncpus = (int)sysconf(_SC_NPROCESSORS_CONF);
	dt_module_t mod = {.ncpus = ncpus};
	*dt_vec_push(&mod.maps) = (dt_map_t){.kind = DT_MAP_BUFS, .name = "bufs"};
	cr_assert_eq(dt_maps_create(&dtp, &mod), 0);
	size_t asked = (size_t)1 << 50;
	dtp.opt[DT_OPT_BUFRESIZE] = 1; /* manual */
	cr_assert_null(dt_bufs_create(&dtp, ncpus, asked, mod.maps.p[0].fd, 0));
	dt_maps_close(&mod);
	dt_vec_free(&mod.maps);
}
