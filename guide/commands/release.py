"""Pack what a release offers, with its section of the changelog as notes: `make release TAG=v1.2.0`.

Refuses a tag that the project and its changelog do not name. Writes site-release/: the site, the embeds, the handouts.
"""

import argparse
import sys
from pathlib import Path

from guide.commands.build import built_site
from guide.commands.embeds_zip import pack, write_zip
from guide.commands.output_folder import OutputFolder
from guide.commands.progress import progress
from guide.outputs.feed import whole_releases
from guide.versions import version

ROOT = Path(__file__).parents[2]
TARGET = "site-release"
NOTES = "notes.md"


def notes(changelog: str, tag: str) -> str:
    """Give the section of the changelog on a release.

    Raises:
        ValueError: the project is not at that version, or the section, or its day, is missing.
    """
    name = tag.removeprefix("v")
    if name != version():
        raise ValueError(f'The tag is "{tag}", and version in pyproject.toml is "{version()}". Make them agree.')
    found = next((release for release in whole_releases(changelog) if release.name == name), None)
    if not found or not found.day or not found.changes:
        raise ValueError(f"CHANGELOG.md has no section for it. Add one, with its day: ## {name} (2026-11-23).")
    return found.changes + "\n"


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 1 if there is nothing to release."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--root", type=Path, default=ROOT, help="the folder that holds CHANGELOG.md and site/")
    parser.add_argument("--tag", required=True, help="the tag of the release, such as v1.2.0")
    options = parser.parse_args(arguments)
    root = options.root.resolve()
    site, folder = built_site(root / "site"), OutputFolder(root / TARGET, (NOTES,))
    try:
        text = notes((root / "CHANGELOG.md").read_text("utf-8"), options.tag)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    if not (site / "handouts").is_dir():
        print(f"{site}: holds no site with handouts. Run make handouts first.", file=sys.stderr)
        return 1
    with progress("Packing the site, the embeds and the handouts"), folder.replacement() as fresh:
        (fresh / NOTES).write_text(text, "utf-8")
        write_zip(site, fresh / f"site-{version()}.zip", "site")
        pack(site, fresh / f"embeds-{version()}.zip")
        write_zip(site / "handouts", fresh / f"handouts-{version()}.zip", "handouts")
        folder.publish(fresh)
    for path in sorted(folder.path.iterdir()):
        print(f"{path.relative_to(root)}: {path.stat().st_size:,} bytes", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
