# A new process asks for its time on CPU at its first moment, as its return from fork: that is not 0, which a script takes
# for a variable that was not set.
dtrace -qn 'syscall::*fork*:return, syscall::clone*:return /arg0 == 0 && progenyof($target)/ { self->start = vtimestamp; self->new = 1; }
	proc:::exit /self->new/ { @n["children"] = count(); @t["with a start"] = sum(self->start != 0); @u["used"] = max(vtimestamp - self->start); }' \
	-c 'sh -c ls;ls;ls;true' | awk '/children/ { n = $2 } /start/ { s = $4 } /used/ { u = $2 } END { print (n == s), (u > 0 && u < 10000000000) }'
