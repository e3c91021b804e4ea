# The interface: programs compiled, described, enabled, made by hand.
. "$here/api/build.sh"
build programs && ./programs
