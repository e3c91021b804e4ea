/* evaltime.h - letting a created process run up to a point of its start (option evaltime). */
#ifndef DT_EVALTIME_H
#define DT_EVALTIME_H

#include <sys/types.h>

#include "../handle/handle.h"

/* In the order of the option's words. */
typedef enum dt_evaltime {
	DT_EVAL_EXEC,     /* its first instruction: it stands there already */
	DT_EVAL_PREINIT,  /* its libraries are mapped, none of their code has run */
	DT_EVAL_POSTINIT, /* the libraries have initialised themselves */
	DT_EVAL_MAIN      /* main() is about to begin */
} dt_evaltime_t;

/* Of a ptraced process that stands at its first instruction.  1: it stands there now; 0: it has ended, *status
 * is what waitpid() said; -1 with the handle's error. */
int dt_run_to(dtrace_hdl_t *, pid_t, dt_evaltime_t, int *status);

#endif
