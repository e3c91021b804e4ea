/*
 * lexer.h - what the parts of the lexer share: lexer.l cuts the text into tokens,
 * lexctx.c keeps track of where in the grammar they stand, lexconst.c and macro.c
 * make constants, pragma.c obeys control lines.
 *
 * D needs the context: a word is a probe description, a type name or an identifier
 * by position, and '/' divides or ends a predicate (language.md L1 - L4).
 */
#ifndef DT_LEXER_H
#define DT_LEXER_H

#include "decl.h"

typedef enum dt_lexitem {
	DT_LI_DECL,
	DT_LI_INLINE,
	DT_LI_TRANSLATOR,
	DT_LI_PROVIDER,
	DT_LI_CLAUSE
} dt_lexitem_t;

typedef enum dt_framekind {
	DT_FR_ITEM,
	DT_FR_PAREN,
	DT_FR_BRACKET,
	DT_FR_BODY,
	DT_FR_STRUCT,
	DT_FR_ENUM,
	DT_FR_XLATOR,
	DT_FR_PROVIDER
} dt_framekind_t;

typedef struct dt_lexframe { /* an open bracket; frame 0 is the item itself */
	dt_framekind_t kind;
	char close;
	bool in_expr;   /* expressions stand here, else declarations */
	bool spec_seen; /* declarations: the type is already named, a name is a declarator */
	bool is_offsetof;
} dt_lexframe_t;

enum {
	DT_LEX_MAXNEST = 1000
};

typedef struct dt_lexer {
	dt_compile_t *c;
	void *scanner;      /* flex's */
	size_t tokpos, pos; /* the token is text[tokpos .. pos) */
	int tokline, line;  /* at its start, at pos */
	int comment_line;   /* where the comment began */
	const char *file;   /* from a line marker */
	bool outer;         /* probe descriptions are expected */
	bool in_pred;
	bool unknown_type; /* the token is a name where only a type can stand */
	int prev, prev2;   /* tokens before; 0 at the start of an item */
	dt_lexitem_t item;
	int depth;
	dt_lexframe_t frames[DT_LEX_MAXNEST + 1];
} dt_lexer_t;

union DT_YYSTYPE;

/* lexer.l */
dt_lexer_t *dt_lexer_new(dt_compile_t *);
void dt_lexer_free(dt_lexer_t *);
int dt_lex_scan(dt_lexer_t *, union DT_YYSTYPE *);

/* lexctx.c */
void dt_lex_error(dt_lexer_t *, const char *tag, const char *fmt, ...)
    __attribute__((noreturn, format(printf, 3, 4)));
dt_src_t dt_lex_src(const dt_lexer_t *);
bool dt_lex_starts_decl(dt_lexer_t *, const char *text, size_t len);
int dt_lex_word(dt_lexer_t *, union DT_YYSTYPE *, const char *text, size_t len);
int dt_lex_name(dt_lexer_t *, union DT_YYSTYPE *, const char *name); /* a word that is no keyword */

/* lexconst.c */
typedef enum dt_intstat {
	DT_INT_OK,
	DT_INT_NONE, /* not an integer */
	DT_INT_BADDIGIT,
	DT_INT_TOOBIG
} dt_intstat_t;
/* "0x1fUL", with a sign when allowed; the type is DT_NOTYPE when no type of the suffix holds it. */
dt_intstat_t dt_lex_parse_int(dtrace_hdl_t *, const char *text, size_t len, bool sign, uint64_t *, dt_type_t *);
dt_node_t *dt_lex_int(dt_lexer_t *, const char *text, size_t len);
dt_node_t *dt_lex_char(dt_lexer_t *, const char *text, size_t len);
dt_node_t *dt_lex_string(dt_lexer_t *, const char *text, size_t len); /* text between the quotes */
/* Decode escapes into the arena; *outlen gets the length. */
char *dt_lex_unescape(dt_arena_t *, const char *text, size_t len, size_t *outlen);

/* macro.c */
int dt_lex_macro(dt_lexer_t *, union DT_YYSTYPE *, const char *text, size_t len);
const char *dt_lex_macro_desc(dt_lexer_t *, const char *text, size_t len);

/* pragma.c */
void dt_control_line(dt_lexer_t *, const char *text, size_t len); /* from '#' to the line's end */

#endif
