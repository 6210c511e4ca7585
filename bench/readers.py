"""What a browser loads before its reader touches anything: pages, stock Material's start page, and embeds in a frame.

Then how long each page for readers is on a phone, in screens, before its sources.

Bytes are those of the files that the browser asks for, as brotli compresses them. The browser has kept nothing.
"""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ViewportSize

from bench.measure import Row, built, chromium, packed, run, stock_command
from bench.sites import write_twin
from guide.commands.screenshot import served
from guide.model.addresses import EMBEDS, page_address
from guide.model.registry import embed_kinds
from guide.reading.pages import read_pages
from guide.reading.records import load_guide

ROUNDS = 5
PAGE_BYTES, PAGE_REQUESTS = 45_000, 6
EMBED_BYTES, EMBED_REQUESTS, EMBED_DRAWN = 20_000, 3, 1.0
OWN_BYTES, OWN_REQUESTS = 12_000, 2
"""What an embed may load beside that for a component with a style sheet and a script of its own, such as a tool."""
LISTS = ("page/reference--sources", "page/reference--glossary")
SCREENS = 8
PHONE: ViewportSize = {"width": 390, "height": 844}

# Seconds from the start of a document to its first words.
FIRST_WORDS = """() => new Promise((done) => new PerformanceObserver((list) => {
  const first = list.getEntries().find((entry) => entry.name === "first-contentful-paint");
  if (first) done(first.startTime / 1000);
}).observe({ type: "paint", buffered: true }))"""

# Pixels from the top of a page to the heading of its sources; to its foot, if it cites none.
BEFORE_SOURCES = """() => {
  const folded = document.querySelector(".guide-text > details:has(> ol.guide-sources)");
  const end = folded ? folded.previousElementSibling : document.querySelector(".guide-foot");
  return end.getBoundingClientRect().top + scrollY;
}"""

# Headless browsers don't ask for the icon; others do.
ICONS = "() => [...document.querySelectorAll('link[rel=icon]')].map((link) => link.href)"


@dataclass
class Visit:
    """What one visit loads, as paths below the site's root, its bytes, and the seconds until its first words."""

    requests: list[str]
    size: int
    drawn: float


def visit(browser: Browser, site: Path, path: str, *, framed: bool = False) -> Visit:
    """Open an address of a built site.

    Args:
        browser: It keeps nothing from one visit to the next.
        site: The folder of the site.
        path: The address below its root, e.g. `reference/glossary/`.
        framed: Show it in a frame of another page, and count the frame alone.
    """
    asked: list[str] = []
    with served(site) as root, browser.new_context(viewport={"width": 1280, "height": 800}) as context:
        page = context.new_page()
        if framed:
            page.goto(f"{root}404.html", wait_until="networkidle")
        context.on("request", lambda request: asked.append(request.url))
        if framed:
            page.set_content(f'<iframe src="{root}{path}" title="Embed" width="720" height="600"></iframe>')
        else:
            page.goto(root + path)
        drawn = float((page.frames[-1] if framed else page.main_frame).evaluate(FIRST_WORDS))
        page.wait_for_load_state("networkidle")
        asked += [] if framed else page.evaluate(ICONS)
    requests = list(dict.fromkeys(urlsplit(url).path.removeprefix("/") for url in asked))
    files = [site / request for request in requests]
    return Visit(requests, sum(packed(file / "index.html" if file.is_dir() else file) for file in files), drawn)


def embed_limit(visit: Visit) -> int:
    """Return how many bytes an embed may load, by whether it loads files of a component's own."""
    return EMBED_BYTES + (OWN_BYTES if len(visit.requests) > EMBED_REQUESTS else 0)


def heaviest_embeds(site: Path) -> list[str]:
    """Return the kind and id of the heaviest embed of each kind, in the order of the kinds."""
    names = []
    for kind in embed_kinds():
        sizes = {f"{kind}/{page.parent.name}": packed(page) for page in (site / EMBEDS / kind).glob("*/index.html")}
        # What lists all sources or terms may be heavier.
        sizes = {name: size for name, size in sizes.items() if not name.startswith(LISTS)}
        names += sorted(sizes, key=lambda name: (-sizes[name], name))[:1]
    return names


def rows(root: Path, rounds: int) -> Iterator[Row]:
    """Visit a page of each kind, stock Material's start page, and the heaviest embed of each kind."""
    with built(root) as site, tempfile.TemporaryDirectory() as twin, chromium() as browser:
        for name, path in _chosen_pages(root, site).items():
            loaded = visit(browser, site, path)
            yield Row(f"First visit, {name}: bytes", [loaded.size], PAGE_BYTES)
            yield Row(f"First visit, {name}: requests", [len(loaded.requests)], PAGE_REQUESTS)
        write_twin(root, Path(twin, "twin"))
        run(*stock_command("build", Path(twin, "twin")))
        loaded = visit(browser, Path(twin, "twin", "site"), "")
        yield Row("First visit, start page of the plain twin: bytes", [loaded.size])
        yield Row("First visit, start page of the plain twin: requests", [len(loaded.requests)])
        for name in heaviest_embeds(site):
            visits = [visit(browser, site, f"{EMBEDS}{name}/", framed=True) for _ in range(rounds)]
            yield Row(f"Embed {name}: bytes", [visits[0].size], embed_limit(visits[0]))
            yield Row(f"Embed {name}: requests", [len(visits[0].requests)], EMBED_REQUESTS)
            yield Row(f"Embed {name}: first words", [one.drawn for one in visits], EMBED_DRAWN, "{:.2f} s")
        lengths = _screens(browser, root, site)
        yield Row("Pages for readers: screens of a phone", list(lengths.values()), SCREENS, "{:.1f}")
        for address, length in sorted(lengths.items(), key=lambda pair: -pair[1]):
            yield Row(f"/{address}: screens of a phone", [length], SCREENS, "{:.1f}")


def _screens(browser: Browser, root: Path, site: Path) -> dict[str, float]:
    """Return the length of each page that isn't about the guide itself, by its address, in screens."""
    apart = load_guide(root / "data").settings.plain_sections
    paths = [path for path in read_pages(root / "docs")[0] if path.partition("/")[0] not in apart]
    with served(site) as address, browser.new_context(viewport=PHONE) as context:
        page = context.new_page()
        lengths = {}
        for path in paths:
            page.goto(address + page_address(path))
            lengths[page_address(path)] = page.evaluate(BEFORE_SOURCES) / PHONE["height"]
    return lengths


def _chosen_pages(root: Path, site: Path) -> dict[str, str]:
    """Return the address of a page of each kind; where there are several, of the heaviest."""
    pages = read_pages(root / "docs")[0].items()

    def heaviest(call: str = "") -> str:
        chosen = [page_address(path) for path, page in pages if not call or call in {its.name for its in page.calls}]
        return max(chosen, key=lambda address: packed(site / address / "index.html"))

    return {
        "start page": "",
        "help page": page_address(load_guide(root / "data").settings.help_page),
        "heaviest page with a comparison": heaviest("comparison_table"),
        "heaviest page with a checklist": heaviest("checklist"),
        "heaviest page": heaviest(),
    }
