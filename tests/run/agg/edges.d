/* rows: G40 G41 G42 G43 G44 G45 G52 G53 G54 G55 G56 G62 G74
 * Extremes of int64, increments that cancel out, sums of zero, bounds of buckets. */
#pragma D option quiet
BEGIN
{
	@imin = min(9223372036854775807);
	@imax = max(-9223372036854775807 - 1);
	@min = min(3); @min = min(-2); @min = min(7);
	@max[1] = max(-3); @max[1] = max(-5);
	@lo = min(-9223372036854775807 - 1); @lo = min(0);
	@hi = max(9223372036854775807); @hi = max(0);
	@avg = avg(-7); @avg = avg(-8);
	@sd = stddev(9223372036854775807); @sd = stddev(-9223372036854775807);
	@zero = sum(0);
	@cancel = sum(5); @cancel = sum(-5);
	@keyed[1] = sum(0);
	@wrap = sum(9223372036854775807); @wrap = sum(1);
	@q0 = quantize(3, 0);
	@qinc = quantize(5, -3); @qinc = quantize(6, 3); @qinc = quantize(100, 2);
	@l0 = lquantize(3, 0, 10, 1, 0);
	@l = lquantize(10, 0, 10, 3); @l = lquantize(9, 0, 10, 3); @l = lquantize(-1, 0, 10, 3);
	@l = lquantize(0, 0, 10, 3); @l = lquantize(9223372036854775807, 0, 10, 3);
	@l = lquantize(-9223372036854775807 - 1, 0, 10, 3);
	@ll = llquantize(9223372036854775807, 10, 0, 2, 10); @ll = llquantize(1, 10, 0, 2, 10);
	@ll = llquantize(999, 10, 0, 2, 10); @ll = llquantize(0, 10, 0, 2, 10);
	exit(0);
}
tick-1h
{
	@never = sum(0);
	@nevermin = min(1);
	@neverq = quantize(1);
}
