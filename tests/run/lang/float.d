/* rows: T2
 * Floating types are declared, carried and printed. */
#pragma D option quiet
struct f { float a; double b; };
struct f s, t;
float f;
double d, e;
this double c;
BEGIN
{
	s = t;
	e = d;
	this->c = e;
	printf("%f %g %e\n", f, d, this->c);
	printf("%f %d %d %d\n", s.b, sizeof (s), sizeof (long double), sizeof (float));
	trace(f);
	trace(s.b);
	exit(0);
}
