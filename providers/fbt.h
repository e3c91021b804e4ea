/* fbt.h - what the files of the fbt provider share. */
#ifndef DT_FBT_H
#define DT_FBT_H

/* Where a kernel cannot trace its functions: the probe that answers what this function is traced for, or NULL.
 */
const char *dt_fbt_instead(const char *function);

#endif
