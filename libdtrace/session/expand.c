/*
 * expand.c - from the layout the kernel writes to the one the API shows: numbers of
 * strings become text, kernel stacks lose the frames of the tracing itself.
 */
#include "../process/ksyms.h"
#include "impl.h"

#include <string.h>

bool
dt_rec_is_plain(const dt_krec_t *k, const dtrace_recdesc_t *r, int n)
{
	for (int i = 0; i < n; i++)
		if (k[i].kind == DT_KK_STRID || k[i].kind == DT_KK_STACK || k[i].koff != r[i].dtrd_offset ||
		    k[i].ksize < r[i].dtrd_size)
			return false;
	return true;
}

static void
put_text(char *dst, size_t size, const char *text, size_t max)
{
	size_t len = strnlen(text, max < size ? max : size);
	if (len == size && size)
		len--;
	memcpy(dst, text, len);
	memset(dst + len, 0, size - len);
}

static void
put_stack(dtrace_hdl_t *dtp, char *dst, size_t size, const char *src, uint32_t ksize)
{
	const uint64_t *pcs = (const uint64_t *)(const void *)src;
	int n = 0, max = (int)(ksize / 8);
	while (n < max && pcs[n])
		n++;
	int skip = dt_ksyms_tracing_frames(dtp, pcs, n);
	if (skip < 0 || skip > n)
		skip = 0;
	size_t len = (size_t)(n - skip) * 8;
	if (len > size)
		len = size;
	memcpy(dst, pcs + skip, len);
	memset(dst + len, 0, size - len);
}

void
dt_rec_expand(dtrace_hdl_t *dtp, const dt_module_t *mod, const dt_krec_t *k, const dtrace_recdesc_t *r, int n,
	      const char *src, char *dst)
{
	for (int i = 0; i < n; i++) {
		const char *from = src + k[i].koff;
		char *to = dst + r[i].dtrd_offset;
		uint32_t size = r[i].dtrd_size, id;
		switch (k[i].kind) {
		case DT_KK_BYTES:
			memcpy(to, from, size < k[i].ksize ? size : k[i].ksize);
			if (size > k[i].ksize)
				memset(to + k[i].ksize, 0, size - k[i].ksize);
			break;
		case DT_KK_STRING:
			put_text(to, size, from, k[i].ksize);
			break;
		case DT_KK_STRID:
			memcpy(&id, from, sizeof(id));
			put_text(to, size, id < (uint32_t)mod->strings.n ? mod->strings.p[id] : "", SIZE_MAX);
			break;
		case DT_KK_STACK:
			put_stack(dtp, to, size, from, k[i].ksize);
			break;
		}
	}
}
