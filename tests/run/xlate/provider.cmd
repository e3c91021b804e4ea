# rows: D_PROV_INCOMPAT D_PROV_PRARGLEN D_PROV_PRXLATOR G11 L77
# tags: D_PROV_BADNAME D_PROV_PRDUP D_PROV_INCOMPAT D_PROV_PRARGLEN D_PROV_PRXLATOR D_PRAGMA_UNUSED D_PRAGMA_INVAL
try() {
	dtrace -xerrtags -e "$@" >/dev/null 2>msg && echo accepted
	grep -o '\[D_[A-Z_]*\]' msg || :
}
t='typedef struct o { int a; } o_t; translator o_t < int N > { a = N; };'
ok='provider app { probe start(int a, char *b); probe end__it(int a) : (o_t *a); probe none(); };'
try -n "$t $ok"
try -n "$t $ok $ok"
try -n "$t $ok provider app { probe start(int a, char *b); };"
try -n "$t $ok provider app { probe start(int a, char *b); probe end__it(int a); probe none(); };"
try -n "provider a { probe p(int); }; provider a { probe p(long); };"
try -n "provider a { probe p(int); }; provider a { probe q(int); };"
try -n "provider a { probe p(int); probe p(int); };"
try -n "provider app1 { probe p(int); };"
try -n "provider $(printf 'a%.0s' $(seq 64)) { probe p(int); };"
try -n "provider a { probe p($(printf 'int,%.0s' $(seq 255)) int); };"
try -n "provider a { probe p($(printf 'int,%.0s' $(seq 254)) int); };"
try -n "provider a { probe p(char *s) : (o_t *s); };"
try -n "$t provider a { probe p(char *s) : (o_t *s); };"
try -n "provider a { probe p(int s) : (long s); };"
try -n "provider a { probe p(struct task_struct *t) : (psinfo_t *t); };"
pragma='#pragma D attributes Evolving/Evolving/ISA provider'
try -n "provider a { probe p(); };
$pragma a args
$pragma a provider
"
try -n "$pragma a name
provider a { probe p(); };"
try -n "$pragma b name
provider a { probe p(); };"
try -n "provider a { probe p(); };
$pragma a probes
"
