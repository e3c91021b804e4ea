# What is not there, and arguments that are not or not the same.
dtrace -n 'sdt:sched::no_such_event'; echo $?
dtrace -n 'sdt:sched::sched_process_exit { trace(args[7]); }'; echo $?
dtrace -n 'sdt:sched::sched_process_* { trace(args[0]->pid); }'; echo $?
dtrace -n 'sdt:sched::sched_switch { trace(args[1]->no_such_member); }'; echo $?
