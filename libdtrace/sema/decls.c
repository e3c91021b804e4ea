/*
 * decls.c - variables that a D program declares: int x; self string s; int a[int].
 */
#include "sema.h"

#include "../syntax/decl.h"

static bool
same_declaration(dt_compile_t *c, const dt_ident_t *id, dt_idkind_t kind, const dt_decl_t *d)
{
	if (id->kind != kind || !sema_same(c, id->type, d->type) ||
	    (kind == DT_ID_ARRAY && id->nkeys != d->nkeys))
		return false;
	for (int i = 0; i < d->nkeys; i++)
		if (!sema_same(c, id->keys[i], d->keys[i]))
			return false;
	return true;
}

void
sema_decl(dt_compile_t *c, dt_node_t *n)
{
	const dt_decl_t *d = n->decl;
	dt_idkind_t kind = d->nkeys > 0 ? DT_ID_ARRAY : DT_ID_SCALAR;

	if (d->storage == DT_ST_EXTERN) {
		sema_extern(c, d);
		return;
	}

	dt_ident_t *id = dt_ident_lookup(c->dtp, d->scope, d->name);
	if (id) {
		if (!same_declaration(c, id, kind, d))
			dt_error(c, "D_DECL_IDRED", d->src,
				 "%s is declared or used already with another meaning", d->name);
		id->declared = true;
		return;
	}
	id = dt_ident_insert(c->dtp, d->scope, kind, d->name);
	id->type = d->type;
	id->src = d->src;
	id->declared = true;
	id->is_const = d->is_const;
	if (kind == DT_ID_ARRAY) {
		id->nkeys = d->nkeys;
		for (int i = 0; i < d->nkeys; i++)
			id->keys[i] = d->keys[i];
	}
}
