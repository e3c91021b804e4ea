# rows: F18 X39 X44 X54 L79
# tags: D_PRAGMA_DEPEND D_SYNTAX D_IDENT_UNDEF
mkdir -p lib other sys bad circle clauses
echo '#pragma D depends_on library zlast.d
inline int first = last + 1;' >lib/a.d
echo 'inline int last = 41; typedef struct mine { int a; } mine_t;
translator mine_t < int N > { a = N + last; };' >lib/zlast.d
echo '#pragma D depends_on module no_such_module
inline int first = 13; syntax error here' >lib/skipped.d
echo '#pragma D depends_on provider nosuchprovider
inline int second = 13;' >lib/skipped2.d
echo '#pragma D depends_on library absent.d
inline int third = 13;' >lib/skipped3.d
echo '#pragma D depends_on provider dtrace
inline string other = "other";' >other/o.d
printf '/* one */\ninline int x = ;\n' >bad/b.d
echo '#pragma D depends_on library c2.d' >circle/c1.d
echo '#pragma D depends_on library c1.d' >circle/c2.d
echo 'BEGIN { trace(1); }' >clauses/c.d
echo 'inline int EPERM = 99; inline int bad = ;' >sys/mine.d
dtrace -L lib -x libdir=other -qn 'BEGIN { printf("%d %d %s\n", first, xlate <mine_t *> (1)->a, other); exit(0); }'
for name in second third; do
	dtrace -L lib -qn "BEGIN { trace($name); exit(0); }" 2>&1 | sed 's/.*: \(.* is not defined\).*/\1/'
done
tag() {
	dtrace -xerrtags -e "$@" 2>&1 | grep -oE '\[D_[A-Z_]*\]|"[a-z/0-9.]*", line [0-9]+|cannot read D library.*'
}
tag -L bad -n 'BEGIN { trace(1); }'
tag -L circle -n 'BEGIN { trace(1); }'
tag -L clauses -n 'BEGIN { trace(1); }'
tag -L nosuchdir -n 'BEGIN { trace(1); }'
tag -x nolibs -L bad -n 'BEGIN { trace(curpsinfo->pr_pid); }'
tag -n '#pragma D depends_on library file.d
BEGIN { trace(1); }'
dtrace -x nolibs -qn 'BEGIN { printf("%d\n", NULL == 0); exit(0); }'
# The system's libraries are read when a name asks for it, and only then.
dtrace -x syslibdir=sys -qn 'BEGIN { printf("none needed\n"); exit(0); }'
tag -x syslibdir=sys -n 'BEGIN { trace(EPERM); }'
tag -x syslibdir=sys -n 'BEGIN { trace(ENOENT); }'
