# covers: output 4.4
# rows: X96 X97 P41
# output.md 4.4 and 4.5: ties go to the keys, integer keys compare unsigned, positions wrap around or count as 0.
cat >a.d <<'D'
BEGIN
{
	@n["a", 3] = sum(1); @n["b", 2] = sum(2); @n["c", 1] = sum(2); @n["a", -1] = sum(-5);
	@o["a", 3] = sum(30); @o["b", 2] = sum(20); @o["d", 1] = sum(10);
	exit(0);
}
END { printa("%s %d %@d %@d;", @n, @o); }
D
for o in '' aggsortkey aggsortrev 'aggsortkey aggsortrev' 'aggsortkey aggsortkeypos=1' 'aggsortkeypos=1' 'aggsortpos=1' 'aggsortpos=2' \
	'aggsortkey aggsortkeypos=2' 'aggsortpos=1 aggsortrev'; do
	timeout 20 dtrace $(for x in $o; do echo -x $x; done) -qs a.d | head -n 1
done
# Rows of each function by its own value.
timeout 20 dtrace -qn 'BEGIN { @a["x"] = avg(5); @a["y"] = avg(1); @a["y"] = avg(7); @a["z"] = avg(-1); @s["x"] = stddev(1); @s["x"] = stddev(9);
@s["y"] = stddev(100); @q["big"] = quantize(64); @q["many"] = quantize(1); @q["many"] = quantize(1); @m["x"] = min(4); @m["y"] = min(-4);
@l["b"] = lquantize(50, 0, 100, 10); @l["a"] = lquantize(60, 0, 100, 10); @l["c"] = lquantize(10, 0, 100, 10);
printa("%s %@d;", @a); printa("%s %@d;", @s); printa("%s %@d;", @m); printa("%s;", @q); printa("%s;\n", @l); exit(0); }'
# Fewer conversions than keys; more %@ than aggregations; literal width from the keys; %@u, %@x, flags; a format without rows.
timeout 20 dtrace -qn 'BEGIN { @a[5, "k", 7] = count(); @b[5, "k", 7] = sum(-2); printa("%d|\n", @a); printa("%d %s %d %@d %@d %@d|\n", @a, @b);
printa("%*s %d|\n", @a); printa("[%@5d][%-@5d][%@05d][%@x][%@u]|\n", @b, @a); printa("text\n", @a); exit(0); } tick-1h { @z = count(); } END { printa("never %@d\n", @z); printa(@z); }'
timeout 20 dtrace -x errtags -en 'BEGIN { @a[1] = count(); printa("%d %d", @a); }' 2>&1 | sed 's/.*\[/[/; s/\].*/]/'
# Printed once is printed; what printed no row is printed at the end, in order of first mention; the newline always.
timeout 20 dtrace -qn 'BEGIN { @z = count(); @y = sum(3); @x["k"] = max(4); exit(0); } END { printa(@y); }'
timeout 20 dtrace -qn 'BEGIN { exit(0); }' | od -c
