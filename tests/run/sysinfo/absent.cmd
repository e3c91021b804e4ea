# rows: sysinfo
# The statistics, their stability; those Linux has not are refused with the reason.
dtrace -lvn sysinfo:::pswitch | sed 's/^ *[0-9]* *//'
for p in ufsiget ufsinopage ufsipage ufsdirblk rawch canch outch rcvint xmtint mdmint; do
	dtrace -en "sysinfo:::$p" 2>&1 | sed 's/.*probes: //'
done
