"""Make a built site ready for a server: compressed copies beside its files, and its headers and redirects: `make host`.

Caddy and nginx serve the copies as they are, so nothing is compressed while readers wait.
"""

import argparse
import gzip
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import brotli

from macros.hosting import Hosting
from macros.loading import read_guide
from macros.policy import Inline

TEXT = {".css", ".csv", ".html", ".js", ".json", ".svg", ".xml"}
SMALL = 512
"""Bytes below which a copy saves nothing."""


def compress(path: Path) -> None:
    """Write a file's copies; the same file gives the same bytes."""
    content = path.read_bytes()
    path.with_name(f"{path.name}.br").write_bytes(brotli.compress(content, mode=brotli.MODE_TEXT))
    path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(content, mtime=0))


def worth_it(site: Path) -> Iterator[Path]:
    """Give the files that have copies."""
    for path in sorted(site.rglob("*")):
        if path.suffix in TEXT and path.stat().st_size >= SMALL:
            yield path


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 1 if there is no site."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--root", type=Path, default=Path.cwd(), help="the folder that holds data/")
    parser.add_argument("--site", type=Path, help="the built site (default: site/ in the root)")
    options = parser.parse_args(arguments)
    root = options.root.resolve()
    site = (options.site or root / "site").resolve()
    if not (site / "index.html").is_file():
        print(f"{site}: holds no site. Run make build first.", file=sys.stderr)
        return 1
    with ProcessPoolExecutor() as processes:
        count = len(list(processes.map(compress, worth_it(site), chunksize=16)))
    hosting = Hosting.of_guide(read_guide(root / "data")[0], site, Inline.of_theme(root / "docs"))
    folder = site.with_name(f"{site.name}-host")
    folder.mkdir(exist_ok=True)
    (folder / "Caddyfile").write_text(hosting.caddy(), "utf-8", newline="\n")
    (folder / "nginx-maps.conf").write_text(hosting.nginx_maps(), "utf-8", newline="\n")
    (folder / "nginx.conf").write_text(hosting.nginx(), "utf-8", newline="\n")
    print(f"{site}: {count} files have compressed copies. {folder}: headers and redirects.", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
