# rows: G94 G95 G96 G97 A22 A23
# normalize() divides what is shown, whatever the function; the data stays; it holds for keys that come later.
dtrace -qn '
BEGIN
{
	@c["k"] = count(); @c["k"] = count(); @c["k"] = count(); @c["k"] = count(); @c["k"] = count();
	@s["k"] = sum(-17); @a["k"] = avg(100); @a["k"] = avg(50); @d["k"] = stddev(100); @d["k"] = stddev(300);
	@mn["k"] = min(-9); @mx["k"] = max(9); @q["k"] = quantize(1); @q["k"] = quantize(1); @q["k"] = quantize(4); @q["k"] = quantize(4);
	@l = lquantize(3, 0, 5); @l = lquantize(3, 0, 5);
	n = 2;
	normalize(@c, n); normalize(@s, n); normalize(@a, n); normalize(@d, n); normalize(@mn, n); normalize(@mx, n); normalize(@q, n);
	normalize(@l, 2);
	printa("%@d\n", @c); printa("%@d\n", @s); printa("%@d\n", @a); printa("%@d\n", @d); printa("%@d\n", @mn); printa("%@d\n", @mx);
	printa(@q); printa(@l);
	printa(@s); printa(@c);
}
BEGIN { exit(0); }'
dtrace -qn '
BEGIN { @c["k"] = sum(10); normalize(@c, 5); }
BEGIN { @c["later"] = sum(20); @c["k"] = sum(10); printa("%s %@d\n", @c); denormalize(@c); printa("%s %@d\n", @c); exit(0); }'
dtrace -qn 'BEGIN { @c["k"] = sum(10); normalize(@c, 5); normalize(@c, 0); printa("%s %@d\n", @c); exit(0); }' 2>&1
for p in 'clear(@no)' 'trunc(@no)' 'normalize(@no, 1)' 'denormalize(@no)' 'clear(1)' 'trunc(1)' 'normalize(1, 1)' 'denormalize(1)' 'clear()' 'trunc()' \
    'normalize(@y)' 'denormalize(@y, 1)' 'clear(@y, 1)' 'trunc(@y, 1, 2)' 'clear(@y[1])' 'trunc(@y, "a")' 'normalize(@y, "a")' 'trunc(@y, x)'; do
	printf '%s: ' "$p"
	dtrace -x errtags -en "int x; BEGIN { @y[1] = count(); $p; }" 2>&1 | grep -o '\[D_[A-Z_]*\]' || echo fine
done
