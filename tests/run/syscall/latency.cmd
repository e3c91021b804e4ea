# self-> carries a value from entry to return.
dtrace -q -n 'syscall::read:entry /pid == $target/ { self->ts = timestamp; } syscall::read:return /self->ts/ { @ = sum(timestamp > self->ts); self->ts = 0; }' \
    -c 'dd if=/dev/zero of=/dev/null bs=1k count=100' 2>/dev/null
