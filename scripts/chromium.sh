#!/bin/sh
# Print the path of the Chromium that the tests use. The only place that looks for one.
#
# In this order: GUIDE_CHROMIUM, one on the PATH, Debian's, installed here if we may.
# Only the path goes to standard output.
set -eu

fail() {
    printf '%s\n' "$@" >&2
    exit 1
}

on_path() {
    # The headless shell is the same Chromium without windows; tests take less than half the time in it.
    for name in chromium-headless-shell chromium chromium-browser google-chrome; do
        command -v "$name" 2>/dev/null && return
    done
    return 1
}

if [ -n "${GUIDE_CHROMIUM:-}" ]; then
    command -v "$GUIDE_CHROMIUM" 2>/dev/null ||
        fail "GUIDE_CHROMIUM is \"$GUIDE_CHROMIUM\", which is not a program. Give the path of Chromium or Chrome."
    exit 0
fi

on_path && exit 0

# Ubuntu's packages of this name are snaps, which a test cannot drive.
if ! grep -qi '^ID=ubuntu' /etc/os-release 2>/dev/null; then
    "$(dirname "$0")/debian.sh" "The browser tests need Chromium; GUIDE_CHROMIUM=/path/to/it names one of yours." \
        chromium-headless-shell fonts-liberation >&2 || installed=$?
    [ "${installed:-0}" -eq 0 ] || [ "$installed" -eq 2 ] || fail "apt-get could not install Chromium; it says why above."
    on_path && exit 0
fi

fail "The tests need Chromium, and there is none here. Do one of these, then run make again:" \
    "  Debian, as root:  apt-get install chromium-headless-shell" \
    "  anywhere else:    install Chromium or Chrome, and name it, for example" \
    "                    make test GUIDE_CHROMIUM=\"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome\""
