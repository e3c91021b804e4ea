/* rows: S50 S52 S53 S55 S56 */
#pragma D option quiet
BEGIN
{
	printf("%d %d %d %d\n", progenyof($pid), progenyof(ppid), progenyof(1), progenyof(999999999));
	this->f = getf(0);
	printf("%d %d %d\n", this->f != NULL, getf(-1) == NULL, getf(1000000) == NULL);
	printf("%s\n", d_path(&getf(0)->f_path));
	this->m = &curthread->signal->cred_guard_mutex;
	printf("%d %d %d %d\n", mutex_owned(this->m), mutex_owner(this->m) == NULL, mutex_type_adaptive(this->m),
	    mutex_type_spin(this->m));
	/* Locks of our own making. */
	this->w = (uint64_t *)alloca(sizeof (struct mutex));
	this->w[0] = (uint64_t)curthread | 1;
	this->k = (struct mutex *)this->w;
	printf("%d %d\n", mutex_owned(this->k), mutex_owner(this->k) == curthread);
	this->l = (rwlock_t *)alloca(sizeof (rwlock_t));
	this->c = (uint32_t *)this->l;
	printf("%d %d %d\n", rw_read_held(this->l), rw_write_held(this->l), rw_iswriter(this->l));
	this->c[0] = 0xff;
	printf("%d %d %d\n", rw_read_held(this->l), rw_write_held(this->l), rw_iswriter(this->l));
	this->c[0] = 0x600;
	printf("%d %d %d\n", rw_read_held(this->l), rw_write_held(this->l), rw_iswriter(this->l));
	exit(0);
}
