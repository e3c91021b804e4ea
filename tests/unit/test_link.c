/* test_link.c - linking functions into an image, loading it, and what is said when that fails. */
#include "rt_harness.h"

#include <stdlib.h>

static ir_func_t
function(const char *name, int nparams, const char *first, const char *second)
{
	ir_func_t f = {.name = name, .nparams = nparams, .paramtypes = {first, second}};
	f.is_main = !strcmp(name, "main");
	return f;
}

static void
emit_return(bpf_code_t *c, int value)
{
	rt_emit(c, MOVI(0, value));
	rt_emit(c, EXIT);
}

static int
func_at(const bpf_image_t *img, const char *name)
{
	for (int i = 0; i < img->nfuncs; i++)
		if (!strcmp(img->func[i].name, name))
			return i;
	return -1;
}

static struct {
	dtrace_hdl_t dtp;
	bpf_code_t codes[4];
	ir_func_t funcs[4];
	ir_func_t *funcp[4];
	ir_unit_t unit;
	bpf_image_t img;
} t;

static void
setup(void)
{
	memset(&t, 0, sizeof(t));
	static const char *const names[] = {"main", "one", "two", "three"};
	for (int i = 0; i < 4; i++) {
		t.codes[i].name = names[i];
		t.funcs[i] = function(names[i], 1, i ? "u64" : "ctx", NULL);
		t.funcp[i] = &t.funcs[i];
	}
	t.unit = (ir_unit_t){.name = "unit", .prog_type = BPF_PROG_TYPE_RAW_TRACEPOINT};
	t.unit.funcs.p = t.funcp;
	t.unit.funcs.n = 4;
	t.img.btf_fd = -1;
}

static void
teardown(void)
{
	bpf_image_free(&t.img);
	for (int i = 0; i < 4; i++)
		rt_code_free(&t.codes[i]);
}

TestSuite(link, .init = setup, .fini = teardown);

static int
link_all(void)
{
	return bpf_link_image(&t.dtp, &t.unit, t.codes, 4, &t.img);
}

/* Load the image, run it once; its return value. */
static uint32_t
run(const char *name)
{
	bpf_loadattr_t attr = {.name = name, .prog_type = t.unit.prog_type};
	int fd = bpf_load(&t.dtp, &t.img, &attr);
	if (fd < 0 && t.dtp.err == EDT_ACCESS)
		cr_skip_test("needs root: %s", t.dtp.errmsg);
	cr_assert(fd >= 0, "%s", t.dtp.errmsg);
	LIBBPF_OPTS(bpf_test_run_opts, opts);
	cr_assert_eq(bpf_prog_test_run_opts(fd, &opts), 0);
	close(fd);
	return opts.retval;
}

Test(link, main_alone_needs_no_types)
{
	emit_return(&t.codes[0], 7);
	emit_return(&t.codes[1], 1);
	cr_assert_eq(link_all(), 0);
	cr_assert_eq(t.img.nfuncs, 1);
	cr_assert_eq(t.img.btf_fd, -1);
	cr_assert_eq(t.img.insns.n, 2);
	cr_assert_eq(run("main"), 7);
}

/* main calls three, three calls one, nobody calls two. */
static void
emit_chain(void)
{
	rt_emit(&t.codes[0], MOVI(1, 20));
	rt_emit_reloc(&t.codes[0], BPF_R_FN, 3, NULL);
	rt_emit(&t.codes[0], CALL(0));
	rt_emit(&t.codes[0], EXIT);
	emit_return(&t.codes[2], 2);
	rt_emit(&t.codes[3], MOVR(6, 1));
	rt_emit_reloc(&t.codes[3], BPF_R_FN, 1, NULL);
	rt_emit(&t.codes[3], CALL(0));
	rt_emit(&t.codes[3], INSN(BPF_ALU64 | BPF_ADD | BPF_X, 0, 6, 0, 0));
	rt_emit(&t.codes[3], EXIT);
	emit_return(&t.codes[1], 3);
}

Test(link, only_what_main_reaches)
{
	emit_chain();
	cr_assert_eq(link_all(), 0);
	cr_assert_eq(t.img.nfuncs, 3);
	cr_assert_eq(func_at(&t.img, "main"), 0);
	cr_assert_eq(func_at(&t.img, "two"), -1);
	cr_assert_eq(t.img.func_info_cnt, 3);
	cr_assert(t.img.btf_fd >= 0 || geteuid() != 0);
	int three = t.img.func[func_at(&t.img, "three")].insn, one = t.img.func[func_at(&t.img, "one")].insn;
	cr_assert_eq(t.img.insns.p[1].src_reg, BPF_PSEUDO_CALL);
	cr_assert_eq(t.img.insns.p[1].imm, three - 2);
	cr_assert_eq(t.img.insns.p[three + 1].imm, one - (three + 2));
	cr_assert_eq(run("main"), 23);
}

Test(link, linking_twice_gives_the_same)
{
	emit_chain();
	cr_assert_eq(link_all(), 0);
	bpf_image_t first = t.img;
	cr_assert_eq(link_all(), 0);
	cr_assert_eq(first.insns.n, t.img.insns.n);
	cr_assert(!memcmp(first.insns.p, t.img.insns.p, first.insns.n * sizeof(*first.insns.p)));
	bpf_image_free(&first);
	bpf_image_free(&first); /* harmless */
}

Test(link, a_routine_brings_what_it_needs_once)
{
	for (int i = 0; i < 2; i++) { /* basename, called from two functions */
		bpf_code_t *c = &t.codes[i];
		rt_emit_mapval(c, 1, MAP_SCRATCH, 0);
		for (int r = 2; r <= 4; r++)
			rt_emit(c, MOVI(r, 16));
		rt_emit_reloc(c, BPF_R_RT, 0, "dt_basename");
		rt_emit(c, CALL(0));
		if (i == 0) {
			rt_emit_reloc(c, BPF_R_FN, 1, NULL);
			rt_emit(c, CALL(0));
		}
		rt_emit(c, EXIT);
	}
	t.funcs[1].nparams = 0;
	cr_assert_eq(link_all(), 0);
	cr_assert_eq(t.img.nfuncs, 5, "main, one, dt_basename, dt_rt_rscan and its callback: %d", t.img.nfuncs);
	cr_assert(func_at(&t.img, "dt_rt_rscan") > 0);
	cr_assert_eq(t.img.maprelocs.n, 2);
	cr_assert_eq(t.img.maprelocs.p[1].insn, t.img.func[func_at(&t.img, "one")].insn);
	cr_assert_eq(t.img.maprelocs.p[1].kind, BPF_R_MAPVAL);

	int addresses = 0;
	for (int i = 0; i < t.img.insns.n; i++)
		if (t.img.insns.p[i].code == (BPF_LD | BPF_IMM | BPF_DW) &&
		    t.img.insns.p[i].src_reg == BPF_PSEUDO_FUNC) {
			int callback = i + 1 + t.img.insns.p[i].imm, n = 0;
			while (n < t.img.nfuncs && t.img.func[n].insn != callback)
				n++;
			cr_assert_lt(n, t.img.nfuncs, "the address is no function's");
			addresses++;
		}
	cr_assert_eq(addresses, 1);
}

/* With a struct the kernel knows as context a function is global, else static: both load. */
Test(link, functions_that_take_the_context)
{
	static const char *const types[] = {"bpf_raw_tracepoint_args", NULL};
	for (int i = 0; i < 2; i++) {
		teardown();
		setup();
		t.unit.ctxtype = types[i];
		t.funcs[1].nparams = 2;
		t.funcs[1].paramtypes[0] = "ctx";
		t.funcs[1].paramtypes[1] = "u64";
		rt_emit(&t.codes[0], MOVI(2, 4));
		rt_emit_reloc(&t.codes[0], BPF_R_FN, 1, NULL);
		rt_emit(&t.codes[0], CALL(0));
		rt_emit(&t.codes[0], EXIT);
		rt_emit(&t.codes[1], LDX8(3, 1, 0)); /* the context can be read */
		rt_emit(&t.codes[1], MOVR(0, 2));
		rt_emit(&t.codes[1], EXIT);
		cr_assert_eq(link_all(), 0, "%s", t.dtp.errmsg);
		bpf_loadattr_t attr = {.name = "ctx", .prog_type = t.unit.prog_type};
		int fd = bpf_load(&t.dtp, &t.img, &attr);
		if (fd < 0 && t.dtp.err == EDT_ACCESS)
			cr_skip_test("needs root: %s", t.dtp.errmsg);
		cr_assert(fd >= 0, "%s: %s", types[i], t.dtp.errmsg);
		close(fd);
	}
}

Test(link, unknown_names_are_told)
{
	rt_emit_reloc(&t.codes[0], BPF_R_RT, 0, "dt_nothing");
	rt_emit(&t.codes[0], CALL(0));
	emit_return(&t.codes[0], 0);
	cr_assert_eq(link_all(), -1);
	cr_assert_eq(t.dtp.err, EDT_DIFINVAL);
	cr_assert(strstr(t.dtp.errmsg, "dt_nothing"));

	t.codes[0].relocs.p[0] = (bpf_reloc_t){BPF_R_FN, 0, 9, NULL};
	cr_assert_eq(link_all(), -1);
	cr_assert_eq(t.dtp.err, EDT_DIFINVAL);
	/* Callbacks are no routines. */
	t.codes[0].relocs.p[0] = (bpf_reloc_t){BPF_R_RT, 0, 0, "scan_back"};
	cr_assert_eq(link_all(), -1);
}

Test(link, a_refusal_is_one_line)
{
	rt_emit(&t.codes[0], MOVR(0, 5)); /* r5 was never set */
	rt_emit(&t.codes[0], EXIT);
	cr_assert_eq(link_all(), 0);
	bpf_loadattr_t attr = {.name = "syscall:::entry/1", .prog_type = t.unit.prog_type};
	unsetenv("DTRACE_DEBUG");
	cr_assert_eq(bpf_load(&t.dtp, &t.img, &attr), -1);
	if (t.dtp.err == EDT_ACCESS)
		cr_skip_test("needs root: %s", t.dtp.errmsg);
	cr_assert_eq(t.dtp.err, EDT_DIFINVAL);
	cr_assert(strstr(t.dtp.errmsg, "syscall:::entry/1"), "%s", t.dtp.errmsg);
	cr_assert(strstr(t.dtp.errmsg, "a bug in dbridge"), "%s", t.dtp.errmsg);
	cr_assert(strstr(t.dtp.errmsg, "R5 !read_ok"), "%s", t.dtp.errmsg);
	cr_assert(!strchr(t.dtp.errmsg, '\n'), "%s", t.dtp.errmsg);
	cr_assert(!strstr(t.dtp.errmsg, "/tmp/"), "%s", t.dtp.errmsg);

	setenv("DTRACE_DEBUG", "1", 1);
	cr_assert_eq(bpf_load(&t.dtp, &t.img, &attr), -1);
	char *path = strstr(t.dtp.errmsg, "/tmp/");
	cr_assert(path, "%s", t.dtp.errmsg);
	path[strcspn(path, ")")] = '\0';
	cr_assert_eq(access(path, R_OK), 0, "%s", path);
	unlink(path);
}

Test(link, too_large_is_told_apart)
{
	for (int i = 0; i < 1100000; i++)
		rt_emit(&t.codes[0], MOVI(0, 0));
	rt_emit(&t.codes[0], EXIT);
	cr_assert_eq(link_all(), 0);
	bpf_loadattr_t attr = {.name = "big", .prog_type = t.unit.prog_type};
	cr_assert_eq(bpf_load(&t.dtp, &t.img, &attr), -1);
	if (t.dtp.err == EDT_ACCESS)
		cr_skip_test("needs root: %s", t.dtp.errmsg);
	cr_assert_eq(t.dtp.err, E2BIG, "%s", t.dtp.errmsg);
}

Test(link, dump_names_every_function)
{
	emit_chain();
	cr_assert_eq(link_all(), 0);
	char *text = NULL;
	size_t len = 0;
	FILE *fp = open_memstream(&text, &len);
	bpf_image_dump(&t.img, fp);
	fclose(fp);
	cr_assert(strstr(text, "main:\n") && strstr(text, "one:\n") && strstr(text, "three:\n"), "%s", text);
	cr_assert(!strstr(text, "two:"), "%s", text);
	free(text);
}
