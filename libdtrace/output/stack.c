/*
 * stack.c - stacks, a frame a line, and sym() and its kin in their column (output.md
 * part 3).
 */
#include "../process/perfmap.h"
#include "../process/usyms.h"
#include "output.h"

#include <string.h>

enum {
	FRAME_TEXT = 1024
};

static int
frame(dtrace_hdl_t *dtp, FILE *fp, const char *text, int indent, int width)
{
	return dt_out(dtp, fp, "%*s%*s\n", indent, "", width, text);
}

int
dt_print_stack(dtrace_hdl_t *dtp, FILE *fp, const uint64_t *pcs, int n, int indent, int width)
{
	dt_piece_t pc;
	if (!(fp = dt_piece_begin(dtp, fp, &pc)))
		return -1;
	int rc = dt_out(dtp, fp, "\n");
	for (int i = 0; i < n && rc == 0; i++) {
		uint64_t addr;
		memcpy(&addr, &pcs[i], sizeof(addr)); /* records need not be aligned */
		if (!addr)
			break;
		char text[FRAME_TEXT];
		dtrace_addr2str(dtp, addr, text, sizeof(text));
		rc = frame(dtp, fp, text, indent, width);
	}
	return dt_piece_end(dtp, &pc, rc);
}

const char *
dt_stack_made_code(dtrace_hdl_t *dtp, pid_t pid, uint64_t addr)
{
	dt_usym_t u;
	if (dt_opt_on(dtp, DT_OPT_NORESOLVE))
		return NULL;
	return dt_usym_byaddr(dtp, pid, addr, &u) && u.name[0] ? NULL : dt_perfmap_byaddr(dtp, pid, addr);
}

static int
print_user(dtrace_hdl_t *dtp, FILE *fp, const void *data, int frames, int indent, int width, bool helpers)
{
	dt_piece_t pc;
	if (!(fp = dt_piece_begin(dtp, fp, &pc)))
		return -1;
	uint64_t pid;
	memcpy(&pid, data, sizeof(pid));
	const char *p = (const char *)data + sizeof(pid);
	int rc = dt_out(dtp, fp, "\n");
	for (int i = 0; i < frames && rc == 0; i++, p += sizeof(uint64_t)) {
		uint64_t addr;
		memcpy(&addr, p, sizeof(addr));
		if (!addr)
			break;
		char text[FRAME_TEXT];
		const char *made = helpers ? dt_stack_made_code(dtp, (pid_t)pid, addr) : NULL;
		if (!made)
			dtrace_uaddr2str(dtp, (pid_t)pid, addr, text, sizeof(text));
		rc = frame(dtp, fp, made ? made : text, indent, width);
	}
	return dt_piece_end(dtp, &pc, rc);
}

int
dt_print_ustack(dtrace_hdl_t *dtp, FILE *fp, const void *data, int frames, int indent, int width)
{
	return print_user(dtp, fp, data, frames, indent, width, false);
}

dt_stackrec_t
dt_stack_of(const dtrace_recdesc_t *rec, const void *data)
{
	bool user = rec->dtrd_action != DTRACEACT_STACK;
	int room = (int)(rec->dtrd_size / sizeof(uint64_t)) - user;
	int want = (int)(uint32_t)rec->dtrd_arg;
	uint64_t pid = 0;
	if (user)
		memcpy(&pid, data, sizeof(pid));
	return (dt_stackrec_t){
	    .user = user,
	    .pid = (pid_t)pid,
	    .pcs = (const char *)data + (user ? sizeof(pid) : 0),
	    .n = want > 0 && want < room ? want : room,
	    /* Room for strings was asked for: jstack() has it unless told otherwise. */
	    .helpers = rec->dtrd_action == DTRACEACT_JSTACK || rec->dtrd_arg >> 32,
	};
}

int
dt_print_stackrec(dtrace_hdl_t *dtp, FILE *fp, const dtrace_recdesc_t *rec, const void *data, int indent,
		  int width)
{
	dt_stackrec_t s = dt_stack_of(rec, data);
	return s.user ? print_user(dtp, fp, data, s.n, indent, width, s.helpers)
		      : dt_print_stack(dtp, fp, data, s.n, indent, width);
}

int
dt_print_sym(dtrace_hdl_t *dtp, FILE *fp, dtrace_actkind_t act, const void *data, const char *fmt)
{
	char text[FRAME_TEXT];
	dt_sym_text(dtp, act, data, text, sizeof(text));
	if (!fmt)
		return dt_out(dtp, fp, "  %-50s", text);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	return dt_out(dtp, fp, fmt, text);
#pragma GCC diagnostic pop
}
