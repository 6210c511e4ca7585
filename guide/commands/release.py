"""Pack the files of a release, with its section of the changelog as notes: `make release TAG=v1.2.0`.

The tag must be the version of the project and of a section of the changelog. The archives of the site, the embeds, the
handouts, the copy for a disk and the plugin for WordPress are written to site-release/.
"""

import argparse
import sys
from pathlib import Path

from guide.commands.changes import unrecorded
from guide.commands.disk_copy import pack_copy
from guide.commands.embeds_zip import pack, write_zip
from guide.commands.output_folder import OutputFolder, built_site
from guide.commands.progress import progress
from guide.outputs.feed import whole_releases
from guide.rendering.project import read_project
from guide.reviewing.last_release import NotReadable
from guide.versions import version

ROOT = Path(__file__).parents[2]
_TARGET = "site-release"
_NOTES = "notes.md"
_PLUGIN = "guide-part"
"""The folder of the plugin in deploy/wordpress/, and in its archive, as WordPress wants it."""


def notes(changelog: str, tag: str) -> str:
    """Return the section of the changelog on a release.

    Raises:
        ValueError: The project has another version, or the section or its date is missing.
    """
    name = tag.removeprefix("v")
    if name != version():
        raise ValueError(f'The tag is "{tag}", and version in pyproject.toml is "{version()}". Make them agree.')
    section = next((release for release in whole_releases(changelog) if release.name == name), None)
    if not section or not section.day or not section.changes:
        raise ValueError(f"CHANGELOG.md has no section for it. Add one, with its day: ## {name} (2026-11-23).")
    return section.changes + "\n"


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 1 if there is nothing to release."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--root", type=Path, default=ROOT, help="the folder that holds CHANGELOG.md and site/")
    parser.add_argument("--tag", required=True, help="the tag of the release, such as v1.2.0")
    options = parser.parse_args(arguments)
    root = options.root.resolve()
    site, folder = built_site(root / "site"), OutputFolder(root / _TARGET, (_NOTES,))
    try:
        text = notes((root / "CHANGELOG.md").read_text("utf-8"), options.tag)
        untold = unrecorded(read_project(root), needed=True)
    except (ValueError, NotReadable) as error:
        text, untold = "", str(error)
    if untold:
        print(untold, file=sys.stderr)
        return 1
    if not (site / "handouts").is_dir():
        print(f"{site}: holds no site with handouts. Run make handouts first.", file=sys.stderr)
        return 1
    with progress("Packing the files of the release"), folder.replacement() as fresh:
        (fresh / _NOTES).write_text(text, "utf-8")
        write_zip(site, fresh / f"site-{version()}.zip", "site")
        pack(site, fresh / f"embeds-{version()}.zip")
        write_zip(site / "handouts", fresh / f"handouts-{version()}.zip", "handouts")
        pack_copy(root, site, fresh / f"disk-copy-{version()}.zip")
        write_zip(ROOT / "deploy/wordpress" / _PLUGIN, fresh / f"wordpress-{version()}.zip", _PLUGIN)
        folder.publish(fresh)
    for path in sorted(folder.path.iterdir()):
        print(f"{path.relative_to(root)}: {path.stat().st_size:,} bytes", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
