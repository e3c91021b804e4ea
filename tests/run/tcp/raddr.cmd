# Who connects to this machine.
perl -MIO::Socket::INET -e '$l = IO::Socket::INET->new(Listen => 1, LocalAddr => "127.0.0.1") or die; open F, ">port"; print F $l->sockport; close F; alarm 20; $l->accept' &
until [ -s port ]; do sleep 0.01; done
from=127.$((RANDOM % 200 + 20)).$((RANDOM % 250)).$((RANDOM % 250 + 1))
cat >connect.pl <<'P'
use IO::Socket::INET;
IO::Socket::INET->new(LocalAddr => $ARGV[0], PeerAddr => "127.0.0.1", PeerPort => $ARGV[1]) or die $@;
P
dtrace -qn 'tcp:::accept-established /args[3]->tcps_lport == '$(cat port)'/ { trace(args[3]->tcps_raddr); exit(0); }' \
	-c "perl connect.pl $from $(cat port)" | sed "s/$from/FROM/"
wait
