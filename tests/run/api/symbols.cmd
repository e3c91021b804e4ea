# The interface: objects, symbols, types.
. "$here/api/build.sh"
build symbols -lctf-nobfd && ./symbols
