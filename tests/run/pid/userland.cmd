# rows: N5 N7 T16 L16
# Data of the traced process through its own types: members of all kinds, strings, symbols; kept in variables, as keys,
# printed; at a function's entry and at a system call.
cc -O1 -g -o types "$here/pid/types.c" || exit 1
dtrace -qc ./types -n '
pid$target:a.out:work:entry
{
	this->p = (userland struct point *)arg0;
	printf("%d %d %d %d %d %d\n", this->p->x, this->p->y, this->p->lo, this->p->mid, this->p->low, this->p->color == GREEN);
	printf("%s %s %s %d\n", stringof(this->p->name), this->p->in.tag, stringof(this->p->full), this->p->in.a);
	printf("%d %s %d\n", this->p->next->x, stringof(this->p->next->name), this->p->next->next == NULL);
	printf("%d %d %d %d\n", this->p->arr[2], *this->p->arr, *(this->p->arr + 1), this->p->m[1][2]);
	printf("%x %c %d %d\n", this->p->l, this->p->c[0], this->p->ok, this->p->byte);
	this->w = (userland char **)arg2;
	printf("%s %s %c\n", stringof(this->w[0]), stringof(this->w[1]), *this->w[1]);
	this->i = (userland int *)arg0;
	printf("%d %d\n", *this->i, this->i[1]);
	this->y = &this->p->y;
	printf("%d\n", *this->y);
}
pid$target:a.out:work:entry
{
	self->q = ((userland a.out`point_t *)arg0)->next;
	self->s = *(userland const point_t *)arg0;
	printf("%d %s %d %d\n", self->q->y, stringof(self->q->name), self->s.next->x, self->s.arr[1]);
	printf("%d %d %d\n", strlen(self->q->name), self->q->name == "second", strlen(self->s.next->name));
	@["tag", stringof(((userland point_t *)arg0)->in.tag)] = count();
	@["name", stringof(self->q->name)] = count();
}
pid$target:a.out:work:entry
{
	printf("%d %d %d\n", sizeof (userland struct point), sizeof (userland struct types`inner), sizeof (userland counter_t));
	printf("%d %d %s\n", ``shared_counter, a.out``counter, stringof(``greeting));
	printf("%s %d %d %s\n", stringof(``text), ``origin.x, ``head->y, stringof(types``head->name));
	printf("%d %d\n", &``origin == ``head, (uintptr_t)a.out``work == uregs[R_PC]);
	trace(((userland point_t *)arg0)->in.tag);
	printf("\n");
	print(((userland point_t *)arg0)->in);
}
syscall::write:entry
/pid == $target/
{
	printf("\n%d %s\n", ((userland struct point *)arg1)->y, stringof(((userland struct point *)arg1)->name));
}
END { printa("%s %s %@d\n", @); }'
