# rows: V7
# A task that is not the current one: nothing of its memory is read, nothing faults.
dtrace -qn 'BEGIN { this->p = curthread->real_parent; printf("%d %s\n", xlate <psinfo_t *> (this->p)->pr_pid == ppid,
	xlate <psinfo_t> (this->p).pr_psargs); printf("%d\n", xlate <psinfo_t> (this->p).pr_argc);
	this->k = curthread->group_leader->real_parent; exit(0); } ERROR { printf("fault"); }'
# A kernel thread has no memory at all.
dtrace -qn 'profile-997 /curthread->mm == NULL && pid != 0/ { exit(0); } tick-1s { exit(0); }
	ERROR { printf("fault"); }'
