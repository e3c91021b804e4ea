# args[0] is a struct file *, as BTF has it.
exec 9>"$work/functions" && flock 9 # one at a time: some count what the kernel has enabled
echo text >here
timeout 20 dtrace -qc 'wc -l here' -n '
	fbt::vfs_read:entry
	/pid == $target && stringof(args[0]->f_path.dentry->d_name.name) == "here"/
	{ self->in = 1; self->count = args[2]; n++; }
	fbt::vfs_read:return
	/self->in/
	{ self->in = 0; @[probefunc, args[1], arg1, arg0, self->count >= 5] = count(); }
	END { printa("%s %d %d %d %d %@d\n", @); }'
