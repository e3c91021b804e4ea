/*
 * dgen.h - random well-typed D programs.  The same seed gives the same program.
 */
#ifndef DGEN_H
#define DGEN_H

#include <stddef.h>
#include <stdint.h>

/* Write a program into buf (always terminated, never cut: len at least 64 KiB). */
void dgen_program(uint64_t seed, char *buf, size_t len);

#endif
