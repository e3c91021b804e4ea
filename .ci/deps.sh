#!/bin/sh
# Install the Debian packages that building and testing need.  Asks for root and network only if one is missing.
set -eu

want="gcc libc6-dev make flex bison clang libbpf-dev libelf-dev libdwarf-dev binutils-dev zlib1g-dev libcriterion-dev procps pkgconf valgrind"

if ! command -v dpkg-query >/dev/null; then
	echo "deps: this is not Debian; make sure these are installed: $want" >&2
	exit 0
fi

missing=
for p in $want; do
	dpkg-query -W -f '${db:Status-Status}\n' "$p" 2>/dev/null | grep -qx installed || missing="$missing $p"
done
[ -n "$missing" ] || exit 0

echo "deps: installing$missing"
if [ "$(id -u)" != 0 ]; then
	echo "deps: root is needed to install packages; run: sudo apt-get install$missing" >&2
	exit 1
fi
log=$(mktemp)
trap 'rm -f "$log"' EXIT
export DEBIAN_FRONTEND=noninteractive
# shellcheck disable=SC2086
if ! { apt-get install -y --no-install-recommends $missing ||
       { apt-get update && apt-get install -y --no-install-recommends $missing; }; } >"$log" 2>&1 </dev/null; then
	tail -n 20 "$log" >&2
	echo "deps: apt-get could not install$missing: is there a network, and a package mirror in /etc/apt?" >&2
	exit 1
fi
