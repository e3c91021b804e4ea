/*
 * io.c - the io provider: block I/O and what NFS reads and writes starts and is done, threads wait for it.
 * Spec: providers.md 10; the arguments are made in translators/io.d.
 *
 * A probe's request is a struct bio: arg0 is its address at start and at done.  Requests without data (flushes)
 * are not shown.
 *
 * NFS passes no block layer; its requests are probes of their own, in module nfs as on Solaris.  arg0 is the
 * address of the request's struct nfs_pgio_header.
 */
#include "stable.h"

#define BIO(type)                                                                                              \
	{                                                                                                      \
		type, "struct bio *"                                                                           \
	}
#define ARGS                                                                                                   \
	{                                                                                                      \
		BIO("bufinfo_t *"), BIO("devinfo_t *"), BIO("fileinfo_t *")                                    \
	}

#define NFS "the tracepoints of the module nfs"
static const dt_carried_t carried[] = {
    {.name = "done", .module = "nfs", .args = ARGS, .needs = NFS},
    {.name = "start", .module = "nfs", .args = ARGS, .needs = NFS},
    {.name = "done", .args = ARGS},
    {.name = "start", .args = ARGS},
    {.name = "wait-done", .args = ARGS},
    {.name = "wait-start", .args = ARGS},
    {0},
};

/* In units of the whole disk: until the block layer has added the partition's start, and noted that. */
#define SECTOR(bio)                                                                                            \
	"(" bio "->bi_iter.bi_sector + ((" bio "->bi_flags >> __dt_enum(\"BIO_REMAPPED\", 11) & 1) != 0 ? 0 "  \
	": " bio "->bi_bdev->bd_start_sect))"
#define SIZE_AND_PLACE(bio)                                                                                    \
	"this->__dt_io_size = " bio "->bi_iter.bi_size; this->__dt_io_sector = " SECTOR(bio) ";"

/* A driver that takes bios as they are moves them on while it works, and has no requests (queue's mq_ops):
 * what they were is kept from their start. */
#define NO_REQUESTS "$bio->bi_bdev->bd_disk->queue->mq_ops == NULL"

/* A request of NFS is no bio: all that is told of it a carrier keeps.  good_bytes is its size until the
 * kernel has looked at the answer, after done; a wait for an answer may tell less of it than the rest. */
#define NFS_ARGS                                                                                               \
	{                                                                                                      \
		"(struct bio *)$hdr", "(struct bio *)$hdr", "(struct bio *)$hdr"                               \
	}
#define NFS_KEEPS(of, opf)                                                                                     \
	of "__dt_io_size = $hdr->good_bytes; " of "__dt_io_sector = $hdr->io_start >> 9; " of                  \
	   "__dt_io_opf = " opf "; " of "__dt_io_inode = $hdr->inode; " of                                     \
	   "__dt_io_offset = $hdr->io_start; " of "__dt_io_nfs = $hdr->inode->i_sb->s_dev; "
#define NFS_REQUEST(opf)                                                                                       \
	"this->__dt_io_kept = 1; this->__dt_io_direct = $hdr->dreq != NULL; " NFS_KEEPS("this->", opf)
#define NFS_READ  "0"
#define NFS_WRITE "(1 | 1 << __dt_enum(\"__REQ_SYNC\", 11))"

/* The client asks again for the rest when the server has done less: then it is not over. */
#define NFS_OVER(eof) "$task->tk_status < 0 || $hdr->res.count == 0 || $hdr->res.count >= $hdr->args.count" eof
#define NFS_RESULT                                                                                             \
	"this->__dt_io_error = $task->tk_status < 0 ? -$task->tk_status : 0; "                                 \
	"this->__dt_io_resid = $hdr->args.count - ($task->tk_status < 0 ? 0 : $hdr->res.count);"

#define NFS_LAST(opf) "self->__dt_io_bio = (struct bio *)$hdr; " NFS_KEEPS("self->", opf)

/* What a wait is about: the last request of the thread that waits. */
#define KEPT                                                                                                   \
	"this->__dt_io_kept = 1; this->__dt_io_size = self->__dt_io_size; "                                    \
	"this->__dt_io_nfs = self->__dt_io_nfs; "                                                              \
	"this->__dt_io_sector = self->__dt_io_sector; this->__dt_io_bdev = self->__dt_io_bdev; "               \
	"this->__dt_io_opf = self->__dt_io_opf; this->__dt_io_inode = self->__dt_io_inode; "                   \
	"this->__dt_io_offset = self->__dt_io_offset; "
#define LAST                                                                                                   \
	{                                                                                                      \
		"self->__dt_io_bio", "self->__dt_io_bio", "self->__dt_io_bio"                                  \
	}

static const dt_carrier_t carriers[] = {
    {.probe = "done",
     .on = "sdt:block::block_bio_queue",
     .when = "$bio->bi_iter.bi_size != 0 && " NO_REQUESTS,
     .does = "__dt_io_moving = 1; __dt_io_sizes[$bio] = $bio->bi_iter.bi_size; __dt_io_sectors[$bio] = " SECTOR(
	 "$bio") ";",
     .hook = true},
    {.probe = "wait-start wait-done",
     .on = "sdt:block::block_bio_queue",
     .when = "$bio->bi_iter.bi_size != 0",
     .does = "self->__dt_io_bio = $bio; self->__dt_io_size = $bio->bi_iter.bi_size; "
	     "self->__dt_io_sector = " SECTOR(
		 "$bio") "; self->__dt_io_bdev = $bio->bi_bdev; "
			 "self->__dt_io_opf = $bio->bi_opf; self->__dt_io_inode = __dt_file_of[$bio]; "
			 "self->__dt_io_offset = __dt_bio($bio, 3); self->__dt_io_nfs = 0;",
     .hook = true},
    {.probe = "wait-start wait-done",
     .on = "sdt:nfs::nfs_initiate_read",
     .does = NFS_LAST(NFS_READ),
     .hook = true},
    {.probe = "wait-start wait-done",
     .on = "sdt:nfs::nfs_initiate_write",
     .does = NFS_LAST(NFS_WRITE),
     .hook = true},
    {.probe = "start",
     .on = "sdt:block::block_bio_queue",
     .when = "$bio->bi_iter.bi_size != 0",
     .does = SIZE_AND_PLACE("$bio"),
     .args = {"$bio", "$bio", "$bio"}},

    /* One event for all the bios that were merged into the request. */
    {.probe = "done",
     .on = "sdt:block::block_rq_complete",
     .each = {"struct bio *", "$rq->bio", "$each->bi_next"},
     .when = "$each->bi_iter.bi_size != 0",
     .does = SIZE_AND_PLACE("$each") "this->__dt_io_error = __dt_io_errno[(int)$error]; "
				     "this->__dt_io_resid = $error != 0 ? $each->bi_iter.bi_size : 0;",
     .args = {"$each", "$each", "$each"}},
    {.probe = "done",
     .on = "sdt:block::block_bio_complete",
     .when = "__dt_io_moving && __dt_io_sizes[$bio] != 0",
     .does = "this->__dt_io_size = __dt_io_sizes[$bio]; this->__dt_io_sector = __dt_io_sectors[$bio]; "
	     "this->__dt_io_error = __dt_io_errno[(int)$bio->bi_status]; "
	     "this->__dt_io_resid = $bio->bi_status != 0 ? __dt_io_sizes[$bio] : 0;",
     .args = {"$bio", "$bio", "$bio"}},
    {.probe = "done",
     .on = "sdt:block::block_bio_complete",
     .when = "__dt_io_moving && __dt_io_sizes[$bio] != 0",
     .does = "__dt_io_sizes[$bio] = 0; __dt_io_sectors[$bio] = 0;",
     .hook = true},

    {.probe = "start",
     .module = "nfs",
     .on = "sdt:nfs::nfs_initiate_read",
     .does = NFS_REQUEST(NFS_READ),
     .args = NFS_ARGS},
    {.probe = "start",
     .module = "nfs",
     .on = "sdt:nfs::nfs_initiate_write",
     .does = NFS_REQUEST(NFS_WRITE),
     .args = NFS_ARGS},
    {.probe = "done",
     .module = "nfs",
     .on = "sdt:nfs::nfs_readpage_done",
     .when = NFS_OVER(" || $hdr->res.eof"),
     .does = NFS_REQUEST(NFS_READ) NFS_RESULT,
     .args = NFS_ARGS},
    {.probe = "done",
     .module = "nfs",
     .on = "sdt:nfs::nfs_writeback_done",
     .when = NFS_OVER(""),
     .does = NFS_REQUEST(NFS_WRITE) NFS_RESULT,
     .args = NFS_ARGS},

    {.probe = "wait-start",
     .on = "sdt:sched::sched_switch",
     .when = "self->__dt_io_bio != NULL && $prev->in_iowait",
     .does = KEPT,
     .args = LAST},
    {.probe = "wait-done",
     .on = "sdt:sched::sched_switch",
     .when = "self->__dt_io_bio != NULL && self->__dt_io_waits",
     .does = KEPT,
     .args = LAST,
     .thread = "$next"},
    /* After both: programs of a table run in its order. */
    {.probe = "wait-done",
     .on = "sdt:sched::sched_switch",
     .when = "self->__dt_io_waits",
     .does = "self->__dt_io_waits = 0;",
     .thread = "$next",
     .hook = true},
    {.probe = "wait-done",
     .on = "sdt:sched::sched_switch",
     .when = "self->__dt_io_bio != NULL && $prev->in_iowait",
     .does = "self->__dt_io_waits = 1;",
     .hook = true},
    {0},
};

const dt_provider_t dt_provider_io = {
    .name = "io",
    .attr = DT_STABLE_ATTR(ISA),
    .provide = dt_stable_provide,
    .args = dt_stable_args,
    .carried = carried,
    .carriers = carriers,
};
