# covers: output 7.10
# A document is whole however tracing ends: ^C (once, twice), SIGTERM, an error in a clause, a consumer's fault,
# drops, system(), freopen(); to a file, too.
read_() { python3 "$here/output/oformat.py" "$@"; }
for how in INT TERM 'INT INT'; do
	python3 "$here/output/oformat_signal.py" "$here" $how
done
echo error
dtrace -q -x oformat=json -n 'BEGIN { trace(1); } BEGIN { trace(*(int *)16); } BEGIN { trace("after"); exit(3); } ERROR { trace(arg4); }' 2>e.txt | read_
sed 's/ID [0-9]*/ID N/g' e.txt
echo system
dtrace -q -w -x oformat=json -n 'BEGIN { system("echo %s", "spoken"); freopen("elsewhere"); trace("here"); ftruncate(); exit(0); }' 2>e.txt | read_
cat e.txt; ls elsewhere 2>/dev/null
echo drops
dd if=/dev/zero of=/dev/null bs=1 count=3000000 2>/dev/null &
load=$!
dtrace -q -x oformat=json -x bufsize=4k -x switchrate=10s -o drops.json -n 'syscall::read:entry { trace(1); } tick-300ms { exit(0); }' 2>e.txt
kill $load
read_ <drops.json >drops.txt
grep -A 4 'DROP$' drops.txt | grep -v '^--' | sed 's/[0-9][0-9]*/N/g; s/N drop on/N drops on/' | sort -u
grep -c 'drops* on CPU' e.txt | sed 's/[1-9][0-9]*/told/'
echo nothing
dtrace -q -Z -x oformat=json -n 'no:such:probe: { trace(1); } ' -c true | read_
dtrace -x oformat=json -n 'BEGIN { nonsense(; }' 2>/dev/null | wc -c
