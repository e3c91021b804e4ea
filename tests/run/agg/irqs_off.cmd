# rows: G58
# Keys that come at once while interrupts are off, as in the scheduler: the kernel has memory at hand for one or two,
# and gets no more before they are on again.
dtrace -qn '
sched:::off-cpu
/cpu == 0 && !done/
{
	done = 1;
	@["a"] = count();
	@["b"] = count();
	@["c"] = count();
	@["d"] = count();
	@["e"] = count();
	@["f"] = count();
	@["g"] = count();
	@["h"] = count();
	@["i"] = count();
	@["j"] = count();
	@["k"] = count();
	@["l"] = count();
}
tick-10hz
/done/
{
	printa("%s %@d\n", @);
	exit(0);
}' 2>&1
