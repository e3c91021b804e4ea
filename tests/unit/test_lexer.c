/* test_lexer.c - tokens, constants, macros, control lines. */
#include "syntax.h"

TestSuite(lexer, .init = setup, .fini = teardown);

static const char *
with_args(const char *text, uint32_t cflags, int argc, char *const argv[])
{
	return parse_text(text, strlen(text), false, cflags, argc, argv);
}

Test(lexer, integer_types)
{
	expect(body("1; 2147483647; 2147483648; 4294967296"), "1 2147483647 2147483648:long 4294967296:long");
	expect(body("0x7fffffff; 0xffffffff; 0x100000000; 0xffffffffffffffff"),
	       "2147483647 4294967295:unsigned int 4294967296:long 18446744073709551615:unsigned long");
	expect(body("017; 0; 00; 037777777777"), "15 0 0 4294967295:unsigned int");
	expect(body("1u; 4294967295U; 4294967296u"),
	       "1:unsigned int 4294967295:unsigned int 4294967296:unsigned long");
	expect(body("1l; 1L; 1ul; 1uL; 1ll; 1ull; 0XfULL"),
	       "1:long 1:long 1:unsigned long 1:unsigned long 1:long long 1:unsigned long long 15:unsigned "
	       "long long");
	expect(body("0xffffffffffffffffl"), "18446744073709551615:unsigned long");
}

Test(lexer, integer_errors)
{
	expect_tag(body("089"), "D_INT_DIGIT");
	expect_tag(body("18446744073709551616"), "D_INT_OFLOW");
	expect_tag(body("9223372036854775808"), "D_INT_OFLOW");
	expect_tag(body("0x10000000000000000"), "D_INT_OFLOW");
	expect(body("9223372036854775808u"), "9223372036854775808:unsigned long");
	expect(body("1LU"), "[D_SYNTAX] syntax error near \"U\"");
	expect_tag(body("1.5"), "D_SYNTAX");
	expect_tag(body("1e3"), "D_SYNTAX");
	expect_tag(body(".5"), "D_SYNTAX");
}

Test(lexer, character_constants)
{
	expect(body("'a'; 'ab'; '\\n'; '\\101'; '\\x41'; '\\''; '\"'; '\\0'"), "97 24930 10 65 65 39 34 0");
	expect(body("'abcdefgh'"), "7017280452245743464:long");
	expect(body("'\\377'"), "255");
	expect(body("'\\q'"), "23665"); /* the backslash stays */
	expect_tag(body("''"), "D_CHR_NULL");
	expect_tag(body("'abcdefghi'"), "D_CHR_OFLOW");
	expect_tag(body("'a\n'"), "D_CHR_NL");
	expect_tag(parse("BEGIN { 'a"), "D_SYNTAX");
}

Test(lexer, strings)
{
	expect(body("\"a\\tb\\\\c\\\"d\""), "\"a\\011b\\\\c\\\"d\"");
	expect(body("\"\\a\\b\\f\\n\\r\\v\\?\\'\""), "\"\\007\\010\\014\\012\\015\\013?'\"");
	expect(body("\"\\0a\\12\\1234\\x414\""), "\"\\000a\\012S4\\024\"");
	expect(body("\"\\q\\x\""), "\"\\\\q\\\\x\"");
	expect(body("\"one\\\ntwo\""), "\"onetwo\"");
	expect(body("\"\xc3\xa9 $1 /* \""), "\"\\303\\251 $1 /* \"");
	expect_tag(body("\"a\nb\""), "D_STR_NL");
	expect(parse("BEGIN { \"abc"), "[D_SYNTAX] string constant has no closing quote near end of input");
	expect_tag(body("\"a\" \"b\""), "D_SYNTAX"); /* no concatenation */
}

Test(lexer, comments_and_blanks)
{
	expect(body("a /* b\n * c */ ; /**/ d\t\f\v\r\n; /***/"), "a d");
	expect(body("a \\\n + b"), "(+ a b)");
	expect_tag(parse("BEGIN { /* /* */ }"), "D_SYNTAX");
	expect(parse_file("BEGIN {\n/* \n"),
	       "[D_SYNTAX] line 2: the comment that begins here has no end near end of input");
	expect(parse_file("BEGIN { }\n}\n"),
	       "[D_SYNTAX] line 2: syntax error: a } that no { precedes near \"}\"");
	expect_tag(parse("// no comment\nBEGIN {}"), "D_SYNTAX");
	expect_tag(body("1; // no comment"), "D_SYNTAX");
}

Test(lexer, bytes_that_are_not_D)
{
	expect_tag(parse_text("BEGIN { \0 }", 11, false, 0, 0, NULL), "D_SYNTAX");
	expect_tag(parse_text("\0", 1, false, 0, 0, NULL), "D_SYNTAX");
	expect_tag(body("\xc3\xa9"), "D_SYNTAX");
	expect_tag(body("a # b"), "D_SYNTAX");
	expect_tag(body("$"), "D_SYNTAX");
	expect_tag(parse("BEGIN \\"), "D_SYNTAX");
}

Test(lexer, names)
{
	expect(body("_x; `x; vmlinux`x; libc.so.6`malloc; ``u; a.out``u; LM1`libc.so`f; 9p`v"),
	       "_x `x vmlinux`x libc.so.6`malloc ``u a.out``u LM1`libc.so`f 9p`v");
	expect(body("@; @a; @_b1[1]"), "@_ @a (@_b1 1)");
	expect(body("a.self; a->string; a.probe->translator; a.while; this->if"),
	       "(. a self) (-> a string) (-> (. a probe) translator) (. a while) this->if");
	expect_tag(body("while"), "D_SYNTAX");
	expect_tag(body("self"), "D_SYNTAX");
	expect_tag(body("import"), "D_SYNTAX");
}

Test(lexer, operators)
{
	expect(body("a<<=b>>c"), "(<<= a (>> b c))");
	expect(body("a+++b"), "(+ (post++ a) b)");
	expect(body("a---b"), "(- (post-- a) b)");
	expect(body("a&&&b"), "(&& a (& b))");
	expect(body("a^^b^c"), "(^^ a (^ b c))");
}

Test(lexer, predicate_slash)
{
	expect(parse("BEGIN /a / b/ {}"), "(clause BEGIN /(/ a b)/ {})");
	expect(parse("BEGIN /(a / b) / c / /* x */ \n {}"), "(clause BEGIN /(/ (/ a b) c)/ {})");
	expect(parse("BEGIN/x/{}END/y/{z/2}"), "(clause BEGIN /x/ {})\n(clause END /y/ {(/ z 2)})");
	expect_tag(parse("BEGIN /(a/ {}"), "D_SYNTAX");
	expect_tag(parse("BEGIN /a[1/ {}"), "D_SYNTAX");
	expect_tag(parse("BEGIN // {}"), "D_SYNTAX");
	expect_tag(parse("BEGIN /a"), "D_SYNTAX");
}

Test(lexer, probe_descriptions)
{
	expect(parse("syscall::open*:entry, *:::[a-z]?, !x\\* { }"),
	       "(clause syscall::open*:entry *:::[a-z]? !x\\* {})");
	expect(parse("tick-1s{}profile-97{}"), "(clause tick-1s {})\n(clause profile-97 {})");
	expect(parse("1,23{}"), "(clause 1 23 {})");
	expect(parse("if, sizeof, BEGIN {}"), "(clause if sizeof BEGIN {})");
	expect(parse("a`b:::c{}"), "(clause a`b:::c {})");
	expect_tag(parse("BEGIN, {}"), "D_SYNTAX");
	expect_tag(parse("BEGIN END {}"), "D_SYNTAX");
}

Test(lexer, type_or_description)
{
	expect(parse_file("int x; pid_t*p; uint64_t y; uint64_t:::z {}"),
	       "(decl x int)\n(decl p pid_t *)\n(decl y uint64_t)\n(clause uint64_t:::z {})");
	expect(parse("int x; pid_t *p; pid_t, string* {}"),
	       "(decl x int)\n(decl p pid_t *)\n(clause pid_t string* {})");
	expect(parse("typedef int foo_t; BEGIN { (foo_t)x; foo_t[1]; foo_t = 2; foo_t++; sizeof (foo_t) }"),
	       "(clause BEGIN {(cast foo_t x) ([] foo_t 1) (= foo_t 2) (post++ foo_t) (sizeof-type foo_t)})");
	expect(parse("BEGIN { (foo_t) / 2; (foo_t) == 1; f(foo_t, 1); @[foo_t] = count() }"),
	       "(clause BEGIN {(/ foo_t 2) (== foo_t 1) (call f foo_t 1) (= (@_ foo_t) (call count))})");
	expect(parse("int foo_t; typedef int foo_t; foo_t a[foo_t, int];"),
	       "(decl foo_t int)\n(decl a foo_t [foo_t, int])");
}

Test(lexer, macros)
{
	char *argv[] = {"a.d", "5", "-7", "name", "a b", "\"q\\n\"", "0x10u", NULL};
	expect(with_args("BEGIN { $1; $2; $3; $4; $5; $6 }", 0, 7, argv),
	       "(clause BEGIN {5 -7 name \"a b\" \"q\\012\" 16:unsigned int})");
	expect(with_args("BEGIN { $$1; $$3; $$5; $$6; $0; $$0 }", 0, 7, argv),
	       "(clause BEGIN {\"5\" \"name\" \"\\\"q\\012\\\"\" \"0x10u\" \"a.d\" \"a.d\"})");
	expect(with_args("BEGIN { \"$6\"; $6 }", 0, 7, argv), "(clause BEGIN {\"$6\" 16:unsigned int})");
	expect(with_args("BEGIN { $projid + $target; $$taskid; $6 }", 0, 7, argv),
	       "(clause BEGIN {(+ 0 0) \"0\" 16:unsigned int})");
	char pid[64];
	snprintf(pid, sizeof(pid), "(clause BEGIN {(- %d \"%d\")})", getpid(), getpid());
	expect(parse("BEGIN { $pid - $$pid }"), pid);
}

Test(lexer, macro_errors)
{
	char *argv[] = {"a.d", "99999999999999999999", "x", NULL};
	expect_tag(with_args("BEGIN { $1; $2 }", 0, 3, argv), "D_MACRO_OFLOW");
	expect_tag(with_args("BEGIN { $$1; $3 }", 0, 3, argv), "D_MACRO_UNDEF");
	expect_tag(parse("BEGIN { $zoneid }"), "D_MACRO_UNDEF");
	expect_tag(parse("BEGIN { $1 }"), "D_MACRO_UNDEF");
	expect(with_args("BEGIN { $1; $$2 }", DTRACE_C_DEFARG, 0, NULL), "(clause BEGIN {0 \"\"})");
	expect(parse("#pragma D option defaultargs\nBEGIN { $1 }"), "(clause BEGIN {0})");
}

Test(lexer, unused_operand)
{
	char *argv[] = {"a.d", "1", "2", NULL};
	expect_tag(with_args("BEGIN { $1 }", 0, 3, argv), "D_MACRO_UNUSED");
	expect(with_args("BEGIN { $2 }", 0, 3, argv), "(clause BEGIN {2})"); /* gaps are fine */
	expect(with_args("BEGIN { }", DTRACE_C_ARGREF, 3, argv), "(clause BEGIN {})");
	expect(with_args("tick-$2s { }", 0, 3, argv), "(clause tick-2s {})");
}

Test(lexer, macros_in_descriptions)
{
	char *argv[] = {"a.d", "10", "read", "a:b", NULL};
	expect_tag(with_args("profile-$1hz, syscall:::a$3 {}", 0, 3, argv), "D_PDESC_INVAL");
	expect(with_args("profile-$1hz, syscall::$$2*:entry, pid$target:::e {}", 0, 3, argv),
	       "(clause profile-10hz syscall::read*:entry pid0:::e {})");
	expect_tag(with_args("x$3:::{}", 0, 4, argv), "D_PDESC_INVAL");   /* a colon comes out */
	expect_tag(with_args("x$1$1:::{}", 0, 2, argv), "D_PDESC_INVAL"); /* two in a field */
	expect_tag(with_args("x$9:::{}", DTRACE_C_DEFARG, 0, NULL), "D_PDESC_INVAL");
	expect_tag(parse("x$targets:::{}"), "D_PDESC_INVAL"); /* a name runs to the end of the field */
}

Test(lexer, control_lines)
{
	expect(parse_file("#!/usr/sbin/dtrace -s\n#\n # ident \"x\"\n#pragma ident x\n#pragma other\nBEGIN {}"),
	       "(clause BEGIN {})");
	expect(
	    parse_file("# 12 \"foo.d\" 1 3\nBEGIN {\n)\n}"),
	    "[D_SYNTAX] \"foo.d\", line 13: syntax error, closing bracket without its opening one near \")\"");
	expect(parse_file("#line 5\nBEGIN { ( ; }"), "[D_SYNTAX] line 5: syntax error near \";\"");
	expect(parse_file("\n#error do not use\n"), "[D_PRAGERR] line 2: #error: do not use");
	expect_tag(parse_file("#pragma error x\n"), "D_PRAGERR");
	expect_tag(parse_file("#include <x.h>\n"), "D_PRAGCTL_INVAL");
	expect_tag(parse_file("#?\n"), "D_PRAGCTL_INVAL");
	expect_tag(parse_file("#line x\n"), "D_PRAGMA_MALFORM");
	expect_tag(parse_file("#pragma D option quiet"), "D_SYNTAX"); /* no newline */
	expect(body("1;\n#pragma D option quiet\n2"), "1 2");
}

Test(lexer, pragmas)
{
	dtrace_optval_t quiet = 0;
	expect(parse("#pragma D option quiet\nBEGIN {}"), "(clause BEGIN {})");
	cr_expect_eq(dtrace_getopt(dtp, "quiet", &quiet), 0);
	cr_expect_eq(quiet, 1);
	expect_tag(parse("#pragma D option nosuch\nBEGIN {}"), "D_PRAGMA_OPTSET");
	expect_tag(parse("#pragma D option bufsize=x\nBEGIN {}"), "D_PRAGMA_OPTSET");
	expect_tag(parse("#pragma D option quiet now\nBEGIN {}"), "D_PRAGMA_MALFORM");
	expect_tag(parse("#pragma D option\nBEGIN {}"), "D_PRAGMA_MALFORM");
	expect_tag(parse("#pragma D\nBEGIN {}"), "D_PRAGMA_INVAL");
	expect_tag(parse("#pragma D nosuch x\nBEGIN {}"), "D_PRAGMA_INVAL");
	expect_tag(parse("#pragma D attributes A/B/C x\nBEGIN {}"), "D_PRAGMA_INVAL");
	expect_tag(parse("#pragma D attributes Stable/Stable/Common\nBEGIN {}"), "D_PRAGMA_MALFORM");
	expect_tag(parse("#pragma D attributes Stable/Stable/Common nowhere\nBEGIN {}"), "D_PRAGMA_UNUSED");
	expect_tag(parse("#pragma D attributes Stable/Stable/Common execname\nBEGIN {}"), "D_PRAGMA_SCOPE");
	expect(parse("#pragma D attributes Stable/Stable/ISA EA\nenum ea { EA }; BEGIN {}"),
	       "(clause BEGIN {})");
	expect_tag(parse("#pragma D binding 1.0 x\nBEGIN {}"), "D_PRAGMA_MALFORM");
	expect_tag(parse("#pragma D binding \"x\" x\nBEGIN {}"), "D_PRAGMA_INVAL");
	expect_tag(parse("#pragma D depends_on library io.d\nBEGIN {}"), "D_PRAGMA_DEPEND");
	expect_tag(parse("#pragma D depends_on module no_such_module\nBEGIN {}"), "D_PRAGMA_DEPEND");
	expect(parse("#pragma D depends_on module vmlinux\nBEGIN {}"), "(clause BEGIN {})");
	expect_tag(parse("#pragma D depends_on thing x\nBEGIN {}"), "D_PRAGMA_INVAL");
}
