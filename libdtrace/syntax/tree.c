/* tree.c - nodes of the tree, and their one-line dump.  See tree.h. */
#include "tree.h"

#include <ctype.h>
#include <inttypes.h>
#include <string.h>

#include "decl.h"

bool
dt_node_is_user(const dt_node_t *n)
{
	return n->user || dt_type_info(n->type).is_user;
}

dt_node_t *
dt_node_new(dt_arena_t *arena, dt_nkind_t kind, dt_src_t src)
{
	dt_node_t *n = dt_arena_alloc(arena, sizeof(*n));
	n->kind = kind;
	n->src = src;
	n->depth = 1;
	return n;
}

dt_node_t *
dt_node_append(dt_node_t *list, dt_node_t *tail)
{
	if (!list)
		return tail;
	dt_node_t *n = list;
	while (n->next)
		n = n->next;
	n->next = tail;
	return list;
}

int
dt_node_count(const dt_node_t *list)
{
	int n = 0;
	for (; list; list = list->next)
		n++;
	return n;
}

const char *
dt_op_text(dt_op_t op)
{
	static const char *const text[] = {
	    [DT_OP_NONE] = "",      [DT_OP_MUL] = "*",         [DT_OP_DIV] = "/",
	    [DT_OP_MOD] = "%",      [DT_OP_ADD] = "+",         [DT_OP_SUB] = "-",
	    [DT_OP_LSH] = "<<",     [DT_OP_RSH] = ">>",        [DT_OP_LT] = "<",
	    [DT_OP_LE] = "<=",      [DT_OP_GT] = ">",          [DT_OP_GE] = ">=",
	    [DT_OP_EQ] = "==",      [DT_OP_NE] = "!=",         [DT_OP_BAND] = "&",
	    [DT_OP_XOR] = "^",      [DT_OP_BOR] = "|",         [DT_OP_LAND] = "&&",
	    [DT_OP_LXOR] = "^^",    [DT_OP_LOR] = "||",        [DT_OP_COMMA] = ",",
	    [DT_OP_ASSIGN] = "=",   [DT_OP_NEG] = "-",         [DT_OP_PLUS] = "+",
	    [DT_OP_NOT] = "!",      [DT_OP_BNEG] = "~",        [DT_OP_DEREF] = "*",
	    [DT_OP_ADDROF] = "&",   [DT_OP_SIZEOF] = "sizeof", [DT_OP_STRINGOF] = "stringof",
	    [DT_OP_PREINC] = "++",  [DT_OP_PREDEC] = "--",     [DT_OP_POSTINC] = "++",
	    [DT_OP_POSTDEC] = "--",
	};
	return op < sizeof(text) / sizeof(text[0]) ? text[op] : "";
}

static void
print_type(dt_type_t t, FILE *f)
{
	char buf[256];
	if (dt_type_ok(t))
		fputs(dt_type_name(t, buf, sizeof(buf)), f);
	else
		fputc('?', f);
}

static void
print_str(const char *s, size_t len, FILE *f)
{
	fputc('"', f);
	for (size_t i = 0; i < len; i++) {
		unsigned char ch = (unsigned char)s[i];
		if (ch == '"' || ch == '\\')
			fprintf(f, "\\%c", ch);
		else if (isprint(ch))
			fputc(ch, f);
		else
			fprintf(f, "\\%03o", ch);
	}
	fputc('"', f);
}

static void
print_list(const dt_node_t *list, FILE *f)
{
	for (; list; list = list->next) {
		fputc(' ', f);
		dt_node_print(list, f);
	}
}

static void
print_spaced(const dt_node_t *list, FILE *f)
{
	for (const dt_node_t *n = list; n; n = n->next) {
		if (n != list)
			fputc(' ', f);
		dt_node_print(n, f);
	}
}

static void
print_block(const dt_node_t *list, FILE *f)
{
	fputs(" {", f);
	print_spaced(list, f);
	fputc('}', f);
}

static void
print_int(const dt_node_t *n, FILE *f)
{
	char buf[64] = "int";
	dt_tinfo_t ti = {.is_signed = true};
	if (dt_type_ok(n->type)) {
		ti = dt_type_info(n->type);
		dt_type_name(n->type, buf, sizeof(buf));
	}
	if (ti.is_signed)
		fprintf(f, "%" PRId64, (int64_t)n->ival);
	else
		fprintf(f, "%" PRIu64, n->ival);
	if (strcmp(buf, "int") != 0)
		fprintf(f, ":%s", buf);
}

static void
print_unary(const dt_node_t *n, FILE *f)
{
	bool post = n->op == DT_OP_POSTINC || n->op == DT_OP_POSTDEC;
	fprintf(f, "(%s%s ", post ? "post" : "", dt_op_text(n->op));
	dt_node_print(n->left, f);
	fputc(')', f);
}

/* "(HEAD a b)" for the operands that there are. */
static void
print_operands(const char *head, const dt_node_t *n, FILE *f)
{
	fprintf(f, "(%s", head);
	print_list(n->cond, f);
	if (n->left) {
		fputc(' ', f);
		dt_node_print(n->left, f);
	}
	if (n->right) {
		fputc(' ', f);
		dt_node_print(n->right, f);
	}
	print_list(n->args, f);
	fputc(')', f);
}

/* "(HEAD type [operand] [name])" */
static void
print_typed(const char *head, const dt_node_t *n, FILE *f)
{
	fprintf(f, "(%s ", head);
	print_type(n->dtype, f);
	if (n->left) {
		fputc(' ', f);
		dt_node_print(n->left, f);
	}
	if (n->name)
		fprintf(f, " %s", n->name);
	fputc(')', f);
}

static void
print_decl(const dt_decl_t *d, FILE *f)
{
	static const char *const storage[] = {
	    [DT_ST_EXTERN] = "extern ", [DT_ST_SELF] = "self ", [DT_ST_THIS] = "this "};
	if (d->storage == DT_ST_EXTERN || d->storage == DT_ST_SELF || d->storage == DT_ST_THIS)
		fputs(storage[d->storage], f);
	fprintf(f, "%s ", d->name ? d->name : "?");
	print_type(d->type, f);
	if (d->nkeys > 0) {
		fputs(" [", f);
		for (int i = 0; i < d->nkeys; i++) {
			if (i)
				fputs(", ", f);
			print_type(d->keys[i], f);
			if (d->keynames[i])
				fprintf(f, " %s", d->keynames[i]);
		}
		fputc(']', f);
	}
}

static void
print_clause(const dt_clause_t *cl, FILE *f)
{
	fputs("(clause", f);
	for (int i = 0; i < cl->ndescs; i++)
		fprintf(f, " %s", cl->descs[i]);
	if (cl->pred) {
		fputs(" /", f);
		dt_node_print(cl->pred, f);
		fputc('/', f);
	}
	if (!cl->no_body)
		print_block(cl->stmts, f);
	fputc(')', f);
}

static void
print_item(const dt_node_t *n, FILE *f)
{
	switch (n->kind) {
	case DN_CLAUSE:
		print_clause(n->clause, f);
		return;
	case DN_DECL:
		fputs("(decl ", f);
		print_decl(n->decl, f);
		break;
	case DN_INLINE:
		fputs("(inline ", f);
		print_decl(n->decl, f);
		fputc(' ', f);
		dt_node_print(n->left, f);
		break;
	case DN_XLATOR:
		fputs("(translator ", f);
		print_type(n->dtype, f);
		fputs(" (", f);
		print_decl(n->decl, f);
		fputc(')', f);
		print_list(n->body, f);
		break;
	case DN_PROVIDER:
		fprintf(f, "(provider %s", n->name);
		print_list(n->body, f);
		break;
	case DN_PROBE:
		fprintf(f, "(probe %s (", n->name);
		print_spaced(n->args, f);
		fputc(')', f);
		if (n->right) {
			fputs(" (", f);
			print_spaced(n->right, f);
			fputc(')', f);
		}
		break;
	default: /* DN_XMEMBER */
		fprintf(f, "(%s ", n->name);
		dt_node_print(n->left, f);
		break;
	}
	fputc(')', f);
}

void
dt_node_print(const dt_node_t *n, FILE *f)
{
	switch (n->kind) {
	case DN_INT:
		print_int(n, f);
		break;
	case DN_STR:
		print_str(n->str, n->len, f);
		break;
	case DN_IDENT:
		fputs(n->name, f);
		break;
	case DN_SELF:
		fprintf(f, "self->%s", n->name);
		break;
	case DN_THIS:
		fprintf(f, "this->%s", n->name);
		break;
	case DN_AGG:
		if (!n->index_groups) {
			fprintf(f, "@%s", n->name);
			break;
		}
		fprintf(f, "(@%s", n->name);
		print_list(n->args, f);
		fputc(')', f);
		break;
	case DN_INDEX:
		print_operands("[]", n, f);
		break;
	case DN_CALL:
		print_operands("call", n, f);
		break;
	case DN_MEMBER:
	case DN_PTRMEMBER:
		fputs(n->kind == DN_MEMBER ? "(. " : "(-> ", f);
		dt_node_print(n->left, f);
		fprintf(f, " %s)", n->name);
		break;
	case DN_UNARY:
		print_unary(n, f);
		break;
	case DN_BINARY:
		print_operands(dt_op_text(n->op), n, f);
		break;
	case DN_ASSIGN: {
		char head[8];
		snprintf(head, sizeof(head), "%s%s", dt_op_text(n->op), n->op == DT_OP_ASSIGN ? "" : "=");
		print_operands(head, n, f);
		break;
	}
	case DN_COND:
		print_operands("?", n, f);
		break;
	case DN_CAST:
		print_typed("cast", n, f);
		break;
	case DN_SIZEOF_T:
		print_typed("sizeof-type", n, f);
		break;
	case DN_OFFSETOF:
		print_typed("offsetof", n, f);
		break;
	case DN_XLATE:
		print_typed("xlate", n, f);
		break;
	case DN_TYPE:
		print_typed("type", n, f);
		break;
	case DN_EXPR_STMT:
		dt_node_print(n->left, f);
		break;
	case DN_IF:
		fputs("(if ", f);
		dt_node_print(n->cond, f);
		print_block(n->body, f);
		if (n->orelse)
			print_block(n->orelse, f);
		fputc(')', f);
		break;
	default:
		print_item(n, f);
		break;
	}
}
