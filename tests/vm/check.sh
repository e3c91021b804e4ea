#!/bin/bash
# check.sh - the tests that depend on the kernel, on the test kernels: check.sh [KERNEL...]; none: 6.1 and 6.12.
#
# Environment: that of tests/vm/run and tests/vm/inside.sh.  Ends with "vm: N passed, N failed", kernels.
set -u
cd "$(dirname "$0")/../.." || exit 1
[ $# -gt 0 ] || set -- 6.1 6.12
passed=0 failed=0
for k; do
	echo "== kernel $k"
	if tests/vm/run "$k" -- bash tests/vm/inside.sh; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
	fi
done
echo "vm: $passed passed, $failed failed"
[ $failed = 0 ]
