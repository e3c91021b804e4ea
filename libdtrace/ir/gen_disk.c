/*
 * gen_disk.c - subroutines of the D library io.d.  None of them faults.
 *
 *   __dt_bio(bio, what)    enum dt_bio of rt.h
 *   __dt_statname(bdev)    name of the block device
 */
#include "gen.h"

/* A member by the first of its names that this kernel has; page->index and bd_partno moved (types/renamed.c).
 */
static uint32_t
off(gen_t *g, const char *sou, const char *name, const char *newer)
{
	int o = dt_btf_offset(g->dtp, sou, name);
	if (o < 0 && newer)
		o = dt_btf_offset(g->dtp, sou, newer);
	return o < 0 ? 0 : (uint32_t)o;
}

static ir_opnd_t
offsets(gen_t *g)
{
	struct dt_biooffs o = {
	    .bio_vec = off(g, "bio", "bi_io_vec", NULL),
	    .bio_idx = off(g, "bio", "bi_iter.bi_idx", NULL),
	    .vec_size = off(g, "bio_vec", "bv_offset", NULL) + 4,
	    .vec_page = off(g, "bio_vec", "bv_page", NULL),
	    .page_head = off(g, "page", "compound_head", NULL),
	    .page_mapping = off(g, "page", "mapping", NULL),
	    .page_index = off(g, "page", "index", "__folio_index"),
	    .mapping_host = off(g, "address_space", "host", NULL),
	    .inode_mode = off(g, "inode", "i_mode", NULL),
	    .bdev_disk = off(g, "block_device", "bd_disk", NULL),
	    .bdev_part = off(g, "block_device", "bd_partno", "__bd_flags.counter"),
	    .disk_name = off(g, "gendisk", "disk_name", NULL),
	};
	uint32_t at = mod_rodata(g->mod, &o, sizeof(o), 8);
	return gen_op2(g, IR_SCALAR, gen_mapval(g, g->mod->rodata, at), ir_none());
}

bool
gen_is_disk_subr(int func)
{
	return func == DT_F_X_BIO || func == DT_F_X_STATNAME;
}

val_t
gen_disk_subr(gen_t *g, dt_node_t *n)
{
	ir_opnd_t addr = gen_num(g, n->args);
	if (n->func == DT_F_X_BIO)
		return val_num(gen_rt(g, "dt_bio", 3, addr, offsets(g), ir_imm((int64_t)n->args->next->ival)));
	uint32_t dst = gen_arena(g, g->strsize);
	gen_rt(g, "dt_statname", 5, gen_scratchp(g), ir_imm(dst), addr, offsets(g), ir_imm(g->strsize));
	return (val_t){.kind = V_STR, .o = gen_arenap(g, dst), .ptr = true};
}
