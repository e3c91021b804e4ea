/* rows: E1 E2 E3 E4 E5 E6 E10 E14 E15 E17
 * Mixed signedness at run time and in constants, the extremes of int64, every op=. */
#pragma D option quiet
BEGIN { printf("%d\n", (int)-1 == (unsigned)0xffffffff); this->m = -1; this->u = 0xffffffff; printf("%d %d %d\n", this->m == this->u, this->m < this->u, this->m > this->u);
 this->i = (int8_t)-1; this->b = (uint8_t)255; printf("%d %d\n", this->i == this->b, this->i < this->b);
 printf("%d %d\n", (int16_t)-1 < (uint16_t)1, (int64_t)-1 < (uint32_t)1);
 printf("%d\n", (uint64_t)-1 > 0); printf("%d\n", -1 > 0u);
 this->x = 0x8000000000000000; printf("%d %d %u\n", this->x, this->x >> 63, this->x >> 63); this->y = (int64_t)this->x; printf("%d %d %d\n", this->y, this->y >> 63, this->y / -1);
 printf("%d %d\n", this->y % -1, this->y - 1); printf("%u %u\n", this->x / 3, this->x % 3); printf("%d %d\n", this->y / 3, this->y % 3);
 this->z = 0; printf("%d\n", this->z - 1 < 0); this->uz = 0u; printf("%d\n", this->uz - 1 < 0); this->ul = 0ull; printf("%d %u\n", this->ul - 1 < 0, this->ul - 1);
 printf("%d %d %d\n", 5 % -3, -5 % 3, -5 / 3); printf("%d\n", 1 << -1 == 1LL << 63); printf("%x\n", 1 << 31); printf("%d %d\n", 0x80000000 >> 31, (int)0x80000000 >> 31);
 this->s = 3; this->s <<= 2; this->s |= 1; this->s ^= 0xf; this->s %= 4; this->s *= 10; this->s /= 4; this->s -= 1; this->s >>= 1; this->s &= 7; this->s += 100; printf("%d\n", this->s); 
 printf("%d %d %d\n", !0, !5, !!7); printf("%d %d\n", ~0, -(-5)); printf("%d\n", +(char)200); printf("%d %d\n", 1 || 1/this->z, 0 && 1/this->z); printf("%d\n", 3 > 2 > 1); printf("%d\n", 1 ? 2 : 3 ? 4 : 5); printf("%d\n", 2 + 3 << 1 & 7 | 8 ^ 3);
 exit(0); }
