/* normalize and denormalize change what is shown, not what is counted. */
#pragma D option quiet
BEGIN { @s["k"] = sum(1000); exit(0); }
END
{
	normalize(@s, 10);
	printa("%@d\n", @s);
	denormalize(@s);
	printa("%@d\n", @s);
}
