/* Sizes of D's types, and casts that narrow and extend. */
#pragma D option quiet
BEGIN
{
	printf("%d %d %d %d %d %d\n", sizeof (char), sizeof (short), sizeof (int), sizeof (long),
	    sizeof (long long), sizeof (void *));
	printf("%d %d %d %d\n", sizeof (int8_t), sizeof (uint16_t), sizeof (int32_t), sizeof (uint64_t));
	this->v = 0x1234567890ULL;
	printf("%x %x %x %x\n", (uint8_t)this->v, (uint16_t)this->v, (uint32_t)this->v, this->v);
	printf("%d %d %d\n", (int8_t)0xff, (int16_t)0x8000, (int32_t)0xffffffff);
	printf("%u %u\n", (uint8_t)-1, (uint16_t)-2);
	exit(0);
}
