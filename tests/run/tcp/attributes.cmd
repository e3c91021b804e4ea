# What the probes of ip and tcp are, and have: attributes and types of arguments.
for probe in ip:::send tcp:::send tcp:::state-change; do
	dtrace -lvn $probe | sed -n '/Argument Attributes/,$p'
done
dtrace -ln 'ip:::,tcp:::' | awk 'NR > 1 { print $2, $3, $4 }'
