/* Global, clause-local and thread-local variables, and associative arrays. */
#pragma D option quiet
int g, unset;
string name;
this int t;
BEGIN
{
	g = 7;
	name = "seven";
	this->t = 11;
	self->x = 13;
	a["one", 1] = 100;
	a["two", 2] = 200;
}
BEGIN
{
	/* this-> lives through all clauses of a firing. */
	printf("%d %s %d %d\n", g, name, this->t, self->x);
	printf("%d %d %d\n", a["one", 1], a["two", 2], a["two", 1]);
	a["one", 1] = 0;
	a["two", 2]++;
	self->x = 0;
	printf("%d %d %d %d\n", a["one", 1], a["two", 2], self->x, unset);
	exit(0);
}
END
{
	printf("%d %s %d\n", g, name, a["two", 2]);
}
