"""Pack the embeds of the built site, for a clinic that hosts a copy of its own: `make embeds-zip`.

The copy works in any folder of any server. The line by which programs discover our live embeds is left out. Beside the
folder is a program that says which parts are older than the guide's safety changes; `copy.json` in the folder tells
that program, and anyone else, which release the copy was made from.
"""

import argparse
import json
import re
import sys
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from guide.commands.output_folder import built_site, replaced_file
from guide.commands.progress import progress
from guide.model.addresses import API, EMBEDS
from guide.rendering.assets import THEME

_LIVE = re.compile(rb'<link rel="alternate" type="application/json\+oembed"[^>]*>\n')
_DAY = (1980, 1, 1, 0, 0, 0)
_TOP = "embeds"
_CHECK = THEME / "embed" / "embeds-check.py"


def pack(site: Path, archive: Path) -> int:
    """Write the archive; the same site gives the same bytes.

    Returns:
        The number of its files.
    """
    more = {f"{_TOP}/copy.json": _edition(site), _CHECK.name: _CHECK.read_bytes()}
    return write_zip(site / EMBEDS, archive, _TOP, lambda content: _LIVE.sub(b"", content), more)


def _edition(site: Path) -> bytes:
    """Return which guide and which release a copy was made from: the day is that of the release, if it was recorded."""
    index, changes = (json.loads((site / API / name).read_text("utf-8")) for name in ("index.json", "changes.json"))
    days = {release["version"]: release["day"] for release in changes["releases"]}
    made = {key: index[key] for key in ("name", "address", "version")}
    return json.dumps({**made, "day": days.get(made["version"], index["day"])}, ensure_ascii=False).encode() + b"\n"


def write_zip(
    folder: Path,
    archive: Path,
    top: str,
    change: Callable[[bytes], bytes] = bytes,
    more: Mapping[str, bytes] | None = None,
) -> int:
    """Pack a folder; the same files give the same bytes.

    Args:
        folder: The folder to pack.
        archive: The file to write.
        top: The name of the folder in the archive.
        change: Returns what is packed in place of the content of a file.
        more: Other files: what they hold, by their paths in the archive.

    Returns:
        The number of files in the archive.
    """
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    with replaced_file(archive) as fresh, zipfile.ZipFile(fresh, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in files:
            _add(packed, f"{top}/{path.relative_to(folder).as_posix()}", change(path.read_bytes()))
        for name, content in (more or {}).items():
            _add(packed, name, content)
    return len(files) + len(more or {})


def _add(packed: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, _DAY)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    packed.writestr(entry, content)


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
