/* Types: names, layout, and every struct of the running kernel against its BTF. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../../libdtrace/handle/handle.h"
#include "../../libdtrace/types/btf.h"
#include "../../libdtrace/types/types.h"

#include <ctf.h>

#define BTF "/sys/kernel/btf/vmlinux"

static struct dtrace_hdl h;

static void
open_types(int oflags)
{
	memset(&h, 0, sizeof(h));
	h.oflags = oflags;
	h.arena = dt_arena_new();
	cr_assert_eq(dt_types_open(&h), 0);
}

static void
setup(void)
{
	open_types(0);
}

static void
setup_nosys(void)
{
	open_types(DTRACE_O_NOSYS);
}

static void
teardown(void)
{
	dt_types_close(&h);
	dt_arena_free(h.arena);
}

static void
need_btf(void)
{
	if (access(BTF, R_OK) != 0)
		cr_skip_test("no " BTF);
}

static void
expect_name(const char *in, const char *out)
{
	char buf[256];
	cr_expect_str_eq(dt_type_name(dt_type_lookup(&h, in), buf, sizeof(buf)), out, "%s gives %s", in, buf);
}

TestSuite(types, .init = setup, .fini = teardown);
TestSuite(dtypes, .init = setup_nosys, .fini = teardown);

Test(dtypes, names)
{
	static const char *const same[] = {"int",
					   "unsigned long",
					   "long long",
					   "char *",
					   "const char *",
					   "const char *const *",
					   "char [16]",
					   "int [3][4]",
					   "uint64_t",
					   "string",
					   "_Bool",
					   "long double",
					   "void *",
					   "volatile int *",
					   "unsigned __int128",
					   "signed char",
					   "uint8_t [6]",
					   "char *[4]",
					   "char *const",
					   "size_t **",
					   "caddr_t",
					   "processorid_t [2]",
					   "void (*)(void)",
					   "int (*)(char *, long)"};
	static const char *const bad[] = {
	    "",         "*",         "short char",        "unsigned void",  "nosuch_t",        "int x",
	    "struct",   "int [",     "struct nosuch",     "long long long", "char [a]",        "int*)",
	    "`",        "D`nosuch",  "int int",           "vmlinux`int8_t", "signed unsigned", "int (*)",
	    "int (*)(", "int (*)()", "int (*)(nosuch_t)", "void (*)(int",   "int (x)(int)"};
	for (size_t i = 0; i < sizeof(same) / sizeof(same[0]); i++)
		expect_name(same[i], same[i]);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		cr_expect(!dt_type_ok(dt_type_lookup(&h, bad[i])), "%s", bad[i]);
	expect_name("long unsigned int", "unsigned long");
	expect_name("  int   unsigned  short", "unsigned short");
	expect_name("char const*", "const char *");
	expect_name("C`int", "int");
	expect_name("D`int64_t", "int64_t");
	expect_name("const char __user *", "const char *");
	expect_name("unsigned", "unsigned int");
}

Test(dtypes, sizes)
{
	static const struct {
		const char *name;
		uint32_t size;
		bool is_signed;
	} t[] = {{"char", 1, true},     {"unsigned char", 1, false}, {"short", 2, true},
		 {"int", 4, true},      {"unsigned int", 4, false},  {"long", 8, true},
		 {"size_t", 8, false},  {"pid_t", 4, true},          {"long long", 8, true},
		 {"_Bool", 1, false},   {"hrtime_t", 8, true},       {"int [5]", 20, false},
		 {"char *", 8, false},  {"boolean_t", 4, true},      {"id_t", 4, true},
		 {"uint16_t", 2, false}};
	for (size_t i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		dt_tinfo_t ti = dt_type_info(dt_type_lookup(&h, t[i].name));
		cr_expect_eq(ti.size, t[i].size, "%s", t[i].name);
		cr_expect_eq(ti.is_signed, t[i].is_signed, "%s", t[i].name);
	}
	dt_tinfo_t c = dt_type_info(dt_type_lookup(&h, "const char"));
	cr_expect(c.is_const && c.is_char && c.is_signed);
	cr_expect(!dt_type_info(dt_type_lookup(&h, "uint8_t")).is_char);
}

Test(dtypes, own_types)
{
	const dt_basetypes_t *b = dt_basetypes(&h);
	cr_expect_eq(dt_type_info(b->string).kind, DT_K_STRING);
	cr_expect_eq(dt_type_info(b->string).size, 256);
	dt_types_set_strsize(&h, 80);
	cr_expect_eq(dt_type_info(dt_type_const(&h, b->string)).size, 80);
	cr_expect_eq(dt_type_info(dt_type_const(&h, b->string)).kind, DT_K_STRING);
	cr_expect_eq(dt_type_info(dt_type_lookup(&h, "char [256]")).size, 256);
	cr_expect_eq(dt_type_info(b->stack).kind, DT_K_STACK);
	cr_expect_eq(dt_type_info(b->symaddr).kind, DT_K_SYMADDR);
	cr_expect_eq(dt_type_info(b->usymaddr).size, 16);
	cr_expect_eq(dt_type_resolve(&h, b->string).id, b->string.id);
	cr_expect_eq(dt_type_info(b->v).kind, DT_K_VOID);
	cr_expect_eq(dt_type_info(DT_NOTYPE).kind, DT_K_NONE);
}

Test(dtypes, derived_once)
{
	dt_type_t i = dt_basetypes(&h)->i32;
	cr_expect_eq(dt_type_pointer(&h, i).id, dt_type_pointer(&h, i).id);
	cr_expect_eq(dt_type_array(&h, i, 7).id, dt_type_array(&h, i, 7).id);
	cr_expect_neq(dt_type_array(&h, i, 7).id, dt_type_array(&h, i, 8).id);
	cr_expect(dt_type_same(dt_type_lookup(&h, "int32_t *"), dt_type_lookup(&h, "const int *")));
	cr_expect(!dt_type_same(dt_type_lookup(&h, "int *"), dt_type_lookup(&h, "unsigned int *")));
	cr_expect(dt_type_same(dt_type_ref(&h, dt_type_lookup(&h, "long [4]")), dt_basetypes(&h)->i64));
	dt_type_t argv[] = {i, dt_basetypes(&h)->charp};
	char buf[128];
	dt_type_t fn = dt_type_pointer(&h, dt_type_function(&h, i, argv, 2, true));
	cr_expect_str_eq(dt_type_name(fn, buf, sizeof(buf)), "int (*)(int, char *, ...)");
	fn = dt_type_pointer(&h, dt_type_function(&h, i, NULL, 0, false));
	cr_expect_str_eq(dt_type_name(fn, buf, sizeof(buf)), "int (*)(void)");
	cr_expect_eq(dt_type_info(dt_type_ref(&h, fn)).kind, DT_K_FUNC);
}

/* The compiler that builds this lays out the same struct. */
struct sample {
	char a;
	int b : 3;
	int c : 30;
	unsigned long d : 40;
	short e[3];
	union {
		char f;
		long g;
	};
	unsigned char i : 4, : 2, j : 2;
	int : 0;
	char k;
};

Test(dtypes, layout)
{
	const dt_basetypes_t *b = dt_basetypes(&h);
	dt_type_t s = dt_type_begin_sou(&h, CTF_K_STRUCT, "sample"),
		  u = dt_type_begin_sou(&h, CTF_K_UNION, NULL);
	cr_assert(dt_type_add_member(&h, u, "f", b->c, -1) && dt_type_add_member(&h, u, "g", b->i64, -1));
	cr_assert(dt_type_add_member(&h, s, "a", b->c, -1) && dt_type_add_member(&h, s, "b", b->i32, 3) &&
		  dt_type_add_member(&h, s, "c", b->i32, 30) && dt_type_add_member(&h, s, "d", b->u64, 40) &&
		  dt_type_add_member(&h, s, "e", dt_type_array(&h, b->i16, 3), -1) &&
		  dt_type_add_member(&h, s, NULL, u, -1) && dt_type_add_member(&h, s, "i", b->u8, 4) &&
		  dt_type_add_member(&h, s, NULL, b->u8, 2) && dt_type_add_member(&h, s, "j", b->u8, 2) &&
		  dt_type_add_member(&h, s, NULL, b->i32, 0) && dt_type_add_member(&h, s, "k", b->c, -1));
	cr_expect_not(dt_type_add_member(&h, s, "k", b->i32, -1), "twice the same name");
	cr_expect_not(dt_type_add_member(&h, s, "f", b->i32, -1), "a name of an anonymous member");
	cr_expect_not(dt_type_add_member(&h, s, "self", s, -1), "itself");
	cr_expect_not(dt_type_add_member(&h, s, "z", b->i32, 33), "too wide");
	cr_expect_not(dt_type_add_member(&h, s, "v", b->v, -1), "void");
	dt_tinfo_t ti = dt_type_info(s);
	cr_expect_eq(ti.size, sizeof(struct sample), "%u", ti.size);
	cr_expect_eq(ti.align, _Alignof(struct sample));
	dt_member_t m;
	cr_assert(dt_type_member(&h, s, "e", &m));
	cr_expect_eq(m.bitoff, 8 * offsetof(struct sample, e));
	cr_expect_not(m.in_union);
	cr_assert(dt_type_member(&h, s, "g", &m));
	cr_expect_eq(m.bitoff, 8 * offsetof(struct sample, g));
	cr_expect(m.in_union);
	cr_assert(dt_type_member(&h, s, "k", &m));
	cr_expect_eq(m.bitoff, 8 * offsetof(struct sample, k));
	cr_expect_not(dt_type_member(&h, s, "nosuch", &m));

	/* Bit-fields by what the compiler stores. */
	static const char *const names[] = {"b", "c", "d", "i", "j"};
	for (int i = 0; i < 5; i++) {
		struct sample v;
		memset(&v, 0, sizeof(v));
		v.b = i == 0 ? -1 : 0;
		v.c = i == 1 ? -1 : 0;
		v.d = i == 2 ? ~0UL : 0;
		v.i = i == 3 ? 15 : 0;
		v.j = i == 4 ? 3 : 0;
		cr_assert(dt_type_member(&h, s, names[i], &m));
		ti = dt_type_info(m.type);
		cr_expect(ti.bits && ti.bitoff + ti.bits <= 8 * ti.size, "%s", names[i]);
		cr_expect_eq(m.bitoff % (8 * ti.size), ti.bitoff, "%s", names[i]);
		cr_expect_eq(ti.is_signed, i < 2, "%s", names[i]);
		for (uint32_t bit = 0; bit < 8 * sizeof(v); bit++) {
			bool set = ((unsigned char *)&v)[bit / 8] >> bit % 8 & 1;
			cr_assert_eq(set, bit >= m.bitoff && bit < m.bitoff + ti.bits, "%s bit %u", names[i],
				     bit);
		}
	}
}

/* libctf would put it at 0. */
Test(dtypes, first_member_behind_padding)
{
	const dt_basetypes_t *b = dt_basetypes(&h);
	dt_type_t s = dt_type_begin_sou(&h, CTF_K_STRUCT, "padded");
	cr_assert(dt_type_add_member(&h, s, NULL, b->u32, 31) && dt_type_add_member(&h, s, "x", b->u32, 1) &&
		  dt_type_add_member(&h, s, "y", b->i64, -1));
	dt_member_t m;
	cr_assert(dt_type_member(&h, s, "x", &m));
	cr_expect_eq(m.bitoff, 31);
	cr_assert(dt_type_member(&h, s, "y", &m));
	cr_expect_eq(m.bitoff, 64);
}

Test(dtypes, declarations)
{
	const dt_basetypes_t *b = dt_basetypes(&h);
	dt_type_t fwd = dt_type_declare_tag(&h, CTF_K_STRUCT, "node"), p = dt_type_pointer(&h, fwd);
	cr_expect_eq(dt_type_info(fwd).kind, DT_K_FWD);
	dt_type_t s = dt_type_begin_sou(&h, CTF_K_STRUCT, "node");
	cr_assert(dt_type_add_member(&h, s, "next", p, -1));
	dt_member_t m;
	cr_expect(dt_type_member(&h, dt_type_ref(&h, p), "next", &m), "the forward was completed");
	cr_expect_eq(dt_type_info(dt_type_ref(&h, p)).size, 8);
	cr_expect(!dt_type_ok(dt_type_begin_sou(&h, CTF_K_STRUCT, "node")));
	cr_expect(dt_type_same(dt_type_lookup(&h, "struct node *"), p));

	cr_expect(dt_type_typedef(&h, "node_t", s));
	cr_expect(dt_type_typedef(&h, "node_t", s), "the same again");
	cr_expect_not(dt_type_typedef(&h, "node_t", b->i32));
	cr_expect_not(dt_type_typedef(&h, "int", b->i64));
	cr_expect(dt_type_is_typedef(&h, "node_t"));
	cr_expect_not(dt_type_is_typedef(&h, "node"));
	cr_expect_not(dt_type_is_typedef(&h, "int"));
	cr_expect(dt_type_is_typedef(&h, "caddr_t"));
	cr_expect(dt_type_typedef(&h, "taskid_t", b->u64), "compatibility names give way");
	cr_expect_eq(dt_type_info(dt_type_lookup(&h, "taskid_t")).size, 8);

	int v = 0;
	dt_type_t e = dt_type_begin_enum(&h, "colour");
	cr_expect(dt_type_add_enumerator(&h, e, "RED", 7));
	cr_expect_not(dt_type_add_enumerator(&h, e, "RED", 8));
	cr_expect(dt_type_enumerator(&h, DT_NOTYPE, "RED", &v));
	cr_expect_eq(v, 7);
	cr_expect_not(dt_type_enumerator(&h, e, "BLUE", &v));
	cr_expect(dt_type_enumerator(&h, dt_type_lookup(&h, "boolean_t"), "B_TRUE", &v));
	cr_expect_eq(v, 1);
	cr_expect_eq(dt_type_info(e).size, 4);
}

Test(dtypes, no_kernel)
{
	dt_member_t m;
	cr_expect(!dt_type_ok(dt_type_lookup(&h, "struct task_struct")));
	cr_expect_not(dt_type_is_typedef(&h, "loff_t"));
	dt_type_t t =
	    dt_type_ref(&h, dt_type_pointer(&h, dt_type_declare_tag(&h, CTF_K_STRUCT, "task_struct")));
	cr_expect_eq(dt_type_info(dt_type_complete(&h, t)).kind, DT_K_FWD);
	cr_expect_not(dt_type_member(&h, t, "comm", &m));
	cr_expect_eq(dt_btf_offset(&h, "task_struct", "comm"), -1);
	cr_expect_lt(dt_btf_id(&h, "btf_trace_sys_enter", BTF_KIND_TYPEDEF), 0);
}

Test(types, task_struct)
{
	need_btf();
	char buf[128];
	dt_member_t m, n;
	dt_type_t t = dt_type_lookup(&h, "struct task_struct");
	cr_assert(dt_type_member(&h, t, "comm", &m));
	cr_expect_str_eq(dt_type_name(m.type, buf, sizeof(buf)), "char [16]");
	cr_expect_eq((int)(m.bitoff / 8), dt_btf_offset(&h, "task_struct", "comm"));
	cr_assert(dt_type_member(&h, t, "real_parent", &m));
	cr_expect_str_eq(dt_type_name(m.type, buf, sizeof(buf)), "struct task_struct *");
	cr_expect_eq(dt_type_resolve(&h, dt_type_ref(&h, m.type)).id, t.id);
	cr_assert(dt_type_member(&h, t, "se", &m) && dt_type_member(&h, m.type, "sum_exec_runtime", &n));
	cr_expect_eq((int)((m.bitoff + n.bitoff) / 8),
		     dt_btf_offset(&h, "struct task_struct", "se.sum_exec_runtime"));
	cr_expect_eq(dt_btf_size(&h, "task_struct", "comm"), 16);
	cr_expect_eq(dt_btf_offset(&h, "task_struct", "comm.x"), -1);
	cr_expect_eq(dt_btf_offset(&h, "task_struct", ""), -1);
	cr_expect_gt(dt_btf_id(&h, "btf_trace_sys_enter", BTF_KIND_TYPEDEF), 0);
	cr_expect(dt_type_is_typedef(&h, "loff_t"));
	cr_expect(dt_type_is_typedef(&h, "vmlinux`loff_t"));
	cr_expect(dt_type_same(dt_type_lookup(&h, "vmlinux`struct task_struct"), t));
	cr_expect(dt_type_same(dt_type_lookup(&h, "struct genunix`task_struct"), t));
	cr_expect(!dt_type_ok(dt_type_lookup(&h, "struct nosuchmod`task_struct")));
	int v;
	cr_expect(dt_type_enumerator(&h, dt_type_lookup(&h, "enum pid_type"), "PIDTYPE_TGID", &v));
}

Test(types, program_shadows_kernel)
{
	need_btf();
	dt_member_t m;
	dt_type_t kernel = dt_type_lookup(&h, "struct file"),
		  mine = dt_type_begin_sou(&h, CTF_K_STRUCT, "file");
	cr_assert(dt_type_ok(mine) && dt_type_add_member(&h, mine, "x", dt_basetypes(&h)->i32, -1));
	cr_expect(dt_type_member(&h, dt_type_lookup(&h, "struct file"), "x", &m));
	cr_expect_not(dt_type_member(&h, dt_type_lookup(&h, "struct vmlinux`file"), "x", &m));
	cr_expect_not(dt_type_same(kernel, mine));
	cr_assert(dt_type_member(&h, dt_type_lookup(&h, "struct fd"), "word", &m) ||
		  dt_type_member(&h, dt_type_lookup(&h, "struct vm_area_struct"), "vm_file", &m));
}

/* Sizes and member offsets of 2000 structs, spread over all there are. */
Test(types, all_structs)
{
	need_btf();
	dt_btf_t *b = dt_btf_open(BTF, NULL);
	cr_assert_not_null(b);
	uint32_t total = 0, tried = 0, members = 0, unfit = 0;
	for (uint32_t id = 1; id < dt_btf_count(b); id++)
		total += dt_btf_kind(dt_btf_type(b, id)) == BTF_KIND_STRUCT;
	uint32_t step = total / 2000 ? total / 2000 : 1, seen = 0;
	for (uint32_t id = 1; id < dt_btf_count(b); id++) {
		const struct btf_type *t = dt_btf_type(b, id);
		const char *name = dt_btf_str(b, t->name_off);
		char full[300], buf[2048];
		if (dt_btf_kind(t) != BTF_KIND_STRUCT || seen++ % step || !*name ||
		    dt_btf_find(b, BTF_KIND_STRUCT, name) != id)
			continue;
		snprintf(full, sizeof(full), "struct %s", name);
		dt_type_t s = dt_type_lookup(&h, full);
		dt_tinfo_t ti = dt_type_info(s);
		tried++;
		cr_assert_eq(ti.kind, DT_K_STRUCT, "%s", name);
		cr_assert_eq(ti.size, t->size, "%s", name);
		cr_assert_eq(ti.size % ti.align, 0, "%s", name);
		cr_assert_str_eq(dt_type_name(s, buf, sizeof(buf)), full);
		for (uint32_t i = 0; i < dt_btf_vlen(t); i++) {
			dt_btf_member_t bm = dt_btf_member(b, t, i), direct;
			dt_member_t m;
			if (!*bm.name)
				continue;
			members++;
			cr_assert(dt_type_member(&h, s, bm.name, &m), "%s.%s", name, bm.name);
			cr_assert(dt_btf_member_find(b, id, bm.name, &direct));
			dt_tinfo_t mi = dt_type_info(dt_type_complete(&h, m.type));
			cr_assert_eq(m.bitoff, direct.bitoff, "%s.%s", name, bm.name);
			cr_assert_eq(mi.bits, direct.bits, "%s.%s", name, bm.name);
			cr_assert(mi.bits || mi.size == dt_btf_sizeof(b, direct.type), "%s.%s", name, bm.name);
			unfit += mi.bits && mi.bitoff + mi.bits > 8 * mi.size;
			dt_type_name(m.type, buf, sizeof(buf));
		}
	}
	cr_expect_gt(tried, 500);
	cr_expect_eq(unfit, 0, "bit-fields that no natural unit holds");
	cr_log_info("%u structs, %u members", tried, members);
	dt_btf_close(b);
}

static dt_btf_t *
open_bytes(const void *bytes, size_t n)
{
	char path[] = "/tmp/test_btfXXXXXX";
	int fd = mkstemp(path);
	cr_assert_eq(write(fd, bytes, n), (ssize_t)n);
	close(fd);
	dt_btf_t *b = dt_btf_open(path, NULL);
	unlink(path);
	return b;
}

/* A damaged file is refused or gives odd answers, and never a crash. */
Test(btf, damage)
{
	struct {
		struct btf_header h;
		struct btf_type ptr, td, st;
		struct btf_member m[2];
		char strs[16];
	} f = {{BTF_MAGIC, BTF_VERSION, 0, sizeof(struct btf_header), 0, 60, 60, 16},
	       {0, BTF_KIND_PTR << 24, {2}},
	       {1, BTF_KIND_TYPEDEF << 24, {2}}, /* itself */
	       {3, BTF_KIND_STRUCT << 24 | 2, {16}},
	       {{5, 99, 0}, {0, 3, 64}}, /* unknown type, and itself */
	       "\0t\0s\0m"};
	dt_btf_t *b = open_bytes(&f, sizeof(f));
	cr_assert_not_null(b);
	dt_btf_member_t m;
	cr_expect_eq(dt_btf_find(b, BTF_KIND_STRUCT, "s"), 3);
	cr_expect_eq(dt_btf_resolve(b, 2), 0);
	cr_expect_eq(dt_btf_sizeof(b, 2), 0);
	cr_expect(dt_btf_member_find(b, 3, "m", &m));
	cr_expect_not(dt_btf_member_find(b, 3, "n", &m));
	cr_expect_geq(dt_btf_alignof(b, 3), 1);
	cr_expect_str_eq(dt_btf_str(b, 4000000), "");
	dt_btf_close(b);

	unsigned char *bytes = (unsigned char *)&f, saved;
	for (size_t i = 0; i < sizeof(f); i++) {
		for (int v = 0; v < 256; v += 5) {
			saved = bytes[i];
			bytes[i] = (unsigned char)v;
			b = open_bytes(&f, sizeof(f));
			if (b) {
				for (uint32_t id = 0; id < 5; id++) {
					dt_btf_sizeof(b, id);
					dt_btf_alignof(b, id);
					dt_btf_member_find(b, id, "zz", &m);
				}
				dt_btf_close(b);
			}
			bytes[i] = saved;
		}
	}
	for (size_t n = 1; n < sizeof(f); n++) {
		b = open_bytes(&f, n);
		cr_expect_null(b);
		dt_btf_close(b);
	}
}
