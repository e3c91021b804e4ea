# A program written for the classic API compiles against dtrace.h and -ldtrace, as C and as C++, and runs.
lib=$(dirname "$(command -v dtrace)")
inc=$here/../../libdtrace
for cc in "cc -std=gnu99" "c++ -x c++"; do
	$cc -Wall -Wextra -Werror -I "$inc" "$here/api/consumer.c" -o consumer -L "$lib" -ldtrace -Wl,-rpath,"$lib" || exit 1
	LD_BIND_NOW=1 ./consumer 42 || exit 1
done
