#define K 6
