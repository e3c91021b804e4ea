/* rows: V26 */
#pragma D option quiet
/* A clause has one timestamp, wherever it is read first; the next clause has its own. */
BEGIN
/pid == 0 || timestamp > 0/
{
	this->first = pid == 0 ? 0 : timestamp;
	this->second = pid != 0 && timestamp != this->first;
	printf("%d %d\n", this->second, this->first == timestamp);
}

BEGIN
{
	printf("%d\n", timestamp > this->first);
	exit(0);
}
