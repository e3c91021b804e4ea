/* Comparison and logic give 0 or 1; ^^ is D's logical exclusive or. */
#pragma D option quiet
BEGIN
{
	this->x = 3;
	this->y = -1;
	printf("%d%d%d%d%d%d\n", this->x < 4, this->x <= 3, this->x > 3, this->x >= 3, this->x == 3, this->x != 3);
	printf("%d%d%d%d\n", this->y < 0, this->y > this->x, (unsigned int)this->y > this->x, !this->x);
	printf("%d%d%d%d\n", this->x && this->y, 0 || this->x, this->x ^^ 1, this->x ^^ 0);
	printf("%d %d\n", this->x > 2 ? 10 : 20, this->x > 5 ? 10 : this->y < 0 ? 30 : 40);
	exit(0);
}
