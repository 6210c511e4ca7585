"""The icon for phones is the site's own picture."""

from __future__ import annotations

import base64

import pytest
from playwright.sync_api import Browser

from guide.commands.touch_icon import SIZE, sheet
from tests.factories import ROOT

pytestmark = pytest.mark.browser

ASSETS = ROOT / "docs" / "assets"
# The mean difference of two pictures, a channel a pixel, of 255.
DIFFERENCE = """async ([one, two, size]) => {
  const pixels = async (png) => {
    const image = new Image();
    image.src = "data:image/png;base64," + png;
    await image.decode();
    const canvas = Object.assign(document.createElement("canvas"), {width: size, height: size});
    canvas.getContext("2d").drawImage(image, 0, 0);
    return [image.width, image.height, canvas.getContext("2d").getImageData(0, 0, size, size).data];
  };
  const [[width, height, a], [, , b]] = [await pixels(one), await pixels(two)];
  if (width !== size || height !== size) return 255;
  return a.reduce((sum, value, at) => sum + Math.abs(value - b[at]), 0) / a.length;
}"""


def test_committed_icon_is_that_of_the_svg(browser: Browser) -> None:
    """Versions of Chromium differ by a shade at the edges; another picture differs by far more."""
    page = browser.new_page(viewport={"width": SIZE, "height": SIZE})
    svg = (ASSETS / "favicon.svg").read_text("utf-8")

    def difference(picture: str) -> float:
        page.set_content(sheet(picture), wait_until="load")
        pictures = [(ASSETS / "touch-icon.png").read_bytes(), page.screenshot()]
        return float(page.evaluate(DIFFERENCE, [*(base64.b64encode(each).decode() for each in pictures), SIZE]))

    assert difference(svg) < 1
    assert difference(svg.replace("</svg>", '<circle cx="0" cy="0" r="24"/></svg>')) > 1, "the test can tell"
    page.close()
