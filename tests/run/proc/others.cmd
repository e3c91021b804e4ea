# What is told of a process that is not the current one, against /proc: the receiver of a signal.
cat >receiver.pl <<'P'
setpgrp; setpriority(0, 0, 7); sleep 100;
P
perl receiver.pl &
them=$!
disown
until [ "$(cut -d' ' -f3 /proc/$them/stat)" = S ] && [ "$(cut -d' ' -f19 /proc/$them/stat)" = 7 ]; do :; done
read -r _ ppid pgid sid < <(cut -d' ' -f1,4-6 /proc/$them/stat)
uid=$(awk '/^Uid/ { print $2, $3 }' /proc/$them/status)
gid=$(awk '/^Gid/ { print $2, $3 }' /proc/$them/status)
dtrace -q -n 'sched:::wakeup /args[1]->pr_pid == '$them' && pid == $target/ {
	printf("asleep %d %c on %d\n", args[0]->pr_state == SSLEEP, args[0]->pr_sname, args[0]->pr_stype == SOBJ_CV); }
proc:::signal-send /args[1]->pr_pid == '$them' && args[2] == SIGUSR1/ {
	printf("ids %d\n", args[1]->pr_ppid == '$ppid' && args[1]->pr_pgid == '$pgid' && args[1]->pr_sid == '$sid');
	printf("uid %d %d gid %d %d\n", args[1]->pr_uid, args[1]->pr_euid, args[1]->pr_gid, args[1]->pr_egid);
	printf("name %s args %s threads %d\n", args[1]->pr_fname, args[1]->pr_psargs, args[1]->pr_nlwp);
	printf("nice %d pri %d class %s\n", args[0]->pr_nice - 20, args[0]->pr_pri, args[0]->pr_clname);
	printf("bound %d flags %d model %d lwp %d\n", args[0]->pr_bindpro, args[1]->pr_flag & (PR_ISSYS | PR_STOPPED), args[1]->pr_dmodel == PR_MODEL_LP64, args[0]->pr_lwpid == args[1]->pr_pid);
	exit(0);
}' -c "perl -e kill(USR1,$them)" | sed "s/^uid $uid gid $gid\$/uid and gid/" | grep .

exit 0
