"""Pack the embeds of the built site, for a clinic that hosts a copy of its own: `make embeds-zip`.

The copy works in any folder of any server. The line by which programs discover our live embeds is left out.
"""

import argparse
import re
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

from guide.commands.output_folder import built_site, replaced_file
from guide.commands.progress import progress
from guide.model.addresses import EMBEDS

_LIVE = re.compile(rb'<link rel="alternate" type="application/json\+oembed"[^>]*>\n')
_DAY = (1980, 1, 1, 0, 0, 0)


def pack(site: Path, archive: Path) -> int:
    """Write the archive; the same site gives the same bytes.

    Returns:
        The number of its files.
    """
    return write_zip(site / EMBEDS, archive, "embeds", lambda content: _LIVE.sub(b"", content))


def write_zip(folder: Path, archive: Path, top: str, change: Callable[[bytes], bytes] = bytes) -> int:
    """Pack a folder; the same files give the same bytes.

    Args:
        folder: The folder to pack.
        archive: The file to write.
        top: The name of the folder in the archive.
        change: Returns what is packed in place of the content of a file.

    Returns:
        The number of files in the archive.
    """
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    with replaced_file(archive) as fresh, zipfile.ZipFile(fresh, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in files:
            entry = zipfile.ZipInfo(f"{top}/{path.relative_to(folder).as_posix()}", _DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            packed.writestr(entry, change(path.read_bytes()))
    return len(files)


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 1 if there is no site."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--site", type=Path, default=Path("site"), help="the built site")
    parser.add_argument("--zip", type=Path, default=Path("site-embeds.zip"), help="the file to write")
    options = parser.parse_args(arguments)
    if not (built_site(options.site) / EMBEDS).is_dir():
        print(f"{options.site}: holds no embeds. Run make build first.", file=sys.stderr)
        return 1
    with progress("Packing the embeds"):
        count = pack(options.site, options.zip)
    print(f"{options.zip}: {count} files.", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
