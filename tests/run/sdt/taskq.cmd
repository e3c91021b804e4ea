# Work that is queued begins and ends: arg1 tells which it is, on every one of these probes, and is the work_struct of
# the tracepoint that stands behind.
dtrace -qn 'int seen;
taskq-enqueue { queued[arg1] = 1; }
sdt:workqueue::workqueue_execute_start { self->real = arg0; }
taskq-exec-start { self->work = arg1; self->same = self->real == arg1 && arg0 == 0; self->queued = queued[arg1]; }
taskq-exec-end /self->work == arg1 && self->same/ { seen += self->queued; }
taskq-exec-end /seen >= 3/ { printf("paired\n"); exit(0); }
tick-100ms { system("sync"); }' -w 2>&1 | head -n 1
