# Every probe of mib can be made by itself, as those of other providers (providers/alone).
dtrace -l | awk 'NR > 1 && $2 == "mib" { print $2 ":::" $NF }' >probes
[ "$(wc -l <probes)" -gt 100 ] || echo "only $(wc -l <probes) probes"
while read -r p; do
	dtrace -eS -n "$p" 2>&1 >/dev/null | grep -a '^dtrace:'
done <probes
echo done
