# rows: S6 S7
# Where the kernel lets programs write user memory, the traced program finds it changed; under lockdown dtrace says
# which permission is missing.  Without -w neither is tried.
cat >caller.pl <<'P'
my ($a, $b) = ("AAAAAAAA\0", "BBBBBBBB\0");
syscall(21, $a, 0);
syscall(89, $b, 0, 0);
print unpack("Z*", $a), " ", unpack("Z*", $b), "\n";
P
cat >out.d <<'D'
#pragma D option quiet
syscall::access:entry /pid == $target/ { this->p = (char *)alloca(2); this->p[0] = 'x'; this->p[1] = 'y'; copyout(this->p, arg0 + 1, 2); }
syscall::readlink:entry /pid == $target/ { copyoutstr("12345", arg0, 4); }
D
dtrace -s out.d -c "perl caller.pl" 2>&1 | grep -c 'failed to enable.*Destructive actions not allowed'
dtrace -w -s out.d -c "perl caller.pl" >got 2>why
if grep -q 'could not enable tracing: the kernel forbids writing user memory (lockdown)' why; then
	echo right
elif grep -q '^AxyAAAAA 123$' got; then
	echo right
else
	cat got why
fi
