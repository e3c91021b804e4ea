# A consumer that streams, built through pkg-config, leaves nothing allocated.
. "$here/api/installed.sh"
consumer "$here/api/streaming.c" && cat plain && cmp plain checked
