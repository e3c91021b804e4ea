/* macro.c - $name, $N and their $$ forms, as tokens and in probe descriptions: language.md 1.8. */
#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../process/proc.h"
#include "grammar.h"
#include "lexer.h"

static bool
named_value(dtrace_hdl_t *dtp, const char *name, int64_t *value)
{
	if (strcmp(name, "pid") == 0)
		*value = getpid();
	else if (strcmp(name, "ppid") == 0)
		*value = getppid();
	else if (strcmp(name, "uid") == 0)
		*value = getuid();
	else if (strcmp(name, "euid") == 0)
		*value = geteuid();
	else if (strcmp(name, "gid") == 0)
		*value = getgid();
	else if (strcmp(name, "egid") == 0)
		*value = getegid();
	else if (strcmp(name, "sid") == 0)
		*value = getsid(0);
	else if (strcmp(name, "pgid") == 0)
		*value = getpgrp();
	else if (strcmp(name, "projid") == 0 || strcmp(name, "taskid") == 0)
		*value = 0;
	else if (strcmp(name, "target") == 0)
		*value = dt_procs_target(dtp);
	else
		return false;
	return true;
}

/* Operand N, marked as used; NULL when there is none. */
static const char *
operand(dt_compile_t *c, const char *digits)
{
	char *end;
	unsigned long n = strtoul(digits, &end, 10);
	if (c->argc <= 0 || n >= (unsigned long)c->argc || !c->argv[n])
		return NULL;
	c->argused[n] = true;
	return c->argv[n];
}

/* L61: an integer, a name, or else a string. */
static int
operand_token(dt_lexer_t *lx, DT_YYSTYPE *val, const char *arg)
{
	size_t len = strlen(arg);
	uint64_t value;
	dt_type_t type;
	bool is_name = len > 0;

	switch (dt_lex_parse_int(lx->c->dtp, arg, len, true, &value, &type)) {
	case DT_INT_OK:
		val->node = dt_node_new(lx->c->arena, DN_INT, dt_lex_src(lx));
		val->node->ival = value;
		val->node->type = type;
		return T_INT;
	case DT_INT_TOOBIG:
		dt_lex_error(lx, "D_MACRO_OFLOW", "macro argument %s is larger than 64 bits", arg);
	case DT_INT_BADDIGIT:
		dt_lex_error(lx, "D_INT_DIGIT", "macro argument %s: 8 and 9 are no octal digits", arg);
	default:
		break;
	}
	for (size_t i = 0; i < len; i++)
		is_name &= isalnum((unsigned char)arg[i]) || arg[i] == '_' || arg[i] == '`';
	if (is_name)
		return dt_lex_name(lx, val, dt_arena_strdup(lx->c->arena, arg));
	if (len >= 2 && arg[0] == '"' && arg[len - 1] == '"')
		val->node = dt_lex_string(lx, arg + 1, len - 2);
	else
		val->node = dt_lex_string(lx, arg, len);
	return T_STR;
}

int
dt_lex_macro(dt_lexer_t *lx, DT_YYSTYPE *val, const char *text, size_t len)
{
	dt_compile_t *c = lx->c;
	bool as_string = text[1] == '$';
	const char *name = dt_arena_strndup(c->arena, text + 1 + as_string, len - 1 - as_string);
	const char *value;
	int64_t number;

	if (isdigit((unsigned char)name[0])) {
		value = operand(c, name);
		if (!value && !(c->cflags & DTRACE_C_DEFARG))
			dt_lex_error(lx, "D_MACRO_UNDEF", "macro argument %.*s is not defined", (int)len, text);
		if (!value)
			value = as_string ? "" : "0";
		if (!as_string)
			return operand_token(lx, val, value);
	} else {
		if (!named_value(c->dtp, name, &number))
			dt_lex_error(lx, "D_MACRO_UNDEF", "macro variable %.*s is not defined", (int)len, text);
		value = dt_arena_printf(c->arena, "%" PRId64, number);
		if (!as_string) {
			val->node = dt_lex_int(lx, value, strlen(value));
			return T_INT;
		}
	}
	val->node = dt_lex_string(lx, value, strlen(value));
	return T_STR;
}

/* One field of a description; L67. */
static const char *
expand_field(dt_lexer_t *lx, const char *field, size_t len)
{
	dt_compile_t *c = lx->c;
	const char *dollar = memchr(field, '$', len), *value = NULL;
	if (!dollar)
		return dt_arena_strndup(c->arena, field, len);

	const char *macro = dt_arena_strndup(c->arena, dollar, (size_t)(field + len - dollar));
	const char *name = macro + 1 + (macro[1] == '$'), *rest = "";
	int64_t number;
	if (isdigit((unsigned char)*name)) {
		rest = name + strspn(name, "0123456789");
		value = operand(c, name);
	} else if (named_value(c->dtp, name, &number)) {
		value = dt_arena_printf(c->arena, "%" PRId64, number);
	}
	if (strchr(name, '$'))
		dt_lex_error(lx, "D_PDESC_INVAL",
			     "a field of a probe description holds one macro at most: %.*s", (int)len, field);
	if (!value)
		dt_lex_error(lx, "D_PDESC_INVAL", "macro %s in the probe description is not defined", macro);
	if (strchr(value, ':'))
		dt_lex_error(lx, "D_PDESC_INVAL", "macro %s stands for \"%s\", which holds a colon", macro,
			     value);
	return dt_arena_printf(c->arena, "%.*s%s%s", (int)(dollar - field), field, value, rest);
}

const char *
dt_lex_macro_desc(dt_lexer_t *lx, const char *text, size_t len)
{
	const char *end = text + len, *out = "";
	int colons = 0;
	if (!memchr(text, '$', len))
		return dt_arena_strndup(lx->c->arena, text, len);
	for (size_t i = 0; i < len; i++)
		colons += text[i] == ':';
	if (colons > 3)
		dt_lex_error(lx, "D_PDESC_INVAL", "probe description has more than four fields: %.*s",
			     (int)(len > 100 ? 100 : len), text);
	for (const char *field = text;; field++) {
		const char *colon = memchr(field, ':', (size_t)(end - field));
		const char *stop = colon ? colon : end;
		const char *got = expand_field(lx, field, (size_t)(stop - field));
		out = dt_arena_printf(lx->c->arena, "%s%s%s", out, got, colon ? ":" : "");
		if (!colon)
			return out;
		field = colon;
	}
}
