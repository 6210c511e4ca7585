"""A clinic's own lines in the browser: typed in the builder, in frames on other sites, and on handouts to print."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import CUT_OFF, STICKS_OUT, Opener
from tests.browser.test_axe import violations
from tests.browser.test_embeds import SNIPPET, Clinic, fits, shown, wait_until
from tests.guide.browser.test_embeds import KEPT

pytestmark = [pytest.mark.browser, pytest.mark.site]

BUILDER = "for-clinics/embed/#checklist/what-to-bring-first-day"
NAME = "checklist/what-to-bring-first-day"
DETAILS = {
    "name": "Lakeside Clinic",
    "phone": "(555) 555-0100",
    "after-hours": "1 555 555 0111",
    "crisis": "Press 2 for the counselor on call.",
    "url": "https://lakeside.example.org/",
}
HOSTILE: list[tuple[str, str]] = [
    ("phone", "javascript:alert(1)"),
    ("phone", "1-800-FLOWERS"),
    ("phone", "555-555-0100;ext=1"),
    ("phone", "tel:5555550100"),
    ("phone", "5" * 40),
    ("phone", "\u0665\u0665\u0665-\u0665\u0665\u0665-0100"),
    ("after-hours", '555-555-0100" onclick="alert(1)'),
    ("url", "javascript:alert(1)"),
    ("url", "JaVaScRiPt://lakeside.example.org/%0aalert(1)"),
    ("url", "data:text/html,<script>alert(1)</script>"),
    ("url", "http://lakeside.example.org/"),
    ("url", "//lakeside.example.org/"),
    ("url", "https://guide.example.org@evil.example.org/"),
    ("url", "https:\\\\evil.example.org"),
    ("url", "https://evil"),
    ("url", "https://lakeside.example.org/" + "x" * 200),
    ("crisis", "x" * 161),
    ("crisis", "Don't call \u202e119\u202c."),
    ("crisis", "Z" + "\u0301" * 12),
    ("crisis", "Call\u0000now"),
]
"""What must not be shown at all: never a part of it, since half of a sentence or of a number misleads."""

MARKUP = [
    "<img src=x onerror=alert(1)>",
    "</p><script>alert(1)</script>",
    '"><h1>Free pills</h1>',
    "{{ 7 * 7 }}",
    "$&$1",
]
"""Text like any other."""


def fill(page: Page, details: dict[str, str]) -> None:
    if not page.locator("#guide-builder-name").is_visible():
        page.locator(".guide-builder__clinic > summary").click()
    for field, value in details.items():
        page.locator(f"#guide-builder-{field}").fill(value)


def attributes(details: dict[str, Any]) -> dict[str, str]:
    return {
        f"data-clinic-{name}": str(value).replace("&", "&amp;").replace('"', "&quot;")
        for name, value in details.items()
    }


@pytest.mark.parametrize("sandbox", [None, SNIPPET])
def test_frame_shows_what_stands_on_its_element_and_asks_nobody(clinic: Clinic, sandbox: str | None) -> None:
    page = clinic.show(clinic.frame(NAME, sandbox=sandbox, **attributes(DETAILS)) + clinic.script)
    inside = shown(page)
    own = inside.locator(".guide-clinic")
    expect(own).to_be_visible()
    assert own.locator("li").all_inner_texts() == [
        "Main phone: 555-555-0100",
        "After hours: 1-555-555-0111",
        "In a crisis: Press 2 for the counselor on call.",
    ]
    links = own.locator("a").evaluate_all("links => links.map((link) => [link.href, link.target, link.rel])")
    assert links == [
        ["https://lakeside.example.org/", "_blank", "noopener noreferrer"],
        ["tel:5555550100", "", ""],
        ["tel:15555550111", "", ""],
    ]
    assert "They aren't part of The IOP Guide." in own.inner_text()
    bar = inside.locator(".guide-bar").bounding_box()
    box = own.bounding_box()
    assert bar and box and bar["y"] < box["y"]
    assert inside.locator('.guide-bar a[href="tel:911"], .guide-bar a[href="tel:988"]').count() == 2
    assert "License: " in inside.locator("footer").inner_text()
    wait_until(lambda: fits(page), page)
    assert page.evaluate(KEPT) == 0
    # The next page in the frame has them too, and so has the one that Back brings.
    start = page.frames[1].url
    inside.locator(".guide-bar__more").evaluate("link => link.click()")
    wait_until(lambda: page.frames[1].url != start, page)
    expect(shown(page).locator(".guide-clinic")).to_contain_text("Lakeside Clinic")
    page.evaluate("history.back()")
    wait_until(lambda: page.frames[1].url == start, page)
    expect(shown(page).locator(".guide-clinic")).to_contain_text("Lakeside Clinic")


def test_no_hostile_value_is_shown_in_a_frame(clinic: Clinic) -> None:
    frames = [clinic.frame(NAME, **attributes({"name": "Lakeside", field: value})) for field, value in HOSTILE]
    page = clinic.show("".join(frames) + clinic.script)
    for index, (field, value) in enumerate(HOSTILE):
        page.locator("iframe").nth(index).scroll_into_view_if_needed()
        inside = shown(page, index)
        expect(inside.locator(".guide-clinic")).to_contain_text("Lakeside")
        assert inside.locator(f'[data-clinic="{field}"]').inner_text() == "", value
        assert inside.locator(".guide-clinic a").count() == 0, value


def test_markup_is_text_in_a_frame(clinic: Clinic) -> None:
    frames = [clinic.frame(NAME, **attributes({"name": value, "crisis": value})) for value in MARKUP]
    page = clinic.show("".join(frames) + clinic.script)
    for index, value in enumerate(MARKUP):
        page.locator("iframe").nth(index).scroll_into_view_if_needed()
        inside = shown(page, index)
        expect(inside.locator('[data-clinic="name"]')).to_have_text(value)
        assert inside.locator("[data-clinic] *").count() == 0, value
        assert inside.locator("h1").count() == 1


@pytest.mark.parametrize(
    "said",
    [
        None,
        "Lakeside",
        7,
        [],
        {"name": ["Lakeside"]},
        {"name": {"toString": "x"}},
        {"phone": "555-555-0100"},
        {"__proto__": {"name": "Lakeside"}},
        {"constructor": "Lakeside"},
    ],
)
def test_message_of_another_shape_shows_nothing_and_stops_nothing(clinic: Clinic, said: Any) -> None:
    message = json.dumps({"guide": "key", "key": "x", "clinic": said})
    page = clinic.show(clinic.frame(NAME))
    inside = shown(page)
    page.evaluate("message => frames[0].postMessage(JSON.parse(message), '*')", message)
    page.wait_for_timeout(300)
    expect(inside.locator(".guide-clinic")).to_be_hidden()
    page.evaluate("""() => frames[0].postMessage({guide: "key", key: "x", clinic: {name: "Lakeside"}}, "*")""")
    expect(inside.locator(".guide-clinic")).to_be_visible()


def test_neighbor_of_a_frame_cannot_speak_for_its_host(clinic: Clinic) -> None:
    message = '{guide: "key", key: "x", clinic: {name: "Evil"}}'
    clinic.pages["/evil"] = (
        f"<script>setInterval(() => parent.frames[0].postMessage({message}, '*'), 50)</script>",
        {},
    )
    page = clinic.show(clinic.frame(NAME) + '<iframe src="/evil" title="Other"></iframe>')
    page.wait_for_timeout(500)
    expect(shown(page).locator(".guide-clinic")).to_be_hidden()


# The builder


def test_details_become_part_of_the_code_and_of_the_preview_and_are_kept_nowhere(open_page: Opener) -> None:
    page = open_page(BUILDER)
    asked: list[str] = []
    expect(page.locator("#guide-builder-height")).to_contain_text("pixels")
    page.on("request", lambda request: asked.append(request.url))
    fill(page, DETAILS | {"name": 'Lake "side" <b>&'})
    code = page.locator("#guide-builder-code").input_value()
    assert 'data-clinic-name="Lake &quot;side&quot; &lt;b&gt;&amp;" data-clinic-phone="555-555-0100"' in code
    frame = page.locator("#guide-builder-preview iframe").element_handle().content_frame()
    assert frame
    expect(frame.locator(".guide-clinic strong")).to_have_text('Lake "side" <b>&')
    address = page.locator("#guide-builder-framed").input_value()
    assert "Lake" not in address and "?" not in address and "Lake" not in page.url
    assert asked == []
    assert page.evaluate(KEPT) == 0


@pytest.mark.parametrize(("field", "value"), HOSTILE)
def test_hostile_value_is_marked_and_left_out_of_the_code(open_page: Opener, field: str, value: str) -> None:
    page = open_page(BUILDER)
    fill(page, {"name": "Lakeside", field: value})
    if field == "phone" and value == "5" * 40:
        assert page.locator("#guide-builder-phone").input_value() == value
    expect(page.locator(f"#guide-builder-{field}")).to_have_attribute("aria-invalid", "true")
    expect(page.locator(f"#guide-builder-{field}-wrong")).to_contain_text("This isn't shown.")
    code = page.locator("#guide-builder-code").input_value()
    assert 'data-clinic-name="Lakeside"' in code and f"data-clinic-{field}=" not in code


def test_details_are_kept_only_once_that_is_chosen_and_can_be_removed(open_page: Opener) -> None:
    page = open_page(BUILDER)
    page.locator(".guide-builder__clinic > summary").click()
    expect(page.locator("#guide-builder-keep")).to_be_disabled()
    fill(page, DETAILS)
    page.reload()
    page.locator(".guide-builder__clinic > summary").click()
    expect(page.locator("#guide-builder-name")).to_have_value("")
    fill(page, DETAILS)
    page.locator("#guide-builder-keep").check()
    expect(page.locator("#guide-builder-kept")).to_contain_text("Kept in this browser.")
    page.locator("#guide-builder-name").fill("Lakeside Day Clinic")
    page.reload()
    expect(page.locator("#guide-builder-name")).to_have_value("Lakeside Day Clinic")
    expect(page.locator("#guide-builder-phone")).to_have_value("555-555-0100")
    assert "Lakeside Day Clinic" in page.locator("#guide-builder-code").input_value()
    page.goto(page.url.partition("for-clinics")[0] + "about/privacy/")
    expect(page.locator('[data-kept="clinic"]')).to_be_visible()
    page.locator("#guide-kept-clear").click()
    assert page.evaluate(KEPT) == 0
    page.go_back()
    expect(page.locator("#guide-builder-keep")).not_to_be_checked()
    assert page.evaluate(KEPT) == 0


@pytest.mark.parametrize("stored", ["{", "[]", "null", '{"name": 7}', '{"name": "x", "phone": "javascript:alert(1)"}'])
def test_whatever_is_stored_the_builder_opens(open_page: Opener, stored: str) -> None:
    page = open_page("about/privacy/")
    page.evaluate("stored => localStorage.setItem('guide-clinic', stored)", stored)
    page.goto(page.url.partition("about")[0] + BUILDER)
    expect(page.locator("#guide-builder-preview iframe")).to_be_visible()
    assert "javascript" not in page.locator("#guide-builder-code").input_value()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_builder_with_details_fits_and_axe_finds_nothing(open_page: Opener, width: int, scheme: str) -> None:
    page = open_page(BUILDER, width=width, scheme=scheme)
    expect(page.locator("#guide-builder-height")).to_contain_text("pixels")
    fill(page, DETAILS | {"after-hours": "1-800-FLOWERS"})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(STICKS_OUT) == []
    page.evaluate("scrollTo(0, 0)")  # what the header covers is too small a target for axe
    assert violations(page) == []


def test_details_are_typed_by_keyboard_alone(open_page: Opener) -> None:
    page = open_page(BUILDER, width=320)
    page.locator("#guide-builder-fit").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    for value in DETAILS.values():
        page.keyboard.press("Tab")
        page.keyboard.type(value)
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.locator("#guide-builder-kept")).to_contain_text("Kept")
    page.keyboard.press("Tab")
    with page.context.expect_page() as opened:
        page.keyboard.press("Enter")
    expect(opened.value.locator(".guide-clinic-head")).to_contain_text("Lakeside Clinic")


# The handout


@pytest.mark.parametrize(
    "name",
    [
        NAME,
        "comparison/levels-of-care",
        "care-card/overdose",
        "worksheet/my-safety-plan",
        "page/help-now",
    ],
)
@pytest.mark.parametrize("width", [320, 1280])
def test_handout_of_the_builder_carries_the_details(open_page: Opener, name: str, width: int) -> None:
    builder = open_page(f"for-clinics/embed/#{name}", width=width)
    fill(builder, DETAILS)
    with builder.context.expect_page() as opened:
        builder.locator("#guide-builder-handout").click()
    page = opened.value
    expect(page.locator(".guide-clinic-head")).to_contain_text("Lakeside Clinic")
    lines = page.locator(".guide-who li").all_inner_texts()
    assert "911" in lines[0] and "988" in lines[1]
    assert lines[2:] == [
        "Main phone: 555-555-0100",
        "After hours: 1-555-555-0111",
        "In a crisis: Press 2 for the counselor on call.",
    ]
    assert "?" not in page.url and "#" not in page.url
    assert page.evaluate(KEPT) == 0
    foot = page.locator(".guide-handout__foot")
    address = page.locator("link[rel=canonical]").evaluate("link => link.href")
    expect(foot).to_contain_text(address)
    assert address in str(foot.locator("svg").get_attribute("aria-label"))
    for words in ("Published by", "License: ", "The IOP Guide"):
        expect(foot).to_contain_text(words)
    assert page.evaluate(STICKS_OUT) == []
    assert page.evaluate(CUT_OFF) == []
    assert violations(page) == []
    page.emulate_media(media="print")
    expect(page.locator("#guide-handout-tools")).to_be_hidden()
    expect(page.locator(".guide-qr")).to_be_visible()


def test_handout_without_the_builder_or_without_javascript_is_whole(open_page: Opener) -> None:
    for javascript in (True, False):
        page = open_page(f"print/{NAME}/", javascript=javascript)
        expect(page.locator(".guide-who")).to_contain_text("911")
        expect(page.locator(".guide-clinic-head")).to_be_hidden()
        expect(page.locator(".guide-clinic__note")).to_be_hidden()
        expect(page.locator("#guide-handout-tools")).to_be_visible(visible=javascript)
        assert "Main phone" not in page.locator("body").inner_text()


def test_page_of_another_site_cannot_fill_in_a_handout(clinic: Clinic) -> None:
    page = clinic.show("<button>Open</button>")
    with page.context.expect_page() as opened:
        page.evaluate("address => { window.handout = window.open(address); }", f"{clinic.site}print/{NAME}/")
    opened.value.wait_for_load_state()
    page.evaluate("""() => handout.postMessage({guide: "clinic", clinic: {name: "Evil"}}, "*")""")
    opened.value.wait_for_timeout(300)
    expect(opened.value.locator(".guide-clinic-head")).to_be_hidden()
    # Its own message tells a stranger nothing: it is meant for the guide's own pages alone.
    clinic.seen[:] = [line for line in clinic.seen if "Failed to execute 'postMessage'" not in line]
