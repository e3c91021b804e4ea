#!/usr/sbin/dtrace -s
#pragma D option quiet
BEGIN { printf("%d %s %s %d %d\n", $1, $$1, $$2, $pid == pid, $target); exit($1); }
