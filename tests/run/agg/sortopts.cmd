# rows: G83 G71 X96 X97
# aggsortkey, aggsortkeypos, aggsortpos, aggsortrev, and their change between two printa().
prog='
BEGIN
{
	@a["x", 3] = sum(1); @a["y", 1] = sum(2); @a["x", 2] = sum(3);
	@b["x", 3] = sum(30); @b["y", 1] = sum(10); @b["x", 2] = sum(20); @b["z", 9] = sum(1);
	printa("%s %d %@d\n", @a);
	printf("--\n");
	printa("%s %d %@d %@d\n", @a, @b);
	exit(0);
}
END { trunc(@a); trunc(@b); }'
for o in aggsortkey 'aggsortkey -x aggsortkeypos=1' 'aggsortkey -x aggsortkeypos=2' aggsortpos=1 aggsortpos=7 aggsortrev 'aggsortrev -x aggsortkey' \
    'aggsortkey -x aggsortrev -x aggsortkeypos=1'; do
	echo "== $o"
	dtrace -qx $o -n "$prog"
done
echo == setopt
dtrace -qn 'BEGIN { @["b"] = sum(1); @["a"] = sum(2); printa("%s ", @); setopt("aggsortkey"); printa("%s ", @); setopt("aggsortrev"); printa("%s ", @);
	setopt("aggsortkey", "0"); printa("%s ", @); exit(0); } END { trunc(@); }'
echo == order
dtrace -qn 'BEGIN { @b["b"] = count(); @a["a"] = count(); exit(0); }'
dtrace -qx aggsortrev -n 'BEGIN { @b["b"] = count(); @a["a"] = count(); exit(0); }'
