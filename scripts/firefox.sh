#!/bin/sh
# Print the path of the Firefox that `make test-firefox` drives. The only place that looks for one.
#
# In this order: GUIDE_FIREFOX, one on the PATH, Debian's, installed here if we may.
# Only the path goes to standard output.
set -eu

fail() {
    printf '%s\n' "$@" >&2
    exit 1
}

on_path() {
    for name in firefox-esr firefox; do
        command -v "$name" 2>/dev/null && return
    done
    return 1
}

if [ -n "${GUIDE_FIREFOX:-}" ]; then
    command -v "$GUIDE_FIREFOX" 2>/dev/null ||
        fail "GUIDE_FIREFOX is \"$GUIDE_FIREFOX\", which is not a program. Set it to the path of Firefox."
    exit 0
fi

on_path && exit 0

# Ubuntu's package is a snap, which can't use a profile in a temporary folder.
if ! grep -qi '^ID=ubuntu' /etc/os-release 2>/dev/null; then
    status=0
    "$(dirname "$0")/debian.sh" "The tests in Firefox need Firefox; GUIDE_FIREFOX=/path/to/it names one of yours." \
        firefox-esr fonts-liberation || status=$?
    [ "$status" -ne 0 ] || ! on_path || exit 0
    [ "$status" -eq 0 ] || [ "$status" -eq 2 ] || fail "apt-get could not install Firefox; it says why above."
fi

fail "The tests in Firefox need Firefox, and there is none here. Do one of these, then run make again:" \
    "  Debian, as root:  apt-get install firefox-esr fonts-liberation" \
    "  anywhere else:    install Firefox, and name it, for example" \
    "                    make test-firefox GUIDE_FIREFOX=\"/Applications/Firefox.app/Contents/MacOS/firefox\""
