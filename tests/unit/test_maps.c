/* test_maps.c - every kind of map of a module, in the live kernel. */
#include <bpf/bpf.h>
#include <criterion/criterion.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "session/impl.h"

static dtrace_hdl_t dtp;
static dt_module_t mod;

static dt_map_t *
add(dt_mapkind_t kind, uint32_t key, uint32_t value, uint32_t max)
{
	dt_map_t *m = dt_vec_push(&mod.maps);
	*m = (dt_map_t){
	    .kind = kind, .name = "a-b c_0123456789", .key_size = key, .value_size = value, .max_entries = max};
	return m;
}

static void
setup(void)
{
	if (geteuid() != 0)
		cr_skip_test("needs root");
	mod.ncpus = 4;
}

static void
teardown(void)
{
	dt_maps_close(&mod);
	for (int i = 0; i < mod.maps.n; i++)
		cr_assert(mod.maps.p[i].fd == -1 && mod.maps.p[i].mem == NULL);
	dt_vec_free(&mod.maps);
}

TestSuite(maps, .init = setup, .fini = teardown);

static struct bpf_map_info
info(int fd)
{
	struct bpf_map_info i = {0};
	uint32_t len = sizeof(i);
	cr_assert_eq(bpf_obj_get_info_by_fd(fd, &i, &len), 0);
	return i;
}

Test(maps, every_kind)
{
	static const char text[16] = "constants";
	add(DT_MAP_STATE, 4, sizeof(struct dt_state), 1);
	add(DT_MAP_RODATA, 4, sizeof(text), 1)->init = text;
	add(DT_MAP_GLOBALS, 4, 24, 1);
	add(DT_MAP_BUFS, 4, 4, 4);
	add(DT_MAP_SCRATCH, 4, sizeof(struct dt_scratch), 4);
	add(DT_MAP_SELF, 4, 40, 0);
	add(DT_MAP_ASSOC, 12, 8, 100);
	add(DT_MAP_AGG, 0, 8, 1);
	add(DT_MAP_AGG, 20, 1016, 1000);
	add(DT_MAP_VTIME, 4, 16, 0);
	cr_assert_eq(dt_maps_create(&dtp, &mod), 0, "%s", dtp.errmsg);
	static const uint32_t types[] = {
	    BPF_MAP_TYPE_ARRAY,       BPF_MAP_TYPE_ARRAY,        BPF_MAP_TYPE_ARRAY, BPF_MAP_TYPE_ARRAY_OF_MAPS,
	    BPF_MAP_TYPE_ARRAY,       BPF_MAP_TYPE_TASK_STORAGE, BPF_MAP_TYPE_HASH,  BPF_MAP_TYPE_PERCPU_ARRAY,
	    BPF_MAP_TYPE_PERCPU_HASH, BPF_MAP_TYPE_TASK_STORAGE};
	for (int i = 0; i < mod.maps.n; i++)
		cr_assert_eq(info(mod.maps.p[i].fd).type, types[i], "map %d", i);

	/* Constants can be read, and changed by nobody any more. */
	const uint32_t zero = 0;
	char value[16];
	cr_assert_eq(bpf_map_lookup_elem(mod.maps.p[1].fd, &zero, value), 0);
	cr_assert_str_eq(value, "constants");
	cr_assert_eq(bpf_map_update_elem(mod.maps.p[1].fd, &zero, value, BPF_ANY), -EPERM);

	/* Memory and map are the same thing. */
	struct dt_state *state = mod.maps.p[0].mem, copy;
	state->walloffset = 77;
	cr_assert_eq(bpf_map_lookup_elem(mod.maps.p[0].fd, &zero, &copy), 0);
	cr_assert_eq(copy.walloffset, 77);
}

Test(maps, value_too_large_is_explained)
{
	dt_ident_t id = {.name = "wide"};
	add(DT_MAP_AGG, 8, 524288, 10)->ident = &id;
	cr_assert_eq(dt_maps_create(&dtp, &mod), -1);
	cr_assert_not_null(strstr(dtrace_errmsg(&dtp, dtrace_errno(&dtp)), "@wide"));
}

Test(maps, grace_period)
{
	dt_session_t s = {.gp_outer = -1, .gp_inner = -1};
	dtp.session = &s;
	cr_assert_eq(dt_session_quiesce(&dtp), 0);
	cr_assert_eq(dt_session_quiesce(&dtp), 0);
	close(s.gp_outer);
	close(s.gp_inner);
	dtp.session = NULL;
}
