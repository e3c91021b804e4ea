# Connections of IPv4.  The address is this run's own: other tests use the network too.
addr=127.$((RANDOM % 200 + 20)).$((RANDOM % 250)).$((RANDOM % 250 + 1))
. $here/tcp/events.sh $addr | sed "s/$addr/ADDR/g"
