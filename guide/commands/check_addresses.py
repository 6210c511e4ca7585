"""Keep the addresses that others use: compare the built site with those of the last release, or write the list anew.

`make addresses` refuses a site that has lost an address; with ARGS=--write, when a release is made, it writes
deploy/addresses.txt. What was renamed has its record in data/moved.yaml, what is withdrawn in data/withdrawn.yaml, so
both keep their address.
"""

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

from guide.commands.build import built_site
from guide.commands.output_folder import replaced_file
from guide.reading.released_addresses import ADDRESS_LIST, released_addresses

HEAD = "# Addresses of the last release, written by `make addresses ARGS=--write`. None of them may be lost.\n"
API_FOLDERS = ("api/", "oembed/")
LASTING_FILES = ("embed/v1/embed.js", "feed.xml")


def addresses(site: Path) -> list[str]:
    """Give every address of a built site that must last, relative to its root.

    Pages and embeds end in "/". What is named by a fingerprint, and what belongs to an embed, is left out.
    """
    found = set()
    for path in site.rglob("*"):
        name = path.relative_to(site).as_posix()
        if path.name == "index.html" and not (name.startswith("embed/") and name.endswith("/sources/index.html")):
            found.add(name.removesuffix("index.html"))
        elif path.is_file() and (name in LASTING_FILES or name.startswith(API_FOLDERS)):
            found.add(name)
    return sorted(found)


def lost(site: Path, kept: Iterable[str]) -> list[str]:
    """Give the addresses of a list that a built site does not have."""
    return [
        name
        for name in kept
        if not (site / name / "index.html" if name.endswith("/") or not name else site / name).is_file()
    ]


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 1 if an address is lost."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--root", type=Path, default=Path.cwd(), help="the folder that holds deploy/addresses.txt")
    parser.add_argument("--site", type=Path, help="the built site (default: site/ in the root)")
    parser.add_argument("--write", action="store_true", help="write deploy/addresses.txt from the site; a release does")
    options = parser.parse_args(arguments)
    root = options.root.resolve()
    site = built_site(options.site or root / "site")
    if not (site / "index.html").is_file():
        print(f"{site}: holds no site. Run make build first.", file=sys.stderr)
        return 1
    gone = lost(site, released_addresses(root))
    for name in gone:
        remedy = "Write its record in data/moved.yaml or data/withdrawn.yaml."
        print(f"{ADDRESS_LIST}: the address /{name} is lost. {remedy} [lost-address]", file=sys.stderr)
    if gone:
        return 1
    if options.write:
        (root / ADDRESS_LIST).parent.mkdir(exist_ok=True)
        with replaced_file(root / ADDRESS_LIST) as fresh:
            fresh.write_text(HEAD + "".join(f"/{name}\n" for name in addresses(site)), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
