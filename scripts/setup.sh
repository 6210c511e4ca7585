#!/bin/sh
# Make .venv hold exactly what requirements.lock says. Does nothing when it already does.
#
# PYTHON chooses the interpreter (default: python3). When it is set, a .venv made with another one is made anew.
# The stamp is written last, so a run that was interrupted is not taken for a finished one.
set -eu
cd "$(dirname "$0")/.."

fail() {
    printf '%s\n' "$@" >&2
    exit 1
}

lock=requirements.lock
stamp=.venv/installed
[ -r "$lock" ] || fail "$lock is missing. Restore it with: git checkout $lock"

# Keyed on what the lock says, not on its date: changing branches sets nothing up again.
wanted=$(cksum <"$lock")
if [ -x .venv/bin/python ] && [ -r "$stamp" ]; then
    { read -r have && read -r made_with; } <"$stamp" || have=
    if [ "$have" = "$wanted" ] && [ "${PYTHON:-$made_with}" = "$made_with" ]; then
        exit 0
    fi
fi

[ ! -L .venv ] ||
    fail ".venv leads to another folder, which would be emptied. Delete the link, then run make again."

python=${PYTHON:-python3}
command -v "$python" >/dev/null 2>&1 ||
    fail "There is no $python here. Install Python 3.11 or newer, or say where it is: make setup PYTHON=/path/to/python3"
version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) ||
    fail "$python does not run. Say which Python to use: make setup PYTHON=/path/to/python3"
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
    fail "$python is Python $version; the guide needs 3.11 or newer." \
        "Install one and name it: make setup PYTHON=python3.11"
# Debian keeps venv's other half, ensurepip, in a package of its own.
"$python" -c 'import venv, ensurepip' 2>/dev/null ||
    fail "$python cannot make virtual environments: its venv or ensurepip module is missing." \
        "On Debian and Ubuntu, as root: apt-get install python3-venv   (or python$version-venv), then run make again."

count=$(grep -c '^[a-z].*==' "$lock")
echo "Setting up .venv with Python $version, once: $count packages, some 600 MB on the disk, a minute or so." >&2
rm -f "$stamp"
"$python" -m venv --clear .venv
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement "$lock" ||
    fail "The packages of $lock could not be installed; pip says why above." \
        "It needs the network, or a mirror that pip is set up to use. Then run make again."
printf '%s\n%s\n' "$wanted" "$python" >"$stamp"
