# Sourced by the tests here: the program that calls, the CPUs, the sum of the drops that were told.
name=c$$ # of our own: other tests may run at the same time
cc -O2 -D_GNU_SOURCE -o $name "$here/policy/calls.c" || exit
[ "$(nproc)" -gt 1 ] && cpus=0,1,0,1 || cpus=0,0,0,0
drops() { awk -v what="$1" '$0 ~ "^dtrace: [0-9]+ " what { n += $2 } END { print n + 0 }' "$2"; }
