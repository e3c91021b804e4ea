/*
 * typeinfo.c - types for consumers: by name, of a symbol, of a D type expression.  They get
 * the libctf dictionary a type is in and its number there.
 */
#include "../handle/handle.h"
#include "../syntax/compile.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static int
give(dt_type_t type, const char *object, dtrace_typeinfo_t *tip)
{
	if (tip)
		*tip = (dtrace_typeinfo_t){.dtt_object = object, .dtt_ctfp = type.fp, .dtt_type = type.id};
	return 0;
}

static dt_type_t
scoped(dtrace_hdl_t *dtp, const char *scope, const char *name)
{
	char text[1024];
	int n = snprintf(text, sizeof(text), "%s`%s", scope, name);
	return n > 0 && (size_t)n < sizeof(text) ? dt_type_lookup(dtp, text) : DT_NOTYPE;
}

/* Wherever it is found first. */
static int
lookup_anywhere(dtrace_hdl_t *dtp, bool kernel_only, const char *name, dtrace_typeinfo_t *tip)
{
	static const char *const scopes[] = {"C", "D", "vmlinux"};
	for (int i = kernel_only ? 2 : 0; i < 3; i++) {
		dt_type_t t = scoped(dtp, scopes[i], name);
		if (dt_type_ok(t))
			return give(t, scopes[i], tip);
	}
	dt_type_t t = dt_type_lookup(dtp, name);
	return dt_type_ok(t) ? give(t, "D", tip) : dt_set_errno(dtp, EDT_NOTYPE);
}

int
dtrace_lookup_by_type(dtrace_hdl_t *dtp, const char *object, const char *name, dtrace_typeinfo_t *tip)
{
	dtrace_objinfo_t info;
	if (!name)
		return dt_set_errno(dtp, EINVAL);
	if (object == DTRACE_OBJ_UMODS)
		return dt_set_errno(dtp, EDT_NOTYPE);
	if (object == DTRACE_OBJ_EVERY || object == DTRACE_OBJ_KMODS)
		return lookup_anywhere(dtp, object == DTRACE_OBJ_KMODS, name, tip);
	if (dtrace_object_info(dtp, object, &info) != 0)
		return -1;
	dt_type_t t = scoped(dtp, info.dto_name, name);
	return dt_type_ok(t) ? give(t, info.dto_name, tip) : dt_set_errno(dtp, EDT_NOTYPE);
}

int
dtrace_symbol_type(dtrace_hdl_t *dtp, const GElf_Sym *sym, const dtrace_syminfo_t *sip, dtrace_typeinfo_t *tip)
{
	dtrace_objinfo_t info;
	bool percpu;
	if (!sym || !sip || !sip->dts_object || !sip->dts_name)
		return dt_set_errno(dtp, EINVAL);
	if (dtrace_object_info(dtp, sip->dts_object, &info) != 0)
		return -1;
	dt_type_t t = dt_type_symbol(dtp, info.dto_name, sip->dts_name,
				     ELF64_ST_TYPE(sym->st_info) == STT_OBJECT, &percpu);
	if (dt_type_ok(t))
		return give(t, info.dto_name, tip);
	return dt_set_errno(dtp, *info.dto_file ? EDT_NOTYPE : EDT_NOCTF);
}

/* sizeof is where the grammar takes any type; the text must be nothing but one. */
static dt_type_t
parse_type(dtrace_hdl_t *dtp, dt_arena_t *arena, const char *text)
{
	char *prog = dt_arena_printf(arena, "BEGIN{sizeof(%s);}", text);
	const dt_node_t *item = dt_parse_only(dtp, arena, prog, strlen(prog), false, DTRACE_PROBESPEC_NAME,
					      DTRACE_C_NOLIBS, 0, NULL);
	if (!item)
		return DT_NOTYPE;
	const dt_node_t *stmt = item->next || !item->clause ? NULL : item->clause->stmts;
	const dt_node_t *e = stmt && !stmt->next ? stmt->left : NULL;
	if (e && e->kind == DN_SIZEOF_T)
		return e->dtype;
	dt_set_error(dtp, EDT_COMPILER, "\"%s\" is not a type", text);
	return DT_NOTYPE;
}

int
dtrace_type_strcompile(dtrace_hdl_t *dtp, const char *text, dtrace_typeinfo_t *tip)
{
	if (!text)
		return dt_set_errno(dtp, EINVAL);
	dt_arena_t *arena = dt_arena_new();
	dt_type_t t = dt_type_lookup(dtp, text);
	if (!dt_type_ok(t))
		t = parse_type(dtp, arena, text);
	dt_arena_free(arena);
	return dt_type_ok(t) ? give(t, "D", tip) : -1;
}

int
dtrace_type_fcompile(dtrace_hdl_t *dtp, FILE *fp, dtrace_typeinfo_t *tip)
{
	char *text = NULL;
	size_t size = 0;
	errno = 0;
	if (!fp)
		return dt_set_errno(dtp, EINVAL);
	ssize_t n = getdelim(&text, &size, '\0', fp);
	int rc = -1;
	if (n < 0 && ferror(fp))
		dt_set_errno(dtp, errno ? errno : EIO);
	else
		rc = dtrace_type_strcompile(dtp, n < 0 ? "" : text, tip);
	free(text);
	return rc;
}
