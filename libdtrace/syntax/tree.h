/*
 * tree.h - the tree of a D program: made by the parser (syntax/), typed by sema/,
 * read by ir/.  Nodes live in the compile's arena.  Precedence and meaning of each
 * operator: language.md 2.3, 2.4.
 */
#ifndef DT_TREE_H
#define DT_TREE_H

#include "../handle/handle.h"
#include "../types/types.h"

typedef struct dt_src {
	const char *file; /* NULL: the program's own text */
	int line;         /* from 1; 0 = unknown */
} dt_src_t;

typedef enum dt_nkind {
	/* expressions */
	DN_INT,       /* ival; type set by the lexer's suffix rules */
	DN_STR,       /* str */
	DN_IDENT,     /* name: a plain name, `sym or mod`sym (name holds the backquote too) */
	DN_SELF,      /* self->name */
	DN_THIS,      /* this->name */
	DN_AGG,       /* @name; args = keys; index_groups counts [..] groups */
	DN_INDEX,     /* left [ args ] : D array, args[], uregs[], C array or pointer */
	DN_CALL,      /* left ( args ): left is normally a DN_IDENT */
	DN_MEMBER,    /* left . name */
	DN_PTRMEMBER, /* left -> name */
	DN_UNARY,     /* op left: DT_OP_NEG ... DT_OP_STRINGOF, ++ and -- in both places */
	DN_BINARY,    /* left op right, comparison and comma included */
	DN_ASSIGN,    /* left = right, left op= right (op = DT_OP_ASSIGN or the binary operator) */
	DN_COND,      /* cond ? left : right */
	DN_CAST,      /* (decl type) left */
	DN_SIZEOF_T,  /* sizeof (type) */
	DN_OFFSETOF,  /* offsetof (type, name) */
	DN_XLATE,     /* xlate < type > (left) */
	DN_TYPE,      /* a type name where a value is wanted: array declarations only */
	/* statements */
	DN_EXPR_STMT, /* left ; */
	DN_IF,        /* if (cond) body else orelse */
	/* top level */
	DN_CLAUSE,   /* clause */
	DN_DECL,     /* one variable: decl */
	DN_INLINE,   /* inline decl = left; parameters are decl's keys, with their names */
	DN_XLATOR,   /* translator dtype < decl > { body: DN_XMEMBER } */
	DN_PROVIDER, /* provider name { body: DN_PROBE } */
	DN_PROBE,    /* probe name(args) : (right), both lists of DN_TYPE; right is NULL when not written */
	DN_XMEMBER   /* name = left */
} dt_nkind_t;

typedef enum dt_op {
	DT_OP_NONE,
	DT_OP_MUL,
	DT_OP_DIV,
	DT_OP_MOD,
	DT_OP_ADD,
	DT_OP_SUB,
	DT_OP_LSH,
	DT_OP_RSH,
	DT_OP_LT,
	DT_OP_LE,
	DT_OP_GT,
	DT_OP_GE,
	DT_OP_EQ,
	DT_OP_NE,
	DT_OP_BAND,
	DT_OP_XOR,
	DT_OP_BOR,
	DT_OP_LAND,
	DT_OP_LXOR,
	DT_OP_LOR,
	DT_OP_COMMA,
	DT_OP_ASSIGN,
	DT_OP_NEG,
	DT_OP_PLUS,
	DT_OP_NOT,
	DT_OP_BNEG,
	DT_OP_DEREF,
	DT_OP_ADDROF,
	DT_OP_SIZEOF,
	DT_OP_STRINGOF,
	DT_OP_PREINC,
	DT_OP_PREDEC,
	DT_OP_POSTINC,
	DT_OP_POSTDEC
} dt_op_t;

enum {
	DT_MAXDEPTH = 1000
};

typedef struct dt_node dt_node_t;
struct dt_ident;
struct dt_decl;
struct dt_fmt;

struct dt_node {
	dt_nkind_t kind;
	dt_op_t op;
	dt_src_t src;
	dt_node_t *next; /* list link: arguments, statements, items */
	dt_node_t *left, *right, *cond;
	dt_node_t *args;          /* keys, indices, call arguments */
	dt_node_t *body, *orelse; /* DN_IF: statements; DN_CLAUSE: body; translators, providers: members */
	const char *name;
	uint64_t ival;
	const char *str; /* DN_STR: decoded bytes, NUL-terminated; len without it */
	size_t len;
	int index_groups;         /* DN_AGG */
	int depth;                /* of the tree below, at most DT_MAXDEPTH: recursion over it is safe */
	struct dt_decl *decl;     /* DN_DECL, DN_INLINE, DN_CAST, DN_SIZEOF_T ...: as parsed */
	struct dt_clause *clause; /* DN_CLAUSE */

	/* set by sema */
	bool cooked;
	bool has_body; /* DN_CLAUSE: braces were written */
	bool lval, writable;
	bool is_const;       /* DN_INT after folding is the only constant integer */
	struct dt_ident *id; /* variables, functions, aggregations, built-ins */
	dt_type_t type;  /* of the value; DN_CAST, DN_SIZEOF_T, DN_OFFSETOF, DN_XLATE: dtype is the operand */
	dt_type_t dtype; /* the type named in the syntax */
	dt_member_t member; /* DN_MEMBER, DN_PTRMEMBER: where; DN_OFFSETOF too */
	dtrace_attribute_t attr;
	struct dt_fmt *fmt;             /* printf and kin: the parsed format */
	int func;                       /* DN_CALL: dt_func_t of sema/functions.h */
	const struct dt_xlator *xlator; /* DN_XLATE */
	bool trusted, user; /* pointer the kernel vouches for / into user space: args[n], curthread */
};

/* Constructors (tree.c).  All take the arena and the place. */
/* Does the value, a pointer or an object in memory, lie or lead into the current process's memory? */
bool dt_node_is_user(const dt_node_t *);
dt_node_t *dt_node_new(dt_arena_t *, dt_nkind_t, dt_src_t);
dt_node_t *dt_node_append(dt_node_t *list, dt_node_t *tail); /* either may be NULL; the list */
int dt_node_count(const dt_node_t *list);
const char *dt_op_text(dt_op_t); /* "+", "&&" ... */
/* One-line dump "(+ 1 (var x))" for tests and -x tree. */
void dt_node_print(const dt_node_t *, FILE *);

/* A clause: what the parser saw, and what sema and the code generator found out. */
typedef struct dt_clause {
	struct dtrace_prog *prog;
	dt_src_t src;
	struct dt_clause *next; /* in its program */
	const char **descs;     /* texts of the probe descriptions, macros expanded */
	int ndescs;
	dtrace_probedesc_t *pdescs; /* the same, parsed (sema) */
	dt_node_t *pred;            /* or NULL */
	dt_node_t *stmts;
	struct dt_probe **probes; /* matched, ascending id, no duplicates */
	int nprobes;
	dtrace_attribute_t descattr, stmtattr;
	dt_node_t **values; /* of a carrier (syntax/compile.h): expressions wanted beside the statements */
	int nvalues;
	bool no_body; /* description only: default action */
	bool records; /* leaves a record (output.md 1.1) */
	bool has_exit, is_destructive;
	const char *impossible; /* name of an action it calls that no BPF program can do */
	/* ir/ fills these when the clause is enabled: */
	int index;              /* among the enabled clauses, program order */
	dtrace_epid_t epid0;    /* epid on probes[i] is epid0 + i */
	dtrace_recdesc_t *recs; /* the record as the API shows it; offsets after the header */
	struct dt_krec *krecs;  /* the record as the kernel writes it, same count */
	int nrecs;
	uint32_t recsize, krecsize;
	bool speculates; /* its record goes to a speculation: struct dt_recspec first */
} dt_clause_t;

struct dtrace_prog {
	dtrace_hdl_t *dtp;
	dt_arena_t *arena;
	dt_clause_t *clauses;
	dtrace_proginfo_t info;
	uint32_t cflags;
	const char *name; /* $0 */
	bool enabled, destroyed;
};

#endif
