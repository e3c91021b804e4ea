# Attributes of the provider, types of the kernel's own arguments; what stands for another system's probe has them in
# the order scripts know.
dtrace -lvn 'sdt:sched::sched_process_fork, sdt:irq::interrupt-start, sdt:::taskq-exec-end' | sed 's/^ *[0-9][0-9]* */ID /'
