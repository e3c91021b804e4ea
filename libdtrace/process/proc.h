/* proc.h - the processes of -c and -p: made stopped, watched, released. */
#ifndef DT_PROC_H
#define DT_PROC_H

#include "../handle/handle.h"

int dt_procs_start(dtrace_hdl_t *); /* let the created ones run: called when tracing is on */
int dt_procs_count(dtrace_hdl_t *); /* ever taken on */
int dt_procs_running(dtrace_hdl_t *);
/* Before the objects of a process are read: a created one that still stands at its first instruction goes on
 * to where option evaltime says.  0 for a process that is not ours. */
int dt_procs_settle(dtrace_hdl_t *, pid_t);
/* The same for all of them, when the option was given; called before tracing begins. */
int dt_procs_settle_all(dtrace_hdl_t *);
/* Notice ended processes and tell the proc handler; called from dtrace_status. */
void dt_procs_check(dtrace_hdl_t *);
/* Readable when some process may have ended, -1 when there is none: for poll(). */
int dt_procs_fd(dtrace_hdl_t *);
pid_t dt_procs_pid(dtrace_hdl_t *, int i);
pid_t dt_procs_target(dtrace_hdl_t *); /* $target: the first one, 0 if none */
void dt_procs_close(dtrace_hdl_t *); /* kills nothing that -p grabbed; -c children get SIGKILL if not yet run */

#endif
