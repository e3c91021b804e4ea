/*
 * vminfo.c - the vminfo provider: the statistics of `kstat vm` as they are counted.
 * Spec: providers.md 11.  arg0 is the increment; Linux keeps no such counters, so arg1 is 0.
 */
#include "stable.h"

#define NO_SWAP  "Linux moves pages out of memory, not whole processes: see anonpgout and anonpgin"
#define NO_EVENT "Linux does not tell of that"

static const dt_carried_t carried[] = {
    {.name = "anonfree"},
    {.name = "anonpgin"},
    {.name = "anonpgout"},
    {.name = "as_fault"},
    {.name = "cow_fault"},
    {.name = "dfree"},
    {.name = "execfree", .absent = NO_EVENT " apart from other pages of files: see fsfree"},
    {.name = "execpgin"},
    {.name = "execpgout"},
    {.name = "fsfree"},
    {.name = "fspgin"},
    {.name = "fspgout"},
    {.name = "hat_fault", .absent = NO_EVENT},
    {.name = "kernel_asflt"},
    {.name = "maj_fault"},
    {.name = "pgfrec"},
    {.name = "pgin"},
    {.name = "pgout"},
    {.name = "pgpgin"},
    {.name = "pgpgout"},
    {.name = "pgrec"},
    {.name = "pgrrun"},
    {.name = "pgswapin", .absent = NO_SWAP},
    {.name = "pgswapout", .absent = NO_SWAP},
    {.name = "prot_fault"},
    {.name = "rev", .absent = "the page daemon of Linux makes no passes over all of memory"},
    {.name = "scan"},
    {.name = "softlock", .absent = NO_EVENT},
    {.name = "swapin", .absent = NO_SWAP},
    {.name = "swapout", .absent = NO_SWAP},
    {.name = "zfod"},
    {0},
};

#define ONE                                                                                                    \
	{                                                                                                      \
		"1"                                                                                            \
	}
#define COUNTED(name, event, cond)                                                                             \
	{                                                                                                      \
		.probe = name, .on = event, .when = cond, .args = ONE                                          \
	}

/* Bits of error_code (x86): 1 the page is there, 2 write, 4 from user mode. */
#define FAULT(name, cond)                                                                                      \
	COUNTED(name, "sdt:exceptions::page_fault_user,sdt:exceptions::page_fault_kernel", cond)

/* Pages of a request of the kind. */
#define PAGES(name, cond)                                                                                      \
	{                                                                                                      \
		.probe = name, .on = "sdt:block::block_bio_queue",                                             \
		.when = "$bio->bi_iter.bi_size != 0 && " cond, .args = {                                       \
			"$bio->bi_iter.bi_size >> 12"                                                          \
		}                                                                                              \
	}
#define PAGED(name, cond) COUNTED(name, "sdt:block::block_bio_queue", "$bio->bi_iter.bi_size != 0 && " cond)
#define READ              "!__dt_iswrite[$bio]"
#define WRITE             "__dt_iswrite[$bio]"
/* A file's pages, or anonymous ones that go to or come from swap space: not the ones of a program's own I/O. */
#define FILE_PAGES "__dt_inode[$bio] != NULL"
#define PROGRAM    FILE_PAGES " && (__dt_inode[$bio]->i_mode & 0111) != 0"
#define SWAP       "($bio->bi_opf >> __dt_enum(\"__REQ_SWAP\", 24) & 1) != 0"

static const dt_carrier_t carriers[] = {
    FAULT("as_fault", "($error_code & 1) == 0"),
    FAULT("prot_fault", "($error_code & 3) == 1"),
    /* What the page's own bits do not tell ends in a signal: SIGSEGV, SEGV_ACCERR. */
    COUNTED("prot_fault", "sdt:signal::signal_generate",
	    "$sig == 11 && (uintptr_t)$info > 2 && $info->si_code == 2 && $task == curthread && "
	    "(curthread->thread.error_code & 3) != 1"),
    FAULT("cow_fault", "($error_code & 7) == 7"),
    COUNTED("kernel_asflt", "sdt:exceptions::page_fault_kernel", "(int64_t)$address < 0"),
    COUNTED("maj_fault", "cpc:::major_faults-all-1", NULL),
    COUNTED("pgrec", "cpc:::minor_faults-all-1", NULL),
    COUNTED("pgfrec", "cpc:::minor_faults-all-1", NULL),
    {.probe = "zfod", .on = "fbt:vmlinux:do_anonymous_page:entry", .args = ONE, .choice = 1},
    /* A fault on a page that is not there, and in it a page that comes zeroed and may be moved: not a page
       table. */
    {.probe = "zfod",
     .on = "sdt:exceptions::page_fault_user",
     .does = "self->__dt_vm_fault = ($error_code & 1) == 0;",
     .hook = true},
    {.probe = "zfod",
     .on = "sdt:kmem::mm_page_alloc",
     .when = "self->__dt_vm_fault && ($gfp_flags >> __dt_enum(\"___GFP_ZERO_BIT\", 8) & 1) != 0 && "
	     "($gfp_flags >> __dt_enum(\"___GFP_MOVABLE_BIT\", 3) & 1) != 0",
     .args = {"1 << $order"},
     .choice = 1},
    {.probe = "zfod",
     .on = "sdt:kmem::mm_page_alloc",
     .when = "self->__dt_vm_fault &&  ($gfp_flags >> __dt_enum(\"___GFP_MOVABLE_BIT\", 3) & 1) != 0",
     .does = "self->__dt_vm_fault = 0;",
     .hook = true},

    PAGED("pgin", READ " && (" FILE_PAGES " || " SWAP ")"),
    PAGED("pgout", WRITE " && (" FILE_PAGES " || " SWAP ")"),
    PAGES("pgpgin", READ " && (" FILE_PAGES " || " SWAP ")"),
    PAGES("pgpgout", WRITE " && (" FILE_PAGES " || " SWAP ")"),
    PAGES("fspgin", READ " && " FILE_PAGES),
    PAGES("fspgout", WRITE " && " FILE_PAGES),
    PAGES("execpgin", READ " && " PROGRAM),
    PAGES("execpgout", WRITE " && " PROGRAM),
    PAGES("anonpgin", READ " && " SWAP),
    PAGES("anonpgout", WRITE " && " SWAP),

    {.probe = "dfree",
     .on = "sdt:vmscan::mm_vmscan_lru_shrink_inactive",
     .when = "$nr_reclaimed != 0",
     .args = {"$nr_reclaimed"}},
    {.probe = "anonfree",
     .on = "sdt:vmscan::mm_vmscan_lru_shrink_inactive",
     .when = "$nr_reclaimed != 0 && $file == 0",
     .args = {"$nr_reclaimed"}},
    {.probe = "fsfree",
     .on = "sdt:vmscan::mm_vmscan_lru_shrink_inactive",
     .when = "$nr_reclaimed != 0 && $file != 0",
     .args = {"$nr_reclaimed"}},
    {.probe = "scan", .on = "sdt:vmscan::mm_vmscan_lru_isolate", .args = {"$nr_scanned"}},
    COUNTED("pgrrun", "sdt:vmscan::mm_vmscan_kswapd_wake", NULL),
    {0},
};

const dt_provider_t dt_provider_vminfo = {
    .name = "vminfo",
    .attr = DT_STATISTIC_ATTR,
    .provide = dt_stable_provide,
    .args = dt_stable_args,
    .carried = carried,
    .carriers = carriers,
};
