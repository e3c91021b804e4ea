/*
 * lexctx.c - where in the grammar a token stands, so that words are read rightly:
 * language.md L1 - L4, L16, 1.3.  The lexer follows the brackets of the item it is in.
 */
#include "lexer.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "grammar.h"
#include "library.h"

typedef struct keyword {
	const char *word;
	int token;
	bool starts_item; /* a declaration may begin with it (active in outer mode) */
} keyword_t;

/* Sorted: looked up by bisection.  T_RESERVED words have no use in D. */
static const keyword_t keywords[] = {
    {"auto", T_AUTO, true},
    {"break", T_RESERVED, false},
    {"case", T_RESERVED, false},
    {"char", T_CHAR, true},
    {"const", T_CONST, true},
    {"continue", T_RESERVED, false},
    {"counter", T_RESERVED, true},
    {"default", T_RESERVED, false},
    {"do", T_RESERVED, false},
    {"double", T_DOUBLE, true},
    {"else", T_ELSE, false},
    {"enum", T_ENUM, true},
    {"extern", T_EXTERN, true},
    {"float", T_FLOAT, true},
    {"for", T_RESERVED, false},
    {"goto", T_RESERVED, false},
    {"if", T_IF, false},
    {"import", T_RESERVED, true},
    {"inline", T_INLINE, true},
    {"int", T_INTTYPE, true},
    {"long", T_LONG, true},
    {"offsetof", T_OFFSETOF, false},
    {"probe", T_PROBE, false},
    {"provider", T_PROVIDER, true},
    {"register", T_REGISTER, true},
    {"restrict", T_RESTRICT, true},
    {"return", T_RESERVED, false},
    {"self", T_SELF, true},
    {"short", T_SHORT, true},
    {"signed", T_SIGNED, true},
    {"sizeof", T_SIZEOF, false},
    {"static", T_STATIC, true},
    {"string", T_STRING, true},
    {"stringof", T_STRINGOF, false},
    {"struct", T_STRUCT, true},
    {"switch", T_RESERVED, false},
    {"this", T_THIS, true},
    {"translator", T_TRANSLATOR, true},
    {"typedef", T_TYPEDEF, true},
    {"union", T_UNION, true},
    {"unsigned", T_UNSIGNED, true},
    {"userland", T_USERLAND, true},
    {"void", T_VOID, true},
    {"volatile", T_VOLATILE, true},
    {"while", T_RESERVED, false},
    {"xlate", T_XLATE, false},
};

static int
keyword_cmp(const void *key, const void *entry)
{
	return strcmp(key, ((const keyword_t *)entry)->word);
}

static const keyword_t *
keyword_find(const char *word)
{
	return bsearch(word, keywords, sizeof(keywords) / sizeof(keywords[0]), sizeof(keywords[0]),
		       keyword_cmp);
}

dt_src_t
dt_lex_src(const dt_lexer_t *lx)
{
	return (dt_src_t){lx->file, lx->tokline};
}

/* ` near "TOKEN"`: the token cut at its first newline, control characters made visible. */
static void
near_text(const dt_lexer_t *lx, char *buf, size_t size)
{
	const char *tok = lx->c->text + lx->tokpos;
	size_t len = lx->pos - lx->tokpos, n = 0;
	char text[80];
	if (lx->tokpos >= lx->c->len) {
		snprintf(buf, size, "near end of input");
		return;
	}
	for (size_t i = 0; i < len && tok[i] != '\n' && n < sizeof(text) - 1; i++)
		text[n++] = (unsigned char)tok[i] < ' ' || tok[i] == 0x7f ? '?' : tok[i];
	text[n] = '\0';
	if (n)
		snprintf(buf, size, "near \"%s\"", text);
	else
		snprintf(buf, size, "near end of line");
}

void
dt_lex_error(dt_lexer_t *lx, const char *tag, const char *fmt, ...)
{
	char msg[512], near[128];
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(msg, sizeof(msg), fmt, ap);
	va_end(ap);
	if (strcmp(tag, "D_SYNTAX") != 0)
		dt_error(lx->c, tag, dt_lex_src(lx), "%s", msg);
	near_text(lx, near, sizeof(near));
	dt_error(lx->c, tag, dt_lex_src(lx), "%s %s", msg, near);
}

/* ------------------------------------------------------------- looking ahead */

/* Offset of the next character after pos that is no blank, comment or backslash-newline. */
static size_t
peek(const dt_lexer_t *lx, size_t pos)
{
	const char *s = lx->c->text;
	size_t len = lx->c->len;
	while (pos < len) {
		if (memchr(" \t\f\v\r\n", s[pos], 6)) {
			pos++;
		} else if (s[pos] == '\\' && pos + 1 < len && s[pos + 1] == '\n') {
			pos += 2;
		} else if (s[pos] == '/' && pos + 1 < len && s[pos + 1] == '*') {
			const char *end = memmem(s + pos + 2, len - pos - 2, "*/", 2);
			pos = end ? (size_t)(end - s) + 2 : len;
		} else {
			break;
		}
	}
	return pos;
}

/* The character at an offset; 0 at the end of input. */
static char
char_at(const dt_lexer_t *lx, size_t pos)
{
	return pos < lx->c->len ? lx->c->text[pos] : '\0';
}

static bool
is_word_char(char ch)
{
	return isalnum((unsigned char)ch) || ch == '_' || ch == '`';
}

/* L4: what follows the slash decides whether it ends the predicate. */
static bool
ends_predicate(const dt_lexer_t *lx)
{
	size_t pos = peek(lx, lx->pos);
	return pos >= lx->c->len || memchr("{;/", lx->c->text[pos], 3);
}

/* L3: a name before ++ -- [ or a single = is an identifier whatever types there are. */
static bool
must_be_identifier(const dt_lexer_t *lx)
{
	size_t pos = peek(lx, lx->pos);
	char ch = char_at(lx, pos), ch2 = char_at(lx, pos + 1);
	return ch == '[' || (ch == '=' && ch2 != '=') || (ch == '+' && ch2 == '+') || (ch == '-' && ch2 == '-');
}

/* ---------------------------------------------------------------- the frames */

static dt_lexframe_t *
frame(dt_lexer_t *lx)
{
	return &lx->frames[lx->depth];
}

static dt_lexframe_t *
push(dt_lexer_t *lx, dt_framekind_t kind, char close, bool in_expr)
{
	if (lx->depth == DT_LEX_MAXNEST)
		dt_lex_error(lx, "D_SYNTAX", "brackets are nested too deeply");
	lx->depth++;
	*frame(lx) = (dt_lexframe_t){.kind = kind, .close = close, .in_expr = in_expr};
	return frame(lx);
}

static void
start_item(dt_lexer_t *lx)
{
	lx->outer = true;
	lx->in_pred = false;
	lx->depth = 0;
	lx->frames[0] = (dt_lexframe_t){.kind = DT_FR_ITEM};
	lx->item = DT_LI_DECL;
}

static bool
is_tag_keyword(int tok)
{
	return tok == T_STRUCT || tok == T_UNION || tok == T_ENUM;
}

static void
open_brace(dt_lexer_t *lx)
{
	int tag = is_tag_keyword(lx->prev) ? lx->prev : lx->prev == T_IDENT ? lx->prev2 : 0;
	if (tag == T_ENUM)
		push(lx, DT_FR_ENUM, '}', true);
	else if (tag == T_STRUCT || tag == T_UNION)
		push(lx, DT_FR_STRUCT, '}', false);
	else if (lx->item == DT_LI_TRANSLATOR && lx->depth == 0)
		push(lx, DT_FR_XLATOR, '}', false);
	else if (lx->item == DT_LI_PROVIDER && lx->depth == 0)
		push(lx, DT_FR_PROVIDER, '}', false);
	else
		push(lx, DT_FR_BODY, '}', true);
}

static void
open_paren(dt_lexer_t *lx)
{
	bool of_type = lx->prev == T_SIZEOF || lx->prev == T_OFFSETOF;
	bool in_expr = frame(lx)->in_expr || of_type || frame(lx)->kind == DT_FR_BRACKET;
	push(lx, DT_FR_PAREN, ')', in_expr)->is_offsetof = lx->prev == T_OFFSETOF;
}

static bool
names_type(int tok)
{
	switch (tok) {
	case T_TYPENAME:
	case T_CHAR:
	case T_DOUBLE:
	case T_FLOAT:
	case T_INTTYPE:
	case T_LONG:
	case T_SHORT:
	case T_SIGNED:
	case T_STRING:
	case T_UNSIGNED:
	case T_VOID:
		return true;
	default:
		return is_tag_keyword(tok);
	}
}

/* A token of inner mode moves the context.  True when it ends the item. */
static bool
track_inner(dt_lexer_t *lx, int tok)
{
	dt_lexframe_t *f = frame(lx);
	switch (tok) {
	case '(':
		open_paren(lx);
		break;
	case '[':
		push(lx, DT_FR_BRACKET, ']', f->in_expr);
		break;
	case '{':
		open_brace(lx);
		break;
	case ')':
	case ']':
	case '}':
		if (lx->depth == 0 || f->close != tok)
			dt_lex_error(lx, "D_SYNTAX", "syntax error, closing bracket without its opening one");
		lx->depth--;
		return tok == '}' && lx->depth == 0 && lx->item == DT_LI_CLAUSE;
	case ';':
		f->spec_seen = false;
		if (f->kind == DT_FR_XLATOR || f->kind == DT_FR_STRUCT)
			f->in_expr = false;
		return lx->depth == 0;
	case ',':
		if (f->kind == DT_FR_PAREN || f->kind == DT_FR_BRACKET)
			f->spec_seen = false;
		if (f->kind == DT_FR_STRUCT)
			f->in_expr = false;
		break;
	case '=':
		if (f->kind == DT_FR_XLATOR || f->kind == DT_FR_ITEM)
			f->in_expr = true;
		break;
	case ':': /* the width of a bit-field follows */
		if (f->kind == DT_FR_STRUCT)
			f->in_expr = true;
		break;
	case '<': /* translator T < S s > */
		if (lx->item == DT_LI_TRANSLATOR && f->kind == DT_FR_ITEM)
			f->spec_seen = false;
		break;
	case T_INLINE:
		lx->item = DT_LI_INLINE;
		break;
	case T_TRANSLATOR:
		lx->item = DT_LI_TRANSLATOR;
		break;
	case T_PROVIDER:
		lx->item = DT_LI_PROVIDER;
		break;
	default:
		if (names_type(tok))
			f->spec_seen = true;
		break;
	}
	return false;
}

/* A token of outer mode; true when it ends the item. */
static bool
track_outer(dt_lexer_t *lx, int tok)
{
	lx->item = DT_LI_CLAUSE;
	switch (tok) {
	case T_PRED_OPEN:
		lx->outer = false;
		lx->in_pred = true;
		lx->frames[0].in_expr = true;
		break;
	case '{':
		lx->outer = false;
		push(lx, DT_FR_BODY, '}', true);
		break;
	case ';':
		return true;
	default:
		break;
	}
	return false;
}

int
dt_yylex(DT_YYSTYPE *val, DT_YYLTYPE *loc, dt_compile_t *c)
{
	dt_lexer_t *lx = c->lexer;
	lx->unknown_type = false;
	int tok = dt_lex_scan(lx, val);
	bool ended;
	*loc = dt_lex_src(lx);
	if (tok == '/' && lx->in_pred && ends_predicate(lx)) {
		if (lx->depth > 0)
			dt_lex_error(lx, "D_SYNTAX", "predicate ends inside an open bracket");
		lx->outer = true;
		lx->in_pred = false;
		tok = T_PRED_CLOSE;
		ended = false;
	} else {
		ended = lx->outer ? track_outer(lx, tok) : track_inner(lx, tok);
	}
	lx->prev2 = lx->prev;
	lx->prev = tok;
	if (ended) {
		start_item(lx);
		lx->prev = lx->prev2 = 0;
	}
	return tok;
}

/* --------------------------------------------------------------------- words */

/* A name with a backquote may be a typedef of that module. */
static bool
is_type_name(dt_lexer_t *lx, const char *name)
{
	const char *base = strrchr(name, '`');
	if (strcmp(name, "_Bool") == 0)
		return true;
	if (dt_type_is_typedef(lx->c->dtp, name))
		return true;
	/* A variable of that name is what the program means. */
	return !base && !dt_ident_lookup(lx->c->dtp, DT_SC_GLOBAL, name) && dt_lib_need(lx->c, name) &&
	       dt_type_is_typedef(lx->c->dtp, name);
}

/*
 * L2: does outer-mode text begin a declaration?  Text up to a '*' must be a keyword
 * or a type; what follows must not be what follows a probe description.  For
 * program text of the command line (pspec) what follows must be a declarator.
 */
bool
dt_lex_starts_decl(dt_lexer_t *lx, const char *text, size_t len)
{
	char word[256];
	size_t n = 0;
	while (n < len && is_word_char(text[n]))
		n++;
	if (n == 0 || n >= sizeof(word) || (n < len && text[n] != '*') || memchr(text, ':', len))
		return false;
	memcpy(word, text, n);
	word[n] = '\0';

	bool pspec = (lx->c->cflags & DTRACE_C_PSPEC) || lx->c->pspec != DTRACE_PROBESPEC_NONE;
	size_t pos = peek(lx, lx->tokpos + n);
	while (char_at(lx, pos) == '*')
		pos = peek(lx, pos + 1);
	char ch = char_at(lx, pos);
	bool declarator = is_word_char(ch) || (ch == '(' && n == len);
	const keyword_t *kw = keyword_find(word);
	if (kw && kw->starts_item)
		return !pspec || declarator || ch == '{';
	if (kw)
		return false;
	if (pspec ? !declarator : ch == '{' || ch == '/' || ch == ',' || ch == '\0')
		return false;
	return is_type_name(lx, word);
}

/* "(name)" before an operator that no operand starts with is no cast. */
static bool
is_parenthesized(const dt_lexer_t *lx)
{
	size_t pos = peek(lx, lx->pos);
	if (char_at(lx, pos) != ')')
		return false;
	pos = peek(lx, pos + 1);
	char ch = char_at(lx, pos), ch2 = char_at(lx, pos + 1);
	static const char after[] = "/%<>=)]};,?:.|^"; /* and NUL, the end of input */
	return memchr(after, ch, sizeof(after)) || (ch == '!' && ch2 == '=') || (ch == '-' && ch2 == '>') ||
	       (ch == '&' && ch2 == '&');
}

/* Is a type name what may stand here?  Only then the types are asked. */
static bool
type_position(const dt_lexer_t *lx)
{
	const dt_lexframe_t *f = &lx->frames[lx->depth];
	if (is_tag_keyword(lx->prev))
		return false;
	if (!f->in_expr)
		return !f->spec_seen && lx->prev != '*' && !must_be_identifier(lx);

	bool after_qualifier =
	    lx->prev == T_CONST || lx->prev == T_VOLATILE || lx->prev == T_RESTRICT || lx->prev == T_USERLAND;
	if (after_qualifier)
		return true;
	if (lx->prev == '<' && lx->prev2 == T_XLATE)
		return true;
	if (lx->prev != '(')
		return false;
	if (lx->prev2 != T_SIZEOF && is_parenthesized(lx))
		return false;
	char ch = char_at(lx, peek(lx, lx->pos));
	return ch == ')' || ch == '*' || ch == '(' || is_word_char(ch) || (ch == ',' && f->is_offsetof);
}

static bool
is_qualifier(int tok)
{
	return tok == T_CONST || tok == T_VOLATILE || tok == T_RESTRICT;
}

/* What `userland` stands before is a type; which one, the traced process knows. */
static bool
after_userland(const dt_lexer_t *lx)
{
	return lx->prev == T_USERLAND || (is_qualifier(lx->prev) && lx->prev2 == T_USERLAND);
}

int
dt_lex_name(dt_lexer_t *lx, DT_YYSTYPE *val, const char *name)
{
	bool wanted = type_position(lx);
	val->str = name;
	if (wanted && (after_userland(lx) || is_type_name(lx, name)))
		return T_TYPENAME;
	lx->unknown_type = wanted && (!lx->frames[lx->depth].in_expr || lx->prev == '<');
	return T_IDENT;
}

/* Places where every word is a plain name (L16 and the like). */
static bool
any_word_position(const dt_lexer_t *lx)
{
	const dt_lexframe_t *f = &lx->frames[lx->depth];
	if (lx->prev == '.' || lx->prev == T_PTR || lx->prev == T_PROBE || lx->prev == T_PROVIDER)
		return true;
	if (f->is_offsetof && lx->prev == ',')
		return true;
	return f->kind == DT_FR_XLATOR && (lx->prev == '{' || lx->prev == ';');
}

int
dt_lex_word(dt_lexer_t *lx, DT_YYSTYPE *val, const char *text, size_t len)
{
	const char *name = dt_arena_strndup(lx->c->arena, text, len);
	val->str = name;
	if (any_word_position(lx))
		return T_IDENT;
	const keyword_t *kw = keyword_find(name);
	if (kw && kw->token == T_RESERVED)
		dt_lex_error(lx, "D_SYNTAX", "syntax error, \"%s\" is a reserved word without a use in D",
			     name);
	if (kw)
		return kw->token;
	return dt_lex_name(lx, val, name);
}
