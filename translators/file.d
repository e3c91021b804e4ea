/*
 * file.d - open files: fileinfo_t, fds[], and the directories of a process.
 *
 * Names are "<none>" where there is no file, "<unknown>" where a file has no name: a
 * socket, a pipe.
 */
typedef struct fileinfo {
	string fi_name;
	string fi_dirname;
	string fi_pathname;
	offset_t fi_offset;
	string fi_fs;
	string fi_mount;
	int fi_oflags;
} fileinfo_t;

/* The numbers are those of enum dt_pathkind (libdtrace/runtime/rt.h). */
#pragma D attributes Stable/Stable/Common translator
translator fileinfo_t < struct file *F > {
	fi_name = __dt_path(F, 4);
	fi_dirname = __dt_path(F, 3);
	fi_pathname = __dt_path(F, 2);
	fi_offset = F == NULL ? 0 : F->f_pos;
	fi_fs = __dt_path(F, 5);
	fi_mount = __dt_path(F, 6);
	fi_oflags = F == NULL ? 0 : F->f_flags;
};

inline fileinfo_t fds[int fd] = xlate <fileinfo_t> (__dt_file(fd));
#pragma D attributes Stable/Stable/Common fds

inline string cwd = __dt_path(&curthread->fs->pwd, 0);
#pragma D attributes Stable/Stable/Common cwd

inline string root = __dt_path(&curthread->fs->root, 0);
#pragma D attributes Stable/Stable/Common root
