# A probe on every instruction but the one with a lock prefix; a literal offset is one of them, also with leading zeros.
. "$here/pid/build.sh"
objdump -d --no-show-raw-insn victim | grep -v lock\ | while read -r at fun rest; do
	case $at:$fun in
	*:'<count_down>:' | *:'<locked>:') name=${fun//[<>:]/} base=$((0x$at)) ;;
	*:'<'*) name= ;;
	*::*) [ -z "$name" ] || printf '%s %x\n' "$name" $((0x${at%:} - base)) ;;
	esac
done | sort >want
dtrace -c ./victim -ln 'pid$target:a.out:count_down:,pid$target:a.out:locked:' 2>&1 |
	awk '$5 ~ /^[0-9a-f]+$/ && $5 != "entry" { print $4, $5 }' | sort >have
diff want have && echo same
[ "$(grep -c locked have)" -ge 1 ] || echo no offsets
at=$(awk '/count_down/ { print $2 }' want | sort | sed -n 2p)
dtrace -qc ./victim -n "pid\$target:a.out:count_down:$at,pid\$target:a.out:count_down:0$at { @[probename] = count(); @r[arg0] = count(); }
	END { printa(\"%s %@d\n\", @); printa(\"%d %@d\n\", @r); }" | sed "s/^0*$at /at /"
