# rows: N7 T16
# Where a pointer leads stays known: through casts, arithmetic, ?: and variables; and what is computed of a kernel
# pointer with a number of the process stays the kernel's.
cc -O1 -g -o types "$here/pid/types.c" || exit 1
dtrace -qc ./types -n '
pid$target:a.out:work:entry
{
	this->p = (userland struct point *)arg0;
	this->k = (int *)this->p;
	printf("%d %d\n", *this->k, *(int *)((uintptr_t)this->p + 4));
	this->z = arg1 == 9 ? this->p->next : NULL;
	printf("%d %s %d\n", this->z->x, arg1 == 9 ? this->p->name : "none", (arg1 == 9 ? *this->p : *this->p->next).y);
	this->t = (struct task_struct *)curthread;
	printf("%d %d\n", (this->t + this->p->x - 1)->tgid == pid, (this->p->x, this->p->next)->y);
	printf("%s %d %d\n", basename(this->p->name), strstr(this->p->name, "irs") != NULL, strlen(this->p->in.tag));
	self->arr[1] = this->p;
	x = *this->p;
	y[1] = this->p->in;
	this->v = this->p->arr;
	printf("%d %d %d %s %d\n", self->arr[1]->y, x.arr[3], x.next->x, y[1].tag, this->v[1]);
	printf("%s %s\n", stringof((userland char *)(this->p->name + 1)), stringof(&this->p->name[2]));
	@["sum", *this->p->next->name] = sum(this->p->y);
	printf("%d\n", *(unsigned int *)&``counter);
	tracemem(this->p, 8);
}
END { printa("%s %c %@d\n", @); }'
