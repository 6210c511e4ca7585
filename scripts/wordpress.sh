#!/bin/sh
# Print the folder that holds a real WordPress, with PHP and MariaDB to run it: what `make test-wordpress` tries our embeds in.
#
# They are Debian's (or Ubuntu's) packages, unpacked below .cache/: nothing is installed, and no service starts.
set -eu
cd "$(dirname "$0")/.."

fail() {
    printf '%s\n' "$@" >&2
    exit 1
}

own=$PWD/.cache/wordpress

if [ -e "$own/complete" ]; then
    printf '%s\n' "$own"
    exit 0
fi

for tool in apt-get dpkg-deb; do
    command -v "$tool" >/dev/null 2>&1 ||
        fail "The tests with WordPress need $tool: they run on Debian or Ubuntu. Leave them to .ci/run, or use a container of Debian."
done

programs="php-cli php-mysql mariadb-server-core openssl"
# What WordPress links to; packages that only its web server needs are left out.
site="wordpress php-getid3 libjs-cropper libjs-prototype libjs-scriptaculous libjs-underscore"

known() {
    # shellcheck disable=SC2086 # names, one by one
    apt-cache show $programs $site >/dev/null 2>&1
}

# A fresh machine has no lists of packages, and only root may fetch them.
if ! known; then
    if [ "$(id -u)" -eq 0 ]; then
        apt-get -qq update >&2 || :
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
        sudo -n apt-get -qq update >&2 || :
    fi
    known || fail "apt-get knows no package of WordPress, PHP or MariaDB. As root: apt-get update. Then run make again."
fi

echo "Fetching WordPress, PHP and MariaDB; half a minute, once." >&2
rm -rf "$own"
mkdir -p "$own/packages"
(
    cd "$own/packages"
    # The versions behind the names, whether they are installed here or not, and the libraries that are not.
    theme=$(apt-cache depends wordpress | sed -n 's/.*Recommends: \(wordpress-theme-[a-z]*\)$/\1/p' | head -n 1)
    php=$(apt-cache depends php-cli | sed -n 's/.*Depends: \(php[0-9.]*\)-cli$/\1/p' | head -n 1)
    # shellcheck disable=SC2086 # names, one by one
    libraries=$(apt-get -s --no-install-recommends install $programs | sed -n 's/^Inst \([^ ]*\) .*/\1/p')
    # shellcheck disable=SC2086
    printf '%s\n' "$php-cli" "$php-common" "$php-mysql" "$php-opcache" mariadb-server-core openssl $site "$theme" $libraries | sort -u |
        xargs apt-get -qq -o "APT::Sandbox::User=$(id -un)" download
    for package in *.deb; do dpkg-deb --extract "$package" ..; done
) >&2 || fail "apt-get could not fetch WordPress, PHP and MariaDB; it says why above."
rm -rf "$own/packages"
touch "$own/complete"
printf '%s\n' "$own"
