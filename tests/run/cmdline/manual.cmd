# The manual page names every flag that dtrace takes and every option of the library, and formats without complaint.
top=$here/../..
man=$top/docs/dtrace.8
text=$(sed 's/\\-/-/g; s/\\f.//g' "$man")
for o in $(sed -n '/optdesc_t options\[\]/,/^};/s/^ *{"\([a-z_]*\)",.*/\1/p' "$top/libdtrace/handle/options.c"); do
	grep -qw -- "$o" <<<"$text" || echo "option $o is not in the manual"
done | head
for f in $(sed -n 's/^static const char flags\[\] = "+\(.*\)";/\1/p' "$top/cmd/dtrace.c" | tr -d : | sed 's/./& /g') 32 64; do
	grep -q -- "^\(\.BI\{0,1\} .*\)\{0,1\}-$f\>" <<<"$text" || echo "flag -$f is not in the manual"
done
! command -v groff >/dev/null || groff -t -man -Tutf8 -ww "$man" 2>&1 >/dev/null | head
sed -n '/optdesc_t options\[\]/,/^};/s/^ *{"\([a-z_]*\)",.*/\1/p' "$top/libdtrace/handle/options.c" | wc -l | awk '{ print ($1 > 90) }'
