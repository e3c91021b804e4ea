# What Linux does not have is said, with the reason; and not listed.
for p in mib:::tcpCurrEstab mib:::tcpRttUpdate mib:::ipForwProhibits mib:::rawipInDatagrams mib:::sctpAborted fpuinfo:::fpu_sim_fadds; do
	dtrace -n "$p" 2>&1
done
dtrace -ln 'mib:::sctp*,mib:::rawip*,fpuinfo:::' 2>&1 | grep -v ID
dtrace -lvn mib:::tcpInSegs | sed -n '/Argument Attributes/,$p'
dtrace -lvn fpuinfo:::fpu_sim_fadds 2>&1 | grep -c Argument
exit 0
