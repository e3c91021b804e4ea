# covers: output 4.3 4.3.1-4.3.3
# rows: X98 X30
# agghist, aggpack and aggzoom: keys of several kinds, negative values, ranges common to all rows, both encodings.
cat >a.d <<'D'
BEGIN
{
	@c["one", 1] = count(); @c["two", 2] = count(); @c["two", 2] = count(); @s[(char)1, (short)2, 3, 4LL, "k"] = sum(-3); @s[(char)2, (short)2, 3, 4LL, "k"] = sum(9);
	@n = sum(-5); @m["a"] = max(3);
	@q["wide", 1] = quantize(1, 7); @q["wide", 1] = quantize(1000, 1); @q["wide", 1] = quantize(30, 3); @q["narrow", 2] = quantize(16);
	@neg = quantize(-8, -2); @neg = quantize(-1, 5); @neg = quantize(2);
	@l["x"] = lquantize(-5, -10, 10, 2, 6); @l["x"] = lquantize(100, -10, 10, 2); @l["y"] = lquantize(3, -10, 10, 2, -4);
	@ll = llquantize(5, 10, 0, 1, 10);
	exit(0);
}
D
for o in agghist aggpack 'aggpack -x encoding=ascii' 'aggzoom -x agghist' 'aggzoom -x encoding=utf8'; do
	echo "== $o"
	TERM=xterm timeout 20 dtrace -x cpu=0 -x $o -qs a.d
done
# In printa() as at the end; one aggregation of several in a row is not packed.
TERM=xterm timeout 20 dtrace -x cpu=0 -x aggpack -x agghist -qs a.d -n 'END { printa(@q); printa(@c); printa(@q, @q); trunc(@s); trunc(@n); trunc(@m); trunc(@neg); trunc(@l); trunc(@ll); }'
