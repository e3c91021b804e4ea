# Names that mean no event, counts too small, and a machine without counters.
dtrace -n 'cpc:::cpu_clock-all-1000'; echo $?
dtrace -n 'cpc:::page_faults-some-5'; echo $?
dtrace -n 'cpc:::page_faults-all-0'; echo $?
if [ -d /sys/bus/event_source/devices/cpu ]; then
	echo 1 # there are counters here
	echo "dtrace: invalid probe specifier cpc:::PAPI_tot_cyc-all-10000: no hardware counters here" >&2
else
	dtrace -n 'cpc:::PAPI_tot_cyc-all-10000'; echo $?
fi
