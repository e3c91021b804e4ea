# The interface: every error (diagnostics.md part 6) has its number and text; those that can be met are.
. "$here/api/build.sh"
build errors && ./errors
