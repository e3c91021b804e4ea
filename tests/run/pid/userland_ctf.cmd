# rows: T16
# Types of an object that has them in section .ctf only.
cc -O1 -gctf -o types "$here/pid/types.c" || exit 1
dtrace -qc ./types -n '
pid$target:a.out:work:entry
{
	this->p = (userland point_t *)arg0;
	printf("%d %d %d %d %d %d\n", this->p->x, this->p->y, this->p->lo, this->p->mid, this->p->low, this->p->color == GREEN);
	printf("%s %s %s %d\n", stringof(this->p->name), this->p->in.tag, stringof(this->p->full), this->p->in.a);
	printf("%d %s %d\n", this->p->next->x, stringof(this->p->next->name), this->p->next->next == NULL);
	printf("%d %d %x %d %d\n", this->p->arr[2], *this->p->arr, this->p->l, this->p->ok, this->p->byte);
	printf("%d %d %d\n", sizeof (userland struct point), sizeof (userland struct types`inner), sizeof (userland counter_t));
	print(this->p->in);
}'
dtrace -c ./types -x errtags -qn 'BEGIN { trace(sizeof (userland struct nowhere)); }' 2>&1 | grep -o '\[D_[A-Z_]*\]'
