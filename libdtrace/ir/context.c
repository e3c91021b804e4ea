/*
 * context.c - does a clause look at what only the thread in whose context a probe fires can show: its stack,
 * its registers, its memory?  Its task_struct can be looked at from elsewhere.
 */
#include <string.h>

#include "gen.h"

/* Members of task_struct that a switch sets in the thread that comes after it has told of it. */
static const char *const set_by_switch[] = {"active_mm", "mm_cid",     "last_mm_cid", "on_cpu",
					    "rseq",      "sched_info", "thread",      NULL};

static bool
is_curthread(const dt_node_t *n)
{
	while (n && n->kind == DN_CAST)
		n = n->left;
	return n && n->kind == DN_IDENT && n->id && n->id->kind == DT_ID_BUILTIN &&
	       n->id->builtin == DT_BV_CURTHREAD;
}

static bool
in_words(const char *const *words, const char *word)
{
	while (*words && strcmp(*words, word) != 0)
		words++;
	return *words != NULL;
}

static bool
builtin_needs(const dt_ident_t *id)
{
	switch (id->builtin) {
	case DT_BV_CALLER:
	case DT_BV_STACKDEPTH:
	case DT_BV_UCALLER:
	case DT_BV_UREGS:
	case DT_BV_USTACKDEPTH:
	case DT_BV_CURTHREAD: /* where may the pointer go? */
		return true;
	default:
		return false;
	}
}

static bool
call_needs(int func)
{
	switch (func) {
	case DT_F_STACK:
	case DT_F_USTACK:
	case DT_F_JSTACK:
	case DT_F_STOP:
	case DT_F_RAISE:
	case DT_F_COPYIN:
	case DT_F_COPYINTO:
	case DT_F_COPYINSTR:
	case DT_F_COPYOUT:
	case DT_F_COPYOUTSTR:
	case DT_F_D_PATH: /* as seen from the thread's root */
	case DT_F_X_PATH:
	case DT_F_X_ARGS: /* in its process's memory */
	case DT_F_X_ARGV:
	case DT_F_X_SOCKADDR:
		return true;
	default:
		return false;
	}
}

static bool
is_comparison(const dt_node_t *n)
{
	return n->kind == DN_BINARY && (n->op == DT_OP_EQ || n->op == DT_OP_NE);
}

static bool needs(const dt_node_t *);

/* An operand of which only whether it is this thread, or a member, is looked at. */
static bool
operand_needs(const dt_node_t *n)
{
	return n && !is_curthread(n) && needs(n);
}

static bool
node_needs(const dt_node_t *n)
{
	if (dt_node_is_user(n))
		return true;
	if (n->kind == DN_PTRMEMBER && is_curthread(n->left))
		return in_words(set_by_switch, n->name);
	if (is_comparison(n))
		return operand_needs(n->left) || operand_needs(n->right);
	if ((n->id && n->id->kind == DT_ID_BUILTIN && builtin_needs(n->id)) ||
	    (n->kind == DN_CALL && call_needs(n->func)))
		return true;
	return needs(n->left) || needs(n->right) || needs(n->cond) || needs(n->args) || needs(n->body) ||
	       needs(n->orelse);
}

static bool
needs(const dt_node_t *n)
{
	for (; n; n = n->next)
		if (node_needs(n))
			return true;
	return false;
}

bool
clause_needs_context(const dt_clause_t *c)
{
	return needs(c->pred) || needs(c->stmts);
}
