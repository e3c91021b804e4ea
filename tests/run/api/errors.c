/*
 * Every error of the library (diagnostics.md part 6): its number and text, and for those that a
 * program can meet here, a call that meets it.
 */
#include "check.h"

#include <sys/prctl.h>
#include <sys/wait.h>

#define E(e)                                                                                                   \
	{                                                                                                      \
#e, EDT_##e                                                                                    \
	}

/* In the order of their numbers, which begin at 1000. */
static const struct {
	const char *name;
	int number;
} all[] = {
    E(VERSION),    E(VERSINVAL), E(VERSUNDEF), E(VERSREDUCED),  E(CTF),        E(COMPILER),    E(NOTUPREG),
    E(NOMEM),      E(INT2BIG),   E(STR2BIG),   E(NOMOD),        E(NOPROV),     E(NOPROBE),     E(NOSYM),
    E(NOSYMADDR),  E(NOTYPE),    E(NOVAR),     E(NOAGG),        E(BADSCOPE),   E(BADSPEC),     E(BADSPCV),
    E(BADID),      E(NOTLOADED), E(NOCTF),     E(DATAMODEL),    E(DIFVERS),    E(BADAGG),      E(FIO),
    E(DIFINVAL),   E(DIFSIZE),   E(DIFFAULT),  E(BADPROBE),     E(BADPGLOB),   E(NOSCOPE),     E(NODECL),
    E(DMISMATCH),  E(DOFFSET),   E(DALIGN),    E(BADOPTNAME),   E(BADOPTVAL),  E(BADOPTCTX),   E(CPPFORK),
    E(CPPEXEC),    E(CPPENT),    E(CPPERR),    E(SYMOFLOW),     E(ACTIVE),     E(DESTRUCTIVE), E(NOANON),
    E(ISANON),     E(ENDTOOBIG), E(NOCONV),    E(BADCONV),      E(BADERROR),   E(ERRABORT),    E(DROPABORT),
    E(DIRABORT),   E(BADRVAL),   E(BADNORMAL), E(BUFTOOSMALL),  E(BADTRUNC),   E(BUSY),        E(ACCESS),
    E(NOENT),      E(BRICKED),   E(HARDWIRE),  E(ELFVERSION),   E(NOBUFFERED), E(UNSTABLE),    E(BADSETOPT),
    E(BADSTACKPC), E(BADAGGVAR), E(OVERSION),  E(ENABLING_ERR), E(NOPROBES),   E(CANTLOAD),
};
enum {
	COUNT = sizeof(all) / sizeof(all[0])
};

static void
numbers_and_texts(void)
{
	CHECK(COUNT == EDT_MAX - EDT_VERSION && EDT_VERSION == 1000);
	for (int i = 0; i < COUNT; i++) {
		CHECK(all[i].number == 1000 + i);
		const char *text = dtrace_errmsg(NULL, all[i].number);
		CHECK(text && strlen(text) > 5 && strcmp(text, "Unknown error") != 0 && !strchr(text, '\n'));
		for (int j = 0; j < i; j++)
			CHECK(strcmp(text, dtrace_errmsg(NULL, all[j].number)) != 0);
	}
	SAME(dtrace_errmsg(NULL, EDT_MAX), "Unknown error");
	SAME(dtrace_errmsg(NULL, 0), "Unknown error");
	SAME(dtrace_errmsg(NULL, -5), "Unknown error");
	/* The three that scripts and programs look for. */
	SAME(dtrace_errmsg(NULL, EDT_BADOPTNAME), "Invalid option name");
	SAME(dtrace_errmsg(NULL, EDT_BADOPTVAL), "Invalid value for specified option");
	SAME(dtrace_errmsg(NULL, EDT_DESTRUCTIVE), "Destructive actions not allowed");
}

static void
of_compiling(void)
{
	dtrace_probedesc_t pd;
	FILE *fp = fopen("x.d", "w+");
	fputs("BEGIN { }\n", fp);
	fflush(fp);
	open_handle(0);
	FAILS(dtrace_setopt(g_dtp, "version", "one") == -1, EDT_VERSINVAL);
	FAILS(dtrace_setopt(g_dtp, "version", "1.99") == -1, EDT_VERSUNDEF);
	CHECK(dtrace_setopt(g_dtp, "version", "1.5") == 0);
	FAILS(dtrace_setopt(g_dtp, "version", "1.4") == -1, EDT_VERSREDUCED);
	FAILS(!compile("BEGIN { x = y; }"), EDT_COMPILER);
	FAILS(!compile("#pragma D option cpppath=/bin/true\nBEGIN"), EDT_COMPILER);
	CHECK(strstr(dtrace_errmsg(g_dtp, EDT_COMPILER), dtrace_errmsg(NULL, EDT_BADOPTCTX)));
	FAILS(dtrace_str2desc(g_dtp, DTRACE_PROBESPEC_MOD, "a:b:c", &pd) == -1, EDT_BADSPEC);
	FAILS(dtrace_xstr2desc(g_dtp, DTRACE_PROBESPEC_NAME, "$nosuch", 0, NULL, &pd) == -1, EDT_BADSPCV);
	FAILS(dtrace_id2desc(g_dtp, 400000000, &pd) == -1, EDT_BADID);
	CHECK(dtrace_str2desc(g_dtp, DTRACE_PROBESPEC_NAME, "nosuch", &pd) == 0);
	FAILS(dtrace_probe_info(g_dtp, &pd, &(dtrace_probeinfo_t){0}) == -1, EDT_NOPROBE);
	static const struct {
		const char *path;
		int err;
	} cpps[] = {{"/no/such/cpp", EDT_CPPENT}, {"./x.d", EDT_CPPEXEC}, {"/bin/false", EDT_CPPERR}};
	for (int i = 0; i < 3; i++) {
		CHECK(dtrace_setopt(g_dtp, "cpppath", cpps[i].path) == 0);
		rewind(fp);
		FAILS(!dtrace_program_fcompile(g_dtp, fp, DTRACE_C_CPP, 0, NULL), cpps[i].err);
	}
	fclose(fp);
	FAILS(dtrace_program_exec(g_dtp, compile("BEGIN { raise(9); }"), NULL) == -1, EDT_DESTRUCTIVE);
	CHECK(dtrace_setopt(g_dtp, "destructive", NULL) == 0);
	FAILS(dtrace_program_exec(g_dtp, compile("BEGIN { panic(); }"), NULL) == -1, EDT_ENABLING_ERR);
	close_handle();
}

/* Tracing that cannot start. */
static void
not_started(const char *option, const char *value, const char *prog, int err)
{
	open_handle(0);
	CHECK(dtrace_setopt(g_dtp, option, value) == 0 && dtrace_setopt(g_dtp, "bufresize", "manual") == 0);
	CHECK(dtrace_setopt(g_dtp, "bufsize", "4k") == 0);
	CHECK(dtrace_program_exec(g_dtp, compile(prog), NULL) == 0);
	FAILS(dtrace_go(g_dtp) == -1, err);
	close_handle();
}

static void
of_tracing(void)
{
	not_started("bufpolicy", "fill", "END { tracemem(curthread, 4000); tracemem(curthread, 4000); }",
		    EDT_ENDTOOBIG);
	not_started("bufpolicy", "ring", "tick-1s { tracemem(curthread, 4000); tracemem(curthread, 4000); }",
		    EDT_BUFTOOSMALL);
	open_handle(0);
	start("BEGIN { trace(1); exit(0); }");
	FAILS(dtrace_setopt(g_dtp, "strsize", "100") == -1, EDT_ACTIVE);
	FAILS(dtrace_go(g_dtp) == -1, EDT_ACTIVE);
	FILE *full = fopen("/dev/full", "w");
	setvbuf(full, NULL, _IONBF, 0);
	FAILS(run(full, NULL, NULL, NULL) == -1, EDT_FIO);
	fclose(full);
	close_handle();
}

/* Without privileges, which are given up for good: in a process of its own. */
static void
of_privileges(void)
{
	int status, err;
	pid_t pid = fork();
	if (pid == 0) {
		if (setgid(65534) != 0 || setuid(65534) != 0)
			_exit(2);
		if (dtrace_open(DTRACE_VERSION, 0, &err) || err != EDT_ACCESS)
			_exit(3);
		dtrace_hdl_t *h = dtrace_open(DTRACE_VERSION, DTRACE_O_NODEV, &err);
		_exit(h ? 0 : 4);
	}
	CHECK(waitpid(pid, &status, 0) == pid && status == 0);
	SAME(dtrace_errmsg(NULL, EDT_ACCESS), "DTrace requires additional privileges");
}

int
main(void)
{
	numbers_and_texts();
	of_compiling();
	of_tracing();
	of_privileges();
	return ended();
}
