# Every probe that others carry can be made by itself: what its D needs of libraries is found whatever the program names.
dtrace -l | awk 'NR > 1 && $2 ~ /^(proc|sched|io|ip|tcp|udp|lockstat|sysinfo|vminfo)$/ { print $2 ":::" $NF }' >probes
[ "$(wc -l <probes)" -gt 70 ] || echo "only $(wc -l <probes) probes"
while read -r p; do
	dtrace -eS -n "$p" 2>&1 >/dev/null | grep -a '^dtrace:'
done <probes
echo done
