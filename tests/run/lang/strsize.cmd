# rows: X92 T30 T31 T34 L45 W13 G51 E11 E23 V14 V22
# Strings are cut to strsize - 1 characters wherever they go, at any strsize; nothing is rounded.
for z in 2 3 8 16 100 256 4096; do
	dtrace -qx strsize=$z -n '
	BEGIN
	{
		x = "abcdefghijklmnopqrstuvwxyz";
		printf("[%s] %d %d\n", x, sizeof (string), strlen(x));
		self->y = strjoin(x, x);
		a[x] = self->y;
		printf("[%s] [%s] [%s] %d %s\n", self->y, a["abcdefghijklmnopqrstuvwxyz"], probename,
		    x == "abcdefghijklmnopqrstuvwxyz", execname);
		@[x, execname, probename] = count();
		trace(x);
		trace("abcdefghij");
		trace(probename);
		exit(0);
	}'
done
# The value of an assignment is what was stored, be it a constant or a name.
dtrace -qx strsize=8 -n 'BEGIN { printf("%d\n", strlen(strchr((x = "abcdefghijklmnopqrstuvwxyz"), 0x63))); exit(0); }'
dtrace -qx strsize=4 -n 'BEGIN { printf("%d %d ", strlen(x = probename), strlen(x = execname)); trace(strjoin(x = probeprov, "")); exit(0); }'
