# rows: F10
# -e needs no privilege, but for the list of tracepoints; a probe that it would have to be in is not said to be absent.
dir=$(mktemp -d)
bin=$(dirname "$(command -v dtrace)")
cp -r "$bin/dtrace" "$bin/translators" "$dir"
chmod -R a+rX "$dir"
for d in 'syscall::read:entry { trace(arg0); }' 'io:::start { trace(arg0); }'; do
	setpriv --reuid=65534 --regid=65534 --clear-groups "$dir/dtrace" -en "$d" 2>&1
	echo "status $?"
done
rm -r "$dir"
