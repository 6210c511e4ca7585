#!/bin/sh
# Make .cache/properdocs a virtual environment with ProperDocs in place of MkDocs, for `make test-properdocs`.
#
# It holds exactly what tests/properdocs/requirements.lock says. Does nothing when it already does.
set -eu
cd "$(dirname "$0")/.."

lock=tests/properdocs/requirements.lock
folder=.cache/properdocs
wanted=$(cksum <"$lock")
if [ -r "$folder/installed" ] && [ "$(cat "$folder/installed")" = "$wanted" ]; then
    exit 0
fi

echo "Setting up $folder, once: $(grep -c '^[a-z].*==' "$lock") packages, some 180 MB on the disk." >&2
.venv/bin/python -m venv --clear "$folder"
# The packages of the lock are all there is to install: Material and mkdocs-macros ask for MkDocs, which must be missing.
"$folder/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes --requirement "$lock" || {
    echo "The packages of $lock could not be installed; pip says why above. Then run make again." >&2
    exit 1
}
printf '%s\n' "$wanted" >"$folder/installed"
