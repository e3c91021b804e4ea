#pragma D option quiet
BEGIN
{
	x = ;
}
