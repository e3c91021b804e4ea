/* What parses but is not there yet is refused by one clear error, with its line. */
BEGIN
{
	trace(ddi_pathname((void *)0, 0));
}
