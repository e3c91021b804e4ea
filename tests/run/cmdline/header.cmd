# covers: output 6.6 6.6.1-6.6.4 6.7
# rows: F14 F13
# -h: the header to the byte, and a program that compiles with it, with its probes and without; no file is left of a script that is wrong.
mkdir -p src
cat >src/my-app.d <<'D'
/* A script may hold more than declarations. */
typedef struct req { int id; char *path; } req_t;
provider my_app { probe query__start(char *text, int len); probe idle(); probe done(struct req *r, unsigned long *ns); };
provider other { probe p(uint64_t n); };
BEGIN { exit(0); }
D
timeout 20 dtrace -h -s src/my-app.d; echo "status $?"
cat my-app.h
cat >use.c <<'C'
struct req { int id; };
#include <stdint.h>
#include <stdio.h>
#include "my-app.h"
#if _DTRACE_VERSION
void __dtrace_my_app___query__start(char *s, int n) { printf("start %s %d\n", s, n); }
void __dtrace_my_app___idle(void) { puts("idle"); }
void __dtrace_my_app___done(struct req *r, unsigned long *ns) { printf("done %d %lu\n", r->id, *ns); }
int __dtraceenabled_my_app___done(void) { return 1; }
#endif
int main(void)
{
	struct req r = {7};
	unsigned long ns = 9;
	(void)r, (void)ns;
	MY_APP_QUERY_START("select", 6);
	MY_APP_IDLE();
	if (MY_APP_DONE_ENABLED())
		MY_APP_DONE(&r, &ns);
	return 0;
}
C
cc -Wall -Wextra -Werror use.c -o use && ./use
cc -Wall -Wextra -Werror -Wno-empty-body -D_DTRACE_VERSION=0 use.c -o use && ./use && echo "without probes"
timeout 20 dtrace -h -n 'provider a { probe b(int x); };' -o made/by-hand.h 2>&1; echo "status $?"
mkdir made && timeout 20 dtrace -h -n 'provider a { probe b(int x); };' -o made/by-hand.h && grep -n 'BY_HAND\|of a D' made/by-hand.h
printf 'provider a { probe b(nosuch_t x); };\n' >bad.d
timeout 20 dtrace -h -s bad.d 2>/dev/null; echo "status $?"; ls bad.h 2>/dev/null
cp src/my-app.d app.x; timeout 20 dtrace -h -s app.x 2>&1; echo "status $?"
timeout 20 dtrace -G -s src/my-app.d 2>&1; echo "status $?"
