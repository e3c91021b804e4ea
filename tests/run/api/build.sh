# build.sh - for the tests beside it:  . build.sh; build NAME [LIBRARY]  compiles NAME.c against the tree's header and library.
lib=$(dirname "$(command -v dtrace)")
build() {
	local name=$1
	shift
	cc -std=gnu11 -Wall -Wextra -Werror -I "$here/../../libdtrace" "$here/api/$name.c" -o "$name" -L "$lib" -ldtrace \
		-Wl,-rpath,"$lib" "$@"
}
