/*
 * symtext.c - addresses as text: module`symbol+0xOFF, module`0xADDR, 0xADDR
 * (output.md 3.1, 3.2), and the public functions over the symbol tables.
 */
#include "../process/ksyms.h"
#include "../process/usyms.h"
#include "output.h"

#include <inttypes.h>
#include <string.h>

enum text_style {
	WITH_OFFSET,
	SYMBOL_ONLY,
	OBJECT_ONLY
};

static int
format_addr(char *buf, size_t len, enum text_style style, const char *object, const char *name, uint64_t off,
	    uint64_t addr)
{
	if (!object || !*object)
		return snprintf(buf, len, "0x%" PRIx64, addr);
	if (style == OBJECT_ONLY)
		return snprintf(buf, len, "%s", object);
	if (!name || !*name)
		return snprintf(buf, len, "%s`0x%" PRIx64, object, addr);
	if (style == SYMBOL_ONLY || off == 0)
		return snprintf(buf, len, "%s`%s", object, name);
	return snprintf(buf, len, "%s`%s+0x%" PRIx64, object, name, off);
}

static int
kernel_text(dtrace_hdl_t *dtp, uint64_t addr, enum text_style style, char *buf, size_t len)
{
	const dt_ksym_t *k = dt_ksym_byaddr(dtp, addr);
	return k ? format_addr(buf, len, style, k->mod, k->name, addr - k->addr, addr)
		 : format_addr(buf, len, style, NULL, NULL, 0, addr);
}

static int
user_text(dtrace_hdl_t *dtp, pid_t pid, uint64_t addr, enum text_style style, char *buf, size_t len)
{
	dt_usym_t u;
	if (!dt_usym_byaddr(dtp, pid, addr, &u))
		return format_addr(buf, len, style, NULL, NULL, 0, addr);
	if (dt_opt_on(dtp, DT_OPT_NORESOLVE) && style != OBJECT_ONLY && u.object[0])
		return snprintf(buf, len, "%s:0x%" PRIx64, u.object, u.fileoff);
	return format_addr(buf, len, style, u.object, u.name, u.off, addr);
}

void
dt_sym_text(dtrace_hdl_t *dtp, dtrace_actkind_t act, const void *data, char *buf, size_t len)
{
	uint64_t d[2];
	switch (act) {
	case DTRACEACT_USYM:
	case DTRACEACT_UMOD:
	case DTRACEACT_UADDR:
		memcpy(d, data, sizeof(d));
		user_text(dtp, (pid_t)d[0], d[1],
			  act == DTRACEACT_USYM   ? SYMBOL_ONLY
			  : act == DTRACEACT_UMOD ? OBJECT_ONLY
						  : WITH_OFFSET,
			  buf, len);
		break;
	default:
		memcpy(d, data, sizeof(d[0]));
		kernel_text(dtp, d[0],
			    act == DTRACEACT_SYM   ? SYMBOL_ONLY
			    : act == DTRACEACT_MOD ? OBJECT_ONLY
						   : WITH_OFFSET,
			    buf, len);
		break;
	}
}

/* Like snprintf, these return the length of the whole text. */
int
dtrace_addr2str(dtrace_hdl_t *dtp, uint64_t addr, char *buf, int len)
{
	return kernel_text(dtp, addr, WITH_OFFSET, buf, len > 0 ? (size_t)len : 0);
}

int
dtrace_uaddr2str(dtrace_hdl_t *dtp, pid_t pid, uint64_t addr, char *buf, int len)
{
	return user_text(dtp, pid, addr, WITH_OFFSET, buf, len > 0 ? (size_t)len : 0);
}
