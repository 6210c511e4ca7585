#!/bin/sh
# See that WeasyPrint finds Pango, which lays out the text of the handouts. The only place that looks for it.
#
# Where it is missing and we may, Debian's is installed. Prints nothing when it is there.
set -eu
cd "$(dirname "$0")/.."

fail() {
    printf '%s\n' "$@" >&2
    exit 1
}

loads() {
    .venv/bin/python -c 'import weasyprint' >/dev/null 2>&1
}

loads && exit 0

if command -v apt-get >/dev/null 2>&1; then
    if [ "$(id -u)" -eq 0 ]; then
        as_root=env
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
        as_root="sudo -n env"
    else
        as_root=
    fi
    if [ -n "$as_root" ]; then
        echo "Installing Pango; a few seconds, once." >&2
        {
            $as_root DEBIAN_FRONTEND=noninteractive apt-get -qq update &&
                $as_root DEBIAN_FRONTEND=noninteractive apt-get -qq install --yes --no-install-recommends \
                    libpango-1.0-0 libpangoft2-1.0-0 fonts-liberation
        } >&2 || fail "apt-get could not install Pango; it says why above."
        loads && exit 0
    fi
fi

fail "The handouts need Pango, and there is none here. Do one of these, then run make again:" \
    "  Debian, Ubuntu, as root:  apt-get install libpango-1.0-0 libpangoft2-1.0-0 fonts-liberation" \
    "  macOS, with Homebrew:     brew install pango" \
    "  anywhere else:            https://doc.courtbouillon.org/weasyprint/stable/first_steps.html"
