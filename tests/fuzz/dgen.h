/*
 * dgen.h - random well-typed D programs.  The same seed gives the same program.
 */
#ifndef DGEN_H
#define DGEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Write a program into buf (always terminated, never cut: len at least 64 KiB). */
void dgen_program(uint64_t seed, char *buf, size_t len);

/* A program whose output is decided by the language alone, of the functions that are there (detgen.c). */
typedef bool dgen_has_f(const char *function);
void dgen_deterministic(uint64_t seed, char *buf, size_t len, dgen_has_f *);

#endif
