# dtrace(1) has the library linked into it, and keeps to its public interface all the same.
build=$(dirname "$(command -v dtrace)")
nm -D --defined-only "$build/libdtrace.so" | awk '{sub(/@.*/, "", $3); print $3}' | sort >public
nm -g "$build"/obj/cmd/*.o | awk '$1 == "U" {print $2}' | sort -u >wanted
nm -g --defined-only "$build/libdtrace.a" 2>/dev/null | awk 'NF == 3 {print $3}' | sort -u >library
nm -g --defined-only "$build"/obj/cmd/*.o | awk 'NF == 3 {print $3}' | sort -u >own
comm -12 wanted library | comm -23 - own | comm -23 - public
comm -12 wanted public | grep -c '^dtrace_' | awk '{print ($1 > 20 ? "many" : $1) " public"}'
