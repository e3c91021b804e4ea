/* Objects, symbols and types of the kernel and of D programs. */
#include "check.h"

#include <ctf-api.h>

typedef struct seen {
	int n, kernel, declared;
} seen_t;

static int
count(dtrace_hdl_t *dtp, const dtrace_objinfo_t *o, void *arg)
{
	seen_t *s = arg;
	CHECK(dtp == g_dtp && o->dto_file && o->dto_id == ++s->n);
	if (o->dto_flags & DTRACE_OBJ_F_PRIMARY) {
		s->kernel++;
		SAME(o->dto_name, "vmlinux");
		SAME(o->dto_file, "/sys/kernel/btf/vmlinux");
		CHECK(o->dto_flags & DTRACE_OBJ_F_KERNEL);
		CHECK(o->dto_text_va && o->dto_text_size > 1 << 20);
	}
	s->declared += !strcmp(o->dto_name, "C") + !strcmp(o->dto_name, "D");
	return 0;
}

static void
objects(void)
{
	seen_t s = {0};
	dtrace_objinfo_t info;
	CHECK(dtrace_object_iter(g_dtp, count, &s) == 0 && s.kernel == 1 && s.declared == 2);
	int n = s.n;
	dtrace_update(g_dtp);
	s = (seen_t){0};
	CHECK(dtrace_object_iter(g_dtp, count, &s) == 0 && s.n == n);
	CHECK(dtrace_object_info(g_dtp, "vmlinux", &info) == 0 && info.dto_id == 1);
	CHECK(dtrace_object_info(g_dtp, DTRACE_OBJ_EXEC, &info) == 0 && info.dto_id == 1);
	CHECK(dtrace_object_info(g_dtp, "genunix", NULL) == 0);
	CHECK(dtrace_object_info(g_dtp, DTRACE_OBJ_DDEFS, &info) == 0 && !strcmp(info.dto_name, "D"));
	CHECK(dtrace_object_info(g_dtp, DTRACE_OBJ_CDEFS, &info) == 0 && !strcmp(info.dto_name, "C"));
	FAILS(dtrace_object_info(g_dtp, "nosuch", &info) == -1, EDT_NOMOD);
	FAILS(dtrace_object_info(g_dtp, DTRACE_OBJ_EVERY, &info) == -1, EDT_NOMOD);
	FAILS(dtrace_object_info(g_dtp, DTRACE_OBJ_UMODS, &info) == -1, EDT_NOMOD);
}

static void
symbols(void)
{
	GElf_Sym sym, byaddr;
	dtrace_syminfo_t info;
	char text[256];
	CHECK(dtrace_lookup_by_name(g_dtp, "vmlinux", "schedule", &sym, &info) == 0);
	CHECK(sym.st_value && sym.st_size && ELF64_ST_TYPE(sym.st_info) == STT_FUNC);
	SAME(info.dts_object, "vmlinux");
	SAME(info.dts_name, "schedule");
	CHECK(dtrace_lookup_by_name(g_dtp, DTRACE_OBJ_EXEC, "schedule", &byaddr, NULL) == 0);
	CHECK(dtrace_lookup_by_name(g_dtp, DTRACE_OBJ_EVERY, "schedule", NULL, NULL) == 0);
	CHECK(dtrace_lookup_by_name(g_dtp, DTRACE_OBJ_KMODS, "schedule", NULL, &info) == 0);
	CHECK(dtrace_lookup_by_addr(g_dtp, sym.st_value + 1, &byaddr, &info) == 0);
	CHECK(byaddr.st_value == sym.st_value && byaddr.st_size == sym.st_size);
	FAILS(dtrace_lookup_by_name(g_dtp, "vmlinux", "no such symbol", &sym, &info) == -1, EDT_NOSYM);
	FAILS(dtrace_lookup_by_name(g_dtp, DTRACE_OBJ_EVERY, "no such symbol", &sym, &info) == -1, EDT_NOSYM);
	FAILS(dtrace_lookup_by_name(g_dtp, DTRACE_OBJ_UMODS, "schedule", &sym, &info) == -1, EDT_NOSYM);
	FAILS(dtrace_lookup_by_name(g_dtp, DTRACE_OBJ_DDEFS, "schedule", &sym, &info) == -1, EDT_NOSYM);
	FAILS(dtrace_lookup_by_name(g_dtp, "nosuch", "schedule", &sym, &info) == -1, EDT_NOMOD);
	FAILS(dtrace_lookup_by_name(g_dtp, "vmlinux", NULL, &sym, &info) == -1, EINVAL);
	FAILS(dtrace_lookup_by_addr(g_dtp, 1, &sym, &info) == -1, EDT_NOSYMADDR);

	CHECK(dtrace_lookup_by_name(g_dtp, "vmlinux", "schedule", &sym, NULL) == 0);
	CHECK(dtrace_addr2str(g_dtp, sym.st_value + 2, text, sizeof(text)) == 20);
	SAME(text, "vmlinux`schedule+0x2");
	CHECK(dtrace_addr2str(g_dtp, sym.st_value, text, 8) == 16);
	SAME(text, "vmlinux");
	CHECK(dtrace_addr2str(g_dtp, 16, text, sizeof(text)) == 4);
	SAME(text, "0x10");
	dtrace_uaddr2str(g_dtp, getpid(), (uintptr_t)&symbols, text, sizeof(text));
	SAME(text, "symbols`symbols");
	CHECK(dtrace_uaddr2str(g_dtp, 0x3fffffff, 32, text, sizeof(text)) == 4);
}

/* The name of the type, or the error's number. */
static const char *
type_name(int rc, const dtrace_typeinfo_t *t)
{
	static char text[128];
	if (rc != 0)
		snprintf(text, sizeof(text), "error %d", dtrace_errno(g_dtp) - EDT_VERSION);
	else
		ctf_type_lname(t->dtt_ctfp, t->dtt_type, text, sizeof(text));
	return text;
}

static const char *
compiled(const char *text)
{
	dtrace_typeinfo_t t;
	return type_name(dtrace_type_strcompile(g_dtp, text, &t), &t);
}

static void
types(void)
{
	dtrace_typeinfo_t t;
	dtrace_syminfo_t si;
	GElf_Sym sym;
	CHECK(dtrace_lookup_by_type(g_dtp, "vmlinux", "struct task_struct", &t) == 0);
	SAME(t.dtt_object, "vmlinux");
	CHECK(t.dtt_ctfp && ctf_type_size(t.dtt_ctfp, t.dtt_type) > 1000);
	CHECK(dtrace_lookup_by_type(g_dtp, DTRACE_OBJ_EVERY, "struct task_struct *", &t) == 0);
	CHECK(dtrace_lookup_by_type(g_dtp, DTRACE_OBJ_KMODS, "pid_t", NULL) == 0);
	CHECK(dtrace_lookup_by_type(g_dtp, DTRACE_OBJ_EXEC, "pid_t", NULL) == 0);
	CHECK(compile("struct mine { int a; char b[12]; }; BEGIN { exit(0); }"));
	CHECK(dtrace_lookup_by_type(g_dtp, DTRACE_OBJ_EVERY, "struct mine", &t) == 0);
	CHECK(ctf_type_size(t.dtt_ctfp, t.dtt_type) == 16);
	FAILS(dtrace_lookup_by_type(g_dtp, "vmlinux", "struct mine", &t) == -1, EDT_NOTYPE);
	FAILS(dtrace_lookup_by_type(g_dtp, DTRACE_OBJ_EVERY, "struct nosuch", &t) == -1, EDT_NOTYPE);
	FAILS(dtrace_lookup_by_type(g_dtp, DTRACE_OBJ_UMODS, "int", &t) == -1, EDT_NOTYPE);
	FAILS(dtrace_lookup_by_type(g_dtp, "nosuch", "int", &t) == -1, EDT_NOMOD);
	FAILS(dtrace_lookup_by_type(g_dtp, "vmlinux", NULL, &t) == -1, EINVAL);

	CHECK(dtrace_lookup_by_name(g_dtp, "vmlinux", "schedule", &sym, &si) == 0);
	CHECK(dtrace_symbol_type(g_dtp, &sym, &si, &t) == 0);
	CHECK(ctf_type_kind(t.dtt_ctfp, t.dtt_type) == CTF_K_FUNCTION);
	si.dts_name = "no such symbol";
	FAILS(dtrace_symbol_type(g_dtp, &sym, &si, &t) == -1, EDT_NOTYPE);
	si.dts_object = "nosuch";
	FAILS(dtrace_symbol_type(g_dtp, &sym, &si, &t) == -1, EDT_NOMOD);
	FAILS(dtrace_symbol_type(g_dtp, NULL, &si, &t) == -1, EINVAL);

	SAME(compiled("int"), "int");
	SAME(compiled("struct task_struct *"), "struct task_struct *");
	SAME(compiled("char *[4]"), "char *[4]");
	CHECK(strstr(compiled("int (*)(void *, long)"), "(*)"));
	FAILS(dtrace_type_strcompile(g_dtp, "struct nosuch_at_all **x", &t) == -1, EDT_COMPILER);
	FAILS(dtrace_type_strcompile(g_dtp, "1 + 1", &t) == -1, EDT_COMPILER);
	FAILS(dtrace_type_strcompile(g_dtp, "int); exit(1", &t) == -1, EDT_COMPILER);
	FAILS(dtrace_type_strcompile(g_dtp, "int);} END {sizeof(int", &t) == -1, EDT_COMPILER);
	FAILS(dtrace_type_strcompile(g_dtp, "", &t) == -1, EDT_COMPILER);
	FAILS(dtrace_type_strcompile(g_dtp, NULL, &t) == -1, EINVAL);
	char text[] = "unsigned\nlong";
	FILE *fp = fmemopen(text, strlen(text), "r");
	SAME(type_name(dtrace_type_fcompile(g_dtp, fp, &t), &t), "unsigned long");
	fclose(fp);
	FAILS(dtrace_type_fcompile(g_dtp, NULL, &t) == -1, EINVAL);
}

int
main(void)
{
	open_handle(0);
	objects();
	symbols();
	types();
	close_handle();
	/* Without a look at the system there is only what D programs declare. */
	open_handle(DTRACE_O_NODEV | DTRACE_O_NOSYS);
	FAILS(dtrace_lookup_by_name(g_dtp, DTRACE_OBJ_EVERY, "schedule", NULL, NULL) == -1, EDT_NOSYM);
	FAILS(dtrace_lookup_by_addr(g_dtp, 0xffffffff81000000, NULL, NULL) == -1, EDT_NOSYMADDR);
	close_handle();
	return ended();
}
