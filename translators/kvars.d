/* kvars.d - types of kernel variables that process/kvars.c stands in for; numbers of pages. */
struct k_anoninfo {
	unsigned long ani_max;
	unsigned long ani_free;
	unsigned long ani_phys_resv;
	unsigned long ani_mem_resv;
	unsigned long ani_locked_swap;
};
