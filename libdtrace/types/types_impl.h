/*
 * types_impl.h - shared by the files of types/ only.
 *
 * All types of a handle are in one writable dictionary.  Kernel types are added as
 * not visible by name (CTF_ADD_NONROOT), D's own as visible (CTF_ADD_ROOT), so both may
 * have a `struct foo`; a forward that D made is turned into the real thing in place,
 * by libctf, when a struct of its name is added.
 *
 * A kernel struct, union or enum enters as a shell with its name, size and alignment; its
 * members follow when somebody looks inside (dt_types_fill).  That is what keeps
 * task_struct from pulling in the kernel.  libctf knows neither sizes of D structs while they
 * grow nor of odd enums: ask dt_type_info(), not ctf_type_size().
 */
#ifndef DT_TYPES_IMPL_H
#define DT_TYPES_IMPL_H

#include "../handle/handle.h"
#include "btf.h"
#include "types.h"

#include <ctf.h>

/* What libctf does not keep about a type; indexed by ctf_id_t. */
enum {
	DT_SF_AGG = 0x001,   /* size and align below are valid (struct, union, enum) */
	DT_SF_SHELL = 0x002, /* members are still in BTF */
	DT_SF_STRING = 0x004,
	DT_SF_STACK = 0x008,
	DT_SF_SYMADDR = 0x010,
	DT_SF_USER = 0x020, /* of the process: a pointer, or a type that pointers to are */
	DT_SF_PERCPU = 0x040,
	DT_SF_SLICE = 0x080,   /* a bit-field's type */
	DT_SF_MISSING = 0x100, /* forward that was looked for in vain */
	DT_SF_INOBJECT = 0x200 /* a shell whose members are in ->user[btf], at offset btfid */
};
#define DT_SF_DTYPE (DT_SF_STRING | DT_SF_STACK | DT_SF_SYMADDR)

typedef struct dt_side {
	uint32_t flags;
	uint32_t size, align;
	uint32_t btfid; /* DT_SF_SHELL: where the members are */
	int btf;        /* and in which file: index of dt_types.btf */
	uint32_t bits;  /* D struct: bits laid out so far */
} dt_side_t;

/* Name spaces of D and C. */
typedef enum dt_ns {
	DT_NS_TYPEDEF,
	DT_NS_STRUCT,
	DT_NS_UNION,
	DT_NS_ENUM
} dt_ns_t;

typedef struct dt_tname {
	struct dt_tname *next;
	const char *name;
	dt_ns_t ns;
	ctf_id_t id;
	bool weak; /* compatibility name: a program may define it anew */
} dt_tname_t;

/* Kinds of memo beside CTF_K_*. */
enum {
	DT_MEMO_USER = 1000, /* number in ->user, offset */
	DT_MEMO_USERPTR,
	DT_MEMO_USERLAND
};

/* Types made from others, so that the same type is made once. */
typedef struct dt_memo {
	struct dt_memo *next;
	uint32_t kind; /* CTF_K_*, DT_MEMO_* */
	uint64_t a, b;
	ctf_id_t id;
} dt_memo_t;

typedef struct dt_btffile {
	const char *name; /* "vmlinux", module */
	dt_btf_t *btf;    /* NULL: could not be read */
	uint32_t *map;    /* id - first -> ctf_id_t, 0 = not yet */
	int fd;           /* the kernel's descriptor of it, -1 until asked for */
} dt_btffile_t;

/* An object of a traced process whose types were asked for. */
typedef struct dt_userfile {
	const struct dt_object *object;
	struct dt_typedata *data; /* NULL: it has none */
} dt_userfile_t;

enum {
	DT_TYPES_HASH = 1024
};

typedef struct dt_types {
	dtrace_hdl_t *dtp;
	ctf_dict_t *fp;
	DT_VEC(dt_side_t) side;
	dt_tname_t *names[DT_TYPES_HASH];
	dt_memo_t *memo[DT_TYPES_HASH];
	DT_VEC(dt_btffile_t) btf; /* [0] is vmlinux */
	DT_VEC(dt_userfile_t) user;
	bool opened;  /* vmlinux was tried */
	bool modules; /* modules were listed */
	DT_VEC(ctf_id_t) denums;
	ctf_id_t strarray, id_void;
	dt_basetypes_t base;
} dt_types_t;

/* types.c */
dt_side_t *dt_types_side(dt_types_t *, ctf_id_t);
uint32_t dt_types_hash(uint32_t seed, const char *);
dt_tname_t *dt_types_name(dt_types_t *, dt_ns_t, const char *);
dt_tname_t *dt_types_setname(dt_types_t *, dt_ns_t, const char *, ctf_id_t);

/* intrinsic.c */
void dt_types_intrinsics(dt_types_t *);
/* The intrinsic of that spelling ("unsigned long", "long unsigned int"), 0 when it is none. */
ctf_id_t dt_types_intrinsic(dt_types_t *, const char *name);
/* Compatibility typedefs (caddr_t, ...) are made when they are asked for. */
dt_tname_t *dt_types_compat(dt_types_t *, const char *name);

/* derive.c */
ctf_id_t dt_types_memo(dt_types_t *, uint32_t kind, uint64_t a, uint64_t b); /* 0: not made yet */
ctf_id_t dt_types_remember(dt_types_t *, uint32_t kind, uint64_t a, uint64_t b, ctf_id_t);
ctf_id_t dt_types_derive(dt_types_t *, uint32_t kind, ctf_id_t ref); /* pointer, const, volatile, restrict */
ctf_id_t dt_types_array(dt_types_t *, ctf_id_t elem, uint32_t n);
/* A bit-field's type; *unit gets the bit offset of the smallest natural unit that holds it. */
ctf_id_t dt_types_bitfield(dt_types_t *, ctf_id_t base, uint64_t bitoff, uint32_t bits, uint64_t *unit);
/* libctf puts the first member at 0 whatever we say: one that is not there follows an empty, unnamed array. */
bool dt_types_add_member(dt_types_t *, ctf_id_t sou, const char *name, ctf_id_t type, uint64_t bitoff);

/* import.c */
dt_btffile_t *dt_types_vmlinux(dt_types_t *);                  /* NULL: no BTF */
dt_btffile_t *dt_types_module(dt_types_t *, const char *name); /* NULL: no such module or no BTF */
void dt_types_modules(dt_types_t *);                           /* list them all in ->btf */
bool dt_types_load(dt_types_t *, int file);                    /* open file i if that was not done yet */
uint32_t dt_types_btfkind(dt_ns_t);
/* Find a name in the kernel proper, then (anywhere) in modules; 0 when there is none. */
ctf_id_t dt_types_kernel(dt_types_t *, dt_ns_t, const char *name, bool anywhere);
ctf_id_t dt_types_import(dt_types_t *, int file, uint32_t btfid);
void dt_types_fill(dt_types_t *, ctf_id_t); /* members of a shell */

/* userland.c */
ctf_id_t dt_types_userptr(dt_types_t *, ctf_id_t); /* a pointer of the process */
void dt_types_user_close(dt_types_t *);

/* userimport.c: the type at that offset of ->user[file]; members of its shell */
ctf_id_t dt_types_user(dt_types_t *, int file, uint32_t off);
void dt_types_user_fill(dt_types_t *, ctf_id_t, int file, uint32_t off);

static inline dt_type_t
dt_types_value(dt_types_t *ts, ctf_id_t id)
{
	return id > 0 ? (dt_type_t){ts->fp, id} : DT_NOTYPE;
}

/* renamed.c: where a kernel without that member of the struct has it, members by dots; NULL: nowhere. */
const char *dt_type_renamed(const char *sou, const char *name);

#endif
