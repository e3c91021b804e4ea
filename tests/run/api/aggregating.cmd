# A consumer that aggregates, built through pkg-config, leaves nothing allocated.
. "$here/api/installed.sh"
consumer "$here/api/aggregating.c" && cat plain && cmp plain checked
