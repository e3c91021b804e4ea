/* name.c - types as C writes them: "struct task_struct *", "char [16]", "int (*)(void)". */
#include <string.h>

#include "types_impl.h"

enum {
	MAXNAME = 1024,
	MAXDEPTH = 24
};

static void put(dt_types_t *ts, ctf_id_t id, const char *decl, char *buf, size_t len, int depth);

static void
put_base(const char *kind, const char *name, const char *decl, char *buf, size_t len)
{
	snprintf(buf, len, "%s%s%s%s", kind, name && *name ? name : "(anon)", *decl ? " " : "", decl);
}

static void
put_pointer(dt_types_t *ts, ctf_id_t ref, const char *decl, char *buf, size_t len, int depth)
{
	char d[MAXNAME];
	int kind = ctf_type_kind(ts->fp, ref);
	bool paren = kind == CTF_K_ARRAY || kind == CTF_K_FUNCTION;
	snprintf(d, sizeof(d), paren ? "(*%s)" : "*%s", decl);
	put(ts, ref, d, buf, len, depth + 1);
}

/* A qualifier of a pointer follows the star, any other stands first. */
static void
put_qualified(dt_types_t *ts, const char *qual, ctf_id_t ref, const char *decl, char *buf, size_t len,
	      int depth)
{
	char d[MAXNAME / 2];
	if (ctf_type_kind(ts->fp, ref) == CTF_K_POINTER) {
		snprintf(d, sizeof(d), "%s%s%s", qual, *decl && *decl != ')' ? " " : "", decl);
		put(ts, ref, d, buf, len, depth + 1);
	} else {
		put(ts, ref, decl, d, sizeof(d), depth + 1);
		snprintf(buf, len, "%s %s", qual, d);
	}
}

static void
put_function(dt_types_t *ts, ctf_id_t id, const char *decl, char *buf, size_t len, int depth)
{
	enum {
		MAXARGS = 32
	};
	char d[MAXNAME], arg[MAXNAME];
	ctf_funcinfo_t fi;
	ctf_id_t argv[MAXARGS];
	if (ctf_func_type_info(ts->fp, id, &fi)) {
		snprintf(buf, len, "(unknown)");
		return;
	}
	uint32_t n = fi.ctc_argc < MAXARGS ? fi.ctc_argc : MAXARGS;
	if (ctf_func_type_args(ts->fp, id, n, argv))
		n = 0;
	size_t at = (size_t)snprintf(d, sizeof(d), "%s(", decl);
	for (uint32_t i = 0; i < n && at < sizeof(d); i++) {
		put(ts, argv[i], "", arg, sizeof(arg), depth + 1);
		at += (size_t)snprintf(d + at, sizeof(d) - at, "%s%s", i ? ", " : "", arg);
	}
	if (at < sizeof(d))
		snprintf(d + at, sizeof(d) - at, "%s)",
			 fi.ctc_flags & CTF_FUNC_VARARG ? (n ? ", ..." : "...")
			 : n                            ? ""
							: "void");
	put(ts, fi.ctc_return, d, buf, len, depth + 1);
}

static void
put(dt_types_t *ts, ctf_id_t id, const char *decl, char *buf, size_t len, int depth)
{
	ctf_dict_t *fp = ts->fp;
	ctf_arinfo_t ar;
	char d[MAXNAME];
	if (depth > MAXDEPTH) {
		snprintf(buf, len, "...");
		return;
	}
	int kind = ctf_type_kind(fp, id);
	if (dt_types_side(ts, id)->flags & DT_SF_SLICE) { /* the type it was declared with */
		put(ts, ctf_type_reference(fp, id), decl, buf, len, depth + 1);
		return;
	}
	switch (kind) {
	case CTF_K_POINTER:
		put_pointer(ts, ctf_type_reference(fp, id), decl, buf, len, depth);
		break;
	case CTF_K_CONST:
		put_qualified(ts, "const", ctf_type_reference(fp, id), decl, buf, len, depth);
		break;
	case CTF_K_VOLATILE:
		put_qualified(ts, "volatile", ctf_type_reference(fp, id), decl, buf, len, depth);
		break;
	case CTF_K_RESTRICT:
		put_qualified(ts, "restrict", ctf_type_reference(fp, id), decl, buf, len, depth);
		break;
	case CTF_K_ARRAY:
		ctf_array_info(fp, id, &ar);
		if (ar.ctr_nelems)
			snprintf(d, sizeof(d), "%s[%u]", decl, ar.ctr_nelems);
		else
			snprintf(d, sizeof(d), "%s[]", decl);
		put(ts, ar.ctr_contents, d, buf, len, depth + 1);
		break;
	case CTF_K_FUNCTION:
		put_function(ts, id, decl, buf, len, depth);
		break;
	case CTF_K_FORWARD:
		kind = ctf_type_kind_forwarded(fp, id);
		/* fallthrough */
	case CTF_K_STRUCT:
	case CTF_K_UNION:
	case CTF_K_ENUM:
		put_base(kind == CTF_K_UNION  ? "union "
			 : kind == CTF_K_ENUM ? "enum "
					      : "struct ",
			 ctf_type_name_raw(fp, id), decl, buf, len);
		break;
	default:
		put_base("", ctf_type_name_raw(fp, id), decl, buf, len);
	}
}

char *
dt_type_name(dt_type_t t, char *buf, size_t len)
{
	char full[MAXNAME];
	if (!dt_type_ok(t))
		snprintf(buf, len, "(unknown)");
	else {
		put(ctf_getspecific(t.fp), t.id, "", full, sizeof(full), 0);
		snprintf(buf, len, "%s", full);
	}
	return buf;
}
