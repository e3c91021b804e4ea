# rows: G4 G1 D_EMPTY A1
# An empty body records the firing: one line; so does a body whose statements record nothing it does not.
dtrace -n 'BEGIN { }' -n 'BEGIN { exit(0); }' 2>/dev/null | awk 'NF { print $NF }'
dtrace -n 'BEGIN { x = 1; } BEGIN { exit(0); }' 2>/dev/null | awk 'NF { print $NF }'
dtrace -n 'BEGIN { } BEGIN { x = 1; } BEGIN { } BEGIN { exit(0); } END { }' 2>/dev/null | grep -c BEGIN
: >empty.d
dtrace -x errtags -s empty.d 2>&1 | grep -o '\[D_[A-Z]*\]'
dtrace -x empty -es empty.d && echo accepted
echo 'typedef int t; struct s { t x; }; enum e { A, B }; inline int i = B; translator struct s < int I > { x = I; }; provider p { probe q(int); }; int v; extern int w;
BEGIN { trace(xlate <struct s> (4).x + i); exit(0); }' >all.d
dtrace -qs all.d
