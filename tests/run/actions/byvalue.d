/* rows: A2.  Structs and arrays are recorded by value. */
#pragma D option quiet
struct s { int a; char c[5]; };
struct s x;
BEGIN { x.a = 0x41424344; x.c[0] = 'e'; trace(x); printf("\n"); trace(x.c); printf("|\n"); exit(0); }
