/* rows: W10 W11 W12 W13 W14 W16 E31 T22
 * Associative arrays: tuples of every kind of key, absent elements, what frees. */
#pragma D option quiet
struct key { char a; int b; };
struct key k1; 
BEGIN { k1.a = 1; k1.b = 2;
 a[1, "x"] = 1; a[1, "y"] = 2; printf("%d %d %d\n", a[1,"x"], a[1,"y"], a[2,"x"]);
 b[(char)-1] = 5; printf("%d %d\n", b[255], b[-1]);
 c[k1] = 7; k1.b = 3; printf("%d ", c[k1]); k1.b = 2; printf("%d\n", c[k1]);
 d[1,2,3,4,5,6,7,8] = 8; printf("%d %d\n", d[1,2,3,4,5,6,7,8], d[1,2,3,4,5,6,7,9]);
 d2[1,2,3,4,5,6,7,8,9,10,"a","b",execname,probefunc,pid,0] = 16; printf("%d\n", d2[1,2,3,4,5,6,7,8,9,10,"a","b",execname,probefunc,pid,0]);
 e[curthread] = 1; printf("%d %d\n", e[curthread], e[0]);
 f["a"] = "b"; f["b"] = f["a"]; f["a"] = "c"; printf("%s %s\n", f["a"], f["b"]);
 f["a"] = NULL; f["b"] = 0; printf("[%s] [%s] %d\n", f["a"], f["b"], f["a"] == NULL);
 g[f["zz"]] = 3; printf("%d %d\n", g[""], g["x"]);
 self->h["k"] = "v"; self->h[execname] = "w"; printf("%s %s\n", self->h["k"], self->h["dtrace"]);
 i[probefunc, probename] = 4; printf("%d %d\n", i["", "BEGIN"], i[probefunc, "x"]);
 j[1] = 9; j[1] = j[1] - 9; printf("%d\n", j[1]); j[1] -= 3; printf("%d\n", j[1]); j[1] += 3; j[1]++; printf("%d\n", j[1]);
 k[a[1,"x"]] = a[1,"y"]; printf("%d\n", k[1]);
 l[1] = 1; l[2] = l[1]++ + ++l[1]; printf("%d %d\n", l[1], l[2]);
 m["x", 1]++; m["x", 1] = m["x", 1] + 1; printf("%d\n", m["x", 1]);
 n[(uint8_t)300] = 1; printf("%d\n", n[44]);
 o[1] = (char)-1; printf("%d\n", o[1]);
 p["abc"] = 1; printf("%d %d\n", p[substr("xabcx", 1, 3)], p[strjoin("a", "bc")]);
 exit(0); }
