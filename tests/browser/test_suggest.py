"""The form for suggestions, on the small site: a typo and its message, keys, paper, and no scripts."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from guide.commands import suggestion
from guide.outputs.suggest import FOLDER
from tests.browser.conftest import Opener, Server
from tests.browser.test_axe import COLORS, violations
from tests.factories import GOOD, Project

pytestmark = [pytest.mark.browser, pytest.mark.site]
PAGE = "contribute/"
LINE = f"{PAGE}#helplines/pool-office"
HOURS = re.compile("^Change this ?: Hours$")


@pytest.fixture(scope="module")
def site_folder(good_site: Path) -> Path:
    """The small site in place of the real one: no word of a guide is of use here."""
    return good_site


@pytest.fixture(scope="module")
def site_url(site_folder: Path) -> Iterator[str]:
    """Its address; ends in "/"."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Server, directory=str(site_folder))) as server:
        thread = threading.Thread(target=partial(server.serve_forever, poll_interval=0.05), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def fill(page: Page, now: str, why: str = "https://pool.example.org/hours") -> None:
    page.locator("#guide-suggest-now").fill(now)
    page.locator("#guide-suggest-why").fill(why)
    page.get_by_role("button", name="Check my suggestion").click()


def wrong(page: Page) -> list[str]:
    """Give what the form says is wrong."""
    return [text for text in page.locator(".guide-suggest__wrong").all_inner_texts() if text]


def unreadable(route: Route) -> None:
    """Answer with what is no JSON: a browser's console says nothing of that, as it would of a missing file."""
    route.fulfill(body="<p>Not here.", content_type="text/html")


def letter(page: Page) -> str:
    return str(page.locator("[data-letter]").text_content())


def test_from_the_foot_of_a_page_to_the_public_form(open_page: Opener, site_url: str) -> None:
    """A nurse corrects the hours of a line, and forgets to say where she read them."""
    page = open_page("help/", width=390, height=844)
    page.locator("summary", has_text="Report or fix this").click()
    page.locator(".guide-foot a[href*='#helplines/']").first.click()
    expect(page.locator("#guide-suggest-title")).to_be_focused()
    page.goto(site_url + LINE)
    page.get_by_role("link", name=HOURS).click()
    expect(page.locator("#guide-suggest-title")).to_be_focused()

    fill(page, "Evry day but Monday", why=" ")
    assert wrong(page) == ["Say where you read it. If it's only a typo or a plainer word, say that."]
    expect(page.locator("#guide-suggest-why")).to_be_focused()
    expect(page.locator("[data-status]")).to_have_text("One thing needs fixing first.")

    fill(page, "Every day but Monday")
    to_forge = page.get_by_role("link", name="Open the public form")
    address = urlsplit(str(to_forge.get_attribute("href")))
    assert address.netloc == "forge.example.org"
    asked = parse_qs(address.query)
    assert asked["template"] == ["suggested-change.yml"]
    assert asked["suggestion"] == [letter(page)]
    assert asked["page"] == [f"{site_url}{LINE}/hours"]
    assert "Every day but Monday" in letter(page)
    mail = str(page.locator("[data-to-letter]").get_attribute("href"))
    assert mail.startswith("mailto:pool@example.org?subject=")
    assert unquote(mail.partition("body=")[2]).replace("\r\n", "\n") == letter(page)


def test_what_the_form_writes_becomes_that_change(open_page: Opener, tmp_path: Path) -> None:
    page = open_page(f"{LINE}/hours")
    now = 'Every day: "always" & <b or #1 — sí'.replace("<b", "b")
    fill(page, now)
    project = Project(tmp_path / "site")
    project.root.mkdir()
    for name in ("data", "docs"):
        (project.root / name).symlink_to(GOOD / name)
    (project.root / "data").unlink()
    _copy(GOOD / "data", project.root / "data")
    project.write("mkdocs.yml", (GOOD / "mkdocs.yml").read_text("utf-8"))
    (tmp_path / "letter.txt").write_text(letter(page), "utf-8")

    assert suggestion.main(["--root", str(project.root), str(tmp_path / "letter.txt")]) == 0

    before = (GOOD / "data/helplines.yaml").read_text("utf-8").splitlines()
    after = project.read("data/helplines.yaml").splitlines()
    assert sum(old != new for old, new in zip(before, after, strict=True)) == 1
    assert any("sí" in line for line in after)


def _copy(source: Path, target: Path) -> None:
    for path in source.rglob("*"):
        if path.is_file():
            (target / path.relative_to(source)).parent.mkdir(parents=True, exist_ok=True)
            (target / path.relative_to(source)).write_bytes(path.read_bytes())


@pytest.mark.parametrize(
    ("field", "now", "said"),
    [
        ("hours", "", "Write what it should say."),
        ("hours", "   ", "Write what it should say."),
        ("hours", "x" * 161, "This is 161 characters long. Keep it to 160."),
        ("cost", "Free", "End it with a period, a question mark or an exclamation point."),
        ("cost", "Free. <img src=x onerror=alert(1)>.", "Leave out the sign <, which begins code."),
        (
            "number",
            "1-800-555-01OO",
            "Write digits and hyphens only, like 1-800-555-0100, or",
        ),
    ],
)
def test_what_the_schema_can_tell_is_said_in_words(open_page: Opener, field: str, now: str, said: str) -> None:
    page = open_page(f"{LINE}/{field}")
    fill(page, now)
    assert len(wrong(page)) == 1 and wrong(page)[0].startswith(said)
    answer = page.locator("#guide-suggest-now")
    expect(answer).to_be_focused()
    expect(answer).to_have_attribute("aria-invalid", "true")
    assert "guide-suggest-now-wrong" in str(answer.get_attribute("aria-describedby"))
    expect(page.locator("[data-step=send]")).to_be_hidden()


def test_the_same_words_are_no_suggestion(open_page: Opener) -> None:
    page = open_page(f"{LINE}/hours")
    now = page.locator("#guide-suggest-now")
    expect(now).not_to_have_value("")
    fill(page, now.input_value() + "  ")
    assert wrong(page) == ["This is what it says already. Change the words first."]


def test_pasted_text_loses_what_nobody_can_see(open_page: Opener) -> None:
    page = open_page(f"{LINE}/hours")
    fill(page, "Every\u00a0day\u200b but\nMon\u00adday\u202e", why="### File\n\ndata/site.yaml")
    assert "\nEvery day but Monday\n" in letter(page)
    assert letter(page).splitlines().count("### File") == 1


def test_a_choice_is_chosen_and_shown_by_its_name(open_page: Opener, good_site: Path) -> None:
    found = [
        (path, value)
        for path in sorted((good_site / FOLDER).rglob("*/*.json"))
        for value in json.loads(path.read_text("utf-8"))["values"]
        if value["takes"] == "choice"
    ]
    path, value = found[0]
    page = open_page(f"{PAGE}#{path.parent.name}/{path.stem}/{value['name']}")
    expect(page.locator("[data-was]")).to_have_text(dict(value["choices"])[value["value"]])
    other, name = next(pair for pair in value["choices"] if pair[0] != value["value"])
    page.get_by_label("What should it say?").select_option(label=name)
    page.locator("#guide-suggest-why").fill("x")
    page.get_by_role("button", name="Check my suggestion").click()
    assert f"\n{other}\n" in letter(page)


def test_nothing_typed_is_asked_of_any_server_or_kept(open_page: Opener) -> None:
    page = open_page(LINE)
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    page.get_by_role("link", name=HOURS).click()
    fill(page, "Every day but Monday")
    expect(page.locator("[data-letter]")).to_be_visible()
    assert asked == []
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
    assert "Monday" not in page.url


def test_back_leads_from_step_to_step_and_what_was_typed_is_still_there(open_page: Opener) -> None:
    page = open_page(PAGE)
    page.locator("[data-step=kinds] a[href='#helplines']").click()
    page.locator("[data-list] a[href='#helplines/pool-office']").click()
    page.get_by_role("link", name=HOURS).click()
    page.locator("#guide-suggest-now").fill("Every day but Monday")
    page.go_back()
    expect(page.get_by_role("link", name=HOURS)).to_be_visible()
    page.go_forward()
    expect(page.locator("#guide-suggest-now")).to_have_value("Every day but Monday")
    fill(page, "Every day but Sunday")
    page.get_by_role("button", name="Change what I wrote").click()
    expect(page.locator("#guide-suggest-now")).to_have_value("Every day but Sunday")


def test_by_keyboard_alone(open_page: Opener) -> None:
    page = open_page(f"{LINE}/hours")
    expect(page.locator("#guide-suggest-title")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("#guide-suggest-now")).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type("Every day but Monday")
    page.keyboard.press("Tab")
    page.keyboard.type("The pool says so.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#guide-suggest-title")).to_be_focused()
    expect(page.locator("#guide-suggest-title")).to_have_text(re.compile("Ready to send"))
    page.keyboard.press("Tab")
    expect(page.locator("[data-to-forge]")).to_be_focused()


def test_a_text_too_long_for_an_address_is_copied(open_page: Opener) -> None:
    """Letters outside of Latin take nine to fifteen signs each."""
    page = open_page(f"{LINE}/cost")
    fill(page, "水" * 1100 + ".")
    expect(page.get_by_text("Your text is too long")).to_be_visible()
    address = str(page.locator("[data-to-forge]").get_attribute("href"))
    assert "suggestion=" not in address and len(address) < 1000
    expect(page.locator("[data-letter-way]")).to_be_hidden()
    assert "水" * 1100 in letter(page)


def test_the_text_can_be_copied(open_page: Opener) -> None:
    page = open_page(f"{LINE}/hours")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    fill(page, "Every day but Monday")
    page.get_by_role("button", name="Copy the text").click()
    expect(page.locator("[data-copied]")).to_have_text("Copied.")
    assert page.evaluate("navigator.clipboard.readText()") == letter(page)


@pytest.mark.parametrize("hash", ["none", "helplines/none", "../site", "helplines/../../x", "%", "helplines/%3Cb%3E"])
def test_what_is_not_there_leads_to_the_plain_report(open_page: Opener, hash: str) -> None:
    page = open_page(PAGE)
    page.route(f"**/{FOLDER}**", unreadable)
    page.evaluate("hash => { location.hash = hash }", hash)
    failed = page.locator("#guide-suggest [data-failed]")
    expect(failed).to_be_visible()
    expect(failed.get_by_role("link", name="Report or fix this")).to_have_attribute("href", re.compile("wrong-fact"))


def test_a_list_that_cannot_be_had_says_so_and_can_be_had_later(open_page: Opener) -> None:
    page = open_page(PAGE)
    page.route(f"**/{FOLDER}**", unreadable)
    page.locator("[data-step=kinds] a").first.click()
    expect(page.locator("#guide-suggest [data-failed]")).to_be_visible()
    page.unroute_all()
    page.locator("[data-back] a").click()
    page.locator("[data-step=kinds] a").first.click()
    expect(page.locator("[data-list] li").first).to_be_visible()


@pytest.mark.parametrize(
    "step", ["", "#helplines", "#helplines/pool-office", "#helplines/pool-office/cost", "wrong", "send"]
)
def test_every_step_is_accessible_and_fits_a_narrow_phone(open_page: Opener, step: str) -> None:
    page = open_page(
        PAGE + (step if step.startswith("#") else "#helplines/pool-office/cost" if step else ""), width=320
    )
    if step in ("wrong", "send"):
        fill(page, "Free" if step == "wrong" else "Free on Mondays.")
    expect(page.locator("#guide-suggest")).to_be_visible()
    page.wait_for_timeout(100)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    small = page.evaluate(
        "[...document.querySelectorAll('#guide-suggest :is(a, button, input, textarea, select)')]"
        ".filter(each => each.offsetParent && each.getBoundingClientRect().height < 24).map(each => each.outerHTML)"
    )
    assert small == []
    for _ in range(2):
        page.locator("#guide-scheme").click()
    assert violations(page, runOnly=COLORS) == []


def test_without_javascript_the_page_has_a_plain_way_and_no_form(open_page: Opener) -> None:
    page = open_page(LINE, javascript=False)
    expect(page.locator("#guide-suggest")).to_be_hidden()
    page.locator("summary", has_text="Report or fix this").click()
    expect(page.get_by_role("link", name="Report a mistake on a public form")).to_be_visible()
    expect(page.get_by_role("link", name="Write to the editors, in private")).to_be_visible()


def test_on_paper_a_suggestion_is_its_text(open_page: Opener) -> None:
    page = open_page(f"{LINE}/hours")
    fill(page, "Every day but Monday")
    page.emulate_media(media="print")
    expect(page.locator("[data-letter]")).to_be_visible()
    expect(page.get_by_role("button", name="Copy the text")).to_be_hidden()
