/* Idiom: types and names of other systems, known although the Linux kernel lacks them; texts of fds[]. */
#pragma D option quiet
boolean_t b; uint_t u; caddr_t c; processorid_t p; id_t i; hrtime_t h; zoneid_t z; projid_t j; taskid_t t;
ushort_t us; uchar_t uc; ulong_t ul; longlong_t ll; u_longlong_t ull; psetid_t ps; lwpid_t lw; pri_t pr; offset_t o;
int last;

BEGIN
{
	h = timestamp;
	c = (caddr_t)1;
	printf("%d %d %d %d %d\n", sizeof (b), sizeof (c), sizeof (h), sizeof (z), sizeof (ull));
	printf("%s %d %d %s\n", zonename, curpsinfo->pr_projid, curpsinfo->pr_zoneid, curpsinfo->pr_fname);
	printf("%s %s %s\n", fds[0].fi_pathname, fds[0].fi_name, fds[9999].fi_pathname);
	/* An int keeps 64 bits for arithmetic. */
	last = timestamp;
	printf("%d\n", timestamp - last < 1000000000);
	printf("%-*s|%Y\n", 6, "ab", (uint64_t)0);
	exit(0);
}
