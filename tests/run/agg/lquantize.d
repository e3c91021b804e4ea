/* lquantize: equal steps, with what lies below and above. */
#pragma D option quiet
BEGIN
{
	@ = lquantize(-5, 0, 30, 10); @ = lquantize(5, 0, 30, 10); @ = lquantize(15, 0, 30, 10);
	@ = lquantize(100, 0, 30, 10);
	exit(0);
}
