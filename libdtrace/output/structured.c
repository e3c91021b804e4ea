/*
 * structured.c - see structured.h: the document, the entries of records and drops, and
 * the plain values in them.
 */
#include "structured.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "../ir/module.h"
#include "../process/ksyms.h"
#include "../process/usyms.h"
#include "format.h"

enum {
	TEXT_MAX = 1024,
	NOPROBE = -1 /* CPU and id of entries that are no probe's */
};

/* ------------------------------------------------------------------ the API */

static FILE *outfp; /* dtrace_set_outfp(); NULL: stdout */

void
dtrace_set_outfp(FILE *fp)
{
	outfp = fp;
}

int
dtrace_oformat(dtrace_hdl_t *dtp)
{
	return dtp->oformat != DT_DOC_TEXT;
}

void
dtrace_oformat_setup(dtrace_hdl_t *dtp)
{
	if (dtp->structured || dtp->oformat == DT_DOC_TEXT)
		return;
	dt_structured_t *st = dtp->structured = dt_xcalloc(1, sizeof(*st));
	st->fp = outfp ? outfp : stdout;
	st->doc = dt_doc_new(st->fp, (dt_docformat_t)dtp->oformat, dtp->opretty);
	dt_doc_object(st->doc, "dtrace");
	dt_doc_list(st->doc, "probes");
}

void
dtrace_oformat_teardown(dtrace_hdl_t *dtp)
{
	dt_structured_t *st = dtp->structured;
	if (!st)
		return;
	if (st->in_probe)
		dt_struct_end(dtp);
	dt_doc_free(st->doc);
	fflush(st->fp);
	dt_vec_free(&st->drops);
	free(st);
	dtp->structured = NULL;
}

/* ------------------------------------------------------------------ entries */

static void
head(dt_doc_t *d, uint64_t time, int cpu, int64_t id, const char *prv, const char *mod, const char *fun,
     const char *nam)
{
	dt_doc_item(d);
	dt_doc_uint(d, "timestamp", time);
	dt_doc_int(d, "cpu", cpu);
	dt_doc_int(d, "id", id);
	dt_doc_str(d, "provider", prv);
	dt_doc_str(d, "module", mod);
	dt_doc_str(d, "function", fun);
	dt_doc_str(d, "name", nam);
}

void
dt_struct_begin(dtrace_hdl_t *dtp, const dtrace_probedata_t *pd)
{
	dt_structured_t *st = dtp->structured;
	const dtrace_probedesc_t *p = pd->dtpda_pdesc;
	head(st->doc, pd->dtpda_timestamp, pd->dtpda_cpu, p->dtpd_id, p->dtpd_provider, p->dtpd_mod,
	     p->dtpd_func, p->dtpd_name);
	dt_doc_list(st->doc, "output");
	st->in_probe = true;
}

void
dt_struct_begin_internal(dtrace_hdl_t *dtp, const char *name)
{
	dt_structured_t *st = dtp->structured;
	head(st->doc, dt_now(), NOPROBE, NOPROBE, "dtrace", "INTERNAL", "INTERNAL", name);
	dt_doc_list(st->doc, "output");
	st->in_probe = true;
}

static void
put_drop(dt_doc_t *d, const dtrace_dropdata_t *data)
{
	size_t n = strlen(data->dtdda_msg);
	head(d, dt_now(), NOPROBE, NOPROBE, "dtrace", "INTERNAL", "INTERNAL", "DROP");
	dt_doc_uint(d, "count", data->dtdda_drops);
	dt_doc_uint(d, "total", data->dtdda_total);
	dt_doc_int(d, "kind", data->dtdda_kind);
	dt_doc_text(d, "msg", data->dtdda_msg, n && data->dtdda_msg[n - 1] == '\n' ? n - 1 : n);
	dt_doc_close(d);
}

void
dt_struct_drop(dtrace_hdl_t *dtp, const dtrace_dropdata_t *data)
{
	dt_structured_t *st = dtp->structured;
	if (!st->in_probe) {
		put_drop(st->doc, data);
		return;
	}
	dtrace_dropdata_t *later = dt_vec_push(&st->drops);
	*later = *data;
	later->dtdda_msg = dt_xstrdup(data->dtdda_msg);
}

int
dt_struct_end(dtrace_hdl_t *dtp)
{
	enum {
		OUTSIDE = 2 /* the document's object and its list of probes */
	};
	dt_structured_t *st = dtp->structured;
	dt_doc_close_to(st->doc, OUTSIDE);
	st->in_probe = false;
	for (int i = 0; i < st->drops.n; i++) {
		put_drop(st->doc, &st->drops.p[i]);
		free((char *)(uintptr_t)st->drops.p[i].dtdda_msg);
	}
	st->drops.n = 0;
	return ferror(st->fp) ? dt_set_errno(dtp, EDT_FIO) : 0;
}

/* ----------------------------------------------------------------- addresses */

static void
put_offset(dt_doc_t *d, uint64_t off)
{
	char text[32];
	snprintf(text, sizeof(text), "0x%" PRIx64, off);
	dt_doc_str(d, "offset", text);
}

static void
frame(dt_doc_t *d, const char *text, const char *module, const char *name, uint64_t off)
{
	dt_doc_item(d);
	dt_doc_str(d, "symbol", text);
	if (module && *module)
		dt_doc_str(d, "module", module);
	if (name && *name) {
		dt_doc_str(d, "name", name);
		put_offset(d, off);
	}
	dt_doc_close(d);
}

static void
kernel_frame(dtrace_hdl_t *dtp, uint64_t addr)
{
	char text[TEXT_MAX];
	const dt_ksym_t *k = dt_ksym_byaddr(dtp, addr);
	dtrace_addr2str(dtp, addr, text, sizeof(text));
	frame(dtp->structured->doc, text, k ? k->mod : NULL, k ? k->name : NULL, k ? addr - k->addr : 0);
}

static void
user_frame(dtrace_hdl_t *dtp, pid_t pid, uint64_t addr, bool helpers)
{
	char text[TEXT_MAX];
	dt_usym_t u;
	dt_doc_t *d = dtp->structured->doc;
	const char *made = helpers ? dt_stack_made_code(dtp, pid, addr) : NULL;
	if (made) {
		frame(d, made, NULL, NULL, 0);
		return;
	}
	bool known = dt_usym_byaddr(dtp, pid, addr, &u);
	dtrace_uaddr2str(dtp, pid, addr, text, sizeof(text));
	frame(d, text, known ? u.object : NULL, known ? u.name : NULL, known ? u.off : 0);
}

/* A list of frames; in a list, in an object of its own. */
static void
put_stack(dtrace_hdl_t *dtp, const dtrace_recdesc_t *rec, const char *data)
{
	dt_doc_t *d = dtp->structured->doc;
	dt_stackrec_t s = dt_stack_of(rec, data);
	dt_doc_list(d, s.user ? "ustack-frames" : "stack-frames");
	for (int i = 0; i < s.n; i++) {
		uint64_t addr;
		memcpy(&addr, s.pcs + (size_t)i * sizeof(addr), sizeof(addr));
		if (!addr)
			break;
		if (s.user)
			user_frame(dtp, s.pid, addr, s.helpers);
		else
			kernel_frame(dtp, addr);
	}
	dt_doc_close(d);
}

static const char *
symbol_action(dtrace_actkind_t act)
{
	switch (act) {
	case DTRACEACT_SYM:
		return "sym";
	case DTRACEACT_MOD:
		return "mod";
	case DTRACEACT_USYM:
		return "usym";
	case DTRACEACT_UMOD:
		return "umod";
	case DTRACEACT_UADDR:
		return "uaddr";
	default:
		return NULL;
	}
}

static void
put_symbol(dtrace_hdl_t *dtp, const dtrace_recdesc_t *rec, const void *data)
{
	char text[TEXT_MAX];
	dt_doc_t *d = dtp->structured->doc;
	dt_sym_text(dtp, rec->dtrd_action, data, text, sizeof(text));
	dt_doc_str(d, symbol_action(rec->dtrd_action), text);
	if (rec->dtrd_action != DTRACEACT_SYM)
		return;
	uint64_t addr;
	memcpy(&addr, data, sizeof(addr));
	const dt_ksym_t *k = dt_ksym_byaddr(dtp, addr);
	if (!k)
		return;
	dt_doc_str(d, "object", k->mod);
	dt_doc_str(d, "name", k->name);
	put_offset(d, addr - k->addr);
}

/* ------------------------------------------------------------------- values */

void
dt_struct_hex(dt_doc_t *d, const char *name, const void *data, size_t len)
{
	static const char digit[] = "0123456789abcdef";
	const unsigned char *p = data;
	char *text = dt_xcalloc(2 * len + 1, 1);
	for (size_t i = 0; i < len; i++) {
		text[2 * i] = digit[p[i] >> 4];
		text[2 * i + 1] = digit[p[i] & 15];
	}
	dt_doc_text(d, name, text, 2 * len);
	free(text);
}

static void
put_integer(dt_doc_t *d, const char *name, const dtrace_recdesc_t *rec, const void *data)
{
	uint64_t v = 0;
	memcpy(&v, data, rec->dtrd_size); /* little-endian */
	int shift = 64 - 8 * (int)rec->dtrd_size;
	if (rec->dtrd_arg & DT_RECF_SIGNED)
		dt_doc_int(d, name, (int64_t)(v << shift) >> shift);
	else
		dt_doc_uint(d, name, v);
}

static bool
is_stack(dtrace_actkind_t act)
{
	return act == DTRACEACT_STACK || act == DTRACEACT_USTACK || act == DTRACEACT_JSTACK;
}

void
dt_struct_value(dtrace_hdl_t *dtp, const char *name, const dtrace_recdesc_t *rec, const void *data)
{
	dt_doc_t *d = dtp->structured->doc;
	uint32_t size = rec->dtrd_size;
	bool number = size == 1 || size == 2 || size == 4 || size == 8;
	if (is_stack(rec->dtrd_action)) {
		dt_doc_item(d);
		put_stack(dtp, rec, data);
		dt_doc_close(d);
	} else if (symbol_action(rec->dtrd_action)) {
		char text[TEXT_MAX];
		dt_sym_text(dtp, rec->dtrd_action, data, text, sizeof(text));
		dt_doc_str(d, name, text);
	} else if (rec->dtrd_arg & DT_RECF_STRING) {
		dt_doc_text(d, name, data, strnlen(data, size));
	} else if (!number) {
		if (!dt_opt_on(dtp, DT_OPT_RAWBYTES) && dt_bytes_are_text(data, size))
			dt_doc_text(d, name, data, strnlen(data, size));
		else
			dt_struct_hex(d, name, data, size);
	} else {
		put_integer(d, name, rec, data);
	}
}

int
dt_struct_trace(dtrace_hdl_t *dtp, const dtrace_recdesc_t *rec, const void *data)
{
	dt_doc_t *d = dtp->structured->doc;
	dt_doc_item(d);
	if (is_stack(rec->dtrd_action))
		put_stack(dtp, rec, data);
	else if (symbol_action(rec->dtrd_action))
		put_symbol(dtp, rec, data);
	else
		dt_struct_value(dtp, "value", rec, data);
	dt_doc_close(d);
	return 0;
}

int
dt_struct_tracemem(dtrace_hdl_t *dtp, const void *data, size_t len)
{
	dt_doc_t *d = dtp->structured->doc;
	dt_doc_item(d);
	dt_struct_hex(d, "tracemem", data, len);
	dt_doc_close(d);
	return 0;
}

/* ------------------------------------------------------------------- printf */

/* Does the format show argument i as a floating value?  Stars take an argument each. */
static bool
shown_as_float(const dt_fmt_t *fmt, int i)
{
	int arg = 0;
	for (int k = 0; k < fmt->nconv; k++) {
		const dt_conv_t *c = &fmt->conv[k];
		if (!c->conv)
			continue;
		arg += c->dynwidth + c->dynprec;
		if (arg++ == i)
			return strchr("eEfgG", c->conv) != NULL;
	}
	return false;
}

static void
put_float(dt_doc_t *d, const dt_fmtarg_t *a)
{
	float f;
	double v;
	if (a->rec->dtrd_size == sizeof(f)) {
		memcpy(&f, a->data, sizeof(f));
		v = (double)f;
	} else {
		memcpy(&v, a->data, sizeof(v));
	}
	dt_doc_real(d, "value", v);
}

int
dt_struct_printf(dtrace_hdl_t *dtp, const char *text, size_t len, const dt_fmt_t *fmt, const dt_fmtarg_t *args,
		 int nargs)
{
	dt_doc_t *d = dtp->structured->doc;
	dt_doc_item(d);
	dt_doc_text(d, "message", text, len);
	dt_doc_close(d);
	for (int i = 0; i < nargs; i++) {
		uint32_t size = args[i].rec->dtrd_size;
		dt_doc_item(d);
		if (shown_as_float(fmt, i) && (size == sizeof(float) || size == sizeof(double)))
			put_float(d, &args[i]);
		else
			dt_struct_value(dtp, "value", args[i].rec, args[i].data);
		dt_doc_close(d);
	}
	if (nargs == 0) {
		dt_doc_item(d);
		dt_doc_int(d, "value", 0);
		dt_doc_close(d);
	}
	return 0;
}
