# A closed pipe ends the list in silence; the heading is to the byte.
dtrace -l | head -n 4
