#!/bin/sh
# Print the path of the WebKit browser that `make test-webkit` drives: WebKitGTK's own, with its WebDriver and Xvfb, a
# display in memory. The only place that looks for them.
#
# Where they are missing and we may, Debian's are installed. Only the path goes to standard output.
set -eu

fail() {
    printf '%s\n' "$@" >&2
    exit 1
}

found() {
    command -v WebKitWebDriver >/dev/null 2>&1 && command -v Xvfb >/dev/null 2>&1 || return 1
    # The driver works with the browser of the same version: the newest here.
    browser=$(ls -d /usr/lib/*/webkit*gtk-*/MiniBrowser /usr/libexec/webkit*gtk-*/MiniBrowser 2>/dev/null | sort -V | tail -n 1)
    [ -x "$browser" ] && printf '%s\n' "$browser"
}

found && exit 0

status=0
"$(dirname "$0")/debian.sh" "The tests in WebKit need WebKitGTK, its WebDriver and Xvfb." \
    webkit2gtk-driver xvfb fonts-liberation || status=$?
[ "$status" -ne 0 ] || ! found || exit 0
[ "$status" -eq 0 ] || [ "$status" -eq 2 ] || fail "apt-get could not install WebKitGTK; it says why above."

fail "The tests in WebKit need WebKitGTK with its WebDriver, and Xvfb. Install them, then run make again:" \
    "  Debian 12, as root:  apt-get install webkit2gtk-driver xvfb fonts-liberation" \
    "  elsewhere:           any Linux with WebKitWebDriver, MiniBrowser and Xvfb; there is none for macOS or Windows"
