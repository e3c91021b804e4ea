# rows: V43
# Built-in variables are Stable/Stable/Common; the data behind curthread is Private.
for e in pid timestamp arg0 execname curthread '`schedule'; do
	dtrace -ven "BEGIN { trace($e); }" 2>/dev/null | awk -v e="$e" '/Minimum Statement/ { n = 3; next } n { s = s " " $NF; n-- } END { print e s }'
done
