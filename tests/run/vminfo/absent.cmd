# rows: vminfo
# The statistics' stability; those Linux has not are refused with the reason.
dtrace -lvn vminfo:::as_fault | sed 's/^ *[0-9]* *//'
for p in swapin swapout pgswapin pgswapout softlock rev execfree hat_fault; do
	dtrace -en "vminfo:::$p" 2>&1 | sed 's/.*probes: //'
done
