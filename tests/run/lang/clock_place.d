/* rows: V26 W19
 * A clock behind a place in memory that may not be had is read where it is wanted next, too, and is the same there.
 * The clauses record nothing: a record's time is the clock's first use. */
#pragma D option quiet
struct s { int a; uint64_t t; };
self struct s x;
struct s v[int];
self uint64_t e[uint64_t];
uint64_t now[int];
BEGIN { v[1].t |= timestamp; now[1] = timestamp; }
BEGIN { self->x.t += timestamp; now[2] = timestamp; }
BEGIN { self->e[timestamp & 0] = 1; now[3] = timestamp; }
BEGIN { self->e[1] = timestamp; now[4] = timestamp; }
BEGIN { self->e[2] += timestamp; now[5] = timestamp; }
BEGIN { v[timestamp & 0].a++; now[6] = timestamp; }
BEGIN
{
	printf("%d %d %d %d %d %d\n", v[1].t == now[1], self->x.t == now[2], now[3] > now[2], self->e[1] == now[4], self->e[2] == now[5],
	    now[6] > now[5]);
	exit(0);
}
