/* modes.c - listing probes (-l) and reporting stability (-v): output.md 6.1 and 6.2. */
#include <stdlib.h>
#include <string.h>

#include "cmd.h"

static void
print_attribute(FILE *out, const char *title, dtrace_attribute_t a)
{
	fprintf(out, "\n\t%s\n", title);
	fprintf(out, "\t\tIdentifier Names: %s\n", dtrace_stability_name(a.dtat_name));
	fprintf(out, "\t\tData Semantics:   %s\n", dtrace_stability_name(a.dtat_data));
	fprintf(out, "\t\tDependency Class: %s\n", dtrace_class_name(a.dtat_class));
}

static int
print_argument(dtrace_hdl_t *dtp, const dtrace_argdesc_t *ad, void *arg)
{
	cmd_t *cmd = arg;
	(void)dtp;
	const char *type = ad->dtargd_xlate[0] ? ad->dtargd_xlate : ad->dtargd_native;
	fprintf(cmd->out, "\t\targs[%d]: %s\n", ad->dtargd_ndx, *type ? type : "(unknown)");
	return 0;
}

static void
print_probe_info(cmd_t *cmd, const dtrace_probedesc_t *pd)
{
	dtrace_probeinfo_t info;
	if (dtrace_probe_info(cmd->dtp, pd, &info) != 0)
		return;
	print_attribute(cmd->out, "Probe Description Attributes", info.dtp_attr);
	print_attribute(cmd->out, "Argument Attributes", info.dtp_arga);
	fputs("\n\tArgument Types\n", cmd->out);
	if (info.dtp_argc <= 0)
		fputs("\t\tNone\n", cmd->out);
	else
		dtrace_arg_iter(cmd->dtp, pd, print_argument, cmd);
	fputc('\n', cmd->out);
}

static int
list_probe(dtrace_hdl_t *dtp, const dtrace_probedesc_t *pd, void *arg)
{
	cmd_t *cmd = arg;
	(void)dtp;
	progress_end();
	fprintf(cmd->out, "%5u %10s %17s %33s %s\n", pd->dtpd_id, pd->dtpd_provider, pd->dtpd_mod,
		pd->dtpd_func, pd->dtpd_name);
	if (cmd->verbose)
		print_probe_info(cmd, pd);
	return ferror(cmd->out) ? -1 : 0;
}

static int
list_clause(dtrace_hdl_t *dtp, dtrace_prog_t *prog, dtrace_stmtdesc_t *stmt, void *arg)
{
	cmd_t *cmd = arg;
	(void)prog;
	const dtrace_probedesc_t *pd = &stmt->dtsd_ecbdesc->dted_probe;
	if (dtrace_probe_iter(dtp, pd, list_probe, cmd) != 0 && !ferror(cmd->out)) {
		char text[DTRACE_FULLNAMELEN];
		fflush(cmd->out);
		complain_why(cmd, "failed to match %s", dtrace_desc2str(pd, text, sizeof(text)));
	}
	return 0;
}

void
list_probes(cmd_t *cmd)
{
	fprintf(cmd->out, "%5s %10s %17s %33s %s\n", "ID", "PROVIDER", "MODULE", "FUNCTION", "NAME");
	if (cmd->nprogs == 0 && dtrace_probe_iter(cmd->dtp, NULL, list_probe, cmd) != 0 && !ferror(cmd->out))
		fatal(cmd, "failed to list probes");
	for (int i = 0; i < cmd->nprogs; i++)
		dtrace_stmt_iter(cmd->dtp, cmd->progs[i].prog, list_clause, cmd);
}

void
report_stability(cmd_t *cmd, const prog_t *p)
{
	dtrace_proginfo_t info;
	dtrace_program_info(cmd->dtp, p->prog, &info);
	fprintf(cmd->out, "\nStability attributes for %s %s:\n", p->flag == 's' ? "script" : "description",
		p->name);
	print_attribute(cmd->out, "Minimum Probe Description Attributes", info.dpi_descattr);
	print_attribute(cmd->out, "Minimum Statement Attributes", info.dpi_stmtattr);
}

static int
report_clause(dtrace_hdl_t *dtp, dtrace_prog_t *prog, dtrace_stmtdesc_t *stmt, void *arg)
{
	cmd_t *cmd = arg;
	(void)dtp;
	(void)prog;
	char text[DTRACE_FULLNAMELEN];
	const dtrace_probedesc_t *pd = &stmt->dtsd_ecbdesc->dted_probe;
	fprintf(cmd->out, "\n%s\n", dtrace_desc2str(pd, text, sizeof(text)));
	print_probe_info(cmd, pd);
	return 0;
}

void
report_clauses(cmd_t *cmd, const prog_t *p)
{
	dtrace_stmt_iter(cmd->dtp, p->prog, report_clause, cmd);
}
