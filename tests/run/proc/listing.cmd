# Probes of proc and sched: module, attributes and types of the arguments, as -lv tells them.  remain-cpu and surrender
# are not on every kernel.
dtrace -lv -n 'proc:::,sched:::' |
	awk '$2 == "proc" || $2 == "sched" { name = $2 ":" $3 "::" $4; skip = $4 == "remain-cpu" || $4 == "surrender"; part = ""; if (!skip) print name }
	/Attributes/ { part = $1 " "; next }
	/Names:|Semantics:|Class:/ && part == "Argument " { a = a " " $3; if (/Class/) { attrs[a]++; a = "" } next }
	/args\[/ && !skip { sub(/^[ \t]+/, "  "); print }
	END { for (a in attrs) print "arguments:" a }'
