# rows: X9
# The interface: opening, versions, options, attributes, names of numbers.
. "$here/api/build.sh"
build handle && ./handle
