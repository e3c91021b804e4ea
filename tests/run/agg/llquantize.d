/* llquantize: steps within each order of magnitude. */
#pragma D option quiet
BEGIN { @ = llquantize(1, 10, 0, 1, 10); @ = llquantize(35, 10, 0, 1, 10); @ = llquantize(500, 10, 0, 1, 10); exit(0); }
