# rows: F1 F2 F3 F5 F13 F14 F41 F42
# Usage errors end with status 2, before anything is done.
for f in '-l -V' '-A -G' '-B -l -n BEGIN' '-B -o x -n BEGIN' '-G' '-h' '-h -s a.d -s b.d' '-h -n BEGIN'; do
	dtrace $f
	echo $?
done
for f in '-y' '-n' '-33' ''; do
	dtrace $f 2>&1 | sed '/^	/d; /^$/d; s/ \[-32.*//'
done
dtrace -q
