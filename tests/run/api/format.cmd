# The interface: formats, and records printed through them by the consumer.
. "$here/api/build.sh"
build format && ./format
