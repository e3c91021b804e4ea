/*
 * header.c - dtrace -h: the C header of the providers that programs of this handle declare
 * (output.md 6.6).  A probe is a macro that calls a function of a name the link step of -G
 * knows; with _DTRACE_VERSION 0 all probes are gone.
 */
#include "../sema/xlate.h"
#include "../types/types.h"
#include "compile.h"

#include <ctype.h>
#include <errno.h>
#include <string.h>

/* Characters of a name as they stand in a macro: upper case, all else '_'. */
static void
put_upper(FILE *fp, const char *name)
{
	for (; *name; name++)
		fputc(isalnum((unsigned char)*name) ? toupper((unsigned char)*name) : '_', fp);
}

/* As they stand in the name of a function: "-" is "__". */
static void
put_mangled(FILE *fp, const char *name)
{
	for (; *name; name++)
		fputs(*name == '-' ? "__" : (char[]){*name, '\0'}, fp);
}

static void
put_function(FILE *fp, const char *prefix, const char *prov, const char *probe)
{
	fprintf(fp, "__%s_", prefix);
	put_mangled(fp, prov);
	fputs("___", fp);
	put_mangled(fp, probe);
}

static void
put_macro(FILE *fp, const char *prov, const char *probe, const char *suffix)
{
	fputs("#define ", fp);
	put_upper(fp, prov);
	fputc('_', fp);
	put_upper(fp, probe);
	fputs(suffix, fp);
}

/* "(arg0, arg1)" */
static void
put_arguments(FILE *fp, const dt_node_t *args)
{
	fputc('(', fp);
	for (int i = 0; args; args = args->next, i++)
		fprintf(fp, "%sarg%d", i ? ", " : "", i);
	fputc(')', fp);
}

static void
put_types(FILE *fp, const dt_node_t *args)
{
	char type[256];
	if (!args)
		fputs("void", fp);
	for (const dt_node_t *a = args; a; a = a->next)
		fprintf(fp, "%s%s", a == args ? "" : ", ", dt_type_name(a->dtype, type, sizeof(type)));
}

static void
put_enabled_probe(FILE *fp, const char *prov, const dt_node_t *p)
{
	put_macro(fp, prov, p->name, "");
	put_arguments(fp, p->args);
	fputs(" \\\n\t", fp);
	put_function(fp, "dtrace", prov, p->name);
	put_arguments(fp, p->args);
	fputc('\n', fp);
	put_macro(fp, prov, p->name, "_ENABLED() \\\n\t");
	put_function(fp, "dtraceenabled", prov, p->name);
	fputs("()\n", fp);
}

static void
put_prototypes(FILE *fp, const char *prov, const dt_node_t *p)
{
	fputs("extern void ", fp);
	put_function(fp, "dtrace", prov, p->name);
	fputc('(', fp);
	put_types(fp, p->args);
	fputs(");\nextern int ", fp);
	put_function(fp, "dtraceenabled", prov, p->name);
	fputs("(void);\n", fp);
}

static void
put_absent_probe(FILE *fp, const char *prov, const dt_node_t *p)
{
	put_macro(fp, prov, p->name, "");
	put_arguments(fp, p->args);
	fputc('\n', fp);
	put_macro(fp, prov, p->name, "_ENABLED() (0)\n");
}

static void
put_provider(FILE *fp, const dt_provdecl_t *d)
{
	fputs("#if _DTRACE_VERSION\n\n", fp);
	for (const dt_node_t *p = d->probes; p; p = p->next)
		put_enabled_probe(fp, d->name, p);
	fputc('\n', fp);
	for (const dt_node_t *p = d->probes; p; p = p->next)
		put_prototypes(fp, d->name, p);
	fputs("\n#else\n\n", fp);
	for (const dt_node_t *p = d->probes; p; p = p->next)
		put_absent_probe(fp, d->name, p);
	fputs("\n#endif\n\n", fp);
}

int
dtrace_program_header(dtrace_hdl_t *dtp, FILE *out, const char *file)
{
	const char *base = file ? file : "";
	if (!out)
		return dt_set_errno(dtp, EINVAL);
	if (strrchr(base, '/'))
		base = strrchr(base, '/') + 1;
	if (*base) {
		fputs("#ifndef _", out);
		put_upper(out, base);
		fputs("\n#define _", out);
		put_upper(out, base);
		fputs("\n\n", out);
	}
	/* Other systems define the version in <unistd.h>; compile with -D_DTRACE_VERSION=0 to leave all probes
	 * out. */
	fputs("#include <unistd.h>\n\n#ifndef _DTRACE_VERSION\n#define _DTRACE_VERSION 1\n#endif\n\n"
	      "#ifdef __cplusplus\nextern \"C\" {\n#endif\n\n",
	      out);
	for (int i = 0; i < dtp->provdecls.n; i++)
		if (dtp->provdecls.p[i]->lib == 0)
			put_provider(out, dtp->provdecls.p[i]);
	fputs("#ifdef __cplusplus\n}\n#endif\n", out);
	if (*base)
		fputs("\n#endif\n", out);
	return ferror(out) ? dt_set_errno(dtp, errno ? errno : EIO) : 0;
}
