# installed.sh - for the tests beside it:  . installed.sh; consumer FILE.c [ARGUMENT...]
# builds the program as any is, through pkg-config against an installed tree, runs it, its output into `plain`, then
# under valgrind, where it may neither leak nor read what it should not, its output into `checked`.
consumer() {
	local build name
	build=$(dirname "$(command -v dtrace)")
	name=$(basename "$1" .c)
	# With DESTDIR nothing outside is touched (ldconfig): these tests run side by side.
	make -s -C "$here/../.." install BUILD="$build" DESTDIR="$PWD/root" PREFIX=/opt/dbridge >/dev/null || return 1
	export PKG_CONFIG_SYSROOT_DIR=$PWD/root PKG_CONFIG_PATH=$PWD/root/opt/dbridge/lib/pkgconfig
	export LD_LIBRARY_PATH=$PWD/root/opt/dbridge/lib
	cc -Wall -Wextra -Werror "$1" -o "$name" $(pkg-config --cflags --libs libdtrace) || return 1
	shift
	./"$name" "$@" >plain || return 1
	# valgrind tells of system calls it does not know on lines of its own: only its verdict counts.
	valgrind -q --leak-check=full --show-leak-kinds=all --errors-for-leak-kinds=all --error-exitcode=9 \
		--suppressions="$here/api/valgrind.supp" --log-file=log ./"$name" "$@" >checked || {
		echo "valgrind: status $?"
		head -n 40 log
		return 1
	}
}
