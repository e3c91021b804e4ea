# -e compiles and traces nothing; its status tells.
dtrace -e -n 'BEGIN { trace("never"); }' && echo compiled
dtrace -e -n 'BEGIN { trace(; }' 2>/dev/null || echo refused
