/* header.c - -h: the C header of the providers that the programs declare (output.md 6.6). */
#include <errno.h>
#include <libgen.h>
#include <stdlib.h>
#include <string.h>

#include "cmd.h"

/* script.d makes script.h where we are, whatever folder the script is in.  The caller frees it. */
static char *
header_name(const cmd_t *cmd)
{
	const char *from = cmd->outname, *slash;
	if (!from) {
		from = cmd->progs[0].text;
		slash = strrchr(from, '/');
		from = slash ? slash + 1 : from;
	}
	char *name = strdup(from);
	size_t n = name ? strlen(name) : 0;
	if (!name || cmd->outname)
		return name;
	if (n < 3 || strcmp(name + n - 2, ".d") != 0) {
		complain("-h requires an output file: %s is not named like a script (NAME.d)", name);
		exit(EXIT_USAGE);
	}
	name[n - 1] = 'h';
	return name;
}

void
write_header(cmd_t *cmd)
{
	char *name = header_name(cmd), *text = NULL;
	size_t len;
	FILE *fp = name ? open_memstream(&text, &len) : NULL;
	if (!fp) {
		complain("out of memory");
		exit(EXIT_FAILURE);
	}
	/* Made first, then written: a header that is there is whole. */
	fprintf(fp, "/* The providers of %s.  Made by dtrace -h, do not edit. */\n\n",
		cmd->progs[0].flag == 's' ? basename(cmd->progs[0].name) : "a D program");
	if (dtrace_program_header(cmd->dtp, fp, name) != 0 || fclose(fp) != 0)
		fatal(cmd, "failed to create header file %s", name);
	fp = fopen(name, "we");
	if (!fp || fwrite(text, 1, len, fp) != len || fclose(fp) != 0) {
		complain("failed to create header file %s: %s", name, strerror(errno));
		dtrace_close(cmd->dtp);
		exit(EXIT_FAILURE);
	}
	free(text);
	free(name);
}
