# The name the kernel's events have for a call means the same probe, once; probefunc is the call table's.
dtrace -ln 'syscall::newuname:entry,syscall::uname:entry' 2>&1 | awk '{ print $2, $4, $5 }'
dtrace -qn 'syscall::newuname:entry, syscall::uname:entry /pid == $target/ { @[probefunc] = count(); }' -c uname | grep -v '^$'
