# The kernel copies the 37 vectors of a writev() into memory of 37 * 16 bytes; whatever node it may be from is the
# int -1, in args[] and in argN.  (An interrupt may allocate while the program of this probe runs: a drop, and rare.)
dtrace -qn 'int n, good;
sdt:kmem::kmalloc /pid == $target && args[2] == 592/ { n++; good += args[5] == -1 && arg5 == -1 && args[3] >= args[2]; }
END { printf("%s %s\n", n > 95 && n <= 100 ? "asked" : "not", good == n ? "as known" : "not"); }' \
	-c 'perl -e my($v)=pack("Q*",(0)x74);syscall(20,1,unpack("Q",pack("p",$v)),37)for(1..100)' \
	2> >(grep -v 'fired inside their own' >&2) | grep .
