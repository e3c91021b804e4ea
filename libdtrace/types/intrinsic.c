/*
 * intrinsic.c - the types every D program has: C's own (language.md 3.1), the names that
 * always exist (3.2), and names of other systems' headers that scripts use freely.
 */
#include <string.h>

#include "types_impl.h"

static const struct intrinsic {
	const char *name;
	uint8_t size;
	bool is_float;
	uint8_t format; /* CTF_INT_* or CTF_FP_* */
} intrinsics[] = {
    {"void", 0, false, CTF_INT_SIGNED},
    {"char", 1, false, CTF_INT_SIGNED | CTF_INT_CHAR}, /* signed on every machine */
    {"signed char", 1, false, CTF_INT_SIGNED | CTF_INT_CHAR},
    {"unsigned char", 1, false, 0},
    {"short", 2, false, CTF_INT_SIGNED},
    {"unsigned short", 2, false, 0},
    {"int", 4, false, CTF_INT_SIGNED},
    {"unsigned int", 4, false, 0},
    {"long", 8, false, CTF_INT_SIGNED},
    {"unsigned long", 8, false, 0},
    {"long long", 8, false, CTF_INT_SIGNED},
    {"unsigned long long", 8, false, 0},
    {"_Bool", 1, false, CTF_INT_BOOL},
    {"__int128", 16, false, CTF_INT_SIGNED},
    {"unsigned __int128", 16, false, 0},
    {"float", 4, true, CTF_FP_SINGLE},
    {"double", 8, true, CTF_FP_DOUBLE},
    {"long double", 16, true, CTF_FP_LDOUBLE},
};

/* Spellings of compilers' type data that are not in the order of ours. */
static const char *const spellings[][2] = {
    {"unsigned", "unsigned int"},
    {"signed", "int"},
    {"signed int", "int"},
    {"short int", "short"},
    {"short unsigned int", "unsigned short"},
    {"unsigned short int", "unsigned short"},
    {"long int", "long"},
    {"long unsigned int", "unsigned long"},
    {"unsigned long int", "unsigned long"},
    {"long long int", "long long"},
    {"long long unsigned int", "unsigned long long"},
    {"unsigned long long int", "unsigned long long"},
    {"__int128 unsigned", "unsigned __int128"},
    {"bool", "_Bool"},
    {"ssizetype", "long"},
    {"sizetype", "unsigned long"},
};

static const char *const typedefs[][2] = {
    {"int8_t", "char"},
    {"int16_t", "short"},
    {"int32_t", "int"},
    {"int64_t", "long"},
    {"uint8_t", "unsigned char"},
    {"uint16_t", "unsigned short"},
    {"uint32_t", "unsigned int"},
    {"uint64_t", "unsigned long"},
    {"uchar_t", "unsigned char"},
    {"ushort_t", "unsigned short"},
    {"uint_t", "unsigned int"},
    {"ulong_t", "unsigned long"},
    {"u_longlong_t", "unsigned long long"},
    {"intptr_t", "long"},
    {"ptrdiff_t", "long"},
    {"ssize_t", "long"},
    {"uintptr_t", "unsigned long"},
    {"size_t", "unsigned long"},
    {"id_t", "int"},
    {"pid_t", "int"},
};

/* Known although Linux lacks them (idioms.md); D programs and libraries may define them anew. */
static const char *const compat[][2] = {
    {"longlong_t", "long long"},
    {"caddr_t", "char *"},
    {"hrtime_t", "long long"},
    {"processorid_t", "int"},
    {"psetid_t", "int"},
    {"chipid_t", "int"},
    {"lgrp_id_t", "int"},
    {"lwpid_t", "int"},
    {"zoneid_t", "int"},
    {"taskid_t", "int"},
    {"projid_t", "int"},
    {"dprojid_t", "int"},
    {"poolid_t", "int"},
    {"ctid_t", "int"},
    {"netstackid_t", "int"},
    {"datalink_id_t", "unsigned int"},
    {"time_t", "long"},
    {"clock_t", "long"},
    {"suseconds_t", "long"},
    {"useconds_t", "unsigned int"},
    {"offset_t", "long long"},
    {"u_offset_t", "unsigned long long"},
    {"off64_t", "long long"},
    {"diskaddr_t", "unsigned long long"},
    {"lba_t", "unsigned long long"},
    {"len_t", "unsigned long long"},
    {"ino64_t", "unsigned long long"},
    {"blkcnt64_t", "long long"},
    {"pgcnt_t", "unsigned long"},
    {"spgcnt_t", "long"},
    {"pfn_t", "unsigned long"},
    {"major_t", "unsigned int"},
    {"minor_t", "unsigned int"},
    {"pri_t", "short"},
    {"cnt_t", "short"},
    {"index_t", "short"},
    {"sysid_t", "short"},
    {"model_t", "unsigned int"},
    {"in_port_t", "unsigned short"},
    {"in_addr_t", "unsigned int"},
    {"ipaddr_t", "unsigned int"},
    {"timeout_id_t", "void *"},
};

static ctf_id_t
add_intrinsic(dt_types_t *ts, const struct intrinsic *in)
{
	ctf_encoding_t e = {.cte_format = in->format, .cte_bits = in->size * 8U};
	ctf_id_t id = in->is_float ? ctf_add_float(ts->fp, CTF_ADD_ROOT, in->name, &e)
				   : ctf_add_integer(ts->fp, CTF_ADD_ROOT, in->name, &e);
	dt_types_setname(ts, DT_NS_TYPEDEF, in->name, id);
	return id;
}

static dt_type_t
named(dt_types_t *ts, const char *name)
{
	return dt_types_value(ts, dt_types_name(ts, DT_NS_TYPEDEF, name)->id);
}

static ctf_id_t
add_typedef(dt_types_t *ts, const char *name, ctf_id_t ref)
{
	ctf_id_t id = ctf_add_typedef(ts->fp, CTF_ADD_ROOT, name, ref);
	dt_types_setname(ts, DT_NS_TYPEDEF, name, id);
	return id;
}

/* A type of D's own: a typedef at which dt_type_resolve() stops. */
static dt_type_t
add_dtype(dt_types_t *ts, const char *name, ctf_id_t ref, uint32_t flag)
{
	ctf_id_t id = add_typedef(ts, name, ref);
	dt_types_side(ts, id)->flags |= flag;
	return dt_types_value(ts, id);
}

void
dt_types_intrinsics(dt_types_t *ts)
{
	for (size_t i = 0; i < sizeof(intrinsics) / sizeof(intrinsics[0]); i++)
		add_intrinsic(ts, &intrinsics[i]);
	for (size_t i = 0; i < sizeof(typedefs) / sizeof(typedefs[0]); i++)
		add_typedef(ts, typedefs[i][0], dt_types_intrinsic(ts, typedefs[i][1]));
	ts->id_void = named(ts, "void").id;

	dt_basetypes_t *b = &ts->base;
	b->v = named(ts, "void");
	b->c = b->i8 = named(ts, "char");
	b->u8 = named(ts, "unsigned char");
	b->i16 = named(ts, "short");
	b->u16 = named(ts, "unsigned short");
	b->i32 = named(ts, "int");
	b->u32 = named(ts, "unsigned int");
	b->i64 = named(ts, "long");
	b->u64 = named(ts, "unsigned long");
	b->llong = named(ts, "long long");
	b->ullong = named(ts, "unsigned long long");
	b->size = named(ts, "size_t");
	b->ptrdiff = named(ts, "ptrdiff_t");
	b->uintptr = named(ts, "uintptr_t");
	b->pid = named(ts, "pid_t");
	b->voidp = dt_types_value(ts, dt_types_derive(ts, CTF_K_POINTER, b->v.id));
	b->charp = dt_types_value(ts, dt_types_derive(ts, CTF_K_POINTER, b->c.id));

	/* The array of string is its own, not shared with char [256]: its length is set later. */
	ctf_arinfo_t ar = {.ctr_contents = b->c.id, .ctr_index = b->i32.id, .ctr_nelems = 256};
	ts->strarray = ctf_add_array(ts->fp, CTF_ADD_ROOT, &ar);
	b->string = add_dtype(ts, "string", ts->strarray, DT_SF_STRING);
	b->stack = add_dtype(ts, "stack", ts->id_void, DT_SF_STACK);
	b->symaddr = add_dtype(ts, "_symaddr", b->u64.id, DT_SF_SYMADDR);
	/* process and address */
	b->usymaddr = add_dtype(ts, "_usymaddr", dt_types_array(ts, b->u64.id, 2), DT_SF_SYMADDR);
}

ctf_id_t
dt_types_intrinsic(dt_types_t *ts, const char *name)
{
	for (size_t i = 0; i < sizeof(spellings) / sizeof(spellings[0]); i++) {
		if (!strcmp(name, spellings[i][0])) {
			name = spellings[i][1];
			break;
		}
	}
	for (size_t i = 0; i < sizeof(intrinsics) / sizeof(intrinsics[0]); i++)
		if (!strcmp(name, intrinsics[i].name))
			return named(ts, name).id;
	return 0;
}

static ctf_id_t
add_boolean(dt_types_t *ts)
{
	ctf_id_t en = ctf_add_enum(ts->fp, CTF_ADD_NONROOT, NULL);
	ctf_add_enumerator(ts->fp, en, "B_FALSE", 0);
	ctf_add_enumerator(ts->fp, en, "B_TRUE", 1);
	dt_side_t *s = dt_types_side(ts, en);
	s->flags |= DT_SF_AGG;
	s->size = s->align = 4;
	return en;
}

dt_tname_t *
dt_types_compat(dt_types_t *ts, const char *name)
{
	ctf_id_t ref = 0;
	if (!strcmp(name, "boolean_t"))
		ref = add_boolean(ts);
	for (size_t i = 0; !ref && i < sizeof(compat) / sizeof(compat[0]); i++) {
		if (!strcmp(name, compat[i][0])) {
			const char *to = compat[i][1];
			ref = !strcmp(to, "char *")   ? ts->base.charp.id
			      : !strcmp(to, "void *") ? ts->base.voidp.id
						      : dt_types_intrinsic(ts, to);
		}
	}
	if (!ref)
		return NULL;
	/* Not visible to libctf by name, so that a program's own definition does not meet it. */
	dt_tname_t *n =
	    dt_types_setname(ts, DT_NS_TYPEDEF, name, ctf_add_typedef(ts->fp, CTF_ADD_NONROOT, name, ref));
	n->weak = true;
	return n;
}
