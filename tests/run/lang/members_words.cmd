# rows: L16 D_OP_IDENT
# A word of the language after . or -> is looked up as a member: there is none here, and no syntax error.
for w in probe provider self string stringof userland xlate translator int if sizeof this char enum struct uid_t; do
	for e in "curthread->$w" "(*curthread).$w" "offsetof(struct task_struct, $w)"; do
		dtrace -x errtags -en "BEGIN { trace($e); }" 2>&1 | grep -o '\[D_[A-Z_]*\]'
	done
done | sort | uniq -c | sed 's/^ *//'
# What is no name at all is not looked up.
for e in 'curthread->5' 'curthread->"pid"' '(*curthread).(pid)'; do
	dtrace -x errtags -en "BEGIN { trace($e); }" 2>&1 | grep -o '\[D_[A-Z_]*\]'
done
