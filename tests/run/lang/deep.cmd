# rows: D_NOREG D_ID_OFLOW
# No expression is too deep for the registers, and no scope runs out of variables.
e=1; r=1
for i in $(seq 40); do e="(x + ($e * (y - $i)))"; done
dtrace -qn "int x, y; BEGIN { x = 1; y = 2; printf(\"%d\n\", $e != 0); exit(0); }"
f=x
for i in $(seq 12); do f="($f) + ($f ^ $i)"; done
dtrace -qn "int x; BEGIN { x = 3; printf(\"%d\n\", ($f) == ($f)); exit(0); }"
for s in '' self- this-; do
	p=${s:+$s>}
	dtrace -qn "BEGIN { $(seq 700 | sed "s/.*/${p}v& = &;/") } BEGIN { printf(\"%d %d\n\", ${p}v1, ${p}v700); exit(0); }"
done
