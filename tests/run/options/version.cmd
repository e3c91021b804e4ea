# rows: X60
# Names that came later than the version asked for are not there; an unknown version is an error.
dtrace -x errtags -x version=1.0 -n 'BEGIN { trace(substr("abc", 1)); exit(0); }'
dtrace -x errtags -x version=1.1 -n 'BEGIN { trace(ucaller); exit(0); }'
dtrace -q -x version=1.1 -n 'BEGIN { trace(substr("abc", 1)); exit(0); }'
dtrace -q -x version=1.0 -n 'BEGIN { substr = 5; trace(substr); exit(0); }'
dtrace -x version=1.99 -n BEGIN
dtrace -x version=one -n BEGIN
dtrace -x errtags -x amin=Stable/Stable/Common -n 'BEGIN { trace((uint64_t)curthread); }'
dtrace -q -x amin=Private/Private/Unknown -n 'BEGIN { exit(0); }'
