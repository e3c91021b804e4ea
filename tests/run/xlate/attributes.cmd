# rows: L76 L78 L83 X60
# tags: D_ATTR_MIN D_IDENT_UNDEF D_PRAGMA_UNUSED D_PRAGMA_SCOPE
t='typedef struct o { int a; } o_t;
#pragma D attributes Unstable/Unstable/Common translator
translator o_t < int N > { a = N; };
#pragma D attributes Private/Private/ISA hidden
inline int hidden = 3;
'
try() {
	dtrace -xerrtags -e "$@" >/dev/null 2>msg && echo accepted
	grep -o '\[D_[A-Z_]*\]' msg || :
}
min=-xamin=Evolving/Evolving/Common
try $min -n "$t dtrace:::BEGIN { trace(1); }"
try $min -n "$t dtrace:::BEGIN { trace(hidden); }"
try $min -n "$t dtrace:::BEGIN { trace(xlate <o_t> (1).a); }"
try -xamin=Unstable/Unstable/Common -n "$t dtrace:::BEGIN { trace(xlate <o_t> (1).a); }"
try $min -n 'dtrace:::BEGIN { trace(curpsinfo->pr_pid); trace(cwd); trace(fds[1].fi_name); trace(chip); }'
b='#pragma D binding "1.5" late
inline int late = 3;
#pragma D binding "1.5" translator
translator o_t < string S > { a = strlen(S); };
'
try -xversion=1.4 -n "$t $b dtrace:::BEGIN { trace(late); }"
try -xversion=1.5 -n "$t $b dtrace:::BEGIN { trace(late); }"
try -xversion=1.4 -n "$t $b dtrace:::BEGIN { trace(xlate <o_t> (\"x\").a); }"
try -xversion=1.5 -n "$t $b dtrace:::BEGIN { trace(xlate <o_t> (\"x\").a); }"
try -xversion=1.0 -n 'dtrace:::BEGIN { trace(strchr("ab", 98)); }'
try -xversion=1.1 -n 'dtrace:::BEGIN { trace(strchr("ab", 98)); }'
try -n '#pragma D attributes Private/Private/ISA translator
dtrace:::BEGIN { trace(1); }'
try -n '#pragma D attributes Private/Private/ISA execname
dtrace:::BEGIN { trace(1); }'
