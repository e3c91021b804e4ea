/* rows: E17 E19 E20 E25 G53 G59 S22 S31 W5 W16: what random programs against an interpreter brought to light */
#pragma D option quiet
char c;
unsigned char uc;
unsigned int ui;
uint64_t u64;
this int x;
int ga[int];
self int sa[int];
string s;
string s2;
string sm[int];
int n;

ERROR { printf("fault %d %x\n", arg4, arg5); }

/* op= computes in the type of both operands. */
BEGIN { uc = 200; uc /= -1; printf("%d", uc); ui = 7; u64 = -7; ui = 2; ui >>= 1L; c = -128; c >>= 1; printf(" %d %d", ui, c); n = -6; n /= 4u; printf(" %d\n", n); }

/* Left to right: what is read before a change is not changed, neither numbers nor strings. */
BEGIN { this->x = 5; printf("%d", this->x + this->x++ * 100 + this->x); s = "tar"; printf(" %s %d\n", strjoin(s, (s = "x")), s == (s = "y")); }
BEGIN { sm[1] = "abc"; printf("%s", strjoin(sm[1], (sm[1] = "d"))); printf(" %s %d\n", (s = strchr("a longer text", 'l')), strlen(s)); }

/* A key is made once, and before the value. */
BEGIN { n = 5; ga[n++] += 7; ga[n++]++; printf("%d %d %d", n, ga[5], ga[6]); ga[n] = n++; ga[n++] = n; printf(" %d %d %d\n", ga[7], ga[8], ga[9]); }
BEGIN { n = 1; self->sa[n++] -= 7; ++self->sa[n++]; printf("%d %d %d\n", n, self->sa[1], self->sa[2]); }
BEGIN { n = 1; @a[n++] = sum(n * 10); n = 1; @a[n--] = sum(1 / n); }

/* A fault leaves the variable alone. */
BEGIN { s = "kept"; n = 0xff0; s = stringof(n); }
BEGIN { printf("%s\n", s); }

/* Arguments of subroutines are of their parameters' types; no length is to the end; a bad base has no value. */
BEGIN { u64 = 4294967297; printf("%d %d %s", index("aaa", "a", u64), rindex("aaa", "a", u64), lltostr(255, u64 + 15)); printf(" %s\n", substr("abc", -2147483648)); }
BEGIN { n = 39; trace(lltostr(1, n)); }
BEGIN { n = 39; u64 = 48; trace(strtoll(stringof(u64), n)); } /* an address that cannot be read is told of first */

/* Rows of zeros go with trunc() like others. */
END { @zero[1] = sum(0); @zero[2] = sum(0); @q[1] = quantize(1, 0); trunc(@zero, 1); trunc(@q); printa("%d\n", @zero); printa("%d %@d\n", @a); }
BEGIN { exit(0); }
