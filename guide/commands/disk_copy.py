"""Pack the whole guide as files that open from a disk, such as a flash drive: `make disk-copy`.

The zip holds one folder. Whoever opens its `index.html` has the menu, the search and the tools, without a server or a
network. The PDFs of the built site come along if it has any.
"""

import argparse
import re
import sys
import tempfile
import unicodedata
from pathlib import Path

from guide.commands.command import Refused
from guide.commands.embeds_zip import write_zip
from guide.commands.output_folder import built_site
from guide.commands.progress import progress
from guide.engine.steps import Engine, EngineFault
from guide.model.addresses import HANDOUTS
from guide.model.problems import DataError
from guide.outputs import disk_copy
from guide.reading.records import load_guide


def pack_copy(root: Path, site: Path, archive: Path) -> int:
    """Write the archive; the same project gives the same bytes.

    Args:
        root: The folder that holds mkdocs.yml, docs/ and data/.
        site: The site that was built from it, whose PDFs are packed.
        archive: The file to write.

    Returns:
        The number of its files.

    Raises:
        DataError: A record can't be read.
        EngineFault: A page can't be rendered.
        Refused: The site lacks a PDF that a page links to.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        engine = _rendered(root, folder, printing=(site / HANDOUTS).is_dir())
        contents = {path: make() for path, make in engine.documents().items()}
        contents |= {file.path: file.content for file in disk_copy.files(engine.site, engine.edition)}
        if engine.site.printing:
            contents |= {path: _printed(site, path) for path in disk_copy.handout_paths(engine.site)}
        for path, content in contents.items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return write_zip(folder, archive, _folder_name(engine.site.name))


def _printed(site: Path, path: str) -> bytes:
    try:
        return (site / path).read_bytes()
    except FileNotFoundError:
        wrong = f"{site / path} is missing: the site was built before something changed"
        raise Refused(wrong, "Run make handouts, then run this again.", "old-site") from None


def _rendered(root: Path, folder: Path, *, printing: bool) -> Engine:
    guide = load_guide(root / "data")
    engine = Engine(root, folder, guide, disk_copy.DiskEdition(guide.settings.address))
    engine.build.printing = printing
    for page in engine.pages:
        engine.show(page, engine.convert(page))
    engine.finish()
    return engine


def _folder_name(name: str) -> str:
    """Return the name of a site as that of a folder, such as "the-swimming-guide"."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "guide"


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 1 if there is no site, or its pages can't be rendered."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--root", type=Path, default=Path.cwd(), help="the folder that holds mkdocs.yml")
    parser.add_argument("--site", type=Path, help="the built site (default: site/ in the root)")
    parser.add_argument("--zip", type=Path, default=Path("site-disk-copy.zip"), help="the file to write")
    options = parser.parse_args(arguments)
    root = options.root.resolve()
    site = built_site(options.site or root / "site")
    if not (site / "index.html").is_file():
        print(f"{site}: holds no site. Run make build first.", file=sys.stderr)
        return 1
    try:
        with progress("Packing the copy for a disk"):
            count = pack_copy(root, site, options.zip)
    except (DataError, EngineFault) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{options.zip}: {count} files, {options.zip.stat().st_size:,} bytes.", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
