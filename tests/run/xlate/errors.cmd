# rows: E28 G10
# tags: D_XLATE_REDECL D_XLATE_SOU D_XLATE_MEMB D_XLATE_INCOMPAT D_XLATE_NONE D_XLATE_NOCONV D_CG_DYN D_OP_DYN D_TRACE_DYN D_KEY_TYPE D_SIZEOF_TYPE D_ADDROF_VAR
pre='typedef struct s { int a; int b; struct { int z; } c; } s_t; translator s_t < int N > { a = N; };'
try() {
	dtrace -xerrtags -en "$pre $1" >/dev/null 2>msg && echo accepted
	grep -o '\[D_[A-Z_]*\]' msg || :
}
try 'translator s_t < int M > { b = M; };'
try 'struct fwd; translator struct fwd < int N > { };'
try 'translator int < int N > { };'
try 'translator s_t < long N > { q = N; };'
try 'translator s_t < long N > { a = "x"; };'
try 'translator s_t < long N > { a = N; a = 2; };'
try 'BEGIN { trace(xlate <s_t> ("x").a); }'
try 'BEGIN { trace(xlate <s_t> (1).b); }'
try 'BEGIN { trace(xlate <s_t> (1).nosuch); }'
try 'BEGIN { xlate <s_t> (1); }'
try 'BEGIN { x = xlate <s_t> (1); }'
try 'BEGIN { trace(xlate <s_t> (1)); }'
try 'BEGIN { x = xlate <s_t *> (1) == NULL; }'
try 'BEGIN { y = 1 ? xlate <s_t> (1) : xlate <s_t> (2); }'
try 'BEGIN { y = (xlate <s_t> (1), 2); }'
try 'BEGIN { @[xlate <s_t> (1)] = count(); }'
try 'BEGIN { a[xlate <s_t> (1)] = 1; }'
try 'BEGIN { x = sizeof (xlate <s_t> (1)); }'
try 'BEGIN { x = &xlate <s_t> (1); }'
try 'BEGIN { x = xlate <s_t *> (1).a; }'
try 'BEGIN { x = xlate <s_t> (1)->a; }'
try 'BEGIN { printf("%d", xlate <s_t> (1)); }'
try 'BEGIN { trace(xlate <s_t> (1).a); }'
