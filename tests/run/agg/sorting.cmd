# covers: output 4.4
# rows: G80 G81 G82 X96 X97
# Values are signed and ascending, ties by keys in order; keys by their type; averages, deviations and distributions by theirs.
dtrace -qn '
BEGIN
{
	@sum["m", 2] = sum(-5); @sum["a", 9] = sum(-5); @sum["z", 1] = sum(3); @sum["m", 1] = sum(-5); @sum["b", 0] = sum(-100);
	@avg["ten"] = avg(10); @avg["two"] = avg(1); @avg["two"] = avg(3); @avg["two"] = avg(3); @avg["minus"] = avg(-7);
	@dev["none"] = stddev(100); @dev["some"] = stddev(1); @dev["some"] = stddev(9); @dev["few"] = stddev(1); @dev["few"] = stddev(3);
	@int[-1] = count(); @int[1] = count(); @int[-2] = count();
	@uint[(unsigned int)-1] = count(); @uint[(unsigned int)1] = count();
	@str["b"] = count(); @str["\xff"] = count(); @str["a"] = count(); @str["ab"] = count(); @str[""] = count();
	printa("sum %s %d %@d\n", @sum); printa("avg %s %@d\n", @avg); printa("dev %s %@d\n", @dev);
	printa("int %d %@d\n", @int); printa("uint %u %@d\n", @uint); printa("str %S %@d\n", @str);
	exit(0);
}'
# Distributions: the weighted sum; equal ones by the count at zero; what lies outside weighs one step more.
dtrace -qn '
BEGIN
{
	@q["b"] = quantize(8); @q["a"] = quantize(4); @q["a"] = quantize(1); @q["neg"] = quantize(-4); @q["zero2"] = quantize(0);
	@q["zero1"] = quantize(0); @q["zero1"] = quantize(0);
	@l["under"] = lquantize(-100, 10, 20, 5); @l["over"] = lquantize(100, 10, 20, 5); @l["in"] = lquantize(19, 10, 20, 5);
	@l["low"] = lquantize(10, 10, 20, 5);
	printa("q %s %@d\n", @q); printa("l %s %@d\n", @l);
	exit(0);
}' | grep '^[ql] '
