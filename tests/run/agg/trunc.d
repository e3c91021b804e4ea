/* trunc keeps the highest, clear the keys. */
#pragma D option quiet
BEGIN
{
	@a["one"] = sum(1); @a["two"] = sum(2); @a["three"] = sum(3);
	@b["kept"] = sum(9);
	exit(0);
}
END { trunc(@a, 2); clear(@b); }
