#!/bin/sh
# Print where Caddy and nginx are, a line each: the servers that deploy/ has configurations for. scripts/servers.py
# starts them.
#
# In this order: those on the PATH, those unpacked here before, Debian's, unpacked below .cache/: nothing is installed, and
# no service starts.
set -eu
cd "$(dirname "$0")/.."

fail() {
    printf '%s\n' "$@" >&2
    exit 1
}

own=$PWD/.cache/servers
PATH=$PATH:/usr/sbin:$own/usr/bin:$own/usr/sbin

find_both() {
    caddy=$(command -v caddy) && nginx=$(command -v nginx)
}

if ! find_both && command -v apt-get >/dev/null 2>&1; then
    echo "Fetching Caddy and nginx; a few seconds, once." >&2
    rm -rf "$own"
    mkdir -p "$own"
    (
        cd "$own"
        # A fresh machine has no lists of packages, and only root may fetch them.
        apt-cache show caddy nginx >/dev/null 2>&1 || apt-get -qq update
        apt-get -qq download caddy nginx nginx-common
        for package in *.deb; do dpkg-deb --extract "$package" .; done
        rm -f ./*.deb
    ) >&2 || fail "apt-get could not fetch Caddy and nginx; it says why above."
fi

find_both || fail "The tests need Caddy and nginx, and they are not here. Install both, then run make again:" \
    "  Debian, Ubuntu, as root:  apt-get install caddy nginx" \
    "  macOS, with Homebrew:     brew install caddy nginx"
printf '%s\n%s\n' "$caddy" "$nginx"
