#!/bin/sh
# Run Criterion test programs, sum up what they report.  Arguments: the programs; one that is not there failed
# to build.  Ends with "N passed, N failed", status 1 if anything failed.
set -u
passed=0 failed=0
for bin; do
	name=${bin##*/}
	if [ ! -x "$bin" ]; then
		echo "FAIL $name: did not build"
		failed=$((failed + 1))
		continue
	fi
	out=$(timeout 300 "$bin" -j1 2>&1 </dev/null)
	status=$?
	sum=$(printf '%s\n' "$out" | sed -n 's/.*Synthesis: Tested: [^0-9]*\([0-9]*\)[^|]*| Passing: [^0-9]*\([0-9]*\).*/\1 \2/p' | tail -n 1)
	tested=${sum% *} ok=${sum#* }
	if [ -z "$sum" ]; then
		printf '%s\n' "$out"
		echo "FAIL $name: ended with status $status and no summary"
		failed=$((failed + 1))
		continue
	fi
	passed=$((passed + ok))
	failed=$((failed + tested - ok))
	if [ "$status" != 0 ] || [ "$tested" != "$ok" ]; then
		printf '%s\n' "$out"
		echo "FAIL $name: $ok of $tested"
		# A leak found at exit fails the program although its tests passed.
		[ "$tested" != "$ok" ] || failed=$((failed + 1))
	else
		echo "ok   $name: $ok"
	fi
done
echo "unit: $passed passed, $failed failed"
[ "$failed" = 0 ]
