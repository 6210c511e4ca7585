#!/bin/sh
# Install Debian's packages where we may, after saying which, what for and how large they are.
#
#   scripts/debian.sh "The browser tests need Chromium." chromium-headless-shell fonts-liberation
#
# Exit status 2: there is no apt-get here, or we may not use it; nothing was said. What it says goes to standard error.
set -eu

why=$1
shift

command -v apt-get >/dev/null 2>&1 || exit 2
if [ "$(id -u)" -eq 0 ]; then
    as_root=env
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    as_root="sudo -n env"
else
    exit 2
fi

{
    echo "$why It isn't here, so this installs Debian's packages, once: $*"
    $as_root apt-get -qq update
    # Its own words, such as "Need to get 117 MB of archives."
    $as_root LC_ALL=C apt-get install --assume-no --no-install-recommends "$@" | grep -E '^(Need to get|After this)' || true
    echo "Ctrl+C stops it."
    $as_root DEBIAN_FRONTEND=noninteractive apt-get -qq install --yes --no-install-recommends "$@"
} >&2
