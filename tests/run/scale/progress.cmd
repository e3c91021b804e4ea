# What takes more than half a second says on a terminal what it is at, in one line that is gone afterwards; nothing does
# so where stderr is no terminal, with -q, or when it is done at once.
for i in $(seq 1000); do
	echo "BEGIN /x >= $i/ { this->s = strjoin(probename, \"-$i\"); printf(\"%s\", substr(this->s, 1, 3)); x++; }"
done >long.d
echo 'BEGIN { printf("done\n"); exit(3); }' >>long.d
python3 "$here/scale/progress.py" dtrace -s long.d | sed 's/CPU.*BEGIN *done/HEAD done/'
python3 "$here/scale/progress.py" dtrace -q -s long.d
python3 "$here/scale/progress.py" dtrace -n 'BEGIN { exit(0); }' | sed '/shown/d; s/CPU.*BEGIN *|/HEAD|/' # whether it took half a second is not ours to say
dtrace -s long.d 2>&1 >/dev/null | cat -A
