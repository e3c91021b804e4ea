/* rows: W4 W5 W15 W19 T21 T24 T25 T14 E17 E29 E30 W11 W12
 * Members, elements and characters of variables held by value; bit-fields; bounds. */
#pragma D option quiet
struct in { int a; char s[4]; };
struct out { struct in i[3]; struct in j; string str; };
struct out o; this struct out t; self struct out e; struct out m[string];
string s;
typedef struct bf { int x:3; unsigned y:5; uint64_t z:40; int8_t w:4; } bf_t;
bf_t b;  self bf_t sb[int];
BEGIN { this->k = 2; o.i[this->k].a = 5; o.i[1].a = 4; o.j.a = 9; o.i[this->k].s[1] = 'x'; o.str = "hello"; t = o; 
 printf("%d %d %d %c %s\n", o.i[2].a, o.i[1].a, o.j.a, o.i[2].s[1], o.str);
 printf("%d %d %s\n", t.i[2].a, t.j.a, t.str);
 this->t.str = "this"; this->t.j = o.i[2]; self->e = this->t; printf("%s %d %s\n", this->t.str, self->e.j.a, self->e.str);
 m["a"].j.a += 7; m["a"].j.a++; m["b"].str = "bb"; printf("%d %s [%s] %d\n", m["a"].j.a, m["b"].str, m["a"].str, m["c"].j.a); 
 s = "hello"; s[0] = 'J'; s[5] = '!'; s[6] = 0; printf("%s\n", s); 
 b.x = -2; b.y = 40; b.z = -1; b.w = 7; b.w++; printf("%d %d %x %d\n", b.x, b.y, b.z, b.w); self->sb[3].y = 3; self->sb[3].y <<= 2; printf("%d %d\n", self->sb[3].y, self->sb[4].y);
}
ERROR { printf("fault %d\n", arg4); }
BEGIN { o.i[this->k + 1].a = 1; printf("no\n"); }
BEGIN { m["a"] = 0; m["b"] = 0; self->e = 0; o = 0; printf("%d %s %d %s\n", m["a"].j.a, m["b"].str, o.i[2].a, self->e.str); exit(0);}
