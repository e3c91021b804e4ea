/* attr.c - stability attributes: of descriptions, and as text. */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "../../providers/provider.h"
#include "probe.h"

static const char *const stabilities[] = {"Internal", "Private",  "Obsolete", "External",
					  "Unstable", "Evolving", "Stable",   "Standard"};
static const char *const classes[] = {"Unknown", "CPU", "Platform", "Group", "ISA", "Common"};

const char *
dtrace_stability_name(dtrace_stability_t s)
{
	return s <= DTRACE_STABILITY_MAX ? stabilities[s] : NULL;
}

const char *
dtrace_class_name(dtrace_class_t c)
{
	return c <= DTRACE_CLASS_MAX ? classes[c] : NULL;
}

char *
dtrace_attr2str(dtrace_attribute_t a, char *buf, size_t len)
{
	const char *name = dtrace_stability_name(a.dtat_name), *data = dtrace_stability_name(a.dtat_data);
	const char *class = dtrace_class_name(a.dtat_class);
	if (!name || !data || !class)
		return NULL;
	snprintf(buf, len, "%s/%s/%s", name, data, class);
	return buf;
}

dtrace_attribute_t
dtrace_attr_min(dtrace_attribute_t a, dtrace_attribute_t b)
{
	return (dtrace_attribute_t){a.dtat_name < b.dtat_name ? a.dtat_name : b.dtat_name,
				    a.dtat_data < b.dtat_data ? a.dtat_data : b.dtat_data,
				    a.dtat_class < b.dtat_class ? a.dtat_class : b.dtat_class};
}

dtrace_attribute_t
dtrace_attr_max(dtrace_attribute_t a, dtrace_attribute_t b)
{
	return (dtrace_attribute_t){a.dtat_name > b.dtat_name ? a.dtat_name : b.dtat_name,
				    a.dtat_data > b.dtat_data ? a.dtat_data : b.dtat_data,
				    a.dtat_class > b.dtat_class ? a.dtat_class : b.dtat_class};
}

/* The word of a list that the text begins with, ending at a slash or at the end; NULL: none. */
static const char *
take_word(const char *text, const char *const *words, int n, uint8_t *place)
{
	size_t len = strcspn(text, "/");
	for (int i = 0; i < n; i++)
		if (strlen(words[i]) == len && strncasecmp(words[i], text, len) == 0) {
			*place = (uint8_t)i;
			return text + len;
		}
	return NULL;
}

int
dtrace_str2attr(const char *text, dtrace_attribute_t *attr)
{
	dtrace_attribute_t a;
	const char *p = text;
	if (!p || !(p = take_word(p, stabilities, DTRACE_STABILITY_MAX + 1, &a.dtat_name)) || *p++ != '/' ||
	    !(p = take_word(p, stabilities, DTRACE_STABILITY_MAX + 1, &a.dtat_data)) || *p++ != '/' ||
	    !(p = take_word(p, classes, DTRACE_CLASS_MAX + 1, &a.dtat_class)) || *p)
		return -1;
	*attr = a;
	return 0;
}

dtrace_attribute_t
dt_desc_attr(const dtrace_probedesc_t *pd, const dt_probe_t *p)
{
	const dt_pattr_t *a = &p->provider->attr;
	dtrace_attribute_t min = a->provider;
	if (!pd->dtpd_id && (!*pd->dtpd_provider || dt_is_glob(pd->dtpd_provider)))
		return (dtrace_attribute_t){DTRACE_STABILITY_UNSTABLE, DTRACE_STABILITY_UNSTABLE,
					    DTRACE_CLASS_COMMON};
	if (*pd->dtpd_mod && !dt_is_glob(pd->dtpd_mod))
		min = dtrace_attr_min(min, a->module);
	if (*pd->dtpd_func && !dt_is_glob(pd->dtpd_func))
		min = dtrace_attr_min(min, a->function);
	if (*pd->dtpd_name && !dt_is_glob(pd->dtpd_name))
		min = dtrace_attr_min(min, a->name);
	return min;
}
