/* rows: W2 W3 */
/* The first assignment to an array may look at the array itself: its elements are integers, 0 at first. */
BEGIN
{
	top["a"] = 5 > top["a"] ? 5 : top["a"];
	top["a"] = 3 > top["a"] ? 3 : top["a"];
	self->best[1] = self->best[1] - 7;
	printf("%d %d %d\n", top["a"], self->best[1], sizeof (top["a"]));
	exit(0);
}
