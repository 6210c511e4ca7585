"""Take the README's screenshot: `make screenshot`.

The site is built into a temporary folder and served on this machine only, and one page is opened in Chromium. Size,
colors, motion and language are fixed. Fonts are the system's, so two machines can differ by a few pixels.
"""

import argparse
import os
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import sync_playwright

from guide.commands.build import build

ROOT = Path(__file__).parents[2]
SIZE = {"width": 1280, "height": 800}
LIMIT = 200_000
# Pixels for the sticky header.
_ROOM = 80


class _Quiet(SimpleHTTPRequestHandler):
    """Serves files without logging."""

    def log_message(self, format: str, *args: object) -> None:
        """Log nothing."""


@contextmanager
def served(site: Path) -> Iterator[str]:
    """Serve a folder on a free port of the loopback interface; yields its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site))) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()


def take(address: str, part: str) -> bytes:
    """Open a page, and return a picture of the window as PNG.

    Args:
        address: The address of the page.
        part: A selector whose first match is scrolled to the top, below the sticky header; "" for no scrolling.

    Raises:
        LookupError: The page has no such part.
    """
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("GUIDE_CHROMIUM"),
            # Chromium has no sandbox for root.
            args=["--no-sandbox"] if os.geteuid() == 0 else [],
        )
        page = browser.new_page(
            viewport=SIZE,  # type: ignore[arg-type]
            device_scale_factor=1,
            color_scheme="light",
            reduced_motion="reduce",
            locale="en-US",
            timezone_id="UTC",
        )
        page.goto(address, wait_until="load")
        page.evaluate("document.fonts.ready")
        if part:
            matches = page.locator(part)
            if not matches.count():
                raise LookupError(f'{address} has no "{part}"')
            matches.first.evaluate(f"element => scrollBy(0, element.getBoundingClientRect().top - {_ROOM})")
        image = page.screenshot(animations="disabled", caret="hide")
        browser.close()
    return image


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 1 if the site could not be built, or the picture is too large."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--root", type=Path, default=ROOT, help="the folder that holds mkdocs.yml")
    parser.add_argument("--page", default="understand/levels-of-care/", help="path of the page in the site")
    parser.add_argument("--part", default=".guide-comparison", help="selector of what to move to the top")
    parser.add_argument("--output", type=Path, default=ROOT / ".github" / "screenshot.png", help="the file to write")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder, "site")
        problems = build(options.root.resolve(), site).problems
        if problems:
            print(*problems, "The site cannot be built, so there is nothing to show.", sep="\n", file=sys.stderr)
            return 1
        with served(site) as address:
            try:
                image = take(address + options.page, options.part)
            except LookupError as error:
                print(f"{error}. Choose another page or part: --page, --part.", file=sys.stderr)
                return 1
    if len(image) > LIMIT:
        print(f"The picture has {len(image):,} bytes; the limit is {LIMIT:,}. Choose a plainer page.", file=sys.stderr)
        return 1
    options.output.parent.mkdir(parents=True, exist_ok=True)
    options.output.write_bytes(image)
    print(f"{options.output}: {len(image):,} bytes", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
