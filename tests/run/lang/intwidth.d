/* rows: E1 E2 E3 E4 E5 E6 E10 E15 E23 E26 L32 L42 T1
 * Arithmetic in 64 bits of mixed sizes and signs; the declared size shows where a value is recorded or cast. */
#pragma D option quiet
int64_t g; uint64_t u; int8_t c8; uint8_t u8; int16_t s16; uint16_t u16; int i32; uint32_t u32; int last;
BEGIN {
 g = 0x7fffffffffffffff; g = g + 1; printf("min %d\n", g);
 this->m1 = -1LL; printf("min/-1 %d  min%%-1 %d\n", g / this->m1, g % this->m1);
 printf("const %d\n", (-9223372036854775807 - 1) / -1);
 printf("const %d\n", (-9223372036854775807 - 1) % -1);
 printf("%d %d %d %d\n", -7 / 2, -7 % 2, 7 / -2, 7 % -2);
 this->a = -7; this->b = 2; this->c=-2;
 printf("%d %d %d %d\n", this->a / this->b, this->a % this->b, -this->a / this->c, -this->a % this->c);
 u = 1; printf("sgn %d %d\n", g < u, this->a < u);
 printf("sgnc %d %d %d\n", -1 < 1U, -1 < 1UL, -1 < 1L);
 u32 = 1; i32 = -1; printf("32 %d\n", i32 < u32);
 u8 = 255; u8++; printf("u8 %d %x\n", u8, u8);
 c8 = 127; c8++; printf("c8 %d %x\n", c8, c8);
 u16 = 65535; u16 += 1; printf("u16 %d\n", u16);
 s16 = 32767; s16 += 1; printf("s16 %d\n", s16);
 u32 = 0xffffffff; u32++; printf("u32 %d\n", u32);
 i32 = 0x7fffffff; i32++; printf("i32 %d\n", i32);
 printf("u32-1: %d\n", (uint32_t)0 - 1);
 printf("shift %d %d %d\n", 1 << 33, 1L << 63, 1 << 31);
 this->n = 65; printf("shiftmod %d %d\n", 1L << this->n, 4 >> this->n);
 this->s = -16; printf("shr %d %d\n", this->s >> 2, (uint64_t)this->s >> 60);
 printf("cshr %d %d\n", -16 >> 2, -16LL >> 60);
 printf("cast %d %d %d %d\n", (char)200, (unsigned char)-1, (short)70000, (int)0x1ffffffff);
 this->v = 0x1ff; printf("cast %d %d\n", (char)this->v, (uint8_t)this->v);
 last = timestamp; printf("last %d\n", timestamp - last < 1000000000);
 printf("%d\n", (int)(uint8_t)-1);
 printf("neg %d %u\n", -this->n, ~this->n);
 printf("%d %d\n", 10000000000 * 10, 0xffffffffffffffff);
 printf("%d\n", -1UL / 2);
 u = -1; printf("%u %d %u\n", u / 2, u > 0, u % 10);
 printf("tern %d\n", 1 ? -1 : 1U);
 printf("%d %d\n", 'ab', 'a');
 printf("%d\n", sizeof(1 ? (char)1 : (short)1));
 printf("%d %d %d %d\n", sizeof('a'), sizeof("abc"), sizeof(string), sizeof(1UL+1));
 exit(0);
}
