/*
 * types.d - what several libraries share: times.
 *
 * The names that scripts use of other systems' headers (caddr_t, zoneid_t, ...) the
 * compiler knows by itself.
 */
typedef struct timestruc {
	time_t tv_sec;
	long tv_nsec;
} timestruc_t;

/* From nanoseconds. */
translator timestruc_t < uint64_t NS > {
	tv_sec = NS / 1000000000;
	tv_nsec = NS % 1000000000;
};
