/*
 * io.d - block I/O and NFS: bufinfo_t, devinfo_t, fileinfo_t of the io provider's probes (providers/io.c).
 *
 * All three are made from the request's struct bio.  What of it changes while the request is under way, a
 * carrier of the probe puts into this->__dt_io_*: so start and done of a request tell the same.  NFS has requests
 * that are no bio, of which all is kept so; that somebody waits for one, which B_ASYNC is about, it does not tell.
 */
#pragma D depends_on library buf.d
#pragma D depends_on library file.d

typedef struct bufinfo {
	int b_flags;
	size_t b_bcount;
	caddr_t b_addr;
	uint64_t b_lblkno;
	uint64_t b_blkno;
	size_t b_resid;
	size_t b_bufsize;
	caddr_t b_iodone;
	int b_error;
	dev_t b_edev;
} bufinfo_t;

typedef struct devinfo {
	int dev_major;
	int dev_minor;
	int dev_instance;
	string dev_name;
	string dev_statname;
	string dev_pathname;
} devinfo_t;

this uint64_t __dt_io_sector;
this uint64_t __dt_io_size;
this uint64_t __dt_io_resid;
this int __dt_io_error;
this uintptr_t __dt_io_mapping;

/* Of devices without requests, by struct bio. */
int __dt_io_moving; /* there ever was such a request */
uint64_t __dt_io_sizes[struct bio *];
uint64_t __dt_io_sectors[struct bio *];
/* Of the thread's last request: of the carriers. */
self struct bio *__dt_io_bio;
self uint64_t __dt_io_size;
self uint64_t __dt_io_sector;
self struct block_device *__dt_io_bdev;
self uint64_t __dt_io_opf;
self struct inode *__dt_io_inode;
self uint64_t __dt_io_offset;
self dev_t __dt_io_nfs;
self int __dt_io_waits;

/* The errno of a blk_status_t. */
inline int __dt_io_errno[int S] = S == 0 ? 0 : S == 1 ? 95 : S == 2 ? 110 : S == 3 ? 28 : S == 4 ? 67 : S == 5 ? 121 :
    S == 6 ? 52 : S == 7 ? 61 : S == 8 ? 84 : S == 9 ? 12 : S == 12 ? 11 : S == 15 ? 19 : 5;

/* For a probe that may come when the bio is no more, or that has none: what was kept of it.  The bio is then not
 * looked at. */
this int __dt_io_kept;
this int __dt_io_direct; /* past the page cache */
/* Of NFS: the device number of its file system, which has no device; 0: a block device's request. */
this dev_t __dt_io_nfs;
this struct block_device *__dt_io_bdev;
this uint64_t __dt_io_opf;
this struct inode *__dt_io_inode;
this uint64_t __dt_io_offset;

/* The numbers: enum dt_bio (libdtrace/runtime/rt.h). */
inline struct inode *__dt_file_of[struct bio *B] = (struct inode *)__dt_bio(B, 2);
inline struct inode *__dt_inode[struct bio *B] = this->__dt_io_kept ? this->__dt_io_inode : __dt_file_of[B];

inline struct block_device *__dt_bdev[struct bio *B] = this->__dt_io_kept ? this->__dt_io_bdev : B->bi_bdev;
inline dev_t __dt_dev[struct bio *B] = this->__dt_io_nfs ? this->__dt_io_nfs : __dt_bdev[B]->bd_dev;
inline uint64_t __dt_opf[struct bio *B] = this->__dt_io_kept ? this->__dt_io_opf : B->bi_opf;
inline int __dt_iswrite[struct bio *B] = (__dt_opf[B] & 1) != 0;
inline int __dt_isasync[struct bio *B] = __dt_iswrite[B] ?
    (__dt_opf[B] >> __dt_enum("__REQ_SYNC", 11) & 1) == 0 : (__dt_opf[B] >> __dt_enum("__REQ_RAHEAD", 19) & 1) != 0;
/* B_PAGEIO: pages of a file, or of a file system; B_PHYS: memory of a program. */
inline int __dt_pageio[uintptr_t MAPPING] = MAPPING == 0 ? 0 : (MAPPING & 3) != 0 ? B_PHYS : B_PAGEIO;
inline int __dt_memory[struct bio *B] = this->__dt_io_kept ?
    (this->__dt_io_direct ? B_PHYS : this->__dt_io_inode != NULL ? B_PAGEIO : 0) :
    (this->__dt_io_mapping = __dt_bio(B, 1), __dt_pageio[this->__dt_io_mapping]);

#pragma D attributes Evolving/Evolving/Common translator
translator bufinfo_t < struct bio *B > {
	b_flags = (__dt_iswrite[B] ? B_WRITE : B_READ) | (__dt_isasync[B] ? B_ASYNC : 0) |
	    __dt_memory[B] |
	    (this->__dt_io_error != 0 ? B_ERROR : 0);
	b_bcount = this->__dt_io_size;
	b_addr = this->__dt_io_kept ? NULL : (caddr_t)__dt_bio(B, 0);
	b_lblkno = this->__dt_io_sector;
	b_blkno = this->__dt_io_sector;
	b_resid = this->__dt_io_resid;
	b_bufsize = this->__dt_io_size;
	b_iodone = this->__dt_io_kept ? NULL : (caddr_t)B->bi_end_io;
	b_error = this->__dt_io_error;
	b_edev = __dt_dev[B];
};

#pragma D attributes Evolving/Evolving/Common translator
translator devinfo_t < struct bio *B > {
	dev_major = __dt_dev[B] >> 20;
	dev_minor = __dt_dev[B] & 0xfffff;
	dev_instance = 0;
	dev_name = this->__dt_io_nfs ? "nfs" : __dt_driver(__dt_bdev[B]->bd_dev >> 20);
	dev_statname = this->__dt_io_nfs ? strjoin("nfs", lltostr(this->__dt_io_nfs & 0xfffff)) :
	    __dt_statname(__dt_bdev[B]);
	dev_pathname = this->__dt_io_nfs ? "<nfs>" : strjoin("/dev/", __dt_statname(__dt_bdev[B]));
};

/* The numbers: enum dt_pathkind (libdtrace/runtime/rt.h) and DT_PATH_INODE. */
#pragma D attributes Evolving/Evolving/Common translator
translator fileinfo_t < struct bio *B > {
	fi_name = __dt_path(__dt_inode[B], 12);
	fi_dirname = __dt_path(__dt_inode[B], 11);
	fi_pathname = __dt_path(__dt_inode[B], 10);
	fi_offset = this->__dt_io_kept ? this->__dt_io_offset : __dt_bio(B, 3);
	fi_fs = __dt_path(__dt_inode[B], 13);
	fi_mount = __dt_path(__dt_inode[B], 14);
	fi_oflags = 0;
};
