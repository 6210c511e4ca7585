"""Draw the icon for the home screens of phones from the site's SVG icon: `make touch-icon`."""

import argparse
import base64
import os
import re
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[2]
SIZE = 180
"""Width and height in pixels, as phones want it."""


def sheet(svg: str) -> str:
    """Return a page that shows the icon. Its transparent corners get the color of its first shape."""
    background = re.search(r'fill="(#[0-9a-f]{6})"', svg)
    source = base64.b64encode(svg.encode()).decode()
    return (
        f'<body style="margin: 0; background: {background[1] if background else "#ffffff"}">'
        f'<img src="data:image/svg+xml;base64,{source}" width="{SIZE}" height="{SIZE}" alt="">'
    )


def draw(svg: str) -> bytes:
    """Return an SVG picture as PNG."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("GUIDE_CHROMIUM"),
            # Chromium has no sandbox for root.
            args=["--no-sandbox"] if os.geteuid() == 0 else [],
        )
        page = browser.new_page(viewport={"width": SIZE, "height": SIZE}, device_scale_factor=1)
        page.set_content(sheet(svg), wait_until="load")
        image = page.screenshot()
        browser.close()
    return image


def main(arguments: list[str] | None = None) -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--assets", type=Path, default=ROOT / "docs" / "assets", help="the folder of favicon.svg")
    options = parser.parse_args(arguments)
    output = options.assets / "touch-icon.png"
    output.write_bytes(draw((options.assets / "favicon.svg").read_text("utf-8")))
    print(f"{output}: {output.stat().st_size:,} bytes", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
