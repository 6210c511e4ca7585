"""Prepare a built site for a server, with compressed copies of its files, headers and redirects: `make host`.

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

_COMPRESSIBLE = {".css", ".csv", ".html", ".js", ".json", ".svg", ".xml"}
COPIES = (".br", ".gz")
_SMALLEST = 512
"""Bytes below which compression saves nothing."""


def compress(path: Path) -> None:
    """Write the compressed copies of a file. The same file gives the same bytes."""
    content = path.read_bytes()
    path.with_name(f"{path.name}.br").write_bytes(brotli.compress(content, mode=brotli.MODE_TEXT))
    path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(content, mtime=0))


def _compressible_files(site: Path) -> Iterator[Path]:
    """Return the files that are worth compressing."""
    for path in sorted(site.rglob("*")):
        if path.suffix in _COMPRESSIBLE and path.stat().st_size >= _SMALLEST:
            yield path


def _add_copies(site: Path, fresh: Path, shown: Progress) -> int:
    """Copy a site to an empty folder, add compressed copies, and return the number of files that have them."""
    copies = shutil.ignore_patterns(*(f"*{end}" for end in COPIES))
    shutil.copytree(site, fresh, ignore=copies, copy_function=_link, dirs_exist_ok=True)
    files = list(_compressible_files(fresh))
    with ProcessPoolExecutor(initializer=_begin, initargs=(os.getpid(),)) as processes:
        for count, _ in enumerate(processes.map(compress, files, chunksize=16), 1):
            shown.show(f"Compressing: {count} of {len(files)}")
    return len(files)


def _begin(parent: int) -> None:
    """Let the parent process handle Ctrl+C, and end with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    end_with(parent)


def _link(source: str, target: str) -> None:
    """Hard-link a file into another folder, or copy it where the file system has no hard links."""
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
    # The configuration is next to the site and not in it, so that no server shows it.
    folder, settings_folder = site_folder(site), OutputFolder(site.with_name(f"{site.name}-host"), ("Caddyfile",))
    with (
        progress("Compressing") as shown,
        readable_by_servers(),
        folder.replacement() as fresh,
        settings_folder.replacement() as settings,
    ):
        count = _add_copies(site, fresh, shown)
        guide = read_guide(root / "data")[0]
        hosting = Hosting.of_guide(guide, fresh, Inline.of_theme(guide.settings.brand))
        (settings / "Caddyfile").write_text(hosting.caddy(), "utf-8", newline="\n")
        (settings / "nginx-maps.conf").write_text(hosting.nginx_maps(), "utf-8", newline="\n")
        (settings / "nginx.conf").write_text(hosting.nginx(), "utf-8", newline="\n")
        folder.publish(fresh)
        settings_folder.publish(settings)
    print(
        f"{site}: {count:,} files have compressed copies. {settings_folder.path}: headers and redirects.",
        file=sys.stderr,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
