"""What a frame of each kind costs the reader of another site: bytes, requests, and the time until it is drawn."""

import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import brotli
from playwright.sync_api import Browser, sync_playwright

from bench.run import Row, in_seconds, whole
from guide.commands.screenshot import served
from guide.model.addresses import EMBEDS
from guide.outputs.embeds import KINDS

BYTES, REQUESTS, DRAWN = 20_000, 3, 1.0
ALL_SOURCES = "page/reference--sources"
"""The page that lists every source of the guide may be heavier than the others, and is left out."""

ROUNDS = 5

# Seconds from the start of a frame's document to its first words.
FIRST_WORDS = """() => new Promise((done) => new PerformanceObserver((list) => {
  const first = list.getEntries().find((entry) => entry.name === "first-contentful-paint");
  if (first) done(first.startTime / 1000);
}).observe({ type: "paint", buffered: true }))"""


@dataclass
class Cost:
    """What one frame costs.

    Attributes:
        name: Kind and id of what it shows.
        size: Bytes of all that it loads, as brotli packs them.
        requests: How many there are, that of the document among them.
        drawn: Seconds until its first words are drawn, on this machine, once a round.
    """

    name: str
    size: int
    requests: int
    drawn: list[float]


def rows(site: Path, rounds: int = ROUNDS) -> list[Row]:
    """Measure the heaviest embed of each kind in a built site, for the table of the bench."""
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=os.environ.get("GUIDE_CHROMIUM"), args=arguments)
        costs = measure(site, browser, rounds)
        browser.close()
    found = []
    for cost in costs:
        found.append(Row(f"Embed {cost.name}: bytes", [cost.size], BYTES, whole))
        found.append(Row(f"Embed {cost.name}: requests", [cost.requests], REQUESTS, whole))
        found.append(Row(f"Embed {cost.name}: drawn after", cost.drawn, DRAWN, in_seconds))
    return found


def measure(site: Path, browser: Browser, rounds: int = ROUNDS) -> list[Cost]:
    """Show the heaviest embed of each kind to a browser that has kept nothing, in a frame of another page."""
    found = []
    with served(site) as address:
        for name in heaviest(site):
            turns = [_draw(browser, address, f"{address}{EMBEDS}{name}/") for _ in range(rounds)]
            files = [site / urlsplit(asked).path.lstrip("/") for asked in turns[0][1]]
            sizes = [packed(file / "index.html" if file.is_dir() else file) for file in files]
            found.append(Cost(name, sum(sizes), len(sizes), [drawn for drawn, _ in turns]))
    return found


def heaviest(site: Path) -> list[str]:
    """Give the kind and id of the largest embed of each kind, in the order of the kinds."""
    found = []
    for kind in KINDS:
        sizes = {
            f"{kind}/{page.parent.name}": page.stat().st_size for page in (site / EMBEDS / kind).glob("*/index.html")
        }
        sizes.pop(ALL_SOURCES, None)
        largest = sorted(sizes, key=lambda name: (-sizes[name], name))[:5]
        found += sorted(largest, key=lambda name: -packed(site / EMBEDS / name / "index.html"))[:1]
    return found


def packed(path: Path) -> int:
    """Give the bytes of a file as a web server sends it."""
    return len(brotli.compress(path.read_bytes(), quality=11))


def _draw(browser: Browser, address: str, source: str) -> tuple[float, list[str]]:
    """Open a page with one frame; gives the seconds until its first words, and the addresses that it asked for."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(f"{address}404.html")
    page.wait_for_load_state("networkidle")
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page.set_content(f'<iframe src="{source}" title="Embed" width="720" height="600"></iframe>')
    drawn = float(page.frames[1].evaluate(FIRST_WORDS))
    page.wait_for_load_state("networkidle")
    context.close()
    return drawn, asked
