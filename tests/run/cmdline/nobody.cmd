# rows: F45
# Whoever may not trace is told so in one sentence.
dir=$(mktemp -d)
bin=$(dirname "$(command -v dtrace)")
cp "$bin/dtrace" "$dir"
chmod -R a+rX "$dir"
setpriv --reuid=65534 --regid=65534 --clear-groups "$dir/dtrace" -n BEGIN
status=$?
rm -r "$dir"
exit $status
