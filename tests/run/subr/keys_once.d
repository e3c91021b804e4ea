/* rows: W16 E17 E20 E31: the keys of an element that is changed are evaluated once. */
#pragma D option quiet
int i;
int a[int];
self int s[string, int];
BEGIN
{
	a[i++] += 5;
	a[i++]++;
	self->s["x", i++] -= 2;
	printf("%d %d %d %d\n", i, a[0], a[1], self->s["x", 2]);
	printf("%d %d\n", a[--i]--, --a[i]);
	a[0] -= 5;
	exit(0);
}
END
{
	printf("%d %d %d\n", a[0], a[1], a[2]);
}
