# rows: L89 F15 F33 X16 X17
cat >s.d <<'END'
#ifdef __STDC__
#define S __STDC__
#else
#define S 9
#endif
#ifndef EXTRA
#define EXTRA 0
#endif
BEGIN { trace(S); trace(EXTRA); exit(0); }
END
for x in a t c s; do dtrace -q -C -X $x -s s.d; done
dtrace -q -x cpp -x stdc=c -x 'cppargs=-D EXTRA=7' -s s.d
echo '#define EXTRA 4' >h.h
dtrace -q -CH -x 'cppargs=-include h.h' -s s.d 2>&1 | grep -c h.h
dtrace -X q -s s.d
