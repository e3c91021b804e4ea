# rows: L10 L11 L30 L31 L33 L41 L42 L43 L53 L72 L74 L75 L80 L82 L83 G2 G3 G5 G7 G9 G12 G23 E1 E2 E5 E7 E8 E9 E13 E14 E15 E16 E17 E18 E19 E20 E21 E22 E23 E24 E26 E29 E30 E31 E33 E35 N1 N2 T4 T13 T21 T22 T24 T25 T26 T28 T29 W2 W3 W7 W17 L91 L92 L95 L96
# What is not D is refused with the right tag.
while read -r tag prog; do
	got=$(dtrace -x errtags -qn "$prog" 2>&1 | sed -n 's/.*\[\(D_[A-Z_0-9]*\)\].*/\1/p')
	[ "$got" = "$tag" ] || echo "$tag expected, $got: $prog"
done <<'END'
D_INT_DIGIT BEGIN { x = 08; }
D_INT_OFLOW BEGIN { x = 18446744073709551616; }
D_INT_OFLOW BEGIN { x = 9223372036854775808; }
D_INT_OFLOW BEGIN { x = 0xfffffffffffffffff; }
D_SYNTAX BEGIN { x = 1LU; }
D_SYNTAX BEGIN { x = 1.0; }
D_SYNTAX BEGIN { x = 1e5; }
D_CHR_NULL BEGIN { x = ''; }
D_CHR_OFLOW BEGIN { x = 'abcdefghi'; }
D_SYNTAX BEGIN { x = "a
D_SYNTAX BEGIN { x = 'a
D_SYNTAX BEGIN { x = "a" "b"; }
D_SYNTAX BEGIN { /* /* */ }
D_SYNTAX BEGIN { /* 
D_SYNTAX BEGIN { } // x
D_MACRO_UNDEF BEGIN { x = $1; }
D_MACRO_UNDEF BEGIN { x = $foo; }
D_MACRO_UNDEF BEGIN { x = $zoneid; }
D_SYNTAX #include <x.h>
D_SYNTAX #error boo
D_SYNTAX #pragma D option quiet yes
D_SYNTAX #pragma D option nosuch
D_SYNTAX #pragma D foo
D_SYNTAX #pragma D attributes foo
D_SYNTAX #pragma D attributes Stable/Stable/Common nope
D_SYNTAX #pragma D depends_on provider nosuch
D_SYNTAX #pragma error bang
D_SYNTAX BEGIN /1 { trace(1); }
D_SYNTAX BEGIN /(1/ { trace(1); }
D_PDESC_INVAL a:b:c:d:e {}
D_SYNTAX BEGIN, { }
D_SYNTAX BEGIN /1/
D_SYNTAX BEGIN { "unclosed }
D_SYNTAX BEGIN { 'a }
D_SYNTAX BEGIN { x = break; }
D_SYNTAX BEGIN { goto = 1; }
D_SYNTAX BEGIN { self; }
D_IDENT_UNDEF BEGIN { x.y; }
D_SYNTAX BEGIN { counter = 1; }
D_DECL_BADCLASS auto int x; BEGIN {}
D_DECL_BADCLASS static int x; BEGIN {}
D_DECL_BADCLASS register int x; BEGIN {}
D_OP_INCOMPAT double d; BEGIN { d = d + d; }
D_DECL_INCOMPLETE struct nosuch x; BEGIN {}
D_SYNTAX int x = 5; BEGIN {}
D_SYNTAX BEGIN { int x; }
D_DECL_SIGNINT unsigned float x; BEGIN{}
D_DECL_COMBO short long x; BEGIN{}
D_DECL_VOIDOBJ void v; BEGIN {}
D_DECL_VOIDOBJ void v[3]; BEGIN {}
D_DECL_ARRSUB int a[0]; BEGIN{}
D_DECL_ARRSUB int a[-1]; BEGIN{}
D_DECL_ARRNULL int a[]; BEGIN{}
D_DECL_BFSIZE struct s { int x:40; }; BEGIN{}
D_DECL_BFTYPE struct s { float x:4; }; BEGIN{}
D_DECL_BFCONST struct s { int x:0; }; BEGIN{}
D_DECL_VOIDOBJ struct s { void v; }; BEGIN{}
D_DECL_ENOFLOW enum e { A = 5000000000 }; BEGIN{}
D_DECL_IDRED enum e { A, A }; BEGIN{}
D_DECL_IDRED typedef int foo; typedef long foo; BEGIN{}
D_IDENT_BADREF inline int x = x + 1; BEGIN { trace(x); }
D_OP_WRITE inline int X = 5; BEGIN { X = 3; }
D_SYNTAX BEGIN { xlate; }
D_OP_ACT BEGIN { trace(1), trace(2); }
D_IDENT_UNDEF BEGIN { trace(a ? 1 : 2); }
D_PDESC_INVAL 999999 { }
D_TYPE_MEMBER BEGIN { curthread->nosuch; }
D_OP_PTR BEGIN { pid->x; }
D_DEREF_NONPTR BEGIN { *5; }
D_OP_LVAL BEGIN { 5 = 3; }
D_OP_LVAL BEGIN { "a"++; }
D_FUNC_IDKIND BEGIN { x = 5; x(); }
D_ARGS_NONE BEGIN { trace(args[0]); }
D_IDENT_UNDEF BEGIN { trace(arg10); }
D_ARGS_TYPE syscall::read:entry { trace(args["x"]); }
D_ARGS_IDX syscall::read:entry { trace(args[7]); }
D_SYNTAX BEGIN { trace(~1.5); }
D_OP_ARITH BEGIN { trace(-"a"); }
D_OP_INT BEGIN { trace("a" ^ 1); }
D_OP_INCOMPAT BEGIN { x = 1 - curthread; }
D_OP_ARITH BEGIN { x = curthread * 2; }
D_OP_INCOMPAT BEGIN { x = curthread < 5; }
D_OP_VFPTR BEGIN { x = (void *)0 + 1; }
D_OP_INCOMPAT BEGIN { trace(1 ? 1 : "a"); }
D_PRED_SCALAR BEGIN { if ("a") trace(1); }
D_PRED_SCALAR BEGIN /"a"/ { }
D_CG_EXPR BEGIN /trace(1)/ { }
D_TYPE_MEMBER BEGIN { x = sizeof(curthread->nosuch); }
D_ADDROF_LVAL BEGIN { &(1+2); }
D_IDENT_BADREF BEGIN { a["x"] = 1; trace(a); }
D_ARR_BOUNDS BEGIN { trace(curthread->comm[16]); }
END
echo done
