/*
 * probe.h - every probe the handle knows, and matching descriptions against them.
 * Spec: language.md 1.11, providers.md part 1.
 */
#ifndef DT_PROBE_H
#define DT_PROBE_H

#include "../handle/handle.h"

struct dt_provider;

typedef struct dt_probe {
	dtrace_id_t id; /* 1 = BEGIN, 2 = END, 3 = ERROR; then in order of providing */
	const struct dt_provider *provider;
	const char *prv, *mod, *fun, *nam;
	/* Set by the provider: other names descriptions may give these, or NULL. */
	const char *modalias, *alias, *namalias;
	uint64_t priv[2]; /* the provider's own */
} dt_probe_t;

int dt_probes_open(dtrace_hdl_t *);
void dt_probes_close(dtrace_hdl_t *);

/* Called by providers.  Names are copied; a second insert of the same four names gives the first. */
dt_probe_t *dt_probe_insert(dtrace_hdl_t *, const struct dt_provider *, const char *prv, const char *mod,
			    const char *fun, const char *nam);
dt_probe_t *dt_probe_lookup(dtrace_hdl_t *, const char *prv, const char *mod, const char *fun, const char *nam);
dt_probe_t *dt_probe_byid(dtrace_hdl_t *, dtrace_id_t);

/* Is a provider asked for all it has, though somebody may want only one of them?  What it leaves out for its
 * cost then, it is asked for again with the description that is wanted. */
bool dt_probes_static(dtrace_hdl_t *);

/* A provider says why it has no probe of the name that was asked for: part of the error message. */
void dt_probe_absent(dtrace_hdl_t *, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
const char *dt_probe_why_absent(dtrace_hdl_t *); /* of the last dt_probe_match(); NULL: nobody knows */

/* Glob of probe descriptions: * ? [a-z] [!a] \c; empty matches all. */
bool dt_glob(const char *pattern, const char *text);
bool dt_is_glob(const char *pattern);
/* All probes that match, ascending id, having let the providers make what the description asks for.
 * The vector is malloc'ed into *out (caller frees); the count is returned, -1 on error. */
int dt_probe_match(dtrace_hdl_t *, const dtrace_probedesc_t *, dt_probe_t ***out);
/* Text -> description.  DT_SPEC errors: EDT_BADSPEC, EDT_BADID, ENAMETOOLONG. */
int dt_str2desc(dtrace_hdl_t *, dtrace_probespec_t, const char *, dtrace_probedesc_t *);
/* Attributes of a description against the probes it matches (providers.md part 1). */
dtrace_attribute_t dt_desc_attr(const dtrace_probedesc_t *, const dt_probe_t *);

#endif
