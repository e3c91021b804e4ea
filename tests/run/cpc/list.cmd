# Listed is each event this machine can count, once; the kernel counts these everywhere.
dtrace -lP cpc | awk 'NR > 1 { print $3 }' | sort >all
grep -vx '[a-z0-9_]*-all-1000000000' all
uniq -d all
grep -E '^(page_faults|context_switches|cpu_clock|cgroup_switches)-' all
dtrace -lvn 'cpc:::page_faults-user-10' | sed 's/^ *[0-9][0-9]* */ID /'
