# rows: X46 F22
# covers: output 7 7.1 7.2 7.3 7.4 7.5 7.6 7.8 7.9
# Option oformat: every kind of record, as JSON and as XML; numbers exact, text whatever its bytes.
read_() { python3 "$here/output/oformat.py" "$@"; }
cat >all.d <<'X'
struct in { char c; int b1:3; unsigned b2:5; short s[3]; char t[8]; struct { long z; } n[2]; enum { ONE = 1 } e; struct in *p; };
BEGIN {
	printf("%s|%d|%u|%%\n", "a\"\\\001\377<&>\t", -5, 18446744073709551615ULL);
	printf("nothing");
	trace(9223372036854775807); trace(18446744073709551615ULL); trace("text"); trace(""); trace((char)-3); trace((uint8_t)253);
	trace(probename);
	mod((uint64_t)&`__sys_bpf);
	sym((uint64_t)&`__sys_bpf);
	this->p = (struct in *)alloca(sizeof (struct in));
	this->p->c = 'x'; this->p->b1 = -2; this->p->b2 = 17; this->p->s[1] = -300; this->p->t[0] = 'h'; this->p->t[1] = 'i';
	this->p->n[1].z = 1 << 62; this->p->e = ONE; this->p->p = this->p;
	tracemem(this->p, 5);
	print(this->p->n); print(this->p->e); print(this->p->s); print(this->p->t); print(*this->p); print("a \"b\""); print(-1LL);
	@q = quantize(5); @q = quantize(-1); @l["k\"<", -1, 18446744073709551615ULL] = lquantize(99, 0, 30, 10); @c = count(); @s[1] = sum(-7);
	@ll = llquantize(150, 10, 1, 2, 10); @avg = avg(-3); @dev = stddev(1); @n["none"] = min(3); @m["most"] = max(4);
	normalize(@s, 2); printa(@q); printa(@l); printa("%d %@d\n", @s); printa(@c, @avg); printa(@ll); printa(@dev); printa(@n, @m);
}
BEGIN { @never[execname] = count(); exit(0); }
X
dtrace -x oformat=json -s all.d 2>/dev/null >o.json
sed 's/"0x[0-9a-f]\{9,\}"/"ADDR"/g; s/"ctfid":[0-9]*,//g' o.json | read_
sed 's/"0x[0-9a-f]\{9,\}"/"ADDR"/g; s/"ctfid":[0-9]*,//g' o.json | read_ >json.txt
echo "xml"
# The same in XML, but for what XML cannot hold: types of values, and the control character.
dtrace -x oformat=xml -s all.d 2>/dev/null >o.xml
sed 's/>0x[0-9a-f]\{9,\}</>ADDR</g; s/<ctfid>[0-9]*<.ctfid>//g' o.xml | read_ xml >xml.txt
grep -c . xml.txt json.txt | tr '\n' ' '
sed -n 's/.*"message": //p' xml.txt
# -O adds the aggregations nobody has printed; without it there are none.
dtrace -q -O -x oformat=json -n 'BEGIN { @a["x"] = count(); @b = sum(2); exit(0); }' | read_
dtrace -q -x oformat=json -n 'BEGIN { @a["x"] = count(); exit(0); }' | read_
# The pragma, FreeBSD's flag, pretty; text is the default, spelt out.
dtrace -q -n '#pragma D option oformat=json
BEGIN { trace(1); exit(0); }' | read_
dtrace -q --libxo json,pretty -n 'BEGIN { trace(1); exit(0); }' | tee pretty | read_
grep -c . pretty
dtrace -q --libxo=xml -n 'BEGIN { trace(1); exit(0); }' | read_ xml
dtrace -q -x oformat=text -n 'BEGIN { trace(1); exit(0); }'
dtrace -q -x oformat=html -n 'BEGIN { trace("<"); exit(0); }' | sed 's/>[0-9]*</></g'
# With -v the stability goes to stderr.
dtrace -q -v -x oformat=json -n 'BEGIN { trace(1); exit(0); }' 2>e.txt | read_
grep -c '^Stability' e.txt
