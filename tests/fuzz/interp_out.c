/* interp_out.c - reading the records: what each action prints (output.md part 1, language.md part 8). */
#include "interp.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* An integer of that size and sign as %d, %u, %x ... print it. */
static uint64_t
as_unsigned(uint64_t v, uint32_t size)
{
	return size >= 8 ? v : v & ((UINT64_C(1) << (8 * size)) - 1);
}

/* One conversion: spec is "%", flags, width and precision. */
static void
put_conv(interp_t *in, const char *spec, char conv, value_t v, dt_type_t type)
{
	char fmt[64];
	dt_tinfo_t t = dt_type_ok(type) ? dt_type_info(type) : (dt_tinfo_t){.size = 8, .is_signed = true};
	switch (conv) {
	case 's':
		snprintf(fmt, sizeof(fmt), "%ss", spec);
		fprintf(in->out, fmt, v.s ? v.s : "");
		break;
	case 'c':
		snprintf(fmt, sizeof(fmt), "%sc", spec);
		fprintf(in->out, fmt, (int)(unsigned char)v.n);
		break;
	case 'd':
	case 'i':
		if (t.is_signed || conv == 'i') {
			int64_t n = t.size == 1   ? (int8_t)v.n
				    : t.size == 2 ? (int16_t)v.n
				    : t.size == 4 ? (int32_t)v.n
						  : (int64_t)v.n;
			snprintf(fmt, sizeof(fmt), "%s%s", spec, PRId64);
			fprintf(in->out, fmt, n);
			break;
		}
		conv = 'u';
		/* fallthrough */
	default:
		snprintf(fmt, sizeof(fmt), "%sl%c", spec, conv);
		fprintf(in->out, fmt, as_unsigned(v.n, t.size));
	}
}

/* args: nodes of the call's arguments, the format first, and their values; or keys and the row for printa(). */
void
interp_printf(interp_t *in, const char *fmt, const dt_node_t *args, const value_t *v, const agg_t *agg,
	      const aggrow_t *row)
{
	int key = 0;
	for (const char *p = fmt; *p; p++) {
		char spec[64] = "%", *o = spec + 1;
		bool value = false;
		if (*p != '%') {
			fputc(*p, in->out);
			continue;
		}
		if (*++p == '%') {
			fputc('%', in->out);
			continue;
		}
		for (; strchr("-+ #0.@123456789", *p); p++) {
			value |= *p == '@';
			if (*p != '@' && o < spec + sizeof(spec) - 1)
				*o++ = *p;
		}
		*o = '\0';
		while (*p == 'l' || *p == 'h')
			p++;
		if (!strchr("sdiuxXoc", *p) || !*p)
			interp_unknown(in, "format %s", fmt);
		if (value) {
			if (agg->nbuckets)
				interp_unknown(in, "%%@ of a distribution");
			int64_t x = interp_agg_scalar(agg, row, agg->normal);
			put_conv(in, spec, *p == 'd' && agg->id->aggfunc == DTRACEAGG_COUNT ? 'u' : *p,
				 interp_num((uint64_t)x), DT_NOTYPE);
		} else if (agg) {
			put_conv(in, spec, *p, v[key], agg->id->keys[key]);
			key++;
		} else {
			args = args->next;
			v++;
			put_conv(in, spec, *p, *v, args->type);
		}
	}
}

static void
put_trace(interp_t *in, value_t v, dt_type_t type)
{
	if (v.is_str) {
		fprintf(in->out, in->quiet ? "%s" : "  %-33s", v.s);
		return;
	}
	switch (dt_type_info(type).size) {
	case 1:
		fprintf(in->out, in->quiet ? "%d" : " %3d", (int)(uint8_t)v.n);
		break;
	case 2:
		fprintf(in->out, in->quiet ? "%d" : " %5d", (int)(uint16_t)v.n);
		break;
	case 4:
		fprintf(in->out, in->quiet ? "%d" : " %8d", (int)(int32_t)v.n);
		break;
	default:
		fprintf(in->out, in->quiet ? "%" PRId64 : " %16" PRId64, (int64_t)v.n);
	}
}

static void
do_call(interp_t *in, const event_t *e)
{
	const dt_node_t *call = e->call;
	switch (call->func) {
	case DT_F_TRACE:
		put_trace(in, e->args[0], call->args->type);
		break;
	case DT_F_PRINTF:
		interp_printf(in, call->args->str, call->args, e->args, NULL, NULL);
		break;
	case DT_F_PRINTA:
		interp_printa(in, call);
		break;
	case DT_F_CLEAR:
		interp_agg_clear(interp_agg_of(in, call->args->id));
		break;
	case DT_F_TRUNC:
		interp_agg_trunc(interp_agg_of(in, call->args->id),
				 call->args->next ? (int64_t)e->args[1].n : 0);
		break;
	case DT_F_NORMALIZE:
		if (e->args[1].n == 0)
			interp_unknown(in, "normalize() by 0");
		interp_agg_of(in, call->args->id)->normal = e->args[1].n;
		break;
	case DT_F_DENORMALIZE:
		interp_agg_of(in, call->args->id)->normal = 1;
		break;
	case DT_F_EXIT:
		fprintf(in->out, "<exit %d>", (int)e->args[0].n);
		break;
	default:
		interp_unknown(in, "%s()", call->left->name);
	}
}

static int
by_mention(const void *a, const void *b)
{
	return (*(agg_t *const *)a)->id->id - (*(agg_t *const *)b)->id->id;
}

void
interp_consume(interp_t *in)
{
	for (int i = 0; i < in->events.n; i++) {
		const event_t *e = &in->events.p[i];
		switch (e->kind) {
		case EV_RECORD:
			fprintf(in->out, "<%" PRIu64 ":", e->n);
			break;
		case EV_END:
			fputs(">\n", in->out);
			break;
		case EV_CALL:
			do_call(in, e);
			break;
		case EV_FAULT:
			fprintf(in->out, "<fault %" PRIu64 " of clause %d%s: 0x%" PRIx64 ">\n", e->n, e->clause,
				e->pred ? " in its predicate" : "", e->addr);
			break;
		}
	}
	if (in->dblerrors)
		fprintf(in->out, "<%u errors in ERROR>\n", in->dblerrors);
	if (in->aggs.n > 1)
		qsort(in->aggs.p, (size_t)in->aggs.n, sizeof(*in->aggs.p), by_mention);
	for (int i = 0; i < in->aggs.n; i++)
		if (!in->aggs.p[i]->printed)
			interp_print_agg(in, in->aggs.p[i]);
}
