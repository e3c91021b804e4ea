/* bits.d - numbers of bits, and what vminfo keeps, for the providers' own D. */
self int __dt_vm_fault;

/* How many of 64 bits are set. */
inline uint64_t __dt_bits2[uint64_t W] = W - (W >> 1 & 0x5555555555555555);
inline uint64_t __dt_bits4[uint64_t W] = (__dt_bits2[W] & 0x3333333333333333) + (__dt_bits2[W] >> 2 & 0x3333333333333333);
inline uint64_t __dt_bits8[uint64_t W] = (__dt_bits4[W] + (__dt_bits4[W] >> 4)) & 0x0f0f0f0f0f0f0f0f;
inline uint64_t __dt_bits[uint64_t W] = __dt_bits8[W] * 0x0101010101010101 >> 56;
