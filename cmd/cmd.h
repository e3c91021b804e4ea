/*
 * cmd.h - dtrace(1): what its parts share.  It stands on the public API alone.
 *
 *   setup.c   descriptors, signals and words, before anything else
 *   dtrace.c  the command line and the order of work
 *   modes.c   -l, -v and -e: listing and reporting
 *   header.c  -h: the header of providers declared
 *   progress.c  what takes long says so
 *   trace.c   tracing: records, drops, faults, signals, the end
 */
#ifndef CMD_H
#define CMD_H

#include <stdbool.h>
#include <stdio.h>

#include "dtrace.h"

enum {
	EXIT_USAGE = 2
};

/* One program of the command line, in order. */
typedef struct prog {
	int flag;         /* n s P m f i */
	const char *text; /* option argument: program text, or file name */
	char *name;       /* as shown: the file, or the text cut at its first clause */
	dtrace_prog_t *prog;
	dtrace_proginfo_t info;
	char **argv; /* $0, $1 ...; lives as long as the program */
} prog_t;

typedef struct cmd {
	dtrace_hdl_t *dtp;
	FILE *out;
	const char *outname; /* -o, or NULL */
	prog_t *progs;
	int nprogs;
	struct ps_prochandle **procs; /* -c and -p */
	int nprocs;
	int live; /* how many of them have not ended */
	bool quiet, flow;
	bool structured;  /* option oformat: the library writes a document */
	bool aggs_at_end; /* -O: with the aggregations that printa() has not printed */
	bool verbose;     /* -v */
	bool zdefs;       /* -Z */
	int status;       /* exit status so far */
	bool exited;      /* by exit(): the status stands */
} cmd_t;

/* To be called first; may replace the words by others, which live as long as the program. */
void prepare(int *argc, char ***argv);

/* "dtrace: " + text + newline on stderr. */
void complain(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
/* The same, with the library's reason after ": ", and the end with status 1. */
void fatal(cmd_t *, const char *fmt, ...) __attribute__((noreturn, format(printf, 2, 3)));
/* The same text as fatal's, without the end. */
void complain_why(cmd_t *, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* The reason of the last error, without a newline at its end. */
const char *reason(cmd_t *);
/* Push out what was written; ends the run if it cannot be, in silence if nobody reads any more. */
void flush_output(cmd_t *);
/* A flag option of the library is on. */
bool option_on(cmd_t *, const char *name);

void list_probes(cmd_t *);                      /* -l */
void report_stability(cmd_t *, const prog_t *); /* -v */
void report_clauses(cmd_t *, const prog_t *);   /* -e -v */

void write_header(cmd_t *); /* -h */

/* On a terminal, work that takes more than half a second shows what it is at. */
void progress_begin(cmd_t *);
void progress_end(void);   /* the line is gone */
void progress_pause(void); /* so it is while a message is printed */

void set_handlers(cmd_t *);
void trace(cmd_t *);

#endif
