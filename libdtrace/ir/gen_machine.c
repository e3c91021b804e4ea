/*
 * gen_machine.c - subroutines of the D libraries that are answered while the program is compiled.
 *
 *   __dt_enum(name, other)   value of the kernel's enumerator of that name; `other` where it has none
 *   __dt_driver(major)       name of the block device driver of that major number
 */
#include <stdlib.h>
#include <string.h>

#include "gen.h"

enum {
	MAXMAJOR = 512 /* the kernel's block majors end there */
};

static val_t
enumerator(gen_t *g, const dt_node_t *n)
{
	int64_t value = (int64_t)n->args->next->ival;
	if (n->args->kind == DN_STR)
		dt_btf_enumerator(g->dtp, n->args->str, &value);
	return val_num(gen_op2(g, IR_MOV, ir_imm(value), ir_none()));
}

/* The second half of /proc/devices: "254 virtblk", a line each. */
static void
read_drivers(gen_t *g, uint32_t *text)
{
	char line[128], name[64];
	bool blocks = false;
	int major;
	FILE *f = fopen("/proc/devices", "re");
	while (f && fgets(line, sizeof(line), f)) {
		blocks |= !strncmp(line, "Block", 5);
		if (blocks && sscanf(line, "%d %63s", &major, name) == 2 && major >= 0 && major < MAXMAJOR)
			text[major] = mod_rodata(g->mod, name, strlen(name) + 1, 1);
	}
	if (f)
		fclose(f);
}

static val_t
driver(gen_t *g, ir_opnd_t major)
{
	size_t size = sizeof(uint32_t) * MAXMAJOR;
	uint32_t *text = dt_arena_alloc(g->mod->arena, size), none = mod_rodata(g->mod, "", 1, 1);
	for (int i = 0; i < MAXMAJOR; i++)
		text[i] = none;
	read_drivers(g, text);
	uint32_t at = mod_rodata(g->mod, text, size, 8);
	int off = gen_new(g);
	ir_block_t *in = gen_block(g, NULL), *out = gen_block(g, NULL);
	gen_mov(g, off, ir_imm(none));
	gen_bound(g, IR_ULT, major, ir_imm(MAXMAJOR), in, out);
	gen_place(g, in);
	ir_opnd_t p =
	    gen_op2(g, IR_ADD, gen_mapval(g, g->mod->rodata, at), gen_op2(g, IR_LSH, major, ir_imm(2)));
	gen_mov(g, off, gen_ld(g, 4, p, 0, false));
	gen_place(g, out);
	ir_opnd_t base = gen_op2(g, IR_SCALAR, gen_mapval(g, g->mod->rodata, 0), ir_none());
	return (val_t){.kind = V_STR, .o = gen_op2(g, IR_ADD, base, ir_reg(off))};
}

bool
gen_is_machine_subr(int func)
{
	return func == DT_F_X_ENUM || func == DT_F_X_DRIVER;
}

val_t
gen_machine_subr(gen_t *g, dt_node_t *n)
{
	return n->func == DT_F_X_ENUM ? enumerator(g, n) : driver(g, gen_num(g, n->args));
}
