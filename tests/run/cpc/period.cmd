# COUNT is the number of events between two firings: a tenth of the firings for ten times the count.
cat >switch.pl <<'P'
select undef, undef, undef, .001 for 1 .. 400;
P
dtrace -qn 'int n, tens, mine;
cpc:::context_switches-all-1 { n++; mine += pid == $target; }
cpc:::cs-all-10 { tens++; }
END { printf("%s %s\n", mine >= 400 ? "all" : "not all", tens > n / 12 && tens < n / 8 ? "a tenth" : "not"); }
' -c 'perl switch.pl' | grep .
