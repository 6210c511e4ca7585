"""Make a built site ready for a server: compressed copies beside its files, and its headers and redirects: `make host`.

Caddy and nginx serve the copies as they are, so nothing is compressed while readers wait.
"""

import argparse
import gzip
import os
import shutil
import signal
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import brotli

from guide.commands.output_folder import OutputFolder, built_site, readable_by_servers, site_folder
from guide.commands.progress import Progress, progress
from guide.engine.processes import end_with
from guide.outputs.hosting import Hosting
from guide.outputs.security_policy import Inline
from guide.reading.records import read_guide

TEXT = {".css", ".csv", ".html", ".js", ".json", ".svg", ".xml"}
COPIES = (".br", ".gz")
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


def add_copies(site: Path, fresh: Path, shown: Progress) -> int:
    """Fill an empty folder with a site and the compressed copies of its files, and return how many those are."""
    copies = shutil.ignore_patterns(*(f"*{end}" for end in COPIES))
    shutil.copytree(site, fresh, ignore=copies, copy_function=_link, dirs_exist_ok=True)
    files = list(worth_it(fresh))
    with ProcessPoolExecutor(initializer=_begin, initargs=(os.getpid(),)) as processes:
        for count, _ in enumerate(processes.map(compress, files, chunksize=16), 1):
            shown.show(f"Compressing: {count} of {len(files)}")
    return len(files)


def _begin(parent: int) -> None:
    """Leave Ctrl+C to the process that started this one, and end with that."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    end_with(parent)


def _link(source: str, target: str) -> None:
    """Put a file into another folder without copying it, where the file system can do that."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 1 if there is no site."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--root", type=Path, default=Path.cwd(), help="the folder that holds data/")
    parser.add_argument("--site", type=Path, help="the built site (default: site/ in the root)")
    options = parser.parse_args(arguments)
    root = options.root.resolve()
    site = built_site(options.site or root / "site")
    if not (site / "index.html").is_file():
        print(f"{site}: holds no site. Run make build first.", file=sys.stderr)
        return 1
    # What depends on the site lies beside it, so that no server shows it.
    folder, beside = site_folder(site), OutputFolder(site.with_name(f"{site.name}-host"), ("Caddyfile",))
    with (
        progress("Compressing") as shown,
        readable_by_servers(),
        folder.replacement() as fresh,
        beside.replacement() as settings,
    ):
        count = add_copies(site, fresh, shown)
        hosting = Hosting.of_guide(read_guide(root / "data")[0], fresh, Inline.of_theme())
        (settings / "Caddyfile").write_text(hosting.caddy(), "utf-8", newline="\n")
        (settings / "nginx-maps.conf").write_text(hosting.nginx_maps(), "utf-8", newline="\n")
        (settings / "nginx.conf").write_text(hosting.nginx(), "utf-8", newline="\n")
        folder.publish(fresh)
        beside.publish(settings)
    print(f"{site}: {count:,} files have compressed copies. {beside.path}: headers and redirects.", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
