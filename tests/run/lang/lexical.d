/* rows: L1 L5 L6 L10 L30 L32 L40 L42 L44 L70 L71 L73 L74 L75 L81 L4 G20 G21
 * Comments, control lines, constants, escapes, where a predicate ends. */
#!/usr/sbin/dtrace -s
#
# 1 "foo.d"
#line 20 "bar.d"
#ident "x"
#pragma ident "y"
#pragma unknown thing
#pragma D option quiet
/* multi
 line */
	#! skipped anywhere
dtrace:::BEGIN
/* comment between */
/ 4 / 2 == 2 /
{
	printf("%d %d %d %d\n", 0x7f, 0X7F, 017, 10u);
	printf("%d %d %d %d %d\n", sizeof (1), sizeof (1L), sizeof (0x80000000), sizeof (2147483648), sizeof(1ull));
	printf("%d\n", -2147483648);
	printf("%d %d\n", sizeof (0xffffffffffffffff), 0xffffffffffffffff > 0);
	printf("%x %x %x %d\n", 'ab', 'abcdefgh', '\n', '\x41');
	printf("%s", "tab\tq\"b\\ \101 \x41 \q \' \?\n");
	printf("%s\n", "caf\xc3\xa9 é");
	x \
	  = 4; printf("%d\n", x);
	printf("%d\n", 'é');
	printf("%d %d %d\n", '\'', '"', '\\');
	_y = 1;
	self->a_1 = 7;
	printf("%d %d\n", _y, self->a_1);
}
BEGIN / /* c */ 1 / /* d */ { trace(1); }
BEGIN / (x / 2) == 2 / { trace(2); }
BEGIN /x/{trace(3)}
BEGIN { exit(0) }
