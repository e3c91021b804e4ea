/*
 * library.h - D libraries: files of types, inlines and translators that programs use
 * without naming them.
 *
 * Directories given with -L (option libdir) are loaded whole, before the first program.
 * The system's own (option syslibdir) is only looked through for what each file defines, when a
 * program uses a name nobody knows, and then the file that defines it is loaded: a program without such
 * names never opens a file.  A file brings in the libraries it depends on (#pragma D depends_on).
 */
#ifndef DT_LIBRARY_H
#define DT_LIBRARY_H

#include "compile.h"

int dt_libs_adddir(dtrace_hdl_t *, const char *dir); /* -L */
int dt_libs_setsys(dtrace_hdl_t *, const char *dir);
void dt_libs_close(dtrace_hdl_t *);

/* Before a program is compiled: directories of -L.  False with the handle's error set. */
bool dt_libs_start(dtrace_hdl_t *);
/* A name was not found: a plain name, "struct tag", "translator type".  True when a library that defines it
 * was loaded just now: look again.  An error in the library is an error of the compile. */
bool dt_lib_need(dt_compile_t *, const char *name);
/* dt_type_lookup() with libraries. */
dt_type_t dt_lib_type(dt_compile_t *, const char *name);
/* #pragma D depends_on library NAME in a library: 1 loaded, 0 there is no such library, -1 it depends on this
 * one. */
int dt_lib_depend(dt_compile_t *, const char *name);

/* compile.c: one library file; 0, 1 when it depends on what this system lacks, -1 with the error set. */
int dt_compile_library(dtrace_hdl_t *, const char *path, const char *text, size_t len);

#endif
