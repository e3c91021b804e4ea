/*
 * dtrace.c - the dtrace command: its command line, and the order of its work.
 *
 * Command line, options in their order, processes of -c and -p, programs in their order,
 * then the mode: tracing, listing, or compiling only.
 */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd.h"

/* "+": operands stay where they are, and this program's own loop collects them. */
static const char flags[] = "+aAb:Bc:CdD:ef:FGhHi:I:lL:m:n:o:Op:P:qs:SU:vVwW:x:X:Z";

/* An option or program as it stood on the command line. */
typedef struct item {
	int flag;
	char *arg;
} item_t;

typedef struct cmdline {
	const char *prog; /* how we were called */
	item_t *items;
	int nitems, room;
	char **operands;
	int noperands;
	char mode; /* one of A G h l V, or 0: trace */
	bool modes_clash, compile_only, ilp32;
} cmdline_t;

static void *
xalloc(size_t n, size_t size)
{
	void *p = calloc(n, size);
	if (!p) {
		complain("out of memory");
		exit(EXIT_FAILURE);
	}
	return p;
}

static void
usage(void)
{
	fputs("Usage: dtrace [-32|-64] [-aACeFGhHlOqSvVwZ] [--libxo format] [-b bufsz] [-c cmd] [-D "
	      "name[=def]] [-I path] [-L "
	      "path]\n"
	      "\t[-o output] [-p pid] [-s script] [-U name] [-x opt[=val]] [-X a|c|s|t]\n"
	      "\t[-P provider [[ predicate ] action ]]\n"
	      "\t[-m [ provider: ] module [[ predicate ] action ]]\n"
	      "\t[-f [[ provider: ] module: ] func [[ predicate ] action ]]\n"
	      "\t[-n [[[ provider: ] module: ] func: ] name [[ predicate ] action ]]\n"
	      "\t[-i probe-id [[ predicate ] action ]] [ args ... ]\n"
	      "\n"
	      "\tpredicate -> '/' D-expression '/'\n"
	      "\t   action -> '{' D-statements '}'\n"
	      "\n"
	      "\t-e  compile only, do not trace\n"
	      "\t-l  list matching probes\n"
	      "\t-q  print only what the program prints\n"
	      "\t-v  report stability; with -l, arguments too\n"
	      "\t-w  allow destructive actions\n"
	      "\t-Z  allow descriptions that match no probe\n"
	      "\tThe rest is in dtrace(8).\n",
	      stderr);
	exit(EXIT_USAGE);
}

static void
add_item(cmdline_t *cl, int flag, char *arg)
{
	if (cl->nitems == cl->room) {
		cl->room = cl->room ? 2 * cl->room : 16;
		item_t *more = xalloc((size_t)cl->room, sizeof(*more));
		if (cl->nitems)
			memcpy(more, cl->items, (size_t)cl->nitems * sizeof(*more));
		free(cl->items);
		cl->items = more;
	}
	cl->items[cl->nitems++] = (item_t){flag, arg};
}

/* --libxo FORMAT[,pretty], as FreeBSD has it: another way to set option oformat.  Moves optind past it. */
static bool
take_libxo(int argc, char **argv, cmdline_t *cl)
{
	const char *word = argv[optind], *val;
	if (strncmp(word, "--libxo", 7) != 0 || (word[7] && word[7] != '=' && word[7] != ':'))
		return false;
	val = word[7] ? word + 8 : optind + 1 < argc ? argv[++optind] : NULL;
	optind++;
	if (!val) {
		complain("option requires an argument -- 'libxo'");
		usage();
	}
	char *arg = xalloc(strlen(val) + sizeof("oformat="), 1);
	strcpy(stpcpy(arg, "oformat="), val);
	add_item(cl, 'x', arg);
	return true;
}

/* Collect flags and operands, which may be mixed; flags of one letter may be grouped. */
static void
parse_command_line(int argc, char **argv, cmdline_t *cl)
{
	cl->prog = argv[0];
	cl->operands = xalloc((size_t)argc + 1, sizeof(*cl->operands));
	optind = 1;
	opterr = 0;
	while (optind < argc) {
		if (strcmp(argv[optind], "-32") == 0 || strcmp(argv[optind], "-64") == 0) {
			cl->ilp32 = argv[optind++][1] == '3';
			continue;
		}
		if (take_libxo(argc, argv, cl))
			continue;
		int before = optind;
		int c = getopt(argc, argv, flags);
		if (c == -1) {
			bool rest = optind == before + 1 && strcmp(argv[before], "--") == 0;
			do {
				if (optind < argc)
					cl->operands[cl->noperands++] = argv[optind++];
			} while (rest && optind < argc);
			continue;
		}
		if (c == '?') {
			if (optopt && strchr(flags, optopt))
				complain("option requires an argument -- '%c'", optopt);
			else
				complain("invalid option -- '%c'", optopt);
			usage();
		}
		if (strchr("AGhlV", c)) {
			cl->modes_clash |= cl->mode && cl->mode != c;
			cl->mode = (char)c;
		}
		if (c == 'e')
			cl->compile_only = true;
		add_item(cl, c, optarg);
	}
}

static bool
is_program(int flag)
{
	return flag && strchr("fimnPs", flag);
}

static void
open_library(cmd_t *cmd, const cmdline_t *cl)
{
	int err;
	cmd->dtp = dtrace_open(DTRACE_VERSION, 0, &err);
	/* Whoever only compiles needs no privilege. */
	if (!cmd->dtp && (cl->compile_only || cl->mode == 'h') && err == EDT_ACCESS)
		cmd->dtp = dtrace_open(DTRACE_VERSION, DTRACE_O_NODEV, &err);
	if (!cmd->dtp) {
		bool option = err == EDT_BADOPTNAME || err == EDT_BADOPTVAL;
		complain("failed to initialize dtrace: %s%s", dtrace_errmsg(NULL, err),
			 err == EDT_ACCESS ? " (run it as root)"
			 : option          ? " (of a DTRACE_OPT_ variable in the environment)"
					   : "");
		exit(EXIT_FAILURE);
	}
}

/* -x name[=value]; a blank may stand before it when both came as one word. */
static void
set_x_option(cmd_t *cmd, char *arg)
{
	while (isblank((unsigned char)*arg))
		arg++;
	char *val = strchr(arg, '=');
	if (val)
		*val++ = '\0';
	if (dtrace_setopt(cmd->dtp, arg, val) != 0)
		fatal(cmd, "failed to set -x %s", arg);
	if (strcmp(arg, "zdefs") == 0)
		cmd->zdefs = true;
}

static void
set_option(cmd_t *cmd, int flag, char *arg)
{
	static const struct {
		char flag;
		const char *opt;
	} same[] = {{'b', "bufsize"}, {'C', "cpp"},     {'D', "define"},      {'F', "flowindent"},
		    {'H', "cpphdrs"}, {'I', "incdir"},  {'L', "libdir"},      {'q', "quiet"},
		    {'S', "verbose"}, {'U', "undef"},   {'w', "destructive"}, {'X', "stdc"},
		    {'Z', "zdefs"},   {'a', "grabanon"}};
	if (flag == 'x') {
		set_x_option(cmd, arg);
		return;
	}
	for (size_t i = 0; i < sizeof(same) / sizeof(same[0]); i++) {
		if (same[i].flag != flag)
			continue;
		if (dtrace_setopt(cmd->dtp, same[i].opt, arg) == 0)
			break;
		if (arg)
			fatal(cmd, "failed to set -%c %s", flag, arg);
		fatal(cmd, "failed to set -%c", flag);
	}
	switch (flag) {
	case 'o':
		cmd->outname = arg;
		break;
	case 'v':
		cmd->verbose = true;
		break;
	case 'Z':
		cmd->zdefs = true;
		break;
	case 'B':
		complain("-B is not supported: it was a test mode of other implementations");
		exit(EXIT_FAILURE);
	case 'd':
		complain("-d is not supported: if and else are compiled as they are, and -S shows the code");
		exit(EXIT_FAILURE);
	case 'O':
		cmd->aggs_at_end = true;
		break;
	case 'W':
		complain("-W is not supported: use -c to start the command, or -p once it runs");
		exit(EXIT_FAILURE);
	}
}

/* "syscall::read:entry /pid/ { ... }" is shown as "syscall::read:entry", a script by its file name. */
static char *
shown_name(int flag, const char *text)
{
	while (flag != 's' && isspace((unsigned char)*text))
		text++;
	size_t n = flag == 's' ? strlen(text) : strcspn(text, "{/;");
	while (flag != 's' && n > 0 && isspace((unsigned char)text[n - 1]))
		n--;
	char *name = xalloc(n + 1, 1);
	memcpy(name, text, n);
	return name;
}

static void
set_options(cmd_t *cmd, const cmdline_t *cl)
{
	/* Defaults of the command, which any option may change. */
	static const char *const defaults[][2] = {{"bufsize", "4m"}, {"aggsize", "4m"}, {"temporal", NULL}};
	for (size_t i = 0; i < sizeof(defaults) / sizeof(defaults[0]); i++)
		if (dtrace_setopt(cmd->dtp, defaults[i][0], defaults[i][1]) != 0)
			fatal(cmd, "failed to set default %s", defaults[i][0]);

	cmd->progs = xalloc((size_t)cl->nitems + 1, sizeof(*cmd->progs));
	for (int i = 0; i < cl->nitems; i++) {
		const item_t *it = &cl->items[i];
		if (is_program(it->flag)) {
			char *name = shown_name(it->flag, it->arg);
			cmd->progs[cmd->nprogs++] = (prog_t){.flag = it->flag, .text = it->arg, .name = name};
		} else {
			set_option(cmd, it->flag, it->arg);
		}
	}
}

/* -c: the command is split at blanks, without quoting, as ever. */
static struct ps_prochandle *
create_process(cmd_t *cmd, const char *command)
{
	char *copy = strdup(command), *save = NULL;
	char **argv = xalloc(strlen(command) / 2 + 2, sizeof(*argv));
	int argc = 0;
	for (char *w = copy ? strtok_r(copy, " \t\n", &save) : NULL; w; w = strtok_r(NULL, " \t\n", &save))
		argv[argc++] = w;
	if (argc == 0) {
		complain("failed to execute '%s': empty command", command);
		exit(EXIT_FAILURE);
	}
	struct ps_prochandle *p = dtrace_proc_create(cmd->dtp, argv[0], argv);
	if (!p)
		fatal(cmd, "failed to execute %s", argv[0]);
	free(argv);
	free(copy);
	return p;
}

static struct ps_prochandle *
grab_process(cmd_t *cmd, const char *arg)
{
	char *end;
	errno = 0;
	long pid = strtol(arg, &end, 0);
	if (end == arg || *end || errno || pid <= 0 || pid != (pid_t)pid) {
		complain("invalid pid: %s", arg);
		exit(EXIT_FAILURE);
	}
	struct ps_prochandle *p = dtrace_proc_grab(cmd->dtp, (pid_t)pid, 0);
	if (!p)
		fatal(cmd, "failed to grab pid %ld", pid);
	return p;
}

static void
take_processes(cmd_t *cmd, const cmdline_t *cl)
{
	cmd->procs = xalloc((size_t)cl->nitems + 1, sizeof(*cmd->procs));
	for (int i = 0; i < cl->nitems; i++) {
		if (cl->items[i].flag == 'c')
			cmd->procs[cmd->nprocs++] = create_process(cmd, cl->items[i].arg);
		else if (cl->items[i].flag == 'p')
			cmd->procs[cmd->nprocs++] = grab_process(cmd, cl->items[i].arg);
	}
	cmd->live = cmd->nprocs;
}

static dtrace_probespec_t
spec_of(int flag)
{
	switch (flag) {
	case 'P':
		return DTRACE_PROBESPEC_PROVIDER;
	case 'm':
		return DTRACE_PROBESPEC_MOD;
	case 'f':
		return DTRACE_PROBESPEC_FUNC;
	default:
		return DTRACE_PROBESPEC_NAME;
	}
}

static void
compile(cmd_t *cmd, const cmdline_t *cl, prog_t *p)
{
	unsigned int cflags = cl->mode == 'l' ? DTRACE_C_ZDEFS : 0;
	char **argv = p->argv = xalloc((size_t)cl->noperands + 2, sizeof(*argv));
	memcpy(argv + 1, cl->operands, (size_t)cl->noperands * sizeof(*argv));
	int argc = cl->noperands + 1;
	if (p->flag == 's') {
		FILE *fp = fopen(p->text, "re");
		if (!fp) {
			complain("failed to open %s: %s", p->text, strerror(errno));
			exit(EXIT_FAILURE);
		}
		argv[0] = (char *)p->text;
		p->prog = dtrace_program_fcompile(cmd->dtp, fp, cflags, argc, argv);
		fclose(fp);
		if (!p->prog)
			fatal(cmd, "failed to compile script %s", p->text);
	} else {
		argv[0] = (char *)cl->prog;
		p->prog = dtrace_program_strcompile(cmd->dtp, p->text, spec_of(p->flag),
						    cflags | DTRACE_C_PSPEC, argc, argv);
		if (!p->prog)
			fatal(cmd, "invalid probe specifier %s", p->text);
	}
}

static void
open_output(cmd_t *cmd)
{
	cmd->out = stdout;
	if (!cmd->outname)
		return;
	cmd->out = fopen(cmd->outname, "ae");
	if (!cmd->out) {
		complain("failed to open output file '%s': %s", cmd->outname, strerror(errno));
		exit(EXIT_FAILURE);
	}
}

/* -v: the stability of each program; what it is made of when nothing is traced. */
static void
report(cmd_t *cmd, bool compile_only)
{
	FILE *out = cmd->out;
	if (cmd->structured && !compile_only)
		cmd->out = stderr; /* a document is all that the output may hold */
	for (int i = 0; cmd->verbose && i < cmd->nprogs; i++) {
		report_stability(cmd, &cmd->progs[i]);
		if (compile_only)
			report_clauses(cmd, &cmd->progs[i]);
		else
			fputc('\n', cmd->out);
	}
	cmd->out = out;
}

static void
enable(cmd_t *cmd)
{
	unsigned int matched = 0;
	for (int i = 0; i < cmd->nprogs; i++) {
		prog_t *p = &cmd->progs[i];
		if (dtrace_program_exec(cmd->dtp, p->prog, &p->info) != 0)
			fatal(cmd, "failed to enable '%s'", p->name);
		matched += p->info.dpi_matches;
		if (!cmd->quiet)
			complain("%s '%s' matched %u probe%s", p->flag == 's' ? "script" : "description",
				 p->name, p->info.dpi_matches, p->info.dpi_matches == 1 ? "" : "s");
	}
	if (matched == 0 && !cmd->zdefs) {
		complain("no probes matched");
		exit(EXIT_FAILURE);
	}
}

/* The end, whichever way: close what was opened, and tell how it went. */
static void __attribute__((noreturn)) finish(cmd_t *cmd)
{
	flush_output(cmd);
	if (cmd->out && cmd->out != stdout)
		fclose(cmd->out);
	dtrace_close(cmd->dtp);
	for (int i = 0; i < cmd->nprogs; i++) {
		free(cmd->progs[i].name);
		free(cmd->progs[i].argv);
	}
	free(cmd->progs);
	free(cmd->procs);
	exit(cmd->status);
}

static int
count_flags(const cmdline_t *cl, const char *which)
{
	int n = 0;
	for (int i = 0; i < cl->nitems; i++)
		n += strchr(which, cl->items[i].flag) != NULL;
	return n;
}

/* What does not go together, or is missing: said before anything is done. */
static void
check_usage(const cmdline_t *cl, int nprogs)
{
	const char *wrong = NULL;
	bool to_file = count_flags(cl, "o") > 0;
	int nscripts = count_flags(cl, "s");
	if (cl->modes_clash)
		wrong = "only one of the [-AGhlV] options can be specified at a time";
	else if (count_flags(cl, "B") && cl->mode && strchr("AGl", cl->mode))
		wrong = "-B not valid in combination with [-AGl] options";
	else if (count_flags(cl, "B") && to_file)
		wrong = "-B not valid in combination with -o option";
	else if (cl->mode == 'G' && nprogs == 0)
		wrong = "-G requires one or more scripts or enabling options";
	else if (cl->mode == 'h' && nprogs == 0)
		wrong = "-h requires one or more scripts or enabling options";
	else if (cl->mode == 'h' && nscripts > 1 && !to_file)
		wrong = "-h requires an output file if multiple scripts are specified";
	else if (cl->mode == 'h' && nscripts == 0 && !to_file)
		wrong = "-h requires an output file if no scripts are specified";
	if (!wrong)
		return;
	complain("%s", wrong);
	exit(EXIT_USAGE);
}

static void
refuse_mode(char mode)
{
	if (mode == 'A')
		complain("-A: tracing from boot on (anonymous tracing) is not supported: start dtrace from a "
			 "unit of systemd");
	else if (mode == 'G')
		complain("-G: building probes into object files comes with USDT providers, which are not "
			 "supported yet");
	exit(EXIT_FAILURE);
}

int
main(int argc, char **argv)
{
	static cmd_t cmd;
	static cmdline_t cl; /* lives as long as the program */
	prepare(&argc, &argv);
	if (argc < 2)
		usage();
	parse_command_line(argc, argv, &cl);
	bool verbose = false;
	int nprogs = 0;
	for (int i = 0; i < cl.nitems; i++) {
		verbose |= cl.items[i].flag == 'v';
		nprogs += is_program(cl.items[i].flag);
	}
	check_usage(&cl, nprogs);
	if (cl.mode == 'V') {
		printf("dtrace: %s\n", _dtrace_version);
		if (verbose)
			printf("This is dbridge %s, DTrace for Linux on BPF\n", DT_VERSION);
		cmd.out = stdout;
		flush_output(&cmd);
		return EXIT_SUCCESS;
	}
	if (cl.ilp32) {
		complain("-32: only the 64-bit data model is supported");
		exit(EXIT_FAILURE);
	}
	if (cl.mode == 'A' || cl.mode == 'G')
		refuse_mode(cl.mode);

	open_library(&cmd, &cl);
	set_options(&cmd, &cl);
	if (cmd.nprogs == 0 && cl.mode != 'l' && !cmd.zdefs) {
		complain("no probes specified");
		exit(EXIT_FAILURE);
	}
	set_handlers(&cmd);
	take_processes(&cmd, &cl);
	progress_begin(&cmd);
	for (int i = 0; i < cmd.nprogs; i++)
		compile(&cmd, &cl, &cmd.progs[i]);

	if (cl.mode == 'h') {
		progress_end();
		write_header(&cmd);
		cmd.out = stdout;
		finish(&cmd);
	}
	/* A pragma may have set these. */
	cmd.quiet = option_on(&cmd, "quiet");
	cmd.flow = option_on(&cmd, "flowindent");
	cmd.structured = dtrace_oformat(cmd.dtp);
	open_output(&cmd);
	if (cl.mode == 'l') {
		list_probes(&cmd);
		finish(&cmd);
	}
	if (cmd.verbose)
		progress_end(); /* it prints */
	report(&cmd, cl.compile_only);
	if (cl.compile_only)
		finish(&cmd);
	enable(&cmd);
	trace(&cmd);
	finish(&cmd);
}
