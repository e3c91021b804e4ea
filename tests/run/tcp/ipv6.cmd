# Connections of IPv6.
. $here/tcp/events.sh ::1 | sed "s/::1\>/ADDR/g"
