/* error, rows: D_ARR_LOCAL line 4 */
BEGIN
{
	this->x[1] = 2;
}
