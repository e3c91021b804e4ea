# rows: X7 A24 X95 X96 X97 X98 X99 X101 X103 X104 X106
# setopt() changes each dynamic option while tracing, from its record on; the others are refused, and tracing goes on as it was.
t() { timeout 20 dtrace -x cpu=0 "$@" 2>&1 | grep -v ' matched '; }
echo "== quiet, flowindent"
t -n 'BEGIN { trace("columns"); } BEGIN { setopt("quiet"); } BEGIN { trace("bare"); } BEGIN { setopt("quiet", "no"); } BEGIN { trace("columns"); }
BEGIN { setopt("flowindent"); } BEGIN { trace("flow"); } BEGIN { setopt("flowindent", "off"); } BEGIN { trace("columns"); exit(0); }'
echo "== rawbytes, stackindent"
t -qn 'BEGIN { trace("0123456789"); setopt("rawbytes"); } BEGIN { trace("0123456789"); setopt("rawbytes", "false"); } BEGIN { trace("0123456789\n"); }
BEGIN { setopt("stackindent", "3"); } BEGIN { stack(1); } BEGIN { setopt("stackindent", "0x2"); } BEGIN { stack(1); exit(0); }' | sed 's/`.*/`F/'
echo "== sorting"
t -qn 'BEGIN { @a["b", 1] = sum(1); @a["a", 2] = sum(2); @b["b", 1] = sum(20); @b["a", 2] = sum(10); }
BEGIN { printa("%s ", @a); setopt("aggsortrev"); } BEGIN { printa("%s ", @a); setopt("aggsortrev", "0"); setopt("aggsortkey"); }
BEGIN { printa("%s ", @a); setopt("aggsortkeypos", "1"); } BEGIN { printa("%s ", @a); setopt("aggsortkey", "unset"); setopt("aggsortpos", "1"); }
BEGIN { printa("%s ", @a, @b); printf("\n"); exit(0); }'
echo "== bars"
t -qn 'BEGIN { @c["k"] = count(); @q["k"] = quantize(1); } BEGIN { setopt("agghist"); } BEGIN { printa(@c); setopt("agghist", "no"); setopt("aggpack"); }
BEGIN { printa(@q); setopt("aggpack", "no"); setopt("aggzoom"); } BEGIN { printa(@q); exit(0); }' -x encoding=ascii
echo "== rates"
# Read all the time until setopt() is read, then not before the end: the first tick behind it waits for the others.
timeout 20 dtrace -wq -x switchrate=10ms -n 'BEGIN { setopt("switchrate", "1h"); } tick-400ms { system("echo $(($(date +%%s%%N) - %d))", walltimestamp); }
	tick-400ms /++n == 4/ { exit(0); }' | awk 'NR == 1 { print ($1 > 900000000 ? "held" : "read at once: " $1) }'
timeout 20 dtrace -wq -x switchrate=10ms -n 'BEGIN { @ = count(); setopt("aggrate", "10ms"); exit(0); }'
echo "== refused"
for o in bufsize=1m strsize=16 cpu=1 temporal=no destructive cpp amin=Stable/Stable/Common nosuch stackindent=x quiet=maybe; do
	v=${o#*=}; n=${o%%=*}
	[ "$v" = "$o" ] && t -qn "BEGIN { setopt(\"$n\"); }" -n 'BEGIN { printf("on\n"); exit(0); }' || t -qn "BEGIN { setopt(\"$n\", \"$v\"); }" -n 'BEGIN { printf("on\n"); exit(0); }'
done | sed 's/.*: couldn/couldn/'
