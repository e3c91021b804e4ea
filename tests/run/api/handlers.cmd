# The interface: handlers and callbacks, their answers, and what happens without them.
. "$here/api/build.sh"
build handlers && ./handlers
