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
if command -v apt-get >/dev/null 2>&1 && ! grep -qi '^ID=ubuntu' /etc/os-release 2>/dev/null; then
    if [ "$(id -u)" -eq 0 ]; then
        as_root=env
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
        as_root="sudo -n env"
    else
        as_root=
    fi
    if [ -n "$as_root" ]; then
        echo "Installing Debian's Chromium; a minute or so, once." >&2
        {
            $as_root DEBIAN_FRONTEND=noninteractive apt-get -qq update &&
                $as_root DEBIAN_FRONTEND=noninteractive apt-get -qq install --yes --no-install-recommends \
                    chromium-headless-shell fonts-liberation
        } >&2 || fail "apt-get could not install Chromium; it says why above."
        on_path && exit 0
    fi
fi

fail "The tests need Chromium, and there is none here. Do one of these, then run make again:" \
    "  Debian, as root:  apt-get install chromium-headless-shell" \
    "  anywhere else:    install Chromium or Chrome, and name it, for example" \
    "                    make test GUIDE_CHROMIUM=\"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome\""
