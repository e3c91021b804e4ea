/*
 * handle.c - opening and closing a handle, and the consumer's handlers.
 *
 * Opening must cost next to nothing: no BTF, no kallsyms, no probe is looked at before a
 * program asks for it.
 */
#include "handle.h"

#include "../ir/module.h"
#include "../process/ksyms.h"
#include "../process/maplog.h"
#include "../process/perfmap.h"
#include "../process/proc.h"
#include "../process/uobjects.h"
#include "../process/usyms.h"
#include "../sema/ident.h"
#include "../session/aggregate.h"
#include "../syntax/compile.h"
#include "../syntax/library.h"

#include <ctype.h>
#include <errno.h>
#include <linux/capability.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The D API that is implemented, in the words scripts look for. */
const char *const _dtrace_version = "Sun D 1.13";

/* BPF programs that read kernel memory want CAP_BPF and CAP_PERFMON; CAP_SYS_ADMIN includes both. */
static bool
privileged(void)
{
	struct __user_cap_header_struct hdr = {.version = _LINUX_CAPABILITY_VERSION_3};
	struct __user_cap_data_struct data[2];
	if (syscall(SYS_capget, &hdr, data) != 0)
		return geteuid() == 0;
	uint64_t eff = data[0].effective | (uint64_t)data[1].effective << 32;
	uint64_t two = 1ULL << CAP_BPF | 1ULL << CAP_PERFMON;
	return (eff & 1ULL << CAP_SYS_ADMIN) || (eff & two) == two;
}

/* DTRACE_OPT_NAME=value in the environment is an option set before any other. */
static int
options_from_environment(dtrace_hdl_t *dtp)
{
	static const char prefix[] = "DTRACE_OPT_";
	for (char **e = environ; e && *e; e++) {
		if (strncmp(*e, prefix, sizeof(prefix) - 1) != 0)
			continue;
		char *name = dt_xstrdup(*e + sizeof(prefix) - 1);
		char *val = strchr(name, '=');
		*val++ = '\0';
		for (char *p = name; *p; p++)
			*p = (char)tolower((unsigned char)*p);
		int rc = dtrace_setopt(dtp, name, *val ? val : NULL);
		if (rc != 0)
			dt_debug("environment: %s: %s", *e, dtrace_errmsg(dtp, dtp->err));
		free(name);
		if (rc != 0)
			return -1;
	}
	return 0;
}

static dtrace_hdl_t *
open_handle(int version, int flags, int *errp, const dtrace_vector_t *vector, void *arg)
{
	int err = 0;
	if (vector)
		flags |= DTRACE_O_NODEV;
	if (version <= 0 || (flags & ~DTRACE_O_MASK) || ((flags & DTRACE_O_LP64) && (flags & DTRACE_O_ILP32)))
		err = EINVAL;
	else if (version > DTRACE_VERSION)
		err = EDT_VERSION;
	else if (flags & (sizeof(void *) == 8 ? DTRACE_O_ILP32 : DTRACE_O_LP64))
		err = EDT_DATAMODEL;
	else if (!(flags & DTRACE_O_NODEV) && !privileged())
		err = EDT_ACCESS;
	if (err) {
		if (errp)
			*errp = err;
		return NULL;
	}

	dtrace_hdl_t *dtp = dt_xcalloc(1, sizeof(*dtp));
	dtp->oflags = flags;
	dtp->original_out = -1;
	dtp->vector = vector;
	dtp->vectorarg = arg;
	dtp->arena = dt_arena_new();
	dt_options_init(dtp);
	if (dt_types_open(dtp) != 0 || dt_idents_open(dtp) != 0 || dt_probes_open(dtp) != 0 ||
	    options_from_environment(dtp) != 0) {
		if (errp)
			*errp = dtp->err;
		dtrace_close(dtp);
		return NULL;
	}
	return dtp;
}

dtrace_hdl_t *
dtrace_open(int version, int flags, int *errp)
{
	return open_handle(version, flags, errp, NULL, NULL);
}

dtrace_hdl_t *
dtrace_vopen(int version, int flags, int *errp, const dtrace_vector_t *vector, void *arg)
{
	return open_handle(version, flags, errp, vector, arg);
}

int
dtrace_ctlfd(dtrace_hdl_t *dtp)
{
	(void)dtp;
	return -1;
}

void
dtrace_close(dtrace_hdl_t *dtp)
{
	if (!dtp)
		return;
	dt_procs_close(dtp);
	dtrace_oformat_teardown(dtp); /* whoever gives up leaves a whole document behind */
	if (dtp->opt[DT_OPT_CORE])    /* for a debugger to look into, before all is freed */
		abort();
	dt_session_close(dtp);
	dt_aggregate_close(dtp);
	if (dtp->module)
		dt_module_free(dtp->module);
	for (int i = 0; i < dtp->progs.n; i++)
		dt_program_free(dtp->progs.p[i]);
	dt_vec_free(&dtp->progs);
	dt_vec_free(&dtp->enabled);
	dt_vec_free(&dtp->formats);
	dt_usyms_close(dtp);
	dt_maplog_close(dtp);
	dt_objects_close(dtp);
	dt_perfmaps_close(dtp);
	dt_ksyms_close(dtp);
	dt_probes_close(dtp);
	dt_idents_close(dtp);
	dt_libs_close(dtp);
	dt_vec_free(&dtp->xlators);
	dt_vec_free(&dtp->provdecls);
	dt_types_close(dtp);
	dt_vec_free(&dtp->childenv);
	dt_vec_free(&dtp->cppargs);
	dt_arena_free(dtp->arena);
	free(dtp);
}

int
dtrace_handle_err(dtrace_hdl_t *dtp, dtrace_handle_err_f *f, void *arg)
{
	dtp->handlers.err = f;
	dtp->handlers.errarg = arg;
	return 0;
}

int
dtrace_handle_drop(dtrace_hdl_t *dtp, dtrace_handle_drop_f *f, void *arg)
{
	dtp->handlers.drop = f;
	dtp->handlers.droparg = arg;
	return 0;
}

int
dtrace_handle_proc(dtrace_hdl_t *dtp, dtrace_handle_proc_f *f, void *arg)
{
	dtp->handlers.proc = f;
	dtp->handlers.procarg = arg;
	return 0;
}

int
dtrace_handle_setopt(dtrace_hdl_t *dtp, dtrace_handle_setopt_f *f, void *arg)
{
	dtp->handlers.setopt = f;
	dtp->handlers.setoptarg = arg;
	return 0;
}

int
dtrace_handle_buffered(dtrace_hdl_t *dtp, dtrace_handle_buffered_f *f, void *arg)
{
	dtp->handlers.buffered = f;
	dtp->handlers.bufarg = arg;
	return 0;
}

int
dtrace_handle_progress(dtrace_hdl_t *dtp, dtrace_handle_progress_f *f, void *arg)
{
	dtp->handlers.progress = f;
	dtp->handlers.progressarg = arg;
	return 0;
}

void
dt_progress(dtrace_hdl_t *dtp, const char *what, uint64_t done, uint64_t total)
{
	const dtrace_progressdata_t data = {dtp, what, done, total};
	if (dtp->handlers.progress)
		dtp->handlers.progress(&data, dtp->handlers.progressarg);
}
