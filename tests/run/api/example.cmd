# The example of docs/ is a program as any other: it builds through pkg-config, runs, and leaves nothing allocated.
. "$here/api/installed.sh"
consumer "$here/../../docs/consumer.c" perl -e 'getppid for 1..7' || exit 1
awk '$1 == "getppid" { print $1, $2 }' plain checked
head -n 1 plain
# ... and so is the one of the manual page, which only takes longer.
sed -n '/^#include <dtrace.h>$/,/^\.fi$/p' "$here/../../docs/libdtrace.3" | sed '/^\.fi$/d; s/\\e/\\/g; s/\\-/-/g' >page.c
cc -Wall -Wextra -Werror page.c -o page $(pkg-config --cflags --libs libdtrace) && [ -s page.c ] && echo page
