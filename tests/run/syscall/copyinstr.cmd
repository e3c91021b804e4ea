# Strings of the traced process, read at the return, where the page is there.
dtrace -q -n 'syscall::openat:entry /pid == $target/ { self->p = arg1; } syscall::openat:return /self->p && strstr(copyinstr(self->p), "dt_no_such") != NULL/ { printf("%s %d %d\n", copyinstr(self->p), (int)arg0, errno); self->p = 0; }' \
    -c 'cat /dt_no_such_file' 2>/dev/null
