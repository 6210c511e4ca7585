"""The embeds in frames of another site, on a phone, in the engines of iPhones and of Firefox."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from guide.model.addresses import embed_path
from tests.guide.engines.windows import NotNow, Window, wait_for

pytestmark = [pytest.mark.browser, pytest.mark.site]

SNIPPET = "allow-scripts allow-popups allow-popups-to-escape-sandbox"
SANDBOXES = pytest.mark.parametrize("sandbox", [SNIPPET, "allow-scripts"], ids=["snippet", "scripts"])
HEIGHT = "return document.querySelector('iframe').clientHeight"
INSIDE = "return Math.ceil(document.documentElement.getBoundingClientRect().height)"

Clinic = Callable[[str], str]


def show(window: Window, site_url: str, clinic: Clinic, name: str, *, sandbox: str, script: bool = True) -> None:
    """Open a page of the clinic with a frame 390 pixels wide, as the ready code makes it."""
    frame = f'<iframe src="{site_url}{embed_path(name)}" title="Part" sandbox="{sandbox}" width="390" height="400">'
    code = f'<script src="{site_url}embed/v1/embed.js" async></script>' if script else ""
    window.resize(480, 844)
    window.open(clinic(f"{frame}</iframe>{code}"))


def until_it_fits(window: Window) -> int:
    """Wait until the frame is as high as what it shows, and return that height."""
    heights = [0]

    def settled() -> bool:
        """Return whether it fits, and is as high as it was the last time."""
        time.sleep(0.2)
        with window.frame("iframe"):
            inside = window.run(INSIDE)
        heights.append(window.run(HEIGHT))
        if abs(inside - heights[-1]) > 2 or heights[-1] != heights[-2]:
            raise NotNow(f"what it shows is {inside} pixels high, and the frame was {heights[1:]}")
        return True

    wait_for(settled)
    return heights[-1]


@SANDBOXES
@pytest.mark.parametrize("name", ["comparison/levels-of-care", "checklist/questions-to-ask-a-program"])
def test_frame_has_the_height_of_what_it_shows(
    window: Window, site_url: str, clinic: Clinic, name: str, sandbox: str
) -> None:
    show(window, site_url, clinic, name, sandbox=sandbox)
    before = until_it_fits(window)
    assert before > 800
    with window.frame("iframe"):
        assert window.run("return innerWidth") == 390
        assert window.run("return document.documentElement.scrollWidth") <= 390
        window.click(window.find(".guide-embed__sources:not([open]) > summary"))
        window.until("return Boolean(document.querySelector('details[open]'))")
    window.until("return document.querySelector('iframe').clientHeight > arguments[0]", before)
    until_it_fits(window)


@SANDBOXES
def test_links_lead_where_they_say(window: Window, site_url: str, clinic: Clinic, sandbox: str) -> None:
    show(window, site_url, clinic, "page/help-now", sandbox=sandbox)
    until_it_fits(window)
    with window.frame("iframe"):
        numbers = window.run(
            "return [...document.querySelectorAll('a[href^=\"tel:\"]')].filter((link) => link.checkVisibility())"
            ".map((link) => link.getAttribute('href'))"
        )
        assert {"tel:911", "tel:988"} <= set(numbers)
        assert window.run("return [...document.querySelectorAll('a[href^=\"tel:\"]')].every((link) => !link.target)")
        link = window.run(
            "return [...document.querySelectorAll('main a[href]:not([target])')].find((link) =>"
            " link.host === location.host && link.pathname !== location.pathname && link.checkVisibility())"
        )
        target = window.run("return arguments[0].href", link)
        window.click(link)
    with window.frame("iframe"):
        window.until("return location.href.split('#')[0] === arguments[0].split('#')[0]", target)
        window.find("h1")
    until_it_fits(window)


def test_link_to_the_whole_guide_opens_a_tab(window: Window, site_url: str, clinic: Clinic) -> None:
    show(window, site_url, clinic, "care-card/danger-now", sandbox=SNIPPET)
    until_it_fits(window)
    (first,) = window.tabs()
    with window.frame("iframe"):
        link = window.run(
            "const [site] = arguments;"
            "return [...document.querySelectorAll('a[target=_blank]')].find((link) => link.href.startsWith(site))",
            site_url,
        )
        target = window.run("return arguments[0].href", link)
        window.click(link)
    wait_for(lambda: len(window.tabs()) == 2)
    (second,) = [tab for tab in window.tabs() if tab != first]
    window.switch(second)
    window.until("return location.href === arguments[0]", target)
    window.find("h1")
    window.close_tab()
    window.switch(first)


def test_frame_grows_for_paper_and_shrinks_after(window: Window, site_url: str, clinic: Clinic) -> None:
    """WebKit's driver can't print: the events are sent by the test."""
    show(window, site_url, clinic, "care-card/danger-now", sandbox=SNIPPET)
    before = until_it_fits(window)
    window.run("dispatchEvent(new Event('beforeprint'))")
    assert window.run(HEIGHT) > before, "what is closed on the screen is open on paper"
    window.run("dispatchEvent(new Event('afterprint'))")
    assert window.run(HEIGHT) == before


def test_frame_can_be_read_without_the_hosts_script(window: Window, site_url: str, clinic: Clinic) -> None:
    show(window, site_url, clinic, "comparison/levels-of-care", sandbox="", script=False)
    assert window.run(HEIGHT) == 400
    with window.frame("iframe"):
        assert window.is_shown("h1") and window.is_shown("table") and window.is_shown("a[href='tel:911']")
        window.run("scrollTo({ top: 1000, behavior: 'instant' })")
        assert window.run("return scrollY") == 1000


def test_ticks_work_in_a_frame_that_keeps_nothing(window: Window, site_url: str, clinic: Clinic) -> None:
    show(window, site_url, clinic, "checklist/questions-to-ask-a-program", sandbox=SNIPPET)
    until_it_fits(window)
    with window.frame("iframe"):
        box = window.find("input[type=checkbox]")
        window.click(box)
        assert window.run("return arguments[0].checked", box)
