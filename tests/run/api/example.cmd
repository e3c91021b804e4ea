# The example of docs/ is a program as any other: it builds through pkg-config, runs, and leaves nothing allocated.
. "$here/api/installed.sh"
consumer "$here/../../docs/consumer.c" perl -e 'getppid for 1..7' || exit 1
awk '$1 == "getppid" { print $1, $2 }' plain checked
head -n 1 plain
