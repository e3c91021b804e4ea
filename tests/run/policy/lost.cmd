# Under load what is lost is counted exactly: keys of aggregations, dynamic variables, speculations that none was free for,
# records of a speculation that is full.
. "$here/policy/common.sh"
fires="syscall::getppid:entry /execname == \"$name\"/"
dtrace -q -x aggsize=64k -n "$fires { @[arg0, arg1] = count(); @all = count(); } END { printa(@all); trunc(@all); }" -c "./$name $cpus 5000" >o.txt 2>e.txt
awk -v drops="$(drops 'aggregation drop' e.txt)" 'NF == 1 { all = $1 } NF == 3 { n += $3 }
	END { print "aggregation", all, n + drops, (n && drops ? "ok" : n " " drops) }' o.txt
dtrace -q -x dynvarsize=64k -n "$fires { a[arg0, arg1] = 1; @ = sum(a[arg0, arg1]); }" -c "./$name $cpus 5000" >o.txt 2>e.txt
awk -v drops="$(drops 'dynamic variable drop' e.txt)" 'NF == 1 { n = $1 } END { print "variables", n + drops, (n && drops ? "ok" : n " " drops) }' o.txt
dtrace -q -b 8m -x nspec=2 -x cleanrate=10hz -n "$fires { self->s = speculation(); } $fires { speculate(self->s); printf(\"kept\n\"); }
	$fires { commit(self->s); self->s = 0; }" -c "./$name $cpus 5000" >o.txt 2>e.txt
grep -v 'failed speculation' e.txt
awk -v drops="$(drops 'failed speculation' e.txt)" '$1 == "kept" { n++ } END { print "speculations", n + drops, (n ? "ok" : n " " drops) }' o.txt
dtrace -q -b 8m -x specsize=64k -n "BEGIN { s = speculation(); } $fires { speculate(s); printf(\"kept\n\"); } END { commit(s); }" -c "./$name $cpus 5000" >o.txt 2>e.txt
grep -v 'speculative drop' e.txt
awk -v drops="$(drops 'speculative drop' e.txt)" '$1 == "kept" { n++ } END { print "records", n + drops, (n && drops ? "ok" : n " " drops) }' o.txt
