# The interface: processes created, grabbed, released.
. "$here/api/build.sh"
build procs && ./procs
