/* mib.d - what TCP thinks of a segment, for the carriers of the mib provider (providers/mib.c). */
#pragma D depends_on library net.d

inline struct tcp_skb_cb *__dt_mib_cb[struct sk_buff *B] = (struct tcp_skb_cb *)&B->cb;
inline uint32_t __dt_mib_seq[struct sk_buff *B] = __dt_mib_cb[B]->seq;
inline uint32_t __dt_mib_end[struct sk_buff *B] = __dt_mib_cb[B]->end_seq;
inline uint32_t __dt_mib_ack[struct sk_buff *B] = __dt_mib_cb[B]->ack_seq;
/* Bytes of data: SYN (2) and FIN (1) count as one in sequence numbers. */
inline uint32_t __dt_mib_data[struct sk_buff *B] = __dt_mib_end[B] - __dt_mib_seq[B] -
    (__dt_mib_cb[B]->tcp_flags & 1) - ((__dt_mib_cb[B]->tcp_flags & 2) >> 1);

/* How many segments the device will make of it. */
this int __dt_mib_segs;
inline int __dt_mib_gso[struct sk_buff *B] = ((struct skb_shared_info *)(B->head + B->end))->gso_segs;

/* The socket that a system call, which now returns, was about. */
inline struct socket *__dt_mib_sender = (struct socket *)__dt_file((int)uregs[R_RDI])->private_data;
