/*
 * types.h - the types of D programs, on libctf dictionaries.
 *
 * One writable dictionary ("D") holds the intrinsic types, D's own types (string,
 * stack, ...), everything D programs declare, and the kernel types they touch: a
 * kernel type is copied from /sys/kernel/btf/vmlinux (modules: /sys/kernel/btf/MOD)
 * the first time somebody names it or looks into it, never before.  A pointer to
 * a struct leads to a forward until dt_type_complete() fetches the definition.
 *
 * A dt_type_t is a plain value; {NULL, 0} is "no type".  Lookups are cached.
 * Spec: language.md part 3.
 */
#ifndef DT_TYPES_H
#define DT_TYPES_H

#include <ctf-api.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct dtrace_hdl;

typedef struct dt_type {
	ctf_dict_t *fp;
	ctf_id_t id;
} dt_type_t;

#define DT_NOTYPE ((dt_type_t){NULL, 0})

typedef enum dt_kind {
	DT_K_NONE,
	DT_K_VOID,
	DT_K_INT, /* integers, char, _Bool, bit-field slices */
	DT_K_FLOAT,
	DT_K_ENUM,
	DT_K_PTR,
	DT_K_ARRAY,
	DT_K_FUNC,
	DT_K_STRUCT,
	DT_K_UNION,
	DT_K_FWD,    /* struct/union known by name only, and not found anywhere */
	DT_K_STRING, /* D's string */
	DT_K_STACK,  /* result of stack(), ustack(), jstack() */
	DT_K_SYMADDR /* result of sym(), usym() and kin */
} dt_kind_t;

/* Everything the compiler asks about a type, after typedefs and qualifiers. */
typedef struct dt_tinfo {
	dt_kind_t kind;
	uint32_t size;  /* bytes; 0 for void, functions, incomplete types */
	uint32_t align; /* bytes, at least 1 */
	bool is_signed; /* integers; enums are signed */
	bool is_const;
	bool is_char;   /* 1-byte integer usable as text */
	uint8_t bitoff; /* bit-fields: offset within the smallest aligned unit that holds it */
	uint8_t bits;   /* (size is that unit's), and width; bits == 0: not a bit-field */
	bool is_user;   /* pointer into the current process (userland, BTF type tag "user") */
	bool is_percpu; /* pointer tagged percpu, rcu...: never followed directly */
	uint32_t nelem; /* arrays: element count, 0 when open */
} dt_tinfo_t;

typedef struct dt_member {
	dt_type_t type;
	uint64_t bitoff; /* from the start of the outermost struct; a bit-field's first bit */
	bool in_union;   /* some enclosing level is a union */
} dt_member_t;

int dt_types_open(struct dtrace_hdl *);
void dt_types_close(struct dtrace_hdl *);

/* Look up "unsigned int", "struct task_struct", "uint64_t", "char *", "const struct foo **",
 * "vmlinux`struct foo" ...  DT_NOTYPE when unknown.  Stars and qualifiers are understood. */
dt_type_t dt_type_lookup(struct dtrace_hdl *, const char *name);
/* True when the identifier names a typedef (the lexer asks); never imports a whole type. */
bool dt_type_is_typedef(struct dtrace_hdl *, const char *name);

dt_tinfo_t dt_type_info(dt_type_t);
bool dt_type_ok(dt_type_t);
bool dt_type_same(dt_type_t, dt_type_t);
/* Through typedefs and qualifiers; forwards are completed from BTF when they can be. */
dt_type_t dt_type_resolve(struct dtrace_hdl *, dt_type_t);
dt_type_t dt_type_complete(struct dtrace_hdl *, dt_type_t);
/* Pointee, array element, or function result. */
dt_type_t dt_type_ref(struct dtrace_hdl *, dt_type_t);
bool dt_type_member(struct dtrace_hdl *, dt_type_t sou, const char *name, dt_member_t *out);
/* "struct task_struct *" as print() and messages show it; buf is returned. */
char *dt_type_name(dt_type_t, char *buf, size_t len);
/* Value of an enumerator: of that enum; or of any enum D programs declared. */
bool dt_type_enumerator(struct dtrace_hdl *, dt_type_t en, const char *name, int *value);

/* Making types. */
dt_type_t dt_type_pointer(struct dtrace_hdl *, dt_type_t);
dt_type_t dt_type_array(struct dtrace_hdl *, dt_type_t elem, uint32_t n);
dt_type_t dt_type_const(struct dtrace_hdl *, dt_type_t);
dt_type_t dt_type_volatile(struct dtrace_hdl *, dt_type_t);
dt_type_t dt_type_function(struct dtrace_hdl *, dt_type_t ret, const dt_type_t *argv, int argc, bool varargs);
dt_type_t dt_type_intn(struct dtrace_hdl *, int size, bool is_signed); /* 1,2,4,8: char short int long */
/* Declarations of D programs.  kind is CTF_K_STRUCT, CTF_K_UNION or CTF_K_ENUM; name may be NULL.
 * These return DT_NOTYPE / false when the name is already taken by another definition. */
dt_type_t dt_type_declare_tag(struct dtrace_hdl *, uint32_t kind, const char *name); /* forward or known */
dt_type_t dt_type_begin_sou(struct dtrace_hdl *, uint32_t kind, const char *name);
bool dt_type_add_member(struct dtrace_hdl *, dt_type_t sou, const char *name, dt_type_t,
			int bits /* -1 none */);
dt_type_t dt_type_begin_enum(struct dtrace_hdl *, const char *name);
bool dt_type_add_enumerator(struct dtrace_hdl *, dt_type_t, const char *name, int value);
bool dt_type_typedef(struct dtrace_hdl *, const char *name, dt_type_t);

/* Frequently used, made at open. */
typedef struct dt_basetypes {
	dt_type_t v, c, i8, u8, i16, u16, i32, u32, i64, u64; /* int, unsigned, long, unsigned long */
	dt_type_t llong, ullong;
	dt_type_t string, stack, symaddr, usymaddr, size, ptrdiff, uintptr, pid, voidp, charp;
} dt_basetypes_t;
const dt_basetypes_t *dt_basetypes(struct dtrace_hdl *);
/* The size of string (option strsize) is fixed when the first program is compiled. */
void dt_types_set_strsize(struct dtrace_hdl *, uint32_t size);

/* The kernel proper under the name of some system: vmlinux, genunix, unix, kernel, mach_kernel. */
bool dt_type_iskernel(const char *module);
/* Type of a kernel function or variable as BTF has it; *percpu: each CPU has its own. */
dt_type_t dt_type_symbol(struct dtrace_hdl *, const char *mod, const char *name, bool is_data, bool *percpu);

/* BTF itself, for who must look where D types do not reach (btf.h): of "vmlinux" or of a loaded module; NULL
 * when there is none.  It lives as long as the handle. */
const struct dt_btf *dt_btf_of(struct dtrace_hdl *, const char *module);
/* The i-th module that has BTF, by name; NULL past the last. */
const char *dt_btf_module(struct dtrace_hdl *, int i);
/* The type of that id in that BTF. */
dt_type_t dt_type_import(struct dtrace_hdl *, const char *module, uint32_t id);
/* The kernel's descriptor of a module's BTF, for attaching by its ids; kept open by the handle.  -errno. */
int dt_btf_fd(struct dtrace_hdl *, const char *module);

/* Byte offset of a member path ("thread_info.status") in a kernel struct, or -1. */
int dt_btf_offset(struct dtrace_hdl *, const char *sou, const char *path);
/* Size in bytes of that member, or -1. */
int dt_btf_size(struct dtrace_hdl *, const char *sou, const char *path);
/* BTF id of a kernel type of that kind (BTF_KIND_TYPEDEF "btf_trace_sys_enter" ...), or -ENOENT. */
int dt_btf_id(struct dtrace_hdl *, const char *name, uint32_t kind);
/* Value of the kernel's enumerator of that name, whatever its enum is called; false: it has none. */
bool dt_btf_enumerator(struct dtrace_hdl *, const char *name, int64_t *value);

/* userland.c: types and symbols of the processes of -c and -p */

/* T as data of the process: pointers to it are is_user. */
dt_type_t dt_type_userland(struct dtrace_hdl *, dt_type_t);
/* A type by its name, obj`name for one of a certain object; kind is CTF_K_TYPEDEF, CTF_K_STRUCT, CTF_K_UNION or
 * CTF_K_ENUM.  Where the process has none of that name, one that D or the program defines.  DT_NOTYPE with the
 * reason. */
dt_type_t dt_type_user_lookup(struct dtrace_hdl *, uint32_t kind, const char *name, const char **why);

typedef struct dt_usersym {
	uint64_t addr; /* in the process */
	uint64_t size; /* bytes of a function's code */
	bool is_func;
	dt_type_t type; /* DT_NOTYPE: nobody knows */
} dt_usersym_t;
/* object "": wherever it is found first.  False with the reason, "" when there is just no such symbol. */
bool dt_type_user_symbol(struct dtrace_hdl *, const char *object, const char *name, dt_usersym_t *,
			 const char **why);

#endif
