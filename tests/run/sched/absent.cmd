# What Linux does not have is said, with the reason; and not listed.
for p in cpucaps-sleep cpucaps-wakeup schedctl-nopreempt schedctl-preempt schedctl-yield; do
	dtrace -n "sched:::$p" 2>&1
done
dtrace -ln 'sched:::cpucaps-*,sched:::schedctl-*' 2>&1 | grep -v ID
exit 0
