# rows: S3 S5 S9
# The field's way: copy what is written, end it by a NUL one byte past, look at it byte by byte.
cat >w.d <<'D'
#pragma D option quiet
syscall::write:entry
/pid == $target && arg0 == 1/
{
	this->buf = (char *)copyin(arg1, arg2);
	this->buf[arg2] = '\0';
	printf("[%s]", stringof(this->buf));
	this->buf[0] = 'W';
	this->i = arg2 - 2;
	((char *)this->buf)[this->i] ^= 0x20;
	printf("[%s]", stringof(this->buf));
	this->to = alloca(8);
	copyinto(arg1 + 3, 4, this->to);
	printf("[%s]\n", stringof(this->to));
}
D
printf '#!/bin/sh\nprintf "some words\\n"\nprintf abcdefgh' >w.sh
chmod +x w.sh
dtrace -s w.d -c ./w.sh -o text >/dev/null
cat text
