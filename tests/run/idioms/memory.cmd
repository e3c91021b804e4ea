# Idioms: memory of a process copied in and a NUL put one byte behind it; bytes of it by index; text from it; a D string
# read and changed by character; this-> from clause to clause of one firing; self-> from entry to return, freed by 0; a
# predicate that counts.
cat >w.pl <<'E'
syswrite(STDERR, "a line of text\n"); syswrite(STDERR, "x" x 300); syswrite(STDERR, "q");
E
dtrace -x strsize=64 -c 'perl w.pl' -qn '
syscall::write:entry
/pid == $target && arg0 == 2 && ++n > 0/
{
	self->buf = arg1;
	self->len = arg2;
}

syscall::write:return
/self->buf/
{
	this->size = self->len < 16 ? self->len : 16;
	this->p = (char *)copyin(self->buf, this->size);
	this->p[this->size] = 0;
	this->first = ((char *)this->p)[0];
}

syscall::write:return
/self->buf && this->size/
{
	this->text = stringof(this->p);
	printf("%d: %c %d [%s]\n", n, this->first, this->size, this->text);
	this->text[0] = this->text[0] - 32;
	printf("[%s] %d\n", this->text, strlen(stringof(copyin(self->buf, this->size))));
	self->buf = 0;
	self->len = 0;
}

syscall::write:return
/pid == $target && self->buf == 0 && self->len == 0/
{
	freed++;
}

END
{
	printf("%d %d\n", n, freed);
}' 2>/dev/null
