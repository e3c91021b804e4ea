# The interface: probes and their descriptions.
. "$here/api/build.sh"
build probes && ./probes
