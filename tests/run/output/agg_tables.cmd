# covers: output 4 4.1-4.1.2 4.1.5-4.1.6 4.2 4.2.1-4.2.7 4.5 4.5.1 4.5.2 4.5.3 4.5.4 4.6
# rows: F61
# Whole default layouts: keys of each size, each function's value and table, normalized and not, several aggregations in one row.
cat >a.d <<'D'
BEGIN
{
	@key["a string", (char)-1, (short)-2, -3, (int64_t)-4, (uint8_t)200, (uint16_t)65535, (uint32_t)4000000000, (uint64_t)-1] = count();
	@key["0123456789012345678901234567890123456789012345678901234567890123456789", (char)'x', (short)7, 70000, 8000000000, (uint8_t)0, (uint16_t)1, (uint32_t)2, (uint64_t)3] = count();
	@key["", (char)0, (short)0, 0, 0LL, (uint8_t)0, (uint16_t)0, (uint32_t)0, (uint64_t)0] = count();
	@c["k"] = count(); @c["k"] = count(); @c["other"] = count();
	@s["k"] = sum(100); @s["third"] = sum(-7);
	@a["k"] = avg(10); @a["k"] = avg(15);
	@mn["k"] = min(4); @mn["k"] = min(-4); @mx["k"] = max(40); @mx["k"] = max(-4);
	@d["k"] = stddev(1); @d["k"] = stddev(5);
	@q["k"] = quantize(1); @q["k"] = quantize(-1); @q["k"] = quantize(300, 2); @q["other"] = quantize(0);
	@l["k"] = lquantize(5, 0, 20, 5); @l["k"] = lquantize(-1, 0, 20, 5, 3); @l["third"] = lquantize(100, 0, 20, 5);
	@ll["k"] = llquantize(3, 10, 0, 1, 10); @ll["k"] = llquantize(77, 10, 0, 1, 10, 4); @ll["other"] = llquantize(1000, 10, 0, 1, 10);
	@bare = count(); @bareq = quantize(1024);
	exit(0);
}
D
echo "== at the end"
timeout 20 dtrace -x cpu=0 -qs a.d
echo "== printa, without -q, normalized"
timeout 20 dtrace -x cpu=0 -s a.d -n 'END { normalize(@s, 10); normalize(@a, 2); normalize(@mx, 3); normalize(@d, 2); normalize(@q, 2); normalize(@c, 2); }' \
	-n 'END { printa(@c); } END { printa(@s, @c, @a, @mn, @mx, @d); } END { printa(@c, @q, @l); }' \
	-n 'END { printa("%s: %@d %@d|%@d\n", @c, @s); printa("%-8s %@d\n", @q); printa("no conversion\n", @bare); trunc(@key); trunc(@ll); trunc(@bareq); }' 2>/dev/null |
	sed 's/^  [0-9] /  C /'
echo "== none"
timeout 20 dtrace -x cpu=0 -qn 'BEGIN { exit(0); } END { @a["x"] = count(); trunc(@a); printa(@a); printf("|"); printa("%s\n", @a); @q = quantize(5); @l = lquantize(5, 0, 9); @g = llquantize(5, 10, 0, 1, 10); @c["k"] = count(); clear(@q); clear(@l); clear(@g); clear(@c); }'
