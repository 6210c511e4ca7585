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

scripts/debian.sh "The PDFs need Pango." libpango-1.0-0 libpangoft2-1.0-0 fonts-liberation || installed=$?
[ "${installed:-0}" -eq 0 ] || [ "$installed" -eq 2 ] || fail "apt-get could not install Pango; it says why above."
loads && exit 0

fail "The handouts need Pango, and there is none here. Do one of these, then run make again:" \
    "  Debian, Ubuntu, as root:  apt-get install libpango-1.0-0 libpangoft2-1.0-0 fonts-liberation" \
    "  macOS, with Homebrew:     brew install pango" \
    "  anywhere else:            https://doc.courtbouillon.org/weasyprint/stable/first_steps.html"
