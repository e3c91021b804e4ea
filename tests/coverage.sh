#!/bin/bash
# coverage.sh - docs/COVERAGE.md: every row of the inventory, the tests that name it, whether they pass.
#
#   coverage.sh SPECDIR [RESULTS]      RESULTS: output of tests/run/run.sh and tests/unit/run.sh (run now when missing)
#
# A test names the rows it proves in a line "rows: L30 L31 ..." (anywhere in TEST.d, TEST.cmd, test_*.c), and those of
# output.md in a line "covers: output 4.2 1.2.1-1.2.6": the number of the section, then that of the row in its tables.
# tests/not-on-linux lists rows that Linux cannot have: ROW<tab>why.  Tags of diagnostics.md are rows too.
set -eu
cd "$(dirname "$0")/.."
spec=$1
results=${2:-}
if [ -z "$results" ]; then
	results=$(mktemp)
	trap 'rm -f "$results"' EXIT
	{ BUILD=${BUILD:-build} bash tests/run/run.sh || true; make -s unit BUILD="${BUILD:-build}" || true; } >"$results" 2>&1
fi

rows() {
	sed -n 's/^| \([A-Z][0-9][0-9]*\) |.*/\1/p' "$spec/language.md"
	sed -n 's/^| \(D_[A-Z0-9_]*\)[ |].*/\1/p' "$spec/diagnostics.md"
	awk '
		/^#+ [0-9]/ { s = $2; sub(/\.$/, "", s); n = 0; print "output " s; next }
		/^\|[-| ]+\|$/ { next }
		/^\|/ && intable++ { print "output " s "." ++n; next }
		!/^\|/ { intable = 0 }' "$spec/output.md"
}

# "rows:" and "covers:" lines of all tests as ROW<tab>TEST; a range L10-L15 or 1.2.1-1.2.6 names each of its rows.
named() {
	grep -rnoE 'rows: *[A-Z][A-Z0-9_ ,-]*|covers: *output [0-9. -]*' tests/run tests/unit tests/fuzz \
		--include='*.d' --include='*.cmd' --include='*.c' |
		while IFS=: read -r file _ _ list; do
			test=${file#tests/run/}
			test=${test#tests/}
			test=${test%.*}
			for r in ${list//,/ }; do
				if [[ $r =~ ^([0-9.]+\.)([0-9]+)-[0-9.]+\.([0-9]+)$ ]]; then
					for ((i = BASH_REMATCH[2]; i <= BASH_REMATCH[3]; i++)); do
						printf 'output %s\t%s\n' "${BASH_REMATCH[1]}$i" "$test"
					done
				elif [[ $r =~ ^[0-9] ]]; then
					printf 'output %s\t%s\n' "$r" "$test"
				elif [ "$r" = output ]; then
					continue
				elif [[ $r =~ ^([A-Z])([0-9]+)-[A-Z]?([0-9]+)$ ]]; then
					for ((i = BASH_REMATCH[2]; i <= BASH_REMATCH[3]; i++)); do
						printf '%s\t%s\n' "${BASH_REMATCH[1]}$i" "$test"
					done
				else
					printf '%s\t%s\n' "$r" "$test"
				fi
			done
		done
}

named | sort -u >"${TMPDIR:-/tmp}/coverage.$$"
rows | awk -F'\t' -v named="${TMPDIR:-/tmp}/coverage.$$" -v results="$results" -v absent=tests/not-on-linux '
BEGIN {
	while ((getline line <named) > 0) {
		split(line, f, "\t")
		tests[f[1]] = tests[f[1]] (tests[f[1]] ? " " : "") f[2]
	}
	while ((getline line <results) > 0) {
		n = split(line, f, " ")
		if (line ~ /^ok - /) pass[f[3]] = 1
		else if (line ~ /^not ok - /) fail[f[4]] = 1
		else if (line ~ /^ok +test_/) pass["unit/" substr(f[2], 1, index(f[2], ":") - 1)] = 1
	}
	while ((getline line <absent) > 0) {
		split(line, f, "\t")
		why[f[1]] = f[2]
	}
	print "# Coverage of the inventory\n"
	print "Made by tests/coverage.sh; do not edit.\n"
	print "| row | tests | result |\n|---|---|---|"
}
seen[$1]++ { next }
{
	total++
	if ($1 in why) {
		result = "not on Linux: " why[$1]
		gone++
	} else if (!($1 in tests)) {
		result = "no test"
		none++
	} else {
		result = "pass"
		n = split(tests[$1], t, " ")
		for (i = 1; i <= n; i++)
			if (t[i] in fail) result = "FAIL"
			else if (!(t[i] in pass) && result == "pass") result = "not run"
		if (result == "pass") ok++
	}
	list = tests[$1]
	gsub(/ /, ", ", list)
	printf "| %s | %s | %s |\n", $1, list, result
}
END { printf "\n%d rows: %d pass, %d not on Linux, %d without a test.\n", total, ok, gone, none }' >docs/COVERAGE.md
rm -f "${TMPDIR:-/tmp}/coverage.$$"
tail -n 1 docs/COVERAGE.md
