/* rows: W3 W6 E4 G53
 * A variable of a narrow type keeps what it was assigned until it is recorded or cast. */
#pragma D option quiet
int last; int8_t c; uint32_t u; unsigned char uc; self int si; this short ts; int arr[int];
BEGIN { t0 = timestamp; last = t0; printf("%d %d\n", last == t0, t0 - last); self->si = t0; printf("%d\n", self->si == t0); arr[1] = t0; printf("%d\n", arr[1] == t0); this->ts = t0; printf("%d\n", this->ts == t0);
 c = 300; printf("%d %d %d\n", c, c == 300, (int8_t)c); u = -1; printf("%u %d\n", u, u); uc = 257; printf("%d %x\n", uc, uc); trace(uc); printf("\n"); @[c, uc] = sum(c); }
BEGIN { x = 1; x = 5000000000; printf("%d %d\n", x, x == 5000000000); exit(0); }
