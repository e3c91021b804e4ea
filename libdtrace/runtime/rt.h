/*
 * rt.h - memory shared by three parties: programs the compiler emits, the runtime
 * routines (*.bpf.c, built by clang for BPF), and the consumer.  No includes: the
 * BPF side gets its types from vmlinux-free definitions below.
 */
#ifndef DT_RT_H
#define DT_RT_H

#ifdef __BPF__
typedef unsigned char dt_u8;
typedef unsigned int dt_u32;
typedef unsigned long long dt_u64;
typedef long long dt_s64;
#else
#include <stdint.h>
typedef uint8_t dt_u8;
typedef uint32_t dt_u32;
typedef uint64_t dt_u64;
typedef int64_t dt_s64;
#endif

/* ---- run state: one element of a mmapable array map, read and written by both sides */

enum dt_activity {
	DT_ACT_IDLE,
	DT_ACT_ACTIVE_BEGIN,
	DT_ACT_ACTIVE,
	DT_ACT_DRAINING,
	DT_ACT_ENDING
};

#define DT_MAXCPUS 1024

/* Counters only grow. */
struct dt_cpustate {
	dt_u64 drops;               /* principal records lost */
	dt_u64 aggdrops;            /* aggregation updates lost */
	dt_u64 dyndrops;            /* dynamic variable (self, associative array) updates lost */
	dt_u64 busydrops;           /* firings lost because no scratch slot was free */
	dt_u64 dblerrors;           /* faults inside ERROR clauses */
	dt_u64 oncpu;               /* when the running thread was switched in (vtimestamp), ns */
	dt_u64 ringseq;             /* bufpolicy=ring: records begun */
	dt_u64 specdrops;           /* speculative records lost */
	dt_u64 specbusy;            /* speculation() that found none free, but some being cleaned */
	dt_u64 specnone;            /* speculation() that found all in use */
	dt_u64 chillstart, chilled; /* chill(): start of the current second, and ns spent since */
	dt_u64 pad[4];
};

struct dt_state {
	dt_u32 activity; /* enum dt_activity: programs do nothing unless it says so */
	dt_u32 exit_status;
	dt_u64 walloffset; /* walltimestamp - timestamp, ns */
	dt_u64 nextthread; /* serial numbers for threads with self-> arrays */
	dt_u64 filllimit;  /* bufpolicy=fill: bytes of a buffer that clauses other than END's may use, */
	dt_u64 filled;     /* ... and 1 once that was not enough */
	dt_u64 ringmask;   /* bufpolicy=ring: records a buffer holds, a power of two, minus 1 */
	dt_u64 pad[2];
	dt_u32 agggen[256]; /* generation of aggregation n: part of its keys when it is ever cleared */
	struct dt_cpustate cpu[DT_MAXCPUS]; /* only nr_cpus of them are backed by the map */
};

/* ---- records: every record in a buffer starts with this, 8-byte aligned data follow */

struct dt_rechdr {
	dt_u32 clause; /* index of the enabled clause, or DT_REC_* */
	dt_u32 probe;  /* probe id */
	dt_u64 time;   /* timestamp, ns: orders records of different CPUs */
};
#define DT_REC_ERROR   0xffffffffU /* data is struct dt_recerror */
#define DT_REC_COMMIT  0xfffffffeU /* data is struct dt_recspec: its records are to be shown here */
#define DT_REC_DISCARD 0xfffffffdU /* data is struct dt_recspec: its records are to be forgotten */

struct dt_recerror {
	dt_u32 clause;
	dt_u32 fault;  /* DTRACEFLT_* */
	dt_u32 action; /* 0 = predicate */
	dt_u32 offset; /* instruction offset, or -1 */
	dt_u64 value;  /* address */
};

/*
 * bufpolicy=ring: a CPU's buffer is an array of such slots, each followed by room for the largest record.
 * Record n (from 0) of the CPU goes to slot n & ringmask.  stamp is 0 (nothing), (n + 1) << 1 (record n), or
 * that plus 1 while record n is being written; nobody takes a slot that is being written.
 */
struct dt_ringslot {
	dt_u64 stamp;
	dt_u64 len; /* of the record, with its dt_rechdr */
};

/*
 * ---- speculations
 *
 * A speculative record lies in the buffer like any other, with the id and the generation of its
 * speculation before its data.  The consumer keeps it until a commit or discard record of the same
 * generation comes along.  An id is free again the moment it is committed or discarded: free ids are in a
 * queue that programs take from and give to, and records of the id's next use bear another generation.
 * Only when the record that tells the consumer finds no room does the id stay, as "busy",
 * until the consumer comes by.
 *
 * One array value: word[0] counts the busy ids, word[id] is DT_SPEC_WORD(generation, state); then used[id *
 * ncpus + cpu], the bytes a generation has written on that CPU, as DT_SPEC_WORD(generation, bytes).
 */
struct dt_recspec {
	dt_u32 id, gen;
};
enum dt_specstate {
	DT_SPEC_FREE,
	DT_SPEC_ACTIVE,
	DT_SPEC_BUSY
};
#define DT_SPEC_WORD(gen, low) ((dt_u64)(gen) << 32 | (dt_u32)(low))

/* ---- aggregation values, per CPU */

struct dt_aggavg {
	dt_u64 count, sum;
};
struct dt_aggstddev {
	dt_u64 count, sum, sqlo, sqhi;
};
/* The value is held xor the one that loses against every other: memory of zeros is a minimum (maximum)
 * nothing has been compared with yet, and one word changes at a time, whoever interrupts whom. */
struct dt_aggminmax {
	dt_u64 has;
	dt_s64 code;
};
#define DT_AGGMINMAX_CODE(max, value) ((value) ^ (dt_s64)((max) ? 1ULL << 63 : ~0ULL >> 1))
#define DT_QUANTIZE_NBUCKETS          127 /* -2^62 .. -1, 0, 1 .. 2^62; index of 0 is 63 */
#define DT_QUANTIZE_ZERO              63

/* ---- scratch: a slot is claimed for one firing and released at its end (programs may
 * be preempted by others on the same CPU, so there are several a CPU) */

#define DT_STRMAX 4096        /* largest strsize */
#define DT_USER   (32 * 1024) /* what alloca() and copyin() hand out in one clause; a power of 2 */
#define DT_ARENA  (64 * 1024) /* string and alloca space of one firing */
#define DT_NSLOTS 4           /* slots a CPU */

struct dt_scratch {
	dt_u32 busy;           /* claimed by exchange */
	dt_u32 top;            /* bytes of user[] handed out in this clause */
	dt_u64 illval;         /* faulting address, set by a routine that returns a fault */
	dt_u64 w[6];           /* the routines' own, between two callbacks of a loop */
	dt_u64 tokpos;         /* strtok(): where in tok it goes on, or DT_TOK_NONE */
	char a[2 * DT_STRMAX]; /* the routines' own; twice as large, so that offset + length stays inside */
	char b[2 * DT_STRMAX];
	char tok[DT_STRMAX]; /* strtok(): its string */
	char user[DT_USER];  /* all that D programs may store to through pointers; no field may follow it
			      * but arena, which is where offset + length may seem to lead */
	char arena[DT_ARENA + 2 * DT_STRMAX]; /* compiler-placed temporaries, by offset */
};

/* ---- runtime routines: how they are called
 *
 * Routines are global BPF functions, linked in by name (bpf/link.c).  s is the claimed
 * slot; strings are kernel addresses, 0 the null string, which reads as ""; size is strsize,
 * 2 .. DT_STRMAX, the NUL included: longer input is cut.  dst is the byte offset in s->arena where
 * size bytes are free for the result; nothing read may lie inside it.  The verifier knows
 * nothing of a result: bound it before using it as an offset.
 *
 *   s64 dt_strlen(s, addr, size)             a null string is a fault here
 *   s64 dt_strcpy(s, dst, addr, size)        the length
 *   s64 dt_keystr(s, dst, addr, size)        same, and zeroes up to size: hash keys
 *   s64 dt_strcmp(s, a, b, size)             0 equal, 1 a < b, 2 a > b, as unsigned bytes
 *   s64 dt_strjoin(s, dst, a, b, size)       the length
 *   s64 dt_substr(s, dst, addr, range, size) DT_RT_RANGE(index, len); the length
 *   s64 dt_index(s, a, b, start, size)       offset of b in a, or -1
 *   s64 dt_rindex(s, a, b, start, size)      start DT_RT_OMITTED: from the end
 *   s64 dt_strstr(s, a, b, size)             offset, or -1
 *   s64 dt_strchr(s, addr, c, size)          offset, or -1; c == 0 finds the end
 *   s64 dt_strrchr(s, addr, c, size)
 *   s64 dt_basename(s, dst, addr, size)      the length
 *   s64 dt_dirname(s, dst, addr, size)
 *   s64 dt_lltostr(s, dst, value, base, size)
 *   s64 dt_strcase(s, dst, addr, upper, size)
 *   s64 dt_strtok(s, dst, addr, delims, size) addr 0 goes on; -1: no token left
 *   s64 dt_strtoll(s, addr, base, size)      0; the number is s->w[0]
 *   s64 dt_cleanpath(s, dst, addr, size)
 *   s64 dt_memstr(s, dst, addr, DT_RT_RANGE(sep, n), size)
 *   s64 dt_json(s, dst, addr, path, size)    -1: nothing there
 *   s64 dt_inet_ntoa(s, dst, addr, size)     addr of 4 bytes
 *   s64 dt_inet_ntoa6(s, dst, addr, strict, size)
 *   s64 dt_inet_ntop(s, dst, family, addr, size)
 *   s64 dt_link_ntop(s, dst, type, addr, size)
 *   s64 dt_alloca(s, n)                      offset in s->user
 *   s64 dt_copyin(s, addr, n)                offset in s->user
 *   s64 dt_own(s, addr, n)                   offset in s->user of n bytes that were handed out
 *   s64 dt_bcopy(s, src, dst, n)             0; dst an address
 *   s64 dt_copyinto(s, addr, n, dst)         0
 *   s64 dt_copyout(s, src, addr, n)          0
 *   s64 dt_copyoutstr(s, str, addr, max, size) 0
 *   u64 dt_progenyof(task, pid, DT_RT_RANGE(offset of real_parent, of tgid)) 1 or 0
 *   u64 dt_task(me, number, offs)            the thread of that number in the pid namespace of `me`; 0: none
 *   s64 dt_dpath(s, dst, addr, offs, kind << 32 | size) enum dt_pathkind; the length
 *   u64 dt_inode(s, inode, offs)             a file of it, in s->a, for dt_dpath(); 0: none
 *   u64 dt_bio(bio, offs, what)              enum dt_bio
 *   s64 dt_statname(s, dst, bdev, offs, size) name of the block device; the length
 *   s64 dt_psargs(s, dst, task, offs, size)  arguments of a process; the length
 *   u64 dt_packet(skb, offs, what)           enum dt_packet
 *   u64 dt_sock(sk, offs, what)              enum dt_sock
 *   u64 dt_sockaddr(addr, offs, what)        enum dt_sockaddr: where that is, for
 *   s64 dt_inet_sock(s, dst, where, size)    which makes it text; the length
 *   u64 dt_quantize(value)                   bucket 0 .. DT_QUANTIZE_NBUCKETS - 1
 *   u64 dt_llquantize(value, factor, low, high, nsteps) bucket as in llquantize.h
 *   s64 dt_stddev(struct dt_aggstddev *, value) 0
 *   s64 dt_chill(struct dt_cpustate *, ns)  0, or 1 when the CPU's budget does not allow it
 *
 * They use at most DT_RT_STACK bytes of the 512 that the functions of a call chain share.
 * Those of s64 with s return at least -1, or DT_RT_FAULT() with s->illval set.
 */

enum dt_pathkind {
	DT_PATH_PATH,     /* addr is a struct path: the path */
	DT_PATH_VISIBLE,  /* the same, from the current process's root; what is no path is a fault */
	DT_PATH_FILE,     /* addr is a struct file (as below), or 0, which gives "<none>": the path */
	DT_PATH_DIR,      /* without the last component */
	DT_PATH_NAME,     /* the last component */
	DT_PATH_FSTYPE,   /* name of the type of file system */
	DT_PATH_MOUNT,    /* where that is mounted */
	DT_PATH_INODE = 8 /* added to one of the last five: addr is a struct inode, or 0: dt_inode() first */
};

enum dt_packet {
	DT_PKT_IP,       /* its IP header; 0: it is no IP packet */
	DT_PKT_PROTOCOL, /* what follows the IP header (IPPROTO_TCP...); 0: nothing that has its own header */
	DT_PKT_HEADER,   /* that header, or 0 */
	DT_PKT_PAYLOAD,  /* bytes after the IP header */
	DT_PKT_DATA,     /* bytes after the TCP or UDP header */
	DT_PKT_FLAGS,    /* of TCP */
	DT_PKT_KEY,      /* what DT_SOCK_KEY is of the socket that it is for */
	DT_PKT_LOCAL,    /* 1: from an address to the same */
	DT_PKT_TCP,      /* the TCP header, or 0 */
	DT_PKT_UDP,      /* the UDP header, or 0 */
	DT_PKT_ARRIVED = 16 /* added to one of these: it begins at its IP header (netif_receive_skb); 0 of
			     * all when it is not for this machine, but only passes by its device */
};

enum dt_sock {
	DT_SOCK_KEY,     /* a number for its network, addresses and ports */
	DT_SOCK_VERSION, /* of IP: 4, also of an IPv6 socket with IPv4 addresses, or 6 */
	DT_SOCK_PORT,    /* its own port, also when it is closed already */
	DT_SOCK_LOCAL,   /* 1: both its addresses are the same */
	DT_SOCK_RTO      /* TCP: retransmission timeout, ms */
};

enum dt_sockaddr {
	DT_ADDR_SOURCE, /* addr is an IP header */
	DT_ADDR_DESTINATION,
	DT_ADDR_LOCAL, /* addr is a struct sock */
	DT_ADDR_REMOTE
};
#define DT_ADDR_IPV6 (1ULL << 62) /* a kernel address has that bit: 0 in it tells of IPv6 */

/* Where dt_sock() and dt_sockaddr() find things. */
struct dt_sockoffs {
	dt_u32 family, net, num, dport, sport; /* of struct sock, as all but the last two */
	dt_u32 daddr, saddr, daddr6, saddr6;
	dt_u32 rto;
	dt_u32 tick; /* ns */
};

/* ... and dt_packet(). */
struct dt_packetoffs {
	dt_u32 protocol, head, data, len, network, type; /* of struct sk_buff */
	dt_u32 dev, net;                                 /* dev->nd_net */
};

enum dt_bio {
	DT_BIO_PAGE,    /* the struct page its memory begins with, or 0 */
	DT_BIO_MAPPING, /* that page's mapping: bits 0 and 1 mark memory that is no file's */
	DT_BIO_INODE,   /* the file, or 0 */
	DT_BIO_OFFSET   /* of that memory in the file */
};

/* Where dt_task() finds things. */
struct dt_pidoffs {
	dt_u32 task_pid, task_link; /* thread_pid; the link of its list by thread number */
	dt_u32 pid_level, pid_numbers, pid_tasks;
	dt_u32 upid_size, upid_ns;
	dt_u32 ns_tree, node_shift, node_slots;
};

/* Where dt_bio() and dt_statname() find things. */
struct dt_biooffs {
	dt_u32 bio_vec, bio_idx, vec_size, vec_page;
	dt_u32 page_head, page_mapping, page_index, mapping_host, inode_mode;
	dt_u32 bdev_disk, bdev_part, disk_name;
};

/* Where dt_dpath() and dt_psargs() find things: the compiler puts it into read-only data, from BTF. */
struct dt_taskoffs {
	dt_u32 path_mnt, path_dentry, file_path;
	dt_u32 d_parent, d_name, d_len;
	dt_u32 mnt_root, mnt_sb, sb_type, type_name;
	dt_u32 mount_mnt, mount_parent, mount_point, mount_ns;
	dt_u32 task_mm, task_leader, task_comm, task_fs, fs_root, arg_start, arg_end;
	dt_u32 inode_sb, inode_alias, d_alias; /* inode->i_dentry.first points to dentry->d_u.d_alias */
	dt_u32 sb_root, sb_mounts;
	dt_u32 mount_next;    /* to the next mount of the same file system, */
	dt_u32 mounts_listed; /* a list_head's next (before 6.18), or a plain pointer: 0 */
	dt_u32 task_nsproxy, nsproxy_mnt;
};

#define DT_CHILL_MAX          500000000ULL /* ns in any second of a CPU */
#define DT_RT_STACK           192
#define DT_TOK_NONE           (~0ULL)
#define DT_RT_FAULT(flt)      (-(1000 + (flt))) /* DTRACEFLT_* */
#define DT_RT_ISFAULT(r)      ((r) < -1)
#define DT_RT_FAULTOF(r)      (-(r)-1000)
#define DT_RT_OMITTED         0x7fffffff
#define DT_RT_RANGE(idx, len) ((dt_u64)(dt_u32)(idx) | (dt_u64)(dt_u32)(len) << 32)

#endif
