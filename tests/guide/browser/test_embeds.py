"""Embeds on the pages of other sites: another origin, every sandbox, a strict policy, a keyboard, hostile neighbors."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import zipfile
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Frame, Locator, Page, expect
from pypdf import PdfReader

from bench.readers import EMBED_REQUESTS, OWN_REQUESTS, embed_limit, heaviest_embeds, visit
from guide.commands.embeds_zip import pack
from guide.model.addresses import EMBEDS, PAGE, embed_path, page_id
from guide.model.registry import embed_kinds
from guide.outputs.embeds import THEMES
from guide.reading.records import load_guide
from tests.browser.conftest import SOURCES, STICKS_OUT, Opener
from tests.browser.test_axe import violations
from tests.browser.test_embeds import SNIPPET, Clinic, fits, is_wide, shown, wait_until
from tests.factories import OWN_PARTS, ROOT
from tests.outputs.test_embeds import as_wordpress_shows_it, discovered
from tests.outputs.test_handouts import squeezed
from tests.trees import Node, parse

pytestmark = [pytest.mark.browser, pytest.mark.site]

SANDBOXES = {"none": None, "empty": "", "scripts": "allow-scripts", "snippet": SNIPPET}
WIDTHS = [320, 480, 720, 1200]
EMBED_KINDS = [kind for kind in embed_kinds() if kind not in OWN_PARTS]
"""Those of the generator: a kind that a guide has just added may have no record yet."""
KEPT = """() => {
  try { return localStorage.length + sessionStorage.length + document.cookie.length; } catch { return 0; }
}"""


@pytest.fixture(scope="module")
def kinds(site_folder: Path) -> dict[str, str]:
    """One embed of each kind: the longest, by its kind and id."""
    found = {}
    led_on = {gone.address for gone in load_guide(ROOT / "data").withdrawn.values() if gone.shows}
    for kind in EMBED_KINDS:
        pages = sorted((site_folder / "embed/v1" / kind).glob("*/index.html"), key=lambda path: path.stat().st_size)
        pages = [path for path in pages if f"{kind}/{path.parent.name}" not in led_on]
        found[kind] = f"{kind}/{pages[-2 if kind == 'page' else -1].parent.name}"
    return found


@pytest.mark.parametrize("sandbox", SANDBOXES)
def test_content_is_complete_in_every_sandbox(clinic: Clinic, kinds: dict[str, str], sandbox: str) -> None:
    page = clinic.show("".join(clinic.frame(name, sandbox=SANDBOXES[sandbox]) for name in kinds.values()))
    for index in range(len(kinds)):
        inside = shown(page, index)
        assert inside.locator("h1").count() == 1
        assert inside.locator("footer li").count() >= 4
        assert inside.locator("main").evaluate("main => getComputedStyle(main).paddingLeft") != "0px", "style sheet"
        assert inside.evaluate("document.documentElement.scrollHeight > innerHeight"), "it scrolls in a fixed height"


@pytest.mark.parametrize("sandbox", ["none", "scripts", "snippet"])
def test_height_is_right_at_every_width(clinic: Clinic, kinds: dict[str, str], sandbox: str) -> None:
    frames = "".join(clinic.frame(name, sandbox=SANDBOXES[sandbox]) for name in kinds.values())
    page = clinic.show(frames + clinic.script, head="<style>body{margin:0}</style>")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        for index, name in enumerate(kinds.values()):
            # A browser does not lay out frames anew that nobody sees.
            page.locator("iframe").nth(index).scroll_into_view_if_needed()
            inside = shown(page, index)
            # The frame learns of the new width, and the host of the new height, each in its own time.
            wait_until(partial(is_wide, inside, width), page)
            wait_until(lambda index=index: fits(page, index), page)  # type: ignore[misc]
            assert inside.evaluate("document.documentElement.scrollWidth <= innerWidth"), (name, width)


def test_host_prints_all_of_it(clinic: Clinic, kinds: dict[str, str]) -> None:
    """Paper is narrower than the screen, and shows the sources that are closed on it."""
    page = clinic.show(clinic.frame(kinds["care-card"]) + clinic.script, width=1200)
    wait_until(lambda: fits(page), page)
    words = shown(page).evaluate(
        """[...document.querySelectorAll('p:not(.guide-bar__numbers), li')]
          .filter((e) => !e.closest('[hidden]')).map((e) => e.textContent)"""
    )
    printed = squeezed(" ".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(page.pdf())).pages))
    assert len(words) > 20
    assert [text for text in words if squeezed(text) not in printed] == []
    assert fits(page), "and on the screen all is as before"


def test_height_follows_what_opens(clinic: Clinic, kinds: dict[str, str]) -> None:
    page = clinic.show(clinic.frame(kinds["comparison"]) + clinic.script, width=360)
    wait_until(lambda: fits(page), page)
    before = page.locator("iframe").evaluate("frame => frame.clientHeight")
    shown(page).locator(".guide-embed__sources summary").click()
    wait_until(lambda: fits(page) and page.locator("iframe").evaluate("frame => frame.clientHeight") > before, page)


@pytest.mark.parametrize("css", ["*{box-sizing:border-box} iframe{border:5px solid}", "iframe{height:100%}"])
def test_height_is_right_in_spite_of_the_hosts_style(clinic: Clinic, kinds: dict[str, str], css: str) -> None:
    page = clinic.show(clinic.frame(kinds["chart"]) + clinic.script, head=f"<style>{css}</style>")
    wait_until(lambda: fits(page), page)


def test_script_that_comes_late_asks_again(clinic: Clinic, kinds: dict[str, str]) -> None:
    page = clinic.show(clinic.frame(kinds["chart"]))
    shown(page)
    page.wait_for_timeout(300)
    assert not fits(page)
    page.add_script_tag(url=f"{clinic.site}embed/v1/embed.js")
    wait_until(lambda: fits(page), page)


@pytest.mark.parametrize("scripts", [True, False])
def test_strict_policy_of_the_host(clinic: Clinic, kinds: dict[str, str], scripts: bool) -> None:
    source = clinic.site.rstrip("/")
    policy = f"default-src 'none'; frame-src {source}; script-src {source if scripts else chr(39) + 'none' + chr(39)}"
    body = clinic.frame(kinds["checklist"], loading="lazy", referrerpolicy="no-referrer")
    headers = {"Content-Security-Policy": policy, "Referrer-Policy": "no-referrer"}
    page = clinic.show(body + (clinic.script if scripts else ""), headers=headers)
    assert shown(page).locator("input[type=checkbox]").count() > 3
    if scripts:
        wait_until(lambda: fits(page), page)


def test_host_without_javascript(clinic: Clinic, kinds: dict[str, str]) -> None:
    page = clinic.show(clinic.frame(kinds["comparison"]) + clinic.script, java_script_enabled=False)
    inside = page.frame_locator("iframe")
    expect(inside.locator("table")).to_be_visible()
    inside.locator("footer a").first.scroll_into_view_if_needed()
    expect(inside.locator("footer a").first).to_be_in_viewport()


# As the builder and WordPress write it


def test_ready_code_works_as_it_is(clinic: Clinic, open_page: Opener) -> None:
    builder = open_page("for-clinics/embed/#checklist/questions-to-ask-a-program")
    code = builder.locator("#guide-builder-code").input_value()
    link = builder.locator("#guide-builder-link").input_value()
    root = link.partition("embed/v1/")[0]
    page = clinic.show(code.replace(root, clinic.site))
    wait_until(lambda: fits(page), page)
    frame = page.locator("iframe")
    assert frame.get_attribute("title")
    assert frame.get_attribute("loading") == "lazy"
    assert frame.get_attribute("referrerpolicy") == "no-referrer"
    expect(page.locator("iframe ~ p a").first).to_be_visible()
    assert "style=" not in code


def test_a_site_builder_frames_the_address_made_for_it(clinic: Clinic, open_page: Opener) -> None:
    """A host's server may forbid to frame a whole page, so its own address is for links alone."""
    builder = open_page("for-clinics/embed/#page/help-now")
    builder.locator("#guide-builder-theme").select_option("dark")
    address = builder.locator("#guide-builder-framed").input_value()
    path = embed_path("page/help-now", "dark")
    assert address.endswith(f"/{path}")
    assert builder.locator("#guide-builder-link").input_value() == f"{address.removesuffix(path)}help-now/"
    page = clinic.show(f'<iframe src="{clinic.site}{path}" title="Help now"></iframe>')
    expect(page.frame_locator("iframe").locator("h1")).to_be_visible()


SECRET = "abcDEF1234"
# What WordPress's own script does (wp-embed.js, 6.1), as far as it answers: tests/guide/wordpress/ has the real one.
ANSWERING = """<script>
window.said = [];
addEventListener("message", function (event) {
  var frame = document.querySelector("iframe"), data = event.data;
  if (data.secret !== "SECRET" || event.source !== frame.contentWindow) return;
  said.push(data);
  if (ANSWERS && data.message === "height") frame.height = Math.min(1000, Math.max(200, ~~data.value));
});
</script>"""


def in_wordpress(
    clinic: Clinic, name: str, *, answers: bool = True, sandbox: str = "allow-scripts", width: int = 760
) -> Page:
    """Show an embed as WordPress does: a secret in its address, and one who answers it, or nobody."""
    script = ANSWERING.replace("SECRET", SECRET).replace("ANSWERS", str(answers).lower())
    source = f"{clinic.site}{embed_path(name)}#?secret={SECRET}"
    frame = f'<iframe src="{source}" title="x" width="100%" height="480" sandbox="{sandbox}"></iframe>'
    page = clinic.show(script + frame, width=width)
    shown(page)
    return page


def host_links(page: Page) -> list[str]:
    """Give what a frame has asked WordPress to open."""
    found: list[str] = page.evaluate("said.filter(data => data.message === 'link').map(data => data.value)")
    return found


def test_wordpress_shows_every_kind(clinic: Clinic, kinds: dict[str, str], site_folder: Path) -> None:
    """Height by message, links to the host of the guide through WordPress, all other links written out."""
    for name in kinds.values():
        address = discovered((site_folder / embed_path(name) / "index.html").read_bytes())
        described = json.loads((site_folder / urlsplit(address).path.lstrip("/")).read_text("utf-8"))
        assert urlsplit(as_wordpress_shows_it(described)["src"]).path == f"/{embed_path(name)}"
        page = in_wordpress(clinic, name)
        inside = shown(page)
        wait_until(lambda page=page: fits(page) or page.locator("iframe").get_attribute("height") == "1000", page)  # type: ignore[misc]
        # The test's site is not at the address that it was built for.
        left = inside.locator("a[href]").evaluate_all("links => links.map(link => link.getAttribute('href'))")
        assert left and all(href.startswith(("#", "../", "sources/")) for href in left), name
        assert inside.locator("footer").get_by_text("blocks phone links").count() == 1


def linked_home(inside: Frame, site: str) -> Locator:
    """Put a link to a page of the guide into a frame, where the site is: its own are for where it was built for."""
    inside.locator("footer").evaluate(
        """(foot, href) => {
          foot.innerHTML = `<a id="whole" target="_blank" rel="noopener" href="${href}">Read the whole page</a>`;
          addEventListener("click", (event) => { window.prevented = event.defaultPrevented; });
        }""",
        f"{site}help-now/",
    )
    return inside.locator("#whole")


def test_wordpress_that_answers_opens_the_page(clinic: Clinic, kinds: dict[str, str]) -> None:
    page = in_wordpress(clinic, kinds["chart"])
    wait_until(
        lambda: bool(page.evaluate("innerWidth") and page.locator("iframe").get_attribute("height") != "480"), page
    )
    inside = shown(page)
    wait_until(lambda: "answered" in inside.evaluate("window.name"), page)
    linked_home(inside, clinic.site).click()
    wait_until(lambda: host_links(page) == [f"{clinic.site}help-now/"], page)
    assert inside.evaluate("window.prevented") is True


def test_wordpress_that_answers_late_is_told_again(clinic: Clinic, kinds: dict[str, str]) -> None:
    page = in_wordpress(clinic, kinds["chart"], answers=False)
    wait_until(lambda: page.evaluate("said.length > 0"), page)
    page.evaluate("said.length = 0")
    ready = "secret => frames[0].postMessage({message: 'ready', secret}, '*')"
    page.evaluate(ready, "anotherSecret")
    page.evaluate(ready, SECRET)
    wait_until(lambda: page.evaluate("said.filter(data => data.message === 'height').length === 1"), page)
    inside = shown(page)
    linked_home(inside, clinic.site).click()
    wait_until(lambda: host_links(page) == [f"{clinic.site}help-now/"], page)
    assert inside.evaluate("window.prevented") is True


def test_link_is_left_alone_where_nobody_answers(clinic: Clinic, kinds: dict[str, str]) -> None:
    """Such a frame may allow new tabs, and then the link works by itself."""
    page = in_wordpress(clinic, kinds["chart"], answers=False, sandbox=SNIPPET)
    link = linked_home(shown(page), clinic.site)
    with page.context.expect_page() as opened:
        link.click()
    opened.value.wait_for_load_state()
    assert opened.value.url == f"{clinic.site}help-now/"
    assert shown(page).evaluate("window.prevented") is False


def test_numbers_and_addresses_stay_readable_where_links_are_blocked(
    clinic: Clinic, kinds: dict[str, str], site_folder: Path
) -> None:
    for name in ("page/help-now", kinds["helplines"], kinds["care-card"]):
        bare = parse((site_folder / embed_path(name) / "index.html").read_text("utf-8").replace("<!doctype html>", ""))
        text = shown(in_wordpress(clinic, name)).locator("body").text_content() or ""
        wanted = [link.attrs["href"] for link in bare.find_all("a") if ":" in link.attrs["href"]]
        assert len(wanted) > 4
        for href in wanted:
            scheme, _, rest = href.partition(":")
            if scheme in ("tel", "sms"):
                assert re.sub(r"\D", "", rest) in re.sub(r"[^\d]", "", text).replace(" ", ""), href
            else:
                assert href in text, href
        assert "tel:" not in text and "sms:" not in text


def test_addresses_that_are_written_out_fit_a_small_phone(clinic: Clinic, kinds: dict[str, str]) -> None:
    for name in ("page/help-now", *kinds.values()):
        inside = shown(in_wordpress(clinic, name, width=336))
        inside.locator("details").evaluate_all("all => all.forEach(each => { each.open = true })")
        assert inside.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
        assert inside.evaluate(STICKS_OUT) == [], name


def test_phone_links_stay_where_they_work(clinic: Clinic, kinds: dict[str, str]) -> None:
    page = clinic.show(clinic.frame(kinds["care-card"]) + clinic.script)
    inside = shown(page)
    assert inside.locator("a[href^='tel:']").count() >= 2
    assert inside.locator("footer").get_by_text("Links to this guide open here.").count() == 1


@pytest.mark.parametrize("sandbox", SANDBOXES)
def test_links_to_the_guide_work_in_every_sandbox(clinic: Clinic, kinds: dict[str, str], sandbox: str) -> None:
    page = clinic.show(clinic.frame(kinds["care-card"], theme="dark", sandbox=SANDBOXES[sandbox]) + clinic.script)
    wanted = f"{clinic.site}{embed_path('page/help-now', 'dark')}"
    shown(page).locator(".guide-bar__more").click()
    wait_until(lambda: page.frames[1].url == wanted, page)
    expect(shown(page).locator("h1")).to_be_visible()
    assert page.url.startswith(clinic.origin)


# People


@pytest.mark.parametrize("sandbox", ["empty", "snippet"])
def test_keyboard_goes_in_scrolls_and_comes_out(clinic: Clinic, kinds: dict[str, str], sandbox: str) -> None:
    page = clinic.show(clinic.frame(kinds["schedule"], sandbox=SANDBOXES[sandbox]))
    inside = shown(page)
    focused = partial(page.evaluate, "document.activeElement.tagName + (document.activeElement.hash || '')")
    first = partial(inside.evaluate, "document.activeElement.protocol")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    wait_until(lambda: focused() == "IFRAME" and first() == "tel:", page)
    for _ in range(3):
        page.keyboard.press("PageDown")
    wait_until(lambda: bool(inside.evaluate("scrollY > 200")), page)
    stops = 0
    while focused() == "IFRAME":
        # The focus goes from one process to another.
        page.keyboard.press("Tab")
        page.wait_for_timeout(100)
        stops += 1
        assert stops < 60
    assert focused() == "A#after"
    page.keyboard.press("Shift+Tab")
    wait_until(lambda: focused() == "IFRAME", page)


def test_boxes_are_ticked_in_a_frame_without_scripts(clinic: Clinic, kinds: dict[str, str]) -> None:
    page = clinic.show(clinic.frame(kinds["checklist"], sandbox=""))
    box = shown(page).locator("input[type=checkbox]").first
    box.focus()
    page.keyboard.press("Space")
    expect(box).to_be_checked()


def test_fragments_stay_in_the_frame_and_links_leave_it(clinic: Clinic, kinds: dict[str, str]) -> None:
    page = clinic.show(clinic.frame(kinds["therapy"]))
    inside = shown(page)
    inside.locator(".guide-cite__link").first.click()
    expect(inside.locator("#source-1")).to_be_in_viewport()
    assert urlsplit(inside.url).fragment == "source-1"
    assert page.url.startswith(clinic.origin)
    here = f"{clinic.site}help-now/"
    inside.locator("footer a").first.evaluate("(link, address) => { link.href = address }", here)
    with page.context.expect_page() as opened:
        inside.locator("footer a").first.click()
    opened.value.wait_for_load_state()
    assert opened.value.url == here
    assert opened.value.evaluate("window.opener") is None
    assert opened.value.evaluate("document.referrer") == ""
    assert opened.value.evaluate("localStorage.length") == 0, "the page is not held by the frame's sandbox"


def inside_violations(page: Page, index: int = 0) -> list[str]:
    """Run axe in a frame, without its own look at the style sheets, which a sandbox forbids."""
    return violations(shown(page, index), preload=False)


@pytest.mark.parametrize("theme", ["", *THEMES])
@pytest.mark.parametrize("kind", EMBED_KINDS)
def test_axe_finds_nothing_in_the_page_of_a_host(clinic: Clinic, kinds: dict[str, str], kind: str, theme: str) -> None:
    scheme = {"": "dark"}.get(theme, "light")
    page = clinic.show(clinic.frame(kinds[kind], theme=theme) + clinic.script, color_scheme=scheme)
    wait_until(lambda: fits(page), page)
    assert violations(page) == []
    for summary in shown(page).locator("summary").all():
        summary.click()
    assert inside_violations(page) == []


@pytest.mark.parametrize("theme", THEMES)
def test_axe_finds_nothing_on_a_phone_and_in_a_fixed_height(clinic: Clinic, kinds: dict[str, str], theme: str) -> None:
    body = clinic.frame(kinds["comparison"], theme=theme) + clinic.frame(kinds["checklist"], theme=theme)
    page = clinic.show(body, width=360)
    assert violations(page) == []
    assert inside_violations(page, 0) + inside_violations(page, 1) == []


def luminance(frame: Frame) -> float:
    """Give how bright the ground of a frame is, from 0 to 255."""
    color = frame.evaluate("getComputedStyle(document.body).backgroundColor")
    return sum(int(part) for part in color[4:-1].split(",")) / 3


def test_host_chooses_its_colors_whatever_the_device(clinic: Clinic, kinds: dict[str, str]) -> None:
    for device in ("light", "dark"):
        for theme, dark in (("dark", True), ("light", False), ("", device == "dark")):
            page = clinic.show(
                clinic.frame(kinds["therapy"], theme=theme),
                color_scheme=device,
                head='<meta name="color-scheme" content="light dark"><style>body{background:#000;color:#fff}</style>',
            )
            assert (luminance(shown(page)) < 128) is dark, (device, theme)


# Neighbors


def test_two_on_a_page_have_each_their_own_height(clinic: Clinic, kinds: dict[str, str]) -> None:
    page = clinic.show(clinic.frame(kinds["chart"]) + clinic.frame(kinds["care-card"]) + clinic.script * 2)
    wait_until(lambda: fits(page, 0) and fits(page, 1), page)
    heights = page.locator("iframe").evaluate_all("frames => frames.map(frame => frame.clientHeight)")
    assert heights[0] != heights[1]


def test_fifty_on_a_page(clinic: Clinic, site_folder: Path) -> None:
    names = sorted(f"{path.parent.name}/{path.name}" for path in (site_folder / "embed/v1/therapy").iterdir())
    names += sorted(f"{path.parent.name}/{path.name}" for path in (site_folder / "embed/v1/helplines").iterdir())
    names += sorted(f"{path.parent.name}/{path.name}" for path in (site_folder / "embed/v1/chart").iterdir())
    names = names[:50]
    assert len(names) == 50
    page = clinic.show("".join(clinic.frame(name, loading="eager") for name in names) + clinic.script)
    for index in range(50):
        wait_until(lambda index=index: fits(page, index), page)  # type: ignore[misc]


HOSTILE = """async ([kind, base]) => {
  const frame = document.querySelector("iframe");
  const before = frame.getBoundingClientRect().height;
  const numbers = ["900", -5, 0, NaN, Infinity, 1e9, null, {valueOf: null}, [900]];
  const bad = ["guide", "", null, 7, [], {}, {guide: "height"}, {guide: "resize", height: 900}, {paper: 900}]
    .concat(numbers.map((height) => ({guide: "height", height})));
  const good = {guide: "height", height: 901};
  const send = (data, more) => window.dispatchEvent(new MessageEvent("message", {data, ...more}));
  const source = frame.contentWindow;
  const ours = {source, origin: "null"};
  const others = ["https://evil.example", new URL(base).origin, location.origin, ""];
  if (kind === "data") bad.forEach((data) => send(data, ours));
  if (kind === "window") window.postMessage(good, "*");
  if (kind === "source") send(good, {source: window, origin: "null"});
  if (kind === "nobody") send(good, {source: null, origin: "null"});
  if (kind === "origin") others.forEach((origin) => send(good, {source, origin}));
  for (let n = 0; kind === "flood" && n < 10000; n++) {
    send(bad[n % bad.length], ours);
    window.postMessage(good, "*");
  }
  await new Promise((done) => setTimeout(done, 400));
  return [before, frame.getBoundingClientRect().height];
}"""


@pytest.mark.parametrize("kind", ["data", "window", "source", "nobody", "origin", "flood"])
def test_hostile_messages_change_nothing(clinic: Clinic, kinds: dict[str, str], kind: str) -> None:
    page = clinic.show(clinic.frame(kinds["chart"]) + clinic.script)
    wait_until(lambda: fits(page), page)
    before, after = page.evaluate(HOSTILE, [kind, clinic.site])
    assert before == after
    assert fits(page)


SEND = """([height, origin, key]) => {
  const frame = document.querySelector("iframe");
  const data = {guide: "height", height, key: key === "its own" ? frame.guide.key : key};
  window.dispatchEvent(new MessageEvent("message", {data, source: frame.contentWindow, origin}));
  return frame.clientHeight;
}"""


def test_frame_without_a_sandbox_must_have_our_origin(clinic: Clinic, kinds: dict[str, str]) -> None:
    page = clinic.show(clinic.frame(kinds["chart"], sandbox=None) + clinic.script)
    wait_until(lambda: fits(page), page)
    page.evaluate(SEND, [901, "null", "its own"])
    assert fits(page)
    assert page.evaluate(SEND, [901, clinic.site.rstrip("/"), "its own"]) == 901, "the test can tell"


@pytest.mark.parametrize(("height", "wanted"), [(3, 100), (901.2, 902), (64_000, 64_000), (400_000, 100_000)])
def test_height_is_held_within_bounds(clinic: Clinic, kinds: dict[str, str], height: float, wanted: int) -> None:
    page = clinic.show(clinic.frame(kinds["chart"]) + clinic.script)
    wait_until(lambda: fits(page), page)
    assert page.evaluate(SEND, [height, "null", "its own"]) == wanted


STRANGER = """<script>
addEventListener("message", (event) => parent.postMessage({heard: event.data}, "*"));
for (const key of [undefined, "", "1-2-3-4", null, {}])
  for (const guide of ["next", "height"]) parent.postMessage({guide, height: 903, key}, "*");
</script>"""


def test_stranger_in_our_frame_sets_no_height(clinic: Clinic, kinds: dict[str, str]) -> None:
    """The sandbox hides who speaks; only a page that ours leads to is ours."""
    clinic.pages["/stranger"] = (STRANGER, {})
    page = clinic.show(clinic.frame(kinds["chart"]) + clinic.script)
    wait_until(lambda: fits(page), page)
    height = page.locator("iframe").evaluate("frame => frame.clientHeight")
    page.evaluate("window.told = []; addEventListener('message', (event) => told.push(event.data))")
    page.frames[1].goto(f"{clinic.origin}/stranger")
    wait_until(lambda: page.evaluate("told.filter(data => data.guide === 'height').length === 5"), page)
    page.wait_for_timeout(200)
    assert page.locator("iframe").evaluate("frame => frame.clientHeight") == height
    assert page.evaluate("told.filter(data => data.heard && data.heard.guide === 'key')") == []
    page.evaluate(SEND, [904, "null", "its own"])
    assert page.locator("iframe").evaluate("frame => frame.clientHeight") == 904, "the test can tell"


def test_frame_fits_page_after_page_and_back(clinic: Clinic, kinds: dict[str, str]) -> None:
    page = clinic.show(clinic.frame(kinds["care-card"]) + clinic.script + "<p style='height:2000px'></p>", height=600)
    wait_until(lambda: fits(page), page)
    start = page.frames[1].url
    page.evaluate("scrollTo(0, 900)")
    shown(page).locator(".guide-bar__more").evaluate("link => link.click()")
    wait_until(lambda: page.frames[1].url != start and fits(page), page)
    help_now = page.frames[1].url
    assert page.locator("iframe").evaluate("frame => Math.abs(frame.getBoundingClientRect().top)") < 2, (
        "its top is seen"
    )
    shown(page).locator('main a[href^="../../page/"]:not([href*="#"])').first.click()
    wait_until(lambda: page.frames[1].url not in (start, help_now) and fits(page), page)
    for earlier in (help_now, start):
        page.evaluate("history.back()")
        wait_until(lambda earlier=earlier: page.frames[1].url == earlier and fits(page), page)  # type: ignore[misc]


def test_height_that_changes_before_the_key_comes_is_not_lost(clinic: Clinic, kinds: dict[str, str]) -> None:
    """On a busy device a frame is laid out anew before it has heard from the host's script."""
    late = """<script>
      addEventListener("message", (event) => {
        const frame = document.querySelector("iframe");
        if (event.data.guide !== "height" || frame.guide) return;
        frame.guide = {src: frame.src, key: "late", open: false};
        setTimeout(() => frame.contentWindow.postMessage({guide: "key", key: "late"}, "*"), 500);
      });
    </script>"""
    page = clinic.show(late + clinic.frame(kinds["chart"]) + clinic.script)
    wait_until(lambda: fits(page), page)


def test_host_may_show_another_embed_in_the_same_frame(clinic: Clinic, kinds: dict[str, str]) -> None:
    page = clinic.show(clinic.frame(kinds["chart"]) + clinic.script)
    wait_until(lambda: fits(page), page)
    other = clinic.site + embed_path(kinds["checklist"])
    page.locator("iframe").evaluate("(frame, other) => { frame.src = other }", other)
    wait_until(lambda: page.frames[1].url == other and fits(page), page)


@pytest.mark.parametrize("fragment", ["%", "%E0%A4%A", "no-such-id", "source-1"])
def test_no_fragment_stops_the_script_of_a_frame(clinic: Clinic, kinds: dict[str, str], fragment: str) -> None:
    page = clinic.show(clinic.frame(kinds["therapy"]) + clinic.script)
    wait_until(lambda: fits(page), page)
    shown(page).evaluate("fragment => { location.hash = fragment }", fragment)
    wait_until(lambda: page.frames[1].url.endswith(fragment), page)
    page.set_viewport_size({"width": 400, "height": 800})
    wait_until(lambda: shown(page).evaluate("innerWidth") < 400 and fits(page), page)


def test_other_frames_of_the_host_are_left_alone(clinic: Clinic, kinds: dict[str, str]) -> None:
    clinic.pages["/other"] = ("<script>parent.postMessage({guide: 'height', height: 901}, '*')</script>", {})
    other = '<iframe src="/other" title="Other" height="150" frameborder="0"></iframe>'
    page = clinic.show(clinic.frame(kinds["chart"]) + other + clinic.script)
    wait_until(lambda: fits(page), page)
    page.wait_for_timeout(300)
    assert page.locator("iframe").nth(1).evaluate("frame => frame.clientHeight") == 150


# Privacy


@pytest.mark.parametrize("sandbox", SANDBOXES)
def test_embeds_keep_nothing_and_ask_nobody(clinic: Clinic, kinds: dict[str, str], sandbox: str) -> None:
    body = "".join(clinic.frame(name, sandbox=SANDBOXES[sandbox]) for name in kinds.values())
    page = clinic.show(body + clinic.script)
    for index in range(len(kinds)):
        shown(page, index)
    page.wait_for_timeout(300)
    assert page.context.cookies() == []
    for index in range(len(kinds)) if sandbox == "none" else []:
        assert shown(page, index).evaluate(KEPT) == 0
    assert page.evaluate(KEPT) == 0


# By structure, every one of them: what axe is too slow to be asked so often


# Weight


def test_no_kind_is_heavy(site_folder: Path, browser: Browser) -> None:
    names = heaviest_embeds(site_folder)
    assert [name.partition("/")[0] for name in names] == EMBED_KINDS
    for name in names:
        cost = visit(browser, site_folder, f"{EMBEDS}{name}/", framed=True)
        assert 2_000 < cost.size <= embed_limit(cost), name
        assert 1 < len(cost.requests) <= EMBED_REQUESTS + OWN_REQUESTS, name
        assert cost.drawn > 0, name


# The builder


def test_builder_opens_with_the_choice_made(open_page: Opener) -> None:
    page = open_page("understand/levels-of-care/")
    page.locator(".guide-embed-link a").first.click()
    expect(page.locator("#guide-builder")).to_be_visible()
    wanted = urlsplit(page.url).fragment
    assert wanted.startswith("comparison/")
    expect(page.locator("#guide-builder-part")).to_have_value(wanted)
    expect(page.locator("#guide-builder-preview iframe")).to_be_visible()


@pytest.mark.parametrize("fragment", ["%", "%E0%A4%A", "page/help-now%", "nothing/here"])
def test_builder_opens_whatever_its_address_says(open_page: Opener, fragment: str) -> None:
    page = open_page(f"for-clinics/embed/#{fragment}")
    expect(page.locator("#guide-builder-preview iframe")).to_be_visible()
    assert "<iframe" in page.locator("#guide-builder-code").input_value()


def test_preview_holds_up_no_keyboard_and_opens_by_a_link(open_page: Opener) -> None:
    page = open_page("for-clinics/embed/#page/help-now")
    expect(page.locator("#guide-builder-height")).to_contain_text("pixels")
    page.locator("#guide-builder-open").focus()
    stops = 0
    while page.evaluate("document.activeElement.closest('#guide-builder')"):
        assert page.evaluate("document.activeElement.tagName") != "IFRAME"
        page.keyboard.press("Tab")
        stops += 1
        assert stops < 10
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    address = page.locator("#guide-builder-preview iframe").evaluate("frame => frame.src")
    assert page.locator("#guide-builder-open").evaluate("link => link.href") == address


def test_every_page_offers_to_embed_itself(open_page: Opener) -> None:
    page = open_page("help-now/")
    page.locator(".guide-foot__embed a").click()
    expect(page.locator("#guide-builder-part")).to_have_value("page/help-now")


def test_builder_works_by_keyboard(open_page: Opener) -> None:
    page = open_page("for-clinics/embed/", permissions=["clipboard-read", "clipboard-write"])
    page.locator("#guide-builder-part").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#guide-builder-height")).to_contain_text("pixels")
    code = page.locator("#guide-builder-code").input_value()
    assert "/embed/v1/dark/page/" in code
    assert 'width="320"' in code
    height = int(code.partition('height="')[2].partition('"')[0])
    assert height == page.locator("#guide-builder-preview iframe").evaluate("frame => frame.clientHeight")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert "<script" not in page.locator("#guide-builder-code").input_value()
    for _ in range(4):  # past the clinic's details, the handout and the code
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#guide-builder-copied")).not_to_be_empty()
    assert page.evaluate("navigator.clipboard.readText()") == page.locator("#guide-builder-code").input_value()


def test_builder_lists_ready_code_without_javascript(open_page: Opener) -> None:
    page = open_page("for-clinics/embed/#chart/hours-per-week", javascript=False)
    expect(page.locator("#guide-builder")).to_be_hidden()
    ready = page.locator('[id="chart/hours-per-week"] textarea')
    expect(ready).to_be_visible()
    assert "<iframe" in ready.input_value()
    assert "<script" not in ready.input_value()


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_builder(open_page: Opener, width: int, scheme: str) -> None:
    page = open_page("for-clinics/embed/#checklist/questions-to-ask-a-program", width=width, scheme=scheme)
    expect(page.locator("#guide-builder-height")).to_contain_text("pixels")
    page.locator(".guide-builder-list > summary").nth(1).click()
    page.locator(".guide-builder-list__entry summary:visible").first.click()
    assert violations(page) == []


# A copy that a clinic serves itself


def test_copy_works_from_any_folder(clinic: Clinic, kinds: dict[str, str], site_folder: Path, tmp_path: Path) -> None:
    pack(site_folder, tmp_path / "embeds.zip")
    with zipfile.ZipFile(tmp_path / "embeds.zip") as packed:
        for name in packed.namelist():
            media = {".css": "text/css", ".js": "text/javascript"}.get(Path(name).suffix, "text/html; charset=utf-8")
            place = f"/our/own/{name.removesuffix('index.html')}"
            clinic.pages[place] = (packed.read(name).decode(), {"Content-Type": media})
    clinic.site = clinic.origin  # from now on, a request to the guide is one too many
    page = clinic.show(
        f'<iframe src="/our/own/embeds/{kinds["therapy"]}/" title="Copy" width="100%" height="400"></iframe>'
        '<script src="/our/own/embeds/embed.js"></script>'
    )
    wait_until(lambda: fits(page), page)
    other = f"{clinic.origin}/our/own/embeds/dark/{kinds['checklist']}/"
    page.locator("iframe").evaluate("(frame, other) => { frame.src = other }", other)
    wait_until(lambda: page.frames[1].url == other and fits(page), page)
    assert luminance(shown(page)) < 128
    shown(page).locator(".guide-bar__more").click()
    wait_until(lambda: page.frames[1].url == f"{clinic.origin}/our/own/embeds/dark/page/help-now/", page)


# Data, as a clinic's server reads it


def test_program_of_the_page_for_clinics_keeps_the_checklists(site_url: str, site_folder: Path, tmp_path: Path) -> None:
    text = (ROOT / "docs/for-clinics/data.md").read_text("utf-8")
    program = text.partition("```python\n")[2].partition("```")[0].replace("https://guide.example.org/", site_url)

    def run() -> dict[str, int]:
        subprocess.run([sys.executable, "-c", program], cwd=tmp_path, check=True, timeout=60)
        return {path.name: path.stat().st_mtime_ns for path in (tmp_path / "guide/checklists").iterdir()}

    first = run()
    withdrawn = json.loads((site_folder / "api/v1/index.json").read_text("utf-8"))["withdrawn"]
    kept = {path.name for path in (site_folder / "api/v1/checklists").glob("*.json")}
    assert set(first) == kept - {Path(name).name for name in withdrawn} != set()
    changed = tmp_path / "guide/checklists" / min(first)
    content = json.loads(changed.read_text("utf-8"))
    changed.write_text(json.dumps(content | {"content_hash": "old"}), "utf-8")
    second = run()
    assert changed.read_bytes() == (site_folder / "api/v1/checklists" / min(first)).read_bytes()
    assert {name for name, time in second.items() if time == first[name]} == set(first) - {min(first)}


def test_every_table_and_checklist_is_offered_with_its_choice_made(documents: dict[str, Node]) -> None:
    """A family of records is shown on the page only, so its table offers the page."""
    kinds = {"table-": "comparison/", "list-": "checklist/"}
    offered = 0
    for path, document in documents.items():
        nodes = [
            (node.tag, node.attrs.get("id", ""), node.attrs.get("class", "").split(), node) for node in document.walk()
        ]
        choices = {
            node.attrs["href"].partition("#")[2] for _, _, classes, node in nodes if "guide-embed-link__link" in classes
        }
        wanted = {
            kind + block.removeprefix(start)
            for start, kind in kinds.items()
            for _, block, classes, _ in nodes
            if block.startswith(start) and {"guide-comparison", "guide-checklist"} & set(classes)
        }
        if any(tag == "caption" and block.startswith("therapies-") for tag, block, _, _ in nodes):
            wanted.add(f"{PAGE}/{page_id(SOURCES[path].relative_to(ROOT / 'docs').as_posix())}")
        assert wanted <= choices, path
        offered += len(wanted)
    assert offered > 20
