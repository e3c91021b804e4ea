#!/usr/sbin/dtrace -Cs
/* rows: L85 L86 L87 L88 L89 F7 F9 F33 X15 X24 X33 X52
 * It's the preprocessor: macros in descriptions and text, #include beside the script and from -I,
 * conditionals, what is predefined; names of modules are left alone. */
#pragma D option quiet
#include "beside.h"
#include <k.h>
#define P dtrace
#define B BEGIN
#ifdef unix
#error unix is the name of a module
#endif
P:::B, dtrace::FOO:B
{
	printf("%s %d %d %d %x\n", probename, X, H, K, Y);
	printf("sizeof %d version %x\n", sizeof (struct hh), __SUNW_D_VERSION);
	printf("stdc %d\n", __STDC__);
#if defined(__linux__) && defined(__linux) && defined(__unix) && defined(__SVR4) && defined(__SUNW_D_64) && \
    defined(__Linux) && !defined(__GNUC__)
	exit(__SUNW_D + 1);
#endif
	exit(9);
}
