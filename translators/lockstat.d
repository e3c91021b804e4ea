/* lockstat.d - what the lockstat provider's probes tell of a lock; providers/lockstat.c keeps the rest. */
inline int RW_WRITER = 0;
inline int RW_READER = 1;

self uintptr_t __dt_ls_sleep;
self uint64_t __dt_ls_sleep_since;
self uint_t __dt_ls_sleep_flags;
self int64_t __dt_ls_count;
self uintptr_t __dt_ls_spin;
self uint64_t __dt_ls_spin_since;
self uint_t __dt_ls_spin_flags;
