# A consumer that forks a victim and buffers output, built through pkg-config, leaves nothing allocated.
. "$here/api/installed.sh"
consumer "$here/api/victim.c" && cat plain && cmp plain checked
