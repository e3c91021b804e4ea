# rows: F45
# Whoever may not trace is told so in one sentence.
dir=$(mktemp -d)
bin=$(dirname "$(command -v dtrace)")
cp "$bin/dtrace" "$bin/libdtrace.so.1" "$dir"
chmod -R a+rX "$dir"
setpriv --reuid=65534 --regid=65534 --clear-groups env LD_LIBRARY_PATH="$dir" "$dir/dtrace" -n BEGIN
status=$?
rm -r "$dir"
exit $status
