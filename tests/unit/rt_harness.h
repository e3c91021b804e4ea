/*
 * rt_harness.h - run one runtime routine on the live kernel: a program of a few
 * instructions takes the arguments from a map, calls the routine, stores the result.
 */
#ifndef RT_HARNESS_H
#define RT_HARNESS_H

#include <bpf/bpf.h>
#include <criterion/criterion.h>
#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "libdtrace/bpf/bpf.h"
#include "libdtrace/runtime/rt.h"

/* Instructions by hand. */
#define INSN(c, d, s, o, i)                                                                                    \
	((struct bpf_insn){.code = (c), .dst_reg = (d), .src_reg = (s), .off = (o), .imm = (i)})
#define MOVI(d, i)    INSN(BPF_ALU64 | BPF_MOV | BPF_K, d, 0, 0, i)
#define MOVR(d, s)    INSN(BPF_ALU64 | BPF_MOV | BPF_X, d, s, 0, 0)
#define LDX8(d, s, o) INSN(BPF_LDX | BPF_MEM | BPF_DW, d, s, o, 0)
#define STX8(d, s, o) INSN(BPF_STX | BPF_MEM | BPF_DW, d, s, o, 0)
#define LDIMM(d, i)   INSN(BPF_LD | BPF_DW | BPF_IMM, d, 0, 0, i)
#define HIGH(i)       INSN(0, 0, 0, 0, i)
#define CALL(n)       INSN(BPF_JMP | BPF_CALL, 0, 0, 0, n)
#define EXIT          INSN(BPF_JMP | BPF_EXIT, 0, 0, 0, 0)

enum {
	RT_TEXT = 64 * 1024, /* strings of the test, at kernel addresses */
	MAP_SCRATCH = 0,
	MAP_IO,
	MAP_TEXT,
	NMAPS
};

struct rt_io {
	uint64_t arg[5];
	int64_t result;
	struct dt_aggstddev moments;
};

typedef struct rt_env {
	dtrace_hdl_t dtp;
	int fd[NMAPS];
	struct dt_scratch *s;
	struct rt_io *io;
	char *text;
	uint64_t text_addr;
	struct {
		const char *name;
		int fd;
	} prog[64];
	int nprogs;
} rt_env_t;

static inline void
rt_emit(bpf_code_t *c, struct bpf_insn in)
{
	*dt_vec_push(&c->insns) = in;
	*dt_vec_push(&c->lines) = 0;
}

static inline void
rt_emit_reloc(bpf_code_t *c, bpf_rkind_t kind, int n, const char *name)
{
	*dt_vec_push(&c->relocs) = (bpf_reloc_t){kind, c->insns.n, n, name};
}

static inline void
rt_emit_mapval(bpf_code_t *c, int reg, int map, int off)
{
	rt_emit_reloc(c, BPF_R_MAPVAL, map, NULL);
	rt_emit(c, LDIMM(reg, 0));
	rt_emit(c, HIGH(off));
}

static inline void
rt_code_free(bpf_code_t *c)
{
	dt_vec_free(&c->insns);
	dt_vec_free(&c->relocs);
	dt_vec_free(&c->lines);
}

static inline void *
rt_map(rt_env_t *e, int n, size_t size)
{
	LIBBPF_OPTS(bpf_map_create_opts, opts, .map_flags = BPF_F_MMAPABLE);
	e->fd[n] = bpf_map_create(BPF_MAP_TYPE_ARRAY, "test", 4, size, 1, &opts);
	if (e->fd[n] < 0 && errno == EPERM)
		cr_skip_test("needs root: bpf(2) is not permitted");
	cr_assert(e->fd[n] >= 0, "map: %s", strerror(errno));
	void *p = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, e->fd[n], 0);
	cr_assert(p != MAP_FAILED, "mmap: %s", strerror(errno));
	return p;
}

static inline int
rt_load(rt_env_t *e, bpf_code_t *codes, ir_func_t **funcs, int n)
{
	ir_unit_t unit = {.name = "test", .prog_type = BPF_PROG_TYPE_RAW_TRACEPOINT};
	unit.funcs.p = funcs;
	unit.funcs.n = n;
	bpf_image_t img;
	if (bpf_link_image(&e->dtp, &unit, codes, n, &img) < 0)
		return -1;
	bpf_loadattr_t attr = {.name = "test", .prog_type = unit.prog_type, .mapfds = e->fd};
	int fd = bpf_load(&e->dtp, &img, &attr);
	bpf_image_free(&img);
	return fd;
}

static inline int
rt_load_main(rt_env_t *e, bpf_code_t *code)
{
	code->name = "main";
	ir_func_t fn = {.name = "main", .nparams = 1, .is_main = true, .paramtypes = {"ctx"}};
	ir_func_t *fns[] = {&fn};
	int fd = rt_load(e, code, fns, 1);
	rt_code_free(code);
	return fd;
}

static inline void
rt_run(int fd)
{
	LIBBPF_OPTS(bpf_test_run_opts, opts);
	cr_assert(bpf_prog_test_run_opts(fd, &opts) == 0, "run: %s", strerror(errno));
}

/* first: 's' scratch, 'p' the moments, 'i' an integer. */
static inline void
rt_emit_call(bpf_code_t *c, const char *name, char first)
{
	rt_emit_mapval(c, 6, MAP_IO, 0);
	for (int i = 0; i < 5; i++)
		rt_emit(c, LDX8(1 + i, 6, 8 * i));
	if (first == 's')
		rt_emit_mapval(c, 1, MAP_SCRATCH, 0);
	else if (first == 'p')
		rt_emit_mapval(c, 1, MAP_IO, offsetof(struct rt_io, moments));
	rt_emit_reloc(c, BPF_R_RT, 0, name);
	rt_emit(c, CALL(0));
	rt_emit(c, STX8(6, 0, offsetof(struct rt_io, result)));
}

static inline int
rt_prog(rt_env_t *e, const char *name, char first)
{
	for (int i = 0; i < e->nprogs; i++)
		if (!strcmp(e->prog[i].name, name))
			return e->prog[i].fd;
	bpf_code_t c = {0};
	rt_emit_call(&c, name, first);
	rt_emit(&c, MOVI(0, 0));
	rt_emit(&c, EXIT);
	int fd = rt_load_main(e, &c);
	cr_assert(fd >= 0, "%s: %s", name, e->dtp.errmsg);
	e->prog[e->nprogs].name = name;
	e->prog[e->nprogs++].fd = fd;
	return fd;
}

static inline rt_env_t *
rt_open(void)
{
	rt_env_t *e = calloc(1, sizeof(*e));
	e->s = rt_map(e, MAP_SCRATCH, sizeof(struct dt_scratch));
	e->io = rt_map(e, MAP_IO, sizeof(struct rt_io));
	e->text = rt_map(e, MAP_TEXT, RT_TEXT);
	bpf_code_t c = {0};
	rt_emit_mapval(&c, 1, MAP_TEXT, 0);
	rt_emit_mapval(&c, 2, MAP_IO, 0);
	rt_emit(&c, STX8(2, 1, offsetof(struct rt_io, result)));
	rt_emit(&c, MOVI(0, 0));
	rt_emit(&c, EXIT);
	int fd = rt_load_main(e, &c);
	cr_assert(fd >= 0, "%s", e->dtp.errmsg);
	rt_run(fd);
	close(fd);
	e->text_addr = e->io->result;
	return e;
}

static inline void
rt_close(rt_env_t *e)
{
	for (int i = 0; i < e->nprogs; i++)
		close(e->prog[i].fd);
	munmap(e->s, sizeof(struct dt_scratch));
	munmap(e->io, sizeof(struct rt_io));
	munmap(e->text, RT_TEXT);
	for (int i = 0; i < NMAPS; i++)
		close(e->fd[i]);
	free(e);
}

#endif
