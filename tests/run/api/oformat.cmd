# Option oformat for a program of one's own: setup and teardown, the output file, what callbacks see; close ends
# the document, too; without setup, and without the option, there is text.
lib=$(dirname "$(command -v dtrace)")
inc=$here/../../libdtrace
cat >o.c <<'X'
#include <dtrace.h>
#include <string.h>
static int n;
static int seen(const dtrace_probedata_t *d, void *arg) { (void)d; (void)arg; n++; return DTRACE_CONSUME_THIS; }
static int rec(const dtrace_probedata_t *d, const dtrace_recdesc_t *r, void *arg) { (void)d; (void)arg;
	return r && r->dtrd_action == DTRACEACT_PRINT ? DTRACE_CONSUME_NEXT : DTRACE_CONSUME_THIS; }
int main(int argc, char **argv)
{
	int err;
	FILE *fp = fopen(argv[2], "w");
	dtrace_hdl_t *dtp = dtrace_open(DTRACE_VERSION, 0, &err);
	if (!dtp || !fp || argc < 4 || dtrace_setopt(dtp, "oformat", argv[1]) != 0)
		return 1;
	dtrace_prog_t *p = dtrace_program_strcompile(dtp, "BEGIN { trace(1); print(2); printf(\"x\"); @ = count(); exit(0); }",
		DTRACE_PROBESPEC_NAME, 0, 0, NULL);
	if (!p || dtrace_program_exec(dtp, p, NULL) != 0 || dtrace_go(dtp) != 0)
		return 2;
	dtrace_set_outfp(fp);
	if (!strchr(argv[3], 'n'))
		dtrace_oformat_setup(dtp);
	while (dtrace_work(dtp, stdout, seen, rec, NULL) == DTRACE_WORKSTATUS_OKAY)
		dtrace_sleep(dtp);
	dtrace_aggregate_print(dtp, stdout, NULL);
	printf("\noformat %d, %d records\n", dtrace_oformat(dtp), n);
	if (strchr(argv[3], 't'))
		dtrace_oformat_teardown(dtp);
	dtrace_close(dtp);
	return fclose(fp);
}
X
cc -std=gnu99 -Wall -Wextra -Werror -I "$inc" o.c -o o -L "$lib" -ldtrace -Wl,-rpath,"$lib" || exit 1
./o json doc t && python3 "$here/output/oformat.py" <doc
./o xml doc close && python3 "$here/output/oformat.py" xml <doc
./o json doc n && cat doc
./o text doc t && cat doc
