/*
 * objects.c - what symbols belong to: the kernel, its modules, and "C" and "D" for what D
 * programs declare; and symbols by name and by address.  The public functions.
 */
#include "../types/types.h"
#include "ksyms.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* kallsyms also names as modules what is none: bpf, __builtin__ftrace. */
static bool
is_loaded(const char *name)
{
	char path[64 + DTRACE_MODNAMELEN];
	snprintf(path, sizeof(path), "/sys/module/%.*s/initstate", DTRACE_MODNAMELEN, name);
	return access(path, F_OK) == 0;
}

static void
describe(dtrace_hdl_t *dtp, const dt_kobject_t *o, int id, dtrace_objinfo_t *info)
{
	char path[64 + DTRACE_MODNAMELEN];
	snprintf(path, sizeof(path), "/sys/kernel/btf/%.*s", DTRACE_MODNAMELEN, o->name);
	*info = (dtrace_objinfo_t){
	    .dto_name = o->name,
	    .dto_file = access(path, R_OK) == 0 ? dt_arena_strdup(dtp->arena, path) : "",
	    .dto_id = id,
	    .dto_flags = DTRACE_OBJ_F_KERNEL | (dt_type_iskernel(o->name) ? DTRACE_OBJ_F_PRIMARY : 0),
	    .dto_text_va = o->text.va,
	    .dto_text_size = o->text.size,
	    .dto_data_va = o->data.va,
	    .dto_data_size = o->data.size,
	};
}

int
dtrace_object_iter(dtrace_hdl_t *dtp, dtrace_obj_f *fn, void *arg)
{
	static const char *const declared[] = {"C", "D"};
	dt_kobject_t *objs;
	dtrace_objinfo_t info;
	int n = dt_ksyms_objects(dtp, &objs), id = 0, rc = 0;
	dt_ksyms_lend(dtp);
	for (int i = 0; i < n && rc == 0; i++) {
		if (i > 0 && !is_loaded(objs[i].name))
			continue;
		describe(dtp, &objs[i], ++id, &info);
		rc = fn(dtp, &info, arg);
	}
	for (int i = 0; i < 2 && rc == 0; i++) {
		info = (dtrace_objinfo_t){.dto_name = declared[i], .dto_file = "", .dto_id = ++id};
		rc = fn(dtp, &info, arg);
	}
	free(objs);
	return rc;
}

/* The name that a special value of `object` stands for; NULL: of several, or of none. */
static const char *
object_name(const char *object)
{
	if (object == DTRACE_OBJ_EXEC || object == DTRACE_OBJ_RTLD)
		return "vmlinux";
	if (object == DTRACE_OBJ_CDEFS)
		return "C";
	if (object == DTRACE_OBJ_DDEFS)
		return "D";
	if (object == DTRACE_OBJ_EVERY || object == DTRACE_OBJ_KMODS || object == DTRACE_OBJ_UMODS)
		return NULL;
	return dt_type_iskernel(object) ? "vmlinux" : object;
}

typedef struct search {
	const char *name;
	dtrace_objinfo_t *info;
} search_t;

static int
take_if_named(dtrace_hdl_t *dtp, const dtrace_objinfo_t *info, void *arg)
{
	const search_t *s = arg;
	(void)dtp;
	if (strcmp(info->dto_name, s->name) != 0)
		return 0;
	*s->info = *info;
	return 1;
}

int
dtrace_object_info(dtrace_hdl_t *dtp, const char *object, dtrace_objinfo_t *info)
{
	dtrace_objinfo_t none;
	search_t s = {.name = object_name(object), .info = info ? info : &none};
	if (!s.name || dtrace_object_iter(dtp, take_if_named, &s) != 1)
		return dt_set_errno(dtp, EDT_NOMOD);
	return 0;
}

/* ------------------------------------------------------------------ symbols */

static void
give(dtrace_hdl_t *dtp, const dt_ksym_t *k, GElf_Sym *sym, dtrace_syminfo_t *info)
{
	dt_ksyms_lend(dtp);
	if (sym) {
		memset(sym, 0, sizeof(*sym));
		sym->st_value = k->addr;
		sym->st_size = k->size;
		sym->st_info = ELF64_ST_INFO(STB_GLOBAL, k->is_data ? STT_OBJECT : STT_FUNC);
		sym->st_shndx = SHN_ABS;
	}
	if (info)
		*info = (dtrace_syminfo_t){.dts_object = k->mod, .dts_name = k->name};
}

int
dtrace_lookup_by_name(dtrace_hdl_t *dtp, const char *object, const char *name, GElf_Sym *sym,
		      dtrace_syminfo_t *info)
{
	const char *mod = object_name(object);
	if (!name)
		return dt_set_errno(dtp, EINVAL);
	if (object == DTRACE_OBJ_UMODS)
		return dt_set_errno(dtp, EDT_NOSYM);
	const dt_ksym_t *k = dt_ksym_byname(dtp, mod, name);
	if (k) {
		give(dtp, k, sym, info);
		return 0;
	}
	return mod && dtrace_object_info(dtp, object, NULL) != 0 ? -1 : dt_set_errno(dtp, EDT_NOSYM);
}

int
dtrace_lookup_by_addr(dtrace_hdl_t *dtp, GElf_Addr addr, GElf_Sym *sym, dtrace_syminfo_t *info)
{
	if (dtp->vector && dtp->vector->dtv_lookup_by_addr) {
		GElf_Sym nosym;
		dtrace_syminfo_t noinfo;
		int err = dtp->vector->dtv_lookup_by_addr(dtp->vectorarg, addr, sym ? sym : &nosym,
							  info ? info : &noinfo);
		return err ? dt_set_errno(dtp, err > 0 ? err : EDT_NOSYMADDR) : 0;
	}
	const dt_ksym_t *k = dt_ksym_byaddr(dtp, addr);
	if (!k)
		return dt_set_errno(dtp, EDT_NOSYMADDR);
	give(dtp, k, sym, info);
	return 0;
}
