# rows: lockstat
# The probes, their stability and types; what the kernel does not tell of is refused with the reason.
dtrace -lvn lockstat:::rw-block | sed 's/^ *[0-9]* *//'
dtrace -lP lockstat | awk 'NR > 1 { print $2, $3, $NF }'
for p in adaptive-acquire adaptive-release spin-acquire spin-release rw-acquire rw-release rw-upgrade rw-downgrade thread-spin; do
	dtrace -en "lockstat:::$p" 2>&1 | sed 's/.*probes: //'
done
