"""Check that a built site has every address of the last release, or write the list of its own: `make addresses`.

With ARGS=--write, as part of a release, it writes deploy/addresses.txt. Pages and records that were renamed or
withdrawn keep their addresses by records in data/moved.yaml and data/withdrawn.yaml.
"""

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

from guide.commands.output_folder import built_site, replaced_file
from guide.outputs.embeds import PRINT
from guide.reading.released_addresses import ADDRESS_LIST, released_addresses

HEAD = "# Addresses of the last release, written by `make addresses ARGS=--write`. None of them may be lost.\n"
_API_FOLDERS = ("api/", "oembed/")
_LASTING_FILES = ("embed/v1/embed.js", "feed.xml", "safety.xml")


def addresses(site: Path) -> list[str]:
    """Return every address of a built site that must last, relative to its root.

    Those of pages and embeds end in "/". Files with a fingerprint in their name, parts of embeds, and what is only
    opened to be printed are left out.
    """
    names = set()
    for path in site.rglob("*"):
        name = path.relative_to(site).as_posix()
        if name.startswith(PRINT):
            continue
        if path.name == "index.html" and not (name.startswith("embed/") and name.endswith("/sources/index.html")):
            names.add(name.removesuffix("index.html"))
        elif path.is_file() and (name in _LASTING_FILES or name.startswith(_API_FOLDERS)):
            names.add(name)
    return sorted(names)


def lost(site: Path, released: Iterable[str]) -> list[str]:
    """Return the addresses of a list that a built site does not have."""
    return [
        name
        for name in released
        if not (site / name / "index.html" if name.endswith("/") or not name else site / name).is_file()
    ]


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 1 if an address is lost."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--root", type=Path, default=Path.cwd(), help="the folder that holds deploy/addresses.txt")
    parser.add_argument("--site", type=Path, help="the built site (default: site/ in the root)")
    parser.add_argument("--write", action="store_true", help="write deploy/addresses.txt from the site, for a release")
    options = parser.parse_args(arguments)
    root = options.root.resolve()
    site = built_site(options.site or root / "site")
    if not (site / "index.html").is_file():
        print(f"{site}: holds no site. Run make build first.", file=sys.stderr)
        return 1
    missing = lost(site, released_addresses(root))
    for name in missing:
        remedy = (
            "If its page got another path, run make move with the old and the new one. If it's gone, bring it back, "
            "and run make withdraw. If a record got another id, undo that."
        )
        print(f"{ADDRESS_LIST}: the address /{name} is lost. {remedy} [lost-address]", file=sys.stderr)
    if missing:
        return 1
    if options.write:
        (root / ADDRESS_LIST).parent.mkdir(exist_ok=True)
        with replaced_file(root / ADDRESS_LIST) as fresh:
            fresh.write_text(HEAD + "".join(f"/{name}\n" for name in addresses(site)), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
