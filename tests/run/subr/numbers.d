/* rows: S41 S42 S43 S44 S45 S46 */
#pragma D option quiet
BEGIN
{
	x = 0x11223344;
	y = 0x1122334455667788;
	printf("%x %x %x\n", htons(x), htonl(x), htonll(y));
	printf("%x %x %x\n", ntohs(htons(x)), ntohl(htonl(x)), ntohll(htonll(y)));
	printf("%x %x\n", htons(0x1234), htonl(0x12345678));
	printf("%d %d\n", getmajor(0x00800007), getminor(0x00800007));
	this->a = (unsigned char *)alloca(20);
	this->a[0] = 192; this->a[1] = 168; this->a[3] = 1;
	printf("%s %s\n", inet_ntoa((ipaddr_t *)this->a), inet_ntop(2, this->a));
	this->b = (unsigned char *)alloca(16);
	this->b[0] = 0xfe; this->b[1] = 0x80; this->b[15] = 0x1;
	printf("%s %s\n", inet_ntoa6((struct in6_addr *)this->b), inet_ntop(10, this->b));
	this->b[0] = this->b[1] = 0; this->b[10] = this->b[11] = 0xff;
	this->b[12] = 10;
	printf("%s %s %s\n", inet_ntoa6((struct in6_addr *)this->b), inet_ntoa6((struct in6_addr *)this->b, 1),
	    inet_ntop(10, this->b));
	printf("%s\n%s\n", link_ntop(1, this->a), link_ntop(32, this->a));
	exit(0);
}
