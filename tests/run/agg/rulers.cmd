# covers: output 4.2 4.2.1-4.2.3
# rows: G60 G61 G62 G46 G47
# Bars: 40 wide, rounded to nearest; negative counts to the right; mixed ones from the middle.
dtrace -qn '
BEGIN
{
	@third = quantize(1); @third = quantize(2); @third = quantize(4);
	@neg = quantize(1, -1); @neg = quantize(2, -3);
	@mixed = quantize(1, -1); @mixed = quantize(2, 3);
	@eighty = lquantize(1, 0, 3, 1, 79); @eighty = lquantize(2, 0, 3, 1, 1);
	@eightyone = lquantize(1, 0, 3, 1, 81); @eightyone = lquantize(2, 0, 3, 1, 1);
	@step = lquantize(7, 0, 20, 5); @step = lquantize(4, 0, 20, 5); @step = lquantize(25, 0, 20, 5, 2);
	@dflt = lquantize(1, 0, 3);
	@ll = llquantize(5, 10, 0, 2, 10); @ll = llquantize(55, 10, 0, 2, 10, 3); @ll = llquantize(555, 10, 0, 2, 10);
	@two = llquantize(3, 2, 0, 3, 2); @two = llquantize(9, 2, 0, 3, 2);
	exit(0);
}'
