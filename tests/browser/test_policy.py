"""The policy of pages and embeds, under the headers of a host: what we offer works, and nothing else may."""

from __future__ import annotations

from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import BUILDER, HELP, HELP_EMBED, MISSING, PATHS, Opener, needs_builder
from tests.browser.test_embeds import Clinic
from tests.hosts import headers_for, read_headers

pytestmark = [pytest.mark.browser, pytest.mark.site]

# Written down before anything of the page runs, also what a policy in the page itself stops.
LISTEN = """window.stopped = [];
document.addEventListener("securitypolicyviolation", (event) => stopped.push(event.effectiveDirective));"""
STOPPED = "window.stopped"


def listening(page: Page) -> Page:
    """Open the page again, with an ear for what its policies stop."""
    page.context.add_init_script(LISTEN)
    page.reload(wait_until="load")
    return page


@pytest.fixture
def careless(browser: Browser, site_url: str) -> BrowserContext:
    """A context that does not mind errors: for what must be stopped."""
    context = browser.new_context()
    context.add_init_script(LISTEN)
    return context


def test_every_kind_of_page_is_served_with_the_headers(site_folder: Path, site_url: str) -> None:
    rules = read_headers(site_folder)
    for path in ["", HELP, MISSING, HELP_EMBED]:
        with urlopen(site_url + path) as answer:  # noqa: S310
            sent = answer.headers
        assert sent["X-Content-Type-Options"] == "nosniff"
        assert sent["Referrer-Policy"] == "no-referrer"
        assert "geolocation=()" in sent["Permissions-Policy"]
        policy = sent["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert ("frame-ancestors 'none'" in policy) is not path.startswith("embed/")
        for name, values in headers_for(rules, "/" + path).items():
            assert len(values) == 1, f"{path} has two values of {name}"
    assert "Content-Security-Policy" in headers_for(rules, f"/{PATHS[0]}")
    assert len({pattern for pattern, _, _ in rules}) < 100, "a static host reads a hundred rules"
    assert max(len(value) for _, _, value in rules) < 1900, "and 2,000 characters a line"


def test_whole_guide_runs_under_its_policy(open_page: Opener, site_url: str) -> None:
    """`open_page` fails at any message of the console, and a violation is one; here they are counted besides."""
    page = listening(open_page(""))
    for path in PATHS:
        page.goto(site_url + path, wait_until="load")
        assert page.evaluate(STOPPED) == [], path


@needs_builder
def test_builder_and_its_frame_run_under_the_policy(open_page: Opener) -> None:
    page = listening(open_page(BUILDER))
    expect(page.locator("#guide-builder-height")).to_contain_text("pixels")
    frame = page.frames[1]
    assert frame.locator("main").evaluate("main => getComputedStyle(main).paddingLeft") != "0px", "style sheet"
    assert page.evaluate(STOPPED) == []
    assert frame.evaluate(STOPPED) == []


@pytest.mark.parametrize("sandbox", ["", "allow-scripts"])
def test_embeds_run_under_the_policy_where_the_frame_has_no_origin(
    open_page: Opener, site_url: str, sandbox: str
) -> None:
    """test_embeds.py does the same on another site; this one looks at the embed's own list of violations."""
    page = open_page(HELP)
    page.context.add_init_script(LISTEN)
    page.evaluate(
        """([source, sandbox]) => new Promise((done) => {
          const frame = document.createElement("iframe");
          frame.title = "Embed";
          frame.setAttribute("sandbox", sandbox);
          frame.onload = done;
          frame.src = source;
          document.body.append(frame);
        })""",
        [site_url + HELP_EMBED, sandbox],
    )
    frame = page.frames[-1]
    assert frame.evaluate("location.origin + self.origin").endswith("null")
    assert frame.evaluate(STOPPED) == []
    assert frame.locator("main").evaluate("main => getComputedStyle(main).paddingLeft") != "0px", "style sheet"


@pytest.mark.parametrize("path", ["", MISSING, HELP_EMBED])
@pytest.mark.parametrize("headers", [True, False])
def test_what_is_not_ours_is_stopped_with_headers_and_without(
    careless: BrowserContext, site_url: str, path: str, headers: bool
) -> None:
    """The control: each fault that the tests above must see."""
    if not headers:
        names = ("content-security-policy", "referrer-policy")

        def bare(route: object) -> None:
            answer = route.fetch()  # type: ignore[attr-defined]
            kept = {name: value for name, value in answer.headers.items() if name not in names}
            route.fulfill(response=answer, headers=kept)  # type: ignore[attr-defined]

        careless.route("**/*", bare)
    page = careless.new_page()
    page.goto(site_url + path, wait_until="load")
    assert page.evaluate(STOPPED) == []
    page.evaluate(
        """() => {
          const script = document.createElement("script");
          script.textContent = "window.ran = true";
          document.body.append(script);
          const faults = '<p style="color: red">x</p><img src="https://other.example/x.png" alt="" onerror="ran = 1">';
          document.body.insertAdjacentHTML("beforeend", faults);
          fetch("https://other.example/").catch(() => null);
        }"""
    )
    page.wait_for_timeout(300)
    assert page.evaluate("window.ran") is None
    stopped = set(page.evaluate(STOPPED))
    assert {"script-src-elem", "style-src-attr", "img-src", "connect-src"} <= stopped
    assert page.evaluate("document.querySelector('meta[name=referrer]').content") == "no-referrer"
    careless.close()


@pytest.mark.parametrize(("path", "shown"), [("", False), (HELP, False), (HELP_EMBED, True)])
def test_other_sites_frame_embeds_and_no_page(browser: Browser, site_url: str, path: str, shown: bool) -> None:
    clinic = Clinic(browser, site_url)
    page = clinic.show(f'<iframe src="{site_url}{path}" title="x"></iframe>')
    # Not for its headings: a browser's own page that says why it shows nothing has one too.
    address = page.frames[1].evaluate("location.href")
    assert address == (f"{site_url}{path}" if shown else "chrome-error://chromewebdata/")
    clinic.close()
