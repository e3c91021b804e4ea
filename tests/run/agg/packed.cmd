# rows: X98 X30 G63
cat >h.d <<"EOF"
BEGIN { @c["a"] = sum(3); @c["bb"] = sum(1); @q["x"] = quantize(1); @q["x"] = quantize(1); @q["x"] = quantize(4); @q["y"] = quantize(2); @l = lquantize(3, 0, 5, 1); exit(0); }
EOF
for o in agghist aggpack 'aggpack -x encoding=ascii' aggzoom encoding=utf8; do
	echo "== $o"
	TERM=xterm timeout 10 dtrace -qx $o -s h.d
done
TERM=dumb timeout 10 dtrace -qx aggpack -s h.d | tail -3
