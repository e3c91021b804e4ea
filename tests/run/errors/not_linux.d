/* rows: S51.  What Linux has no counterpart for is refused by one clear error, with its line. */
BEGIN
{
	trace(ddi_pathname((void *)0, 0));
}
