/* parse.h - making nodes while parsing: what grammar.y's actions call (parse.c). */
#ifndef DT_PARSE_H
#define DT_PARSE_H

#include "lexer.h"

/* Lists are built at their tail. */
typedef struct dt_list {
	dt_node_t *head, *last;
	int n, depth;
} dt_list_t;

dt_list_t dt_list_add(dt_list_t, dt_node_t *); /* NULL adds nothing */

/* A node over up to three parts; its depth is checked. */
dt_node_t *dt_mk(dt_compile_t *, dt_nkind_t, dt_src_t, dt_node_t *cond, dt_node_t *left, dt_node_t *right);
dt_node_t *dt_mk_op(dt_compile_t *, dt_nkind_t, dt_op_t, dt_src_t, dt_node_t *left, dt_node_t *right);
dt_node_t *dt_mk_name(dt_compile_t *, dt_nkind_t, dt_src_t, const char *name, dt_node_t *left);
dt_node_t *dt_mk_typed(dt_compile_t *, dt_nkind_t, dt_src_t, dt_type_t, dt_node_t *left);
dt_node_t *dt_mk_index(dt_compile_t *, dt_src_t, dt_node_t *left, dt_list_t keys);
dt_node_t *dt_mk_call(dt_compile_t *, dt_src_t, dt_node_t *left, dt_list_t args);
dt_node_t *dt_mk_if(dt_compile_t *, dt_src_t, dt_node_t *cond, dt_list_t body, dt_list_t orelse);
dt_node_t *dt_mk_clause(dt_compile_t *, dt_src_t, dt_list_t descs, dt_node_t *pred, const dt_list_t *body);
dt_node_t *dt_mk_inline(dt_compile_t *, dt_src_t, dt_spec_t *, dt_declarator_t *, dt_node_t *);
dt_node_t *dt_mk_xlator(dt_compile_t *, dt_src_t, dt_type_t dst, dt_decl_t *src_param, dt_list_t members);

#endif
