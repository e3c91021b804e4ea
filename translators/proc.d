/*
 * proc.d - signals and faults, as the proc provider tells of them: siginfo_t, FLT*.
 */
inline int FLTILL = 1;
inline int FLTPRIV = 2;
inline int FLTBPT = 3;
inline int FLTTRACE = 4;
inline int FLTACCESS = 5;
inline int FLTBOUNDS = 6;
inline int FLTIOVF = 7;
inline int FLTIZDIV = 8;
inline int FLTFPE = 9;
inline int FLTSTACK = 10;
inline int FLTPAGE = 11;
inline int FLTWATCH = 12;
inline int FLTCPCOVF = 13;

typedef struct siginfo_dt {
	int si_signo;
	int si_errno;
	int si_code;
	pid_t si_pid;
	uid_t si_uid;
	int si_status;
	void *si_addr;
	union sigval si_value;
	long si_band;
	int si_fd;
} siginfo_t;

/* Small addresses stand for: from a process (0), from the kernel (1, 2). */
translator siginfo_t < struct kernel_siginfo *S > {
	si_signo = (uintptr_t)S > 2 ? S->si_signo : 0;
	si_errno = (uintptr_t)S > 2 ? S->si_errno : 0;
	si_code = (uintptr_t)S > 2 ? S->si_code : (uintptr_t)S == 0 ? 0 : 0x80;
	si_pid = (uintptr_t)S > 2 ? S->_sifields._kill._pid : (uintptr_t)S == 0 ? pid : 0;
	si_uid = (uintptr_t)S > 2 ? S->_sifields._kill._uid : (uintptr_t)S == 0 ? uid : 0;
	si_status = (uintptr_t)S > 2 ? S->_sifields._sigchld._status : 0;
	si_addr = (uintptr_t)S > 2 ? (void *)S->_sifields._sigfault._addr : NULL;
	si_value = S->_sifields._rt._sigval;
	si_band = (uintptr_t)S > 2 ? S->_sifields._sigpoll._band : 0;
	si_fd = (uintptr_t)S > 2 ? S->_sifields._sigpoll._fd : 0;
};

/* The same where a program gets it; none if it did not want it. */
typedef struct __dt_usersiginfo {
	struct kernel_siginfo s;
} __dt_usersiginfo_t;

inline struct kernel_siginfo *__dt_usiginfo[__dt_usersiginfo_t *U] =
    (struct kernel_siginfo *)copyin((uintptr_t)U, sizeof (struct kernel_siginfo));

translator siginfo_t < __dt_usersiginfo_t *U > {
	si_signo = U == NULL ? 0 : __dt_usiginfo[U]->si_signo;
	si_errno = U == NULL ? 0 : __dt_usiginfo[U]->si_errno;
	si_code = U == NULL ? 0 : __dt_usiginfo[U]->si_code;
	si_pid = U == NULL ? 0 : __dt_usiginfo[U]->_sifields._kill._pid;
	si_uid = U == NULL ? 0 : __dt_usiginfo[U]->_sifields._kill._uid;
	si_status = U == NULL ? 0 : __dt_usiginfo[U]->_sifields._sigchld._status;
	si_addr = U == NULL ? NULL : (void *)__dt_usiginfo[U]->_sifields._sigfault._addr;
	si_value = __dt_usiginfo[U]->_sifields._rt._sigval;
	si_band = U == NULL ? 0 : __dt_usiginfo[U]->_sifields._sigpoll._band;
	si_fd = U == NULL ? 0 : __dt_usiginfo[U]->_sifields._sigpoll._fd;
};
