/* Idiom: what scripts for Solaris take from the kernel's thread and process.  Linux meaning where there is one. */
#pragma D option quiet

BEGIN
{
	this->p = curthread->t_procp;
	printf("%d %d %d %d\n", this->p->p_pidp->pid_id == pid, curthread->t_tid == tid, this->p->p_ppid == ppid,
	    this->p->p_parent->p_pidp->pid_id == ppid);
	printf("%s %d %d\n", this->p->p_user.u_comm, this->p->p_parent->p_user.u_comm != "",
	    this->p->p_user.u_psargs == curpsinfo->pr_psargs);
	printf("%d\n", stringof(this->p->p_user.u_cdir->v_path) == cwd);
	printf("%d %d %d\n", this->p->p_lwpcnt >= 1, curthread->t_cpu->cpu_id == cpu,
	    curthread->t_cpu->cpu_disp->disp_nrunnable >= 0);
	printf("%d %d %d\n", this->p->p_stksize > 4096, this->p->p_mstart < timestamp,
	    curthread->t_lwp->lwp_ustack > 0x10000);
	printf("%d %d\n", ((kthread_t *)curthread)->t_procp->p_cred->cr_uid == uid, ((proc_t *)this->p)->p_zoneid);
}

/* The file of a descriptor, by hand. */
BEGIN
{
	this->list = curthread->t_procp->p_user.u_finfo.fi_list;
	this->entry = (uf_entry_t *)((uint64_t)this->list + (uint64_t)0 * (uint64_t)sizeof (uf_entry_t));
	this->vnode = this->entry->uf_file != 0 ? this->entry->uf_file->f_vnode : 0;
	printf("%s %d\n", this->vnode ? (this->vnode->v_path ? cleanpath(this->vnode->v_path) : "<unknown>") : "none",
	    this->vnode->v_type == VCHR);
	printf("%s %d\n", basename(stringof(curthread->t_procp->p_exec->v_path)), curthread->t_procp->p_exec->v_type == VREG);
}

BEGIN
{
	exit(0);
}
