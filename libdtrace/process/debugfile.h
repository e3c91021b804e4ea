/* debugfile.h - the separate file with the debugging information of an ELF file. */
#ifndef DT_DEBUGFILE_H
#define DT_DEBUGFILE_H

#include <gelf.h>

/* Open for reading, or -1: by build-id under /usr/lib/debug; else, when the object's full path is given, by
 * .gnu_debuglink beside the object, in .debug there, and under /usr/lib/debug. */
int dt_debugfile_open(Elf *, const char *path);

#endif
