# covers: output 1.2 1.2.1-1.2.6
# rows: F57 F58 F60
# output.md 1.1 to 1.3 to the byte: heading, prefix, which clauses make a line, values, texts, dumps; the same with -q.
cat >layout.d <<'E'
struct s { int a; char text[20]; } sv;
struct t { char text[6]; } tv;
BEGIN { trace((int64_t)-1); trace((uint64_t)-1); trace((int)-1); trace((unsigned)4000000000); trace((short)-1); trace((unsigned short)65535); trace((char)-1); trace((uint8_t)200); }
BEGIN { trace("abc"); trace(""); trace("0123456789012345678901234567890123456789"); trace("a\bb\a"); }
BEGIN { sv.a = 65; trace(sv); }
BEGIN { sv.a = 65; sv.text[1] = 'b'; trace(sv); }
BEGIN { sv.a = 0; sv.text[1] = 0; trace(sv); }
BEGIN { tv.text[0] = 'a'; tv.text[1] = 'b'; tv.text[2] = 'c'; tv.text[3] = 'd'; tv.text[4] = 'e'; tv.text[5] = 'f'; trace(tv); }
BEGIN { x = 1; }
BEGIN { @a = count(); }
BEGIN { @a = count(); clear(@a); }
BEGIN { trunc(@a); }
BEGIN { normalize(@a, 2); }
BEGIN { denormalize(@a); }
BEGIN { setopt("aggsortkey"); }
BEGIN { }
BEGIN { printf("x\n"); }
BEGIN { printf("y"); trace(5); printf("z"); }
BEGIN { exit(0); }
E
timeout 20 dtrace -x cpu=0 -s layout.d 2>/dev/null
timeout 20 dtrace -x cpu=0 -qs layout.d
