/*
 * stmts.c - the public functions over programs as lists of statements, and those that need
 * an object form of programs, which there is none of.
 *
 * A statement of the API is one probe description of a clause.
 */
#include <errno.h>
#include <stdlib.h>

#include "compile.h"

/* Of a program made by hand, until there is a statement that lowers them. */
static const dtrace_attribute_t attr_none = {DTRACE_STABILITY_STANDARD, DTRACE_STABILITY_STANDARD,
					     DTRACE_CLASS_COMMON};

int
dtrace_stmt_iter(dtrace_hdl_t *dtp, dtrace_prog_t *prog, dtrace_stmt_f *func, void *arg)
{
	if (!prog || !func)
		return dt_set_errno(dtp, EINVAL);
	for (const dt_clause_t *cl = prog->clauses; cl; cl = cl->next)
		for (int i = 0; i < cl->ndescs; i++) {
			dtrace_ecbdesc_t ecb = {.dted_probe = cl->pdescs[i],
						.dted_pred = {.dtpdd_predicate = cl->pred},
						.dted_refcnt = 1};
			dtrace_stmtdesc_t stmt = {
			    .dtsd_ecbdesc = &ecb, .dtsd_descattr = cl->descattr, .dtsd_stmtattr = cl->stmtattr};
			int rc = func(dtp, prog, &stmt, arg);
			if (rc != 0)
				return rc;
		}
	return 0;
}

dtrace_prog_t *
dtrace_program_create(dtrace_hdl_t *dtp)
{
	dtrace_prog_t *prog = dt_xcalloc(1, sizeof(*prog));
	prog->dtp = dtp;
	prog->arena = dt_arena_new();
	prog->info.dpi_descattr = prog->info.dpi_stmtattr = attr_none;
	*dt_vec_push(&dtp->progs) = prog;
	return prog;
}

/* Declarations of the program may be in use: its memory goes with the handle. */
void
dtrace_program_destroy(dtrace_hdl_t *dtp, dtrace_prog_t *prog)
{
	(void)dtp;
	if (prog)
		prog->destroyed = true;
}

dtrace_stmtdesc_t *
dtrace_stmt_create(dtrace_hdl_t *dtp, dtrace_ecbdesc_t *ecb)
{
	if (!ecb) {
		dt_set_errno(dtp, EINVAL);
		return NULL;
	}
	dtrace_stmtdesc_t *stmt = dt_xcalloc(1, sizeof(*stmt));
	stmt->dtsd_ecbdesc = dt_xcalloc(1, sizeof(*stmt->dtsd_ecbdesc));
	stmt->dtsd_ecbdesc->dted_probe = ecb->dted_probe;
	stmt->dtsd_ecbdesc->dted_uarg = ecb->dted_uarg;
	stmt->dtsd_descattr = stmt->dtsd_stmtattr = attr_none;
	return stmt;
}

void
dtrace_stmt_destroy(dtrace_hdl_t *dtp, dtrace_stmtdesc_t *stmt)
{
	(void)dtp;
	if (stmt)
		free(stmt->dtsd_ecbdesc);
	free(stmt);
}

dtrace_actdesc_t *
dtrace_stmt_action(dtrace_hdl_t *dtp, dtrace_stmtdesc_t *stmt)
{
	(void)stmt;
	dt_set_error(dtp, ENOTSUP, "actions are only made by compiling D text");
	return NULL;
}

/* Compiled as a program of its own, whose clause then moves over. */
int
dtrace_stmt_add(dtrace_hdl_t *dtp, dtrace_prog_t *prog, dtrace_stmtdesc_t *stmt)
{
	char text[DTRACE_FULLNAMELEN];
	if (!prog || prog->enabled || prog->destroyed || !stmt || !stmt->dtsd_ecbdesc)
		return dt_set_errno(dtp, EINVAL);
	dtrace_desc2str(&stmt->dtsd_ecbdesc->dted_probe, text, sizeof(text));
	dtrace_prog_t *one =
	    dtrace_program_strcompile(dtp, text, DTRACE_PROBESPEC_NAME, DTRACE_C_NOLIBS, 0, NULL);
	if (!one)
		return -1;
	dt_clause_t **tail = &prog->clauses;
	while (*tail)
		tail = &(*tail)->next;
	*tail = one->clauses;
	one->clauses = NULL;
	dtrace_proginfo_t *info = &prog->info;
	info->dpi_descattr = dtrace_attr_min(info->dpi_descattr, one->info.dpi_descattr);
	info->dpi_stmtattr = dtrace_attr_min(info->dpi_stmtattr, one->info.dpi_stmtattr);
	info->dpi_matches += one->info.dpi_matches;
	info->dpi_recgens++;
	dtrace_stmt_destroy(dtp, stmt);
	return 0;
}

/* ---------------------------------------------------- what needs an object form */

static int
no_object_form(dtrace_hdl_t *dtp, const char *what)
{
	return dt_set_error(dtp, ENOTSUP, "%s comes with USDT providers, which are not supported yet", what);
}

int
dtrace_program_link(dtrace_hdl_t *dtp, dtrace_prog_t *prog, uint_t dflags, const char *file, int objc,
		    char *const objv[])
{
	(void)prog;
	(void)dflags;
	(void)file;
	(void)objc;
	(void)objv;
	return no_object_form(dtp, "linking a program into object files");
}

void *
dtrace_dof_create(dtrace_hdl_t *dtp, dtrace_prog_t *prog, uint_t dflags)
{
	(void)prog;
	(void)dflags;
	no_object_form(dtp, "the object form of a program");
	return NULL;
}

void
dtrace_dof_destroy(dtrace_hdl_t *dtp, void *dof)
{
	(void)dtp;
	(void)dof;
}

void *
dtrace_getopt_dof(dtrace_hdl_t *dtp)
{
	no_object_form(dtp, "the object form of options");
	return NULL;
}

void *
dtrace_geterr_dof(dtrace_hdl_t *dtp)
{
	no_object_form(dtp, "the object form of an error enabling");
	return NULL;
}
