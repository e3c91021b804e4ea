# rows: F63
# Nobody reads any more: the run ends soon and says nothing.
start=$(date +%s%N)
timeout 20 dtrace -q -x switchrate=10ms -n 'tick-1ms { printf("line\n"); }' | head -1
echo "status ${PIPESTATUS[0]}"
[ $((($(date +%s%N) - start) / 1000000)) -lt 5000 ] && echo soon
