/*
 * xlate.h - translators and provider declarations of D programs and libraries.  They live
 * as long as the handle, their trees in the arena of the program that made them.
 */
#ifndef DT_XLATE_H
#define DT_XLATE_H

#include "../../providers/provider.h"
#include "../syntax/tree.h"
#include "ident.h"

typedef struct dt_xlator {
	dt_type_t dst, src;
	dt_ident_t param;   /* stands for the input in the members' expressions */
	dt_node_t *members; /* DN_XMEMBER, as parsed: each use types a copy */
	dtrace_attribute_t attr;
	bool attr_given; /* by a pragma: what the members are made of does not count */
	uint32_t version;
	int lib;
	dt_src_t at;
} dt_xlator_t;

/* provider name { probe ...; }: for -h, -G and probes of user programs. */
typedef struct dt_provdecl {
	const char *name;
	dt_node_t *probes; /* DN_PROBE: args are native types, right the translated ones */
	dt_pattr_t attr;
	int lib;
} dt_provdecl_t;

/* The handle's list up to `mark` stays, and what other libraries added. */
void dt_xlators_rollback(dtrace_hdl_t *, int xlators, int provdecls);
dt_provdecl_t *dt_provdecl_byname(dtrace_hdl_t *, const char *name);

#endif
