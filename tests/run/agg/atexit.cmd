# covers: output 4.6
# rows: G72 G71 G73 X25
# At the end: in order of first appearance, without those printa() printed; with several, a missing key is 0.
dtrace -qn 'END { @last = count(); } BEGIN { @two["k"] = sum(2); @one["k"] = sum(1); @seen = count(); @empty = sum(0); trunc(@empty); exit(0); } END { printa("%@d\n", @seen); }'
echo ==
dtrace -qn 'BEGIN { @a["x"] = sum(5); @b["y"] = sum(6); @q["x"] = quantize(1); printa(@a, @b); printa("%s %@d %@d %@d\n", @a, @b, @a); exit(0); } END { trunc(@q); }'
echo ==
dtrace -qn 'BEGIN { @a["x"] = sum(5); @q["y"] = quantize(1); printa(@a, @q); exit(0); }'
echo ==
dtrace -qx aggpercpu -n 'BEGIN { @["x"] = sum(5); exit(0); }' | awk -v cpus="$(nproc)" '/CPU/ { n++; s += $3; print substr($0, 1, 8); next } { print } END { print n == cpus, s }' | uniq
