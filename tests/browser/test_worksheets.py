"""Worksheets in Chromium, on a made-up one with every type of field: what follows from answers, and what is done with
them. Nothing is kept or sent before a reader asks for it, and no file that somebody else wrote does any harm."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Locator, Page, Route, expect

from guide.rendering.project import read_project
from macros.worksheet import examples
from macros.worksheet.record import Worksheet
from tests.browser.conftest import CUT_OFF, FOCUS_FAULT, STICKS_OUT, Opener, Witness
from tests.browser.test_axe import violations
from tests.browser.test_embeds import Clinic
from tests.factories import GOOD, ROOT

pytestmark = [pytest.mark.browser, pytest.mark.site]

PATH = "calls/top-level/"
EMBED = "embed/v1/worksheet/swim-plan/"
KEY = "guide-worksheet-swim-plan"
NOT_KEPT = "This browser can't keep it. Save it to a file instead."


Contexts = Callable[..., BrowserContext]


@pytest.fixture
def contexts(browser: Browser, good_url: str) -> Iterator[Contexts]:
    """Make contexts; afterwards no page of them may have met an error or asked another host."""
    witness = Witness(good_url)
    made: list[BrowserContext] = []

    def make(**options: Any) -> BrowserContext:
        context = browser.new_context(locale="en-US", **{"viewport": {"width": 1280, "height": 800}, **options})
        witness.watch(context)
        made.append(context)
        return context

    yield make
    for context in made:
        context.close()
    assert [each for each in witness.seen if not each.startswith("request to http://localhost:")] == []


@pytest.fixture
def page(contexts: Contexts, good_url: str) -> Page:
    """The page with the worksheet."""
    return opened(contexts(), good_url)


def opened(context: BrowserContext, good_url: str, path: str = PATH) -> Page:
    page = context.new_page()
    page.goto(good_url + path, wait_until="load")
    return page


def field(page: Any, key: str) -> Locator:
    """Find what is filled in for a key; a choice by "course=camp"."""
    name, _, value = key.partition("=")
    return page.locator(f'[data-key="{name}"]' + (f'[value="{value}"]' if value else ""))


def fill(page: Any, **answers: str) -> None:
    """Type answers; "_" stands for "." in keys."""
    for key, text in answers.items():
        field(page, key.replace("_", ".")).fill(text)


def result(page: Any, name: str, number: int = 0) -> Locator:
    return page.locator(".guide-result").filter(has_text=f"{name}:").nth(number).locator("output")


def answers(page: Page) -> dict[str, Any]:
    return page.evaluate("guideWorksheet.sheets[0].answers()")


def kept(page: Page) -> dict[str, Any] | None:
    """Give the answers that the browser keeps, or None."""
    text = page.evaluate("key => localStorage.getItem(key)", KEY)
    return json.loads(text)["answers"] if text else None


def status(page: Page) -> Locator:
    return page.locator(".guide-worksheet__status")


def press(page: Page, name: str) -> None:
    page.locator(".guide-worksheet").get_by_role("button", name=name, exact=True).click()


def keep(page: Page) -> Locator:
    return page.get_by_role("checkbox", name=re.compile("^Keep on this device"))


def answer_dialogs(page: Page, accept: bool = True) -> list[str]:
    """Answer every question of the page; give the list in which they are written down."""
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.message or dialog.type)
        dialog.accept() if accept else dialog.dismiss()

    page.on("dialog", answer)
    return asked


# What follows from answers


def typed_example(page: Page, worksheet: Worksheet, example: Any) -> None:
    """Type an example as its record writes it."""
    repeats = {each.id: part.repeat is not None for part in worksheet.parts for each in part.fields}
    sheet = page.locator(f'[data-worksheet="{worksheet.id}"]')
    for answer in examples.typed(worksheet, example):
        if not answer.text:
            continue
        key = f"{answer.field.id}.{answer.repeat + 1}" if repeats[answer.field.id] else answer.field.id
        while repeats[answer.field.id] and not sheet.locator(f'[data-key^="{key}"]').first.is_visible():
            part = sheet.locator("[data-part]").filter(has=page.locator(f'[data-key^="{key}"]'))
            part.locator("[data-do=more]").click()
        if answer.field.type == "many":
            for option in answer.text.split(","):
                field(sheet, f"{key}/{option.strip()}").check()
        elif answer.field.type in ("choice", "scale"):
            field(sheet, f"{key}={answer.text}").check()
        elif answer.field.type == "tick":
            field(sheet, key).check()
        elif answer.field.type == "person":
            name, _, phone = answer.text.partition(",")
            field(sheet, f"{key}.name").fill(name)
            field(sheet, f"{key}.phone").fill(phone.strip())
        else:
            field(sheet, key).fill(answer.text)


WORKED_OUT = """([id]) => guideWorksheet.sheets.filter((sheet) => sheet.id === id).map((sheet) =>
  guideWorksheet.all(sheet.root, "output[data-program]").map((output) => {
    const values = sheet.values(output.dataset.fields.split(" ").filter(Boolean), output);
    const { unit, decimals } = output.dataset;
    const value = guideWorksheet.finish(guideWorksheet.evaluate(JSON.parse(output.dataset.program), values), unit,
      Number(decimals));
    return value === null ? "" : guideWorksheet.said(value, unit, Number(decimals));
  }))[0]"""


def check_examples(page: Page, worksheet: Worksheet) -> None:
    """Type every example of a worksheet, and compare what its script works out with what Python does."""
    answer_dialogs(page)
    for example in worksheet.examples:
        typed_example(page, worksheet, example)
        found = page.evaluate(WORKED_OUT, [worksheet.id])
        # The record writes the results of repeats one after the other, and the page the results of one repeat.
        expected = []
        for part in worksheet.parts:
            written = [examples.results(worksheet, example)[each.id].split("|") for each in part.results]
            for repeat in range(part.repeat.count if part.repeat else 1):
                expected += [each[repeat].strip() if repeat < len(each) else "" for each in written]
        assert found == expected, example.id
        page.locator(f'[data-worksheet="{worksheet.id}"] [data-do=clear]').click()


WORKSHEETS = {each.id: each for each in read_project(ROOT).guide.records("worksheets").values()}


@pytest.mark.parametrize("name", [name for name, each in WORKSHEETS.items() if each.page])
def test_examples_of_the_guide_come_to_what_their_records_say(open_page: Opener, name: str) -> None:
    path = str(WORKSHEETS[name].page).removesuffix(".md") + "/"
    page = open_page(path)
    check_examples(page, WORKSHEETS[name])


def test_examples_with_repeats_come_to_what_the_record_says(page: Page) -> None:
    check_examples(page, read_project(GOOD).guide.records("worksheets")["swim-plan"])


def test_results_are_shown_when_all_that_they_need_is_there(page: Page) -> None:
    fill(page, ticket="1,250.50")
    expect(result(page, "Tickets")).to_have_text("Still needed: What is your discount?")
    fill(page, discount="10")
    expect(result(page, "Tickets")).to_have_text("$1,125.45")
    fill(page, discount="10.005")
    expect(result(page, "Tickets")).to_have_text("Still needed: What is your discount?")
    fill(page, start="2026-01-05")
    expect(result(page, "Ready by")).to_have_text("March 16, 2026")


def test_result_of_a_repeat_uses_its_own_answers_and_those_that_do_not_repeat(page: Page) -> None:
    fill(page, hours="2.5", entry_1="3.10", entry_2="4")
    expect(result(page, "A week there")).to_have_text("$7.75")
    expect(result(page, "A week there", 1)).to_have_text("$10")


def test_sum_over_repeats_adds_what_is_there(page: Page) -> None:
    expect(result(page, "Buses")).to_have_text("Not answered")
    fill(page, fare_1="2")
    expect(result(page, "Buses")).to_have_text("$2")
    press(page, "Add another: Time")
    fill(page, fare_2="1.05")
    expect(result(page, "Buses")).to_have_text("$3.05")


@pytest.mark.parametrize(
    ("key", "typed"),
    [("hours", "-1"), ("hours", "41"), ("hours", "2.55"), ("hours", "two"), ("hours", "0"), ("hours", "1e1")],
)
def test_number_that_cannot_be_one_is_said_in_words_after_it_is_left(page: Page, key: str, typed: str) -> None:
    box = field(page, key)
    wrong = page.locator(f"#{box.get_attribute('id')}-wrong")
    box.press_sequentially(typed)
    expect(wrong).to_be_hidden()
    page.keyboard.press("Tab")
    expect(wrong).to_have_text("Write a number from 1 to 40, such as 1.")
    expect(box).to_have_attribute("aria-invalid", "true")
    assert wrong.get_attribute("id") in str(box.get_attribute("aria-describedby")).split()
    box.fill("2")
    expect(wrong).to_be_hidden()
    expect(box).not_to_have_attribute("aria-invalid", "true")


@pytest.mark.parametrize("typed", ["$1,250", " 12 ", "1 000", "0", "1000000", "0.5", "12.00"])
def test_amount_is_read_as_people_write_it(page: Page, typed: str) -> None:
    box = field(page, "ticket")
    box.press_sequentially(typed)
    page.keyboard.press("Tab")
    expect(page.locator(f"#{box.get_attribute('id')}-wrong")).to_be_hidden()


def test_half_a_date_is_said_in_words(page: Page) -> None:
    field(page, "start").press_sequentially("02")
    field(page, "desk").focus()
    expect(page.locator(".guide-field__wrong:visible")).to_have_text("Write a whole date.")


def test_note_is_shown_while_it_is_true(page: Page) -> None:
    note = page.get_by_text("That is less than most courses.")
    expect(note).to_be_hidden()
    fill(page, hours="1.9")
    expect(note).to_be_visible()
    fill(page, hours="2")
    expect(note).to_be_hidden()
    assert note.locator("xpath=ancestor::*[@aria-live='polite']").count() == 1
    fill(page, depth_2="7")
    expect(page.get_by_text("A grown-up can't stand there.").nth(1)).to_be_visible()
    expect(page.get_by_text("A grown-up can't stand there.").first).to_be_hidden()


def test_danger_shows_the_card_and_hides_all_that_follows(page: Page) -> None:
    parts = page.locator(".guide-worksheet [data-part]")
    assert parts.count() == 4
    field(page, "signs/cramp").check()
    card = page.locator(".guide-worksheet .guide-care")
    expect(card).to_be_visible()
    expect(card).to_contain_text("Call the lifeguard")
    for number in (1, 2, 3):
        expect(parts.nth(number)).to_be_hidden()
    field(page, "signs/cramp").uncheck()
    expect(card).to_be_hidden()
    expect(parts.nth(3)).to_be_visible()


def test_number_of_a_person_can_be_called(page: Page) -> None:
    link = page.locator('[data-call="friend"]')
    expect(link).to_be_hidden()
    fill(page, friend_name="Robin", friend_phone="(555) 010-0199")
    expect(link).to_have_attribute("href", "tel:5550100199")
    expect(link).to_contain_text("Call")
    for wrong in ("javascript:alert(1)", "12", "not a number", "1" * 40):
        fill(page, friend_phone=wrong)
        expect(link).to_be_hidden()
        assert link.get_attribute("href") is None


# Repeats


def test_repeats_open_one_by_one_and_take_the_name_that_is_typed(page: Page) -> None:
    pools = page.locator('[data-part="pools"]')
    assert [field(page, f"pool.{number}").is_visible() for number in (1, 2, 3)] == [True, True, False]
    press(page, "Add another: Pool")
    expect(field(page, "pool.3")).to_be_focused()
    expect(pools.get_by_role("button", name="Add another: Pool")).to_be_hidden()
    fill(page, pool_3="Lake")
    expect(pools.get_by_role("group", name="How is the water?").get_by_text("Lake")).to_be_visible()
    fill(page, pool_3="")
    expect(pools.get_by_role("group", name="How is the water?").get_by_text("Pool 3")).to_be_visible()


def test_answers_that_differ_come_first(page: Page) -> None:
    fill(page, pool_1="Lake", pool_2="Town", depth_1="5", depth_2="5")
    field(page, "water.1=warm").check()
    field(page, "water.2=cold").check()
    field(page, "offers.1/sauna").check()
    compared = page.locator('[data-part="pools"] .guide-field--compared')
    said = {
        each.get_attribute("data-asks"): each.locator(".guide-field__differs").text_content() for each in compared.all()
    }
    assert said == {
        "pool": "",
        "depth": "Same answer.",
        "entry": "",
        "water": "Answers differ.",
        "offers": "Not answered for: Town",
        "seen": "",
        "guard": "",
    }
    press(page, "Put differences first")
    order = [each.get_attribute("data-asks") for each in compared.all()]
    assert order == ["water", "offers", "pool", "depth", "entry", "seen", "guard"]
    expect(page.get_by_role("button", name="Put differences first")).to_have_attribute("aria-pressed", "true")
    press(page, "Put differences first")
    assert [each.get_attribute("data-asks") for each in compared.all()] == list(said)


# The week


def time(page: Page, number: int, days: str, starts: str, ends: str, name: str = "") -> None:
    while not field(page, f"begins.{number}").is_visible():
        press(page, "Add another: Time")
    for day in days.split():
        field(page, f"days.{number}/{day}").check()
    fill(page, **{f"begins_{number}": starts, f"ends_{number}": ends, f"what_{number}": name})


def test_week_shows_entries_and_says_where_they_overlap(page: Page) -> None:
    time(page, 1, "monday wednesday", "18:00", "19:00", "Lesson")
    clashes = page.locator(".guide-week__clashes")
    expect(clashes).to_have_text("")
    time(page, 2, "monday", "19:00", "20:00", "Bus")
    expect(clashes).to_have_text("Nothing overlaps.")
    fill(page, begins_2="18:30")
    expect(clashes).to_have_text("Monday: Lesson (6:00 PM–7:00 PM) and Bus (6:30 PM–8:00 PM) overlap.")
    days = page.locator(".guide-week__days")
    assert days.locator("li").all_text_contents() == [
        "6:00 PM–7:00 PM Lesson",
        "6:30 PM–8:00 PM Bus",
        "6:00 PM–7:00 PM Lesson",
    ]


def test_what_goes_on_after_midnight_overlaps_with_the_next_day(page: Page) -> None:
    time(page, 1, "sunday", "22:00", "06:00", "Night")
    time(page, 2, "monday", "05:00", "07:00")
    expect(page.locator(".guide-week__clashes")).to_have_text(
        "Sunday: Night (10:00 PM–6:00 AM) and No name (5:00 AM–7:00 AM) overlap."
    )


def test_week_can_begin_with_a_sample(page: Page) -> None:
    fill(page, what_1="Mine")
    press(page, "Begin with: Three evenings")
    assert answers(page) == {
        "what.1": "Mine",
        **{"what.2": "Sessions", "days.2/monday": True, "begins.2": "18:00", "ends.2": "19:45"},
        **{"what.3": "Lanes", "days.3/wednesday": True, "begins.3": "18:00", "ends.3": "19:00"},
    }


def calendar(page: Page) -> list[dict[str, str]]:
    """Save the calendar and read it by RFC 5545: lines, folding, properties, escapes; give its events."""
    with page.expect_download() as download:
        press(page, "Save for a calendar")
    assert download.value.suggested_filename == "swim-plan.ics"
    written = Path(download.value.path()).read_bytes()
    assert written.endswith(b"\r\n")
    assert b"\n" not in written.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in written.split(b"\r\n")), "3.1: up to 75 octets"
    lines = written.decode("utf-8").replace("\r\n ", "").split("\r\n")[:-1]
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f]", "".join(lines)), "3.3.11: no controls in a text"
    assert lines[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    assert lines[2].startswith("PRODID:") and lines[-1] == "END:VCALENDAR"
    events: list[dict[str, str]] = []
    for line in lines[3:-1]:
        name, _, value = line.partition(":")
        assert re.fullmatch(r"[A-Z-]+", name), line
        if line == "BEGIN:VEVENT":
            events.append({})
        elif line != "END:VEVENT":
            assert name not in events[-1]
            events[-1][name] = re.sub(r"\\([\\;,])", r"\1", value)
    for event in events:
        assert re.fullmatch(r"\d{8}T\d{6}Z", event["DTSTAMP"])
        assert re.fullmatch(r"\d{8}T\d{6}", event["DTSTART"]) and re.fullmatch(r"\d{8}T\d{6}", event["DTEND"])
        assert event["DTSTART"] < event["DTEND"]
    assert len({event["UID"] for event in events}) == len(events)
    return events


def test_calendar_says_nothing_of_what_it_is_for_by_default(page: Page) -> None:
    page.clock.install(time="2026-11-30T12:00:00")
    page.reload()
    time(page, 1, "monday thursday", "18:00", "19:15", "Lesson")
    time(page, 2, "sunday", "23:00", "01:00", "Night swim")
    events = calendar(page)
    assert [(each["DTSTART"], each["DTEND"], each["RRULE"], each["SUMMARY"]) for each in events] == [
        ("20261130T180000", "20261130T191500", "FREQ=WEEKLY", "Appointment"),
        ("20261203T180000", "20261203T191500", "FREQ=WEEKLY", "Appointment"),
        ("20261206T230000", "20261207T010000", "FREQ=WEEKLY", "Appointment"),
    ]


def test_calendar_takes_my_own_words_if_asked(page: Page) -> None:
    words = "Doctor; A, B \\ C\x07 " + "é😀" * 40
    page.get_by_role("checkbox", name=re.compile("Use my own words")).check()
    time(page, 1, "friday", "08:00", "09:00")
    page.evaluate("([words]) => { document.querySelector('[data-key=\"what.1\"]').value = words; }", [words])
    assert [event["SUMMARY"] for event in calendar(page)] == [words.replace("\x07", "").replace("  ", " ")]


# Keeping


def test_nothing_is_kept_before_it_is_asked_for_and_then_only_under_one_name(page: Page) -> None:
    fill(page, dream="A lake")
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
    keep(page).check()
    expect(status(page)).to_have_text("Kept on this device.")
    assert kept(page) == {"dream": "A lake"}
    fill(page, worries="Deep water")
    field(page, "told").check()
    assert kept(page) == {"dream": "A lake", "worries": "Deep water", "told": True}
    assert page.evaluate("Object.keys(localStorage)") == [KEY]
    page.reload()
    expect(field(page, "worries")).to_have_value("Deep water")
    expect(keep(page)).to_be_checked()
    keep(page).uncheck()
    expect(status(page)).to_have_text("No longer kept on this device.")
    assert page.evaluate("localStorage.length") == 0
    expect(field(page, "worries")).to_have_value("Deep water")


def test_choice_says_who_else_could_see_what_is_kept(page: Page) -> None:
    expect(keep(page)).to_have_accessible_name(re.compile("Anyone who uses this device could read it"))


def test_another_tab_shows_what_is_kept_and_forgets_it_too(contexts: Contexts, good_url: str) -> None:
    context = contexts()
    one, other = opened(context, good_url), opened(context, good_url)
    fill(one, dream="A lake")
    keep(one).check()
    expect(field(other, "dream")).to_have_value("A lake")
    fill(other, dream="A river")
    expect(field(one, "dream")).to_have_value("A river")
    one.evaluate("localStorage.clear()")
    expect(field(other, "dream")).to_have_value("")
    expect(keep(other)).not_to_be_checked()
    fill(other, dream="The sea")
    assert other.evaluate("localStorage.length") == 0, "nothing is kept again by itself"


def test_other_answers_in_another_tab_stay_as_they_are(contexts: Contexts, good_url: str) -> None:
    context = contexts()
    one, other = opened(context, good_url), opened(context, good_url)
    fill(other, dream="Mine")
    fill(one, dream="Another")
    keep(one).check()
    expect(field(other, "dream")).to_have_value("Mine")
    expect(keep(other)).not_to_be_checked()


@pytest.mark.parametrize("cache", [True, False], ids=["page-cache", "loaded-again"])
def test_what_is_typed_survives_back(
    contexts: Contexts, good_url: str, cache: bool, request: pytest.FixtureRequest
) -> None:
    """Chromium's shell has no page cache: there, what a page does when it comes back is done step by step."""
    page = opened(contexts(), good_url)
    asked = answer_dialogs(page)
    fill(page, dream="A lake", hours="1")
    field(page, "course=camp").check()
    if cache:
        page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    else:
        page.goto(good_url)
        page.go_back(wait_until="load")
        assert asked == ["beforeunload"]
    expect(field(page, "dream")).to_have_value("A lake")
    expect(field(page, "course=camp")).to_be_checked()
    expect(page.get_by_text("That is less than most courses.")).to_be_visible()
    assert page.evaluate("localStorage.length") == 0


def test_what_was_removed_elsewhere_stays_removed_after_back(contexts: Contexts, good_url: str) -> None:
    page = opened(contexts(), good_url)
    fill(page, dream="A lake")
    keep(page).check()
    page.goto(good_url)
    page.evaluate("localStorage.clear()")
    page.go_back(wait_until="load")
    expect(field(page, "dream")).to_have_value("")
    expect(keep(page)).not_to_be_checked()
    assert page.evaluate("localStorage.length") == 0


@pytest.mark.parametrize(
    "stored",
    [
        "",
        "null",
        "[]",
        "7",
        "not JSON",
        '{"tool": "swim-plan"}',
        "[" * 100_000,
        '{"answers": {"dream": 1}}',
        "x" * 10**6,
    ],
    ids=lambda stored: stored[:12] or "empty",
)
def test_whatever_is_stored_the_tool_works(page: Page, stored: str) -> None:
    page.evaluate("([key, stored]) => localStorage.setItem(key, stored)", [KEY, stored])
    page.reload()
    assert answers(page) == {}
    expect(keep(page)).not_to_be_checked()
    fill(page, dream="A lake")
    keep(page).check()
    assert kept(page) == {"dream": "A lake"}


@pytest.mark.parametrize("how", ["denied", "full"])
def test_where_nothing_can_be_kept_the_page_says_so(contexts: Contexts, good_url: str, how: str) -> None:
    context = contexts()
    context.add_init_script(
        """Object.defineProperty(window, "localStorage", {
             get() { throw new DOMException("Access is denied for this document.", "SecurityError"); } })"""
        if how == "denied"
        else """Storage.prototype.setItem = () => {
             throw new DOMException("The quota has been exceeded.", "QuotaExceededError"); }"""
    )
    page = opened(context, good_url)
    fill(page, dream="A lake", ticket="10", discount="50")
    keep(page).click()
    expect(status(page)).to_have_text(NOT_KEPT)
    expect(keep(page)).not_to_be_checked()
    expect(field(page, "dream")).to_have_value("A lake")
    expect(result(page, "Tickets")).to_have_text("$5")


def test_page_says_when_it_can_keep_no_more(page: Page) -> None:
    keep(page).check()
    page.evaluate(
        "() => { Storage.prototype.setItem = () => { throw new DOMException('Full', 'QuotaExceededError'); }; }"
    )
    fill(page, dream="A lake")
    expect(status(page)).to_have_text(NOT_KEPT)
    expect(keep(page)).not_to_be_checked()


# Leaving


def test_leaving_asks_only_if_something_would_be_lost(page: Page, good_url: str) -> None:
    asked = answer_dialogs(page)
    page.goto(good_url)
    page.goto(good_url + PATH)
    assert asked == []
    field(page, "dream").press_sequentially("A lake")
    page.goto(good_url)
    assert asked == ["beforeunload"]
    page.goto(good_url + PATH)
    field(page, "dream").press_sequentially("A lake")
    keep(page).check()
    page.goto(good_url)
    assert asked == ["beforeunload"], "what is kept isn't lost"


def test_saving_and_clearing_leave_nothing_to_lose(page: Page, good_url: str) -> None:
    asked = answer_dialogs(page)
    field(page, "dream").press_sequentially("A lake")
    with page.expect_download():
        press(page, "Save to a file")
    page.goto(good_url)
    page.goto(good_url + PATH)
    field(page, "dream").press_sequentially("A lake")
    press(page, "Clear everything")
    page.goto(good_url)
    assert asked == ["Clear everything you typed here?"]


@pytest.mark.parametrize("way", ["click", "Enter"])
def test_quick_way_out_never_asks(page: Page, good_url: str, way: str) -> None:
    asked = answer_dialogs(page)
    field(page, "dream").press_sequentially("A lake")
    link = "<p><a href='" + good_url + "' data-guide-leave>Leave</a></p>"
    page.evaluate("link => document.querySelector('article').insertAdjacentHTML('afterbegin', link)", link)
    way_out = page.get_by_role("link", name="Leave", exact=True)
    way_out.click() if way == "click" else way_out.press("Enter")
    page.wait_for_url(good_url)
    assert asked == []


# Saving, opening, copying


def saved(page: Page) -> bytes:
    with page.expect_download() as download:
        press(page, "Save to a file")
    assert download.value.suggested_filename == "swim-plan.json"
    return Path(download.value.path()).read_bytes()


def open_file(page: Page, content: bytes) -> None:
    """Choose a file, as the button "Open a saved file" lets a reader do."""
    status(page).evaluate("element => { element.textContent = ''; }")
    file = {"name": "plan.json", "mimeType": "application/json", "buffer": content}
    page.locator("[data-do=file]").set_input_files(file)  # type: ignore[arg-type]
    expect(status(page)).not_to_be_empty()


FILLED = {
    "dream": "A lake",
    "worries": "Deep water\nCold",
    "hours": "1.5",
    "start": "2026-01-05",
    "course": "camp",
    "signs/fine": True,
    "trust": "4",
    "told": True,
    "friend.name": "Robin",
    "friend.phone": "555-0100",
    "pool.3": "Lake",
    "days.2/monday": True,
    "begins.2": "18:00",
}


def saved_file(changes: dict[str, Any] | None = None, **head: Any) -> bytes:
    return json.dumps({"tool": "swim-plan", "format": 1, "answers": {**FILLED, **(changes or {})}, **head}).encode()


def test_saved_file_opens_in_another_browser(contexts: Contexts, good_url: str) -> None:
    one = opened(contexts(), good_url)
    one.evaluate("answers => { guideWorksheet.sheets[0].fill(answers); }", FILLED)
    written = saved(one)
    assert json.loads(written) == {"tool": "swim-plan", "format": 1, "answers": FILLED}
    other = opened(contexts(), good_url)
    with other.expect_file_chooser():
        press(other, "Open a saved file")
    open_file(other, written)
    expect(status(other)).to_have_text("Opened.")
    assert answers(other) == FILLED
    expect(field(other, "pool.3")).to_be_visible()
    expect(field(other, "begins.2")).to_be_visible()
    assert other.evaluate("localStorage.length") == 0


def test_opening_asks_before_it_replaces_anything(page: Page) -> None:
    fill(page, dream="Mine")
    asked = answer_dialogs(page, accept=False)
    file = {"name": "plan.json", "mimeType": "application/json", "buffer": saved_file()}
    page.locator("[data-do=file]").set_input_files(file)  # type: ignore[arg-type]
    page.wait_for_timeout(200)
    assert asked == ["Opening the file replaces what you typed here. Go on?"]
    assert answers(page) == {"dream": "Mine"}


def test_file_of_an_older_version_says_how_many_answers_have_no_place(page: Page) -> None:
    open_file(page, saved_file({"gone": "x", "pool.9": "y", "__proto__": "z"}))
    expect(status(page)).to_have_text("Opened. Answers that this version has no place for: 3.")
    assert answers(page) == FILLED


def test_html_in_answers_is_text(page: Page) -> None:
    html = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>"
    open_file(page, saved_file({"dream": html, "worries": html, "pool.1": html, "pool.3": "Pool 3", "what.1": html}))
    assert field(page, "dream").input_value() == html
    assert page.title() != "owned"
    assert page.locator(".guide-worksheet img, .guide-worksheet script").count() == 0
    expect(page.locator('[data-part="pools"] [data-names="1"]').first).to_have_text(html)
    field(page, "water.2=warm").check()
    said = page.locator('[data-part="pools"] [data-asks="water"] .guide-field__differs')
    expect(said).to_have_text(f"Not answered for: {html}, Pool 3")


DEEP = b"[" * 90_000 + b"]" * 90_000


def hostile_files() -> dict[str, bytes]:
    """Files that must be refused, by what is wrong with them."""
    whole = json.loads(saved_file())
    files: dict[str, bytes] = {
        "empty": b"",
        "space": b"  \n",
        "NUL": b"\0" * 100,
        "NUL in a text": saved_file().replace(b"A lake", b"A \0 lake"),
        "not JSON": b"hello",
        "half": saved_file()[:-20],
        "two": saved_file() * 2,
        "comment": b"// x\n" + saved_file(),
        "single quotes": saved_file().replace(b'"', b"'"),
        "trailing comma": saved_file()[:-1] + b",}",
        "HTML": b"<!doctype html><script>alert(1)</script>",
        "script": b"alert(1)",
        "PDF": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3",
        "ZIP": b"PK\x03\x04" + b"\0" * 30,
        "picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
        "UTF-32": saved_file().decode().encode("utf-32"),
        "bad UTF-8 around": b"\xff\xfe" + saved_file(),
        "huge": b" " * 300_000 + saved_file(),
        "huge text": saved_file({"worries": "x" * 250_000}),
        "many answers": saved_file({f"k{number}": "x" for number in range(20_000)}),
        "deep": DEEP,
        "deep objects": b'{"a":' * 30_000 + b"1" + b"}" * 30_000,
        "deep answers": b'{"tool":"swim-plan","format":1,"answers":' + DEEP + b"}",
        "lone surrogate key": b'{"\\ud800": 1}',
        "bignum": b"1" * 100_000,
        "infinity": b'{"tool": "swim-plan", "format": Infinity, "answers": {}}',
        "NaN": b"NaN",
    }
    for value in (None, True, False, 0, 1, -1, 1.5, "", "x", [], [1], {}, [[]], ["swim-plan"], {"a": 1}):
        files[f"whole is {value!r}"] = json.dumps(value).encode()
        files[f"answers are {value!r}"] = json.dumps({**whole, "answers": value}).encode()
        if value != 1:
            files[f"format is {value!r}"] = json.dumps({**whole, "format": value}).encode()
        files[f"tool is {value!r}"] = json.dumps({**whole, "tool": value}).encode()
    # An object without answers is a file with nothing in it; strange names have no place in the tool.
    for harmless in ("answers are {}", "answers are {'a': 1}"):
        del files[harmless]
    for key in ("tool", "format", "answers"):
        files[f"without {key}"] = json.dumps({name: value for name, value in whole.items() if name != key}).encode()
    for tool in ("Swim-plan", "swim-plan ", "constructor", "__proto__", "toString", "../swim-plan"):
        files[f"of {tool}"] = saved_file(tool=tool)
    for number in (2, 1000, 2**31, 2**53, -5, "1", "01", "1e0", [1], {"valueOf": 1}):
        files[f"format {number!r}"] = saved_file(format=number)
    wrong: dict[str, list[Any]] = {
        "dream": [1, None, True, [], {}, ["A"], {"toString": "x"}, "x" * 201],
        "worries": [0, "x" * 2001, [["x"]]],
        "hours": [2, 1.5, "1" * 15, None],
        "start": ["tomorrow", "2026-13-01", "2026-02-30", "20260105", "9999999-01-01", 20458, ""],
        "begins.1": ["25:00", "6 PM", "18", 1080],
        "course": ["beginners", "__proto__", "", 0, True, ["camp"]],
        "signs/fine": ["true", 1, False, None, "on", {}],
        "told": ["yes", 1, "", []],
        "trust": ["0", "6", 3, "4.0", None],
        "friend.phone": [5550100, "1" * 41],
    }
    for key, values in wrong.items():
        for value in values:
            files[f"{key} is {str(value)[:20]!r} ({type(value).__name__})"] = saved_file({key: value})
    return files


HOSTILE = hostile_files()
REFUSED = {
    "That file can't be opened. Choose a file that was saved from this tool.",
    "That file was saved from another tool.",
    "That file was saved by a newer version of this tool.",
}
STATE = """() => [document.title, document.querySelectorAll("*").length, location.href, localStorage.length,
  Object.keys(Object.prototype).length, Object.keys(Array.prototype).length, guideWorksheet.sheets[0].unsaved,
  JSON.stringify(guideWorksheet.sheets[0].answers()), document.querySelector(".guide-worksheet").innerText
    .replace(document.querySelector(".guide-worksheet__status").innerText, "")]"""


def test_there_are_many_hostile_files() -> None:
    assert len(HOSTILE) > 130


def test_no_hostile_file_changes_anything(page: Page) -> None:
    """Nor does any leave a message in the console: the fixture looks."""
    asked = answer_dialogs(page)
    page.evaluate("answers => { guideWorksheet.sheets[0].fill(answers); }", FILLED)
    before = page.evaluate(STATE)
    for name, content in HOSTILE.items():
        open_file(page, content)
        assert status(page).text_content() in REFUSED, name
        assert page.evaluate(STATE)[:-1] == before[:-1], name
    assert page.evaluate(STATE)[-1].split() == before[-1].split()
    assert asked == []


def test_prototypes_stay_as_they_are(page: Page) -> None:
    polluting = (
        b'{"tool":"swim-plan","format":1,"__proto__":{"x":1},"answers":{"__proto__":{"dream":"x"},"dream":"A lake"}}'
    )
    open_file(page, polluting)
    assert answers(page) == {"dream": "A lake"}
    assert page.evaluate("[({}).x, ({}).dream, [].x]") == [None, None, None]


TEXT = """My swim plan

About me
What do you dream of? A lake
"""


@pytest.mark.parametrize("clipboard", ["allowed", "refused", "missing"])
def test_copy_as_text(contexts: Contexts, good_url: str, clipboard: str) -> None:
    context = contexts(permissions=["clipboard-read", "clipboard-write"] if clipboard == "allowed" else [])
    if clipboard != "allowed":
        value = "undefined" if clipboard == "missing" else "{ writeText: () => Promise.reject(new Error('No')) }"
        context.add_init_script(f"Object.defineProperty(Navigator.prototype, 'clipboard', {{ get: () => ({value}) }})")
    page = opened(context, good_url)
    page.evaluate("answers => { guideWorksheet.sheets[0].fill(answers); }", {**FILLED, "seen.1": True, "entry.1": "2"})
    press(page, "Copy as text")
    if clipboard == "allowed":
        expect(status(page)).to_have_text("Copied.")
        text = page.evaluate("navigator.clipboard.readText()")
    else:
        expect(status(page)).to_contain_text("The text is below, to copy by hand.")
        area = page.get_by_role("textbox", name="Copy as text")
        expect(area).to_be_focused()
        text = area.input_value()
        assert page.evaluate("document.activeElement.selectionEnd - document.activeElement.selectionStart") == len(text)
    lines = text.replace("\r\n", "\n").split("\n")
    for line in (
        "My swim plan",
        "About me",
        "What do you dream of? A lake",
        "What does a ticket cost? ____",
        "Which course? A camp",
        "[x] I told somebody where I swim.",
        "Who swims with you? Robin, 555-0100",
        "That is less than most courses.",
        "What is it called?",
        "  Lake: Lake",
        "  Pool 1: [x]",
        "  Pool 2: [ ]",
        "Pool 1",
        "A week there: $3",
        "Time 2",
        "  On which days? Monday",
        "From https://swim.example.org/calls/top-level/",
    ):
        assert line in lines, line
    assert "Time 3" not in lines, "what isn't open isn't there"


# Privacy


def test_typing_asks_no_server_and_leaves_the_address_alone(page: Page, good_url: str) -> None:
    asked: list[str] = []

    def note(route: Route) -> None:
        asked.append(route.request.url)
        route.abort()

    page.context.route("**/*", note)
    for key in ("dream", "hours", "ticket", "friend.phone", "pool.1", "what.1"):
        field(page, key).press_sequentially("12")
    field(page, "signs/fine").check()
    keep(page).check()
    press(page, "Put differences first")
    press(page, "Begin with: Three evenings")
    with page.expect_download():
        press(page, "Save to a file")
    page.wait_for_timeout(200)
    assert [address for address in asked if not address.startswith("blob:")] == []
    assert page.url == good_url + PATH


# Paper, small screens, keyboards


def test_every_field_is_there_without_javascript(contexts: Contexts, good_url: str) -> None:
    page = opened(contexts(java_script_enabled=False), good_url)
    sheet = page.locator(".guide-worksheet")
    for key in ("dream", "worries", "hours", "start", "course=camp", "signs/fine", "trust=5", "friend.name", "pool.3"):
        expect(field(page, key)).to_be_visible()
    expect(field(page, "begins.4")).to_be_visible()
    field(page, "dream").fill("A lake")
    expect(page.locator(".guide-worksheet__tools")).to_be_hidden()
    expect(sheet.get_by_role("button")).to_have_count(0)
    expect(sheet.get_by_text("An example: two pools")).to_be_visible()
    assert page.locator("form [data-key]").count() == 0, "nothing can be sent"


def test_paper_has_lines_and_no_buttons(page: Page) -> None:
    fill(page, worries="One\nTwo\nThree\nFour\nFive\nSix")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator(".guide-worksheet__tools")).to_be_hidden()
    expect(page.locator(".guide-worksheet button:visible")).to_have_count(0)
    expect(field(page, "pool.3")).to_be_visible()
    line = field(page, "dream").evaluate("box => getComputedStyle(box).borderBottomWidth")
    assert float(line.removesuffix("px")) > 0
    area = field(page, "worries")
    assert area.evaluate("area => area.scrollHeight <= area.clientHeight + 1"), "all that is typed can be read"
    expect(page.locator(".guide-bar").first).to_be_visible()


PRINTED = """() => {
  window.print = () => { window.printed = document.documentElement.className; };
}"""


def test_print_button_prints_the_tool_alone(page: Page) -> None:
    page.evaluate(PRINTED)
    press(page, "Print")
    assert "guide-prints-tool" in page.evaluate("window.printed")
    page.emulate_media(media="print")
    expect(field(page, "dream")).to_be_visible()
    expect(page.locator(".guide-checklist").first).to_be_hidden()
    expect(page.locator(".guide-foot").first).to_be_hidden()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.locator(".guide-checklist").first).to_be_visible()


def test_wallet_card_has_its_answers_and_lines(page: Page) -> None:
    fill(page, desk="555-0100", friend_name="Robin", friend_phone="555-0199")
    field(page, "signs/fine").check()
    page.evaluate(PRINTED)
    press(page, "Print a wallet card")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    card = page.locator(".guide-wallet")
    expect(card).to_be_visible()
    expect(field(page, "dream")).to_be_hidden()
    for text in ("My swim plan", "555-0100", "Robin, 555-0199", "All is well", "1-800-555-0100"):
        expect(card).to_contain_text(text)
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(card).to_be_hidden()


@pytest.mark.parametrize("path", [PATH, EMBED])
@pytest.mark.parametrize("text", [100, 200])
def test_everything_fits_a_narrow_screen(contexts: Contexts, good_url: str, path: str, text: int) -> None:
    page = opened(contexts(viewport={"width": 320, "height": 800}), good_url, path)
    page.evaluate(
        "answers => { guideWorksheet.sheets[0].fill(answers); }", {**FILLED, "hours": "99", "dream": "x" * 200}
    )
    page.evaluate("size => { document.documentElement.style.fontSize = size + '%'; }", text)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert [each for each in page.evaluate(STICKS_OUT) if "guide-field" in each or "guide-worksheet" in each] == []
    assert [each for each in page.evaluate(CUT_OFF) if "guide-field" in each or "guide-worksheet" in each] == []


def test_targets_are_large_enough_for_a_thumb(contexts: Contexts, good_url: str) -> None:
    page = opened(contexts(viewport={"width": 360, "height": 740}), good_url)
    small = page.locator(".guide-worksheet").evaluate(
        """sheet => [...sheet.querySelectorAll("button, input:not([type=file]), textarea, label.guide-field__option")]
          .filter((element) => element.checkVisibility() && !element.matches("label input"))
          .map((element) => [element.outerHTML.slice(0, 80), element.getBoundingClientRect().height])
          .filter(([, height]) => height < 44)"""
    )
    assert small == []


def test_keyboard_alone_fills_in_and_keeps(page: Page) -> None:
    field(page, "dream").focus()
    page.keyboard.type("A lake")
    seen = []
    for _ in range(120):
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUS_FAULT) is None
        at = page.evaluate("document.activeElement.dataset.key || document.activeElement.dataset.do || ''")
        seen.append(at)
        if at == "course":
            page.keyboard.press("ArrowDown")
        if at in ("told", "keep"):
            page.keyboard.press("Space")
        if at == "keep":
            break
    assert seen[-1] == "keep"
    assert {"worries", "signs/fine", "friend.phone", "pool.2", "more", "differ", "begin"} <= set(seen)
    assert "file" not in seen
    assert kept(page) == {"dream": "A lake", "course": "camp", "told": True}
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.dataset.do") == "print"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", [PATH, EMBED])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing(contexts: Contexts, good_url: str, path: str, scheme: Any, width: int) -> None:
    page = opened(contexts(color_scheme=scheme, viewport={"width": width, "height": 800}), good_url, path)
    page.evaluate(
        "answers => { guideWorksheet.sheets[0].fill(answers); }",
        {**FILLED, "hours": "99", "ticket": "5", "discount": "5"},
    )
    assert violations(page, include=[".guide-worksheet"]) == []
    field(page, "signs/cramp").check()
    assert violations(page, include=[".guide-worksheet"]) == []


# In frames of other sites


@pytest.fixture
def clinic(browser: Browser, good_url: str) -> Iterator[Clinic]:
    """A site on another origin."""
    clinic = Clinic(browser, good_url)
    yield clinic
    clinic.close()


SANDBOXES = {
    "none": None,
    "scripts": "allow-scripts",
    "scripts-and-origin": "allow-scripts allow-same-origin",
    "usual": "allow-scripts allow-same-origin allow-popups allow-forms",
    "wordpress": "allow-scripts allow-popups",
    "locked": "",
    "origin-only": "allow-same-origin",
}


@pytest.mark.parametrize("sandbox", SANDBOXES.values(), ids=SANDBOXES)
def test_tool_works_in_a_frame_as_far_as_its_sandbox_lets_it(
    contexts: Contexts, clinic: Clinic, good_url: str, sandbox: str | None
) -> None:
    context = contexts()
    attribute = "" if sandbox is None else f' sandbox="{sandbox}"'
    shown = f'<iframe title="x" src="{good_url}{EMBED}"{attribute}></iframe>'
    host = f'<!doctype html><html lang="en"><title>Host</title>{shown}'
    clinic.pages["/"] = (host, {})
    page = context.new_page()
    page.goto(clinic.origin, wait_until="load")
    frame = page.frame_locator("iframe")
    scripts = sandbox is None or "allow-scripts" in sandbox
    expect(frame.get_by_text("open the tool at https://swim.example.org/calls/top-level/")).to_be_visible()
    expect(frame.locator("[data-do=keep], [data-do=print], [data-do=save], .guide-wallet")).to_have_count(0)
    expect(frame.locator('[data-key="begins.4"]')).to_be_visible(visible=not scripts)
    frame.locator('[data-key="ticket"]').fill("10")
    frame.locator('[data-key="discount"]').fill("50")
    frame.locator('[data-key="hours"]').fill("1")
    if scripts:
        expect(frame.locator(".guide-result").filter(has_text="Tickets").locator("output")).to_have_text("$5")
        expect(frame.get_by_text("That is less than most courses.")).to_be_visible()
        frame.get_by_role("button", name="Add another: Time").click()
        expect(frame.locator('[data-key="begins.2"]')).to_be_visible()
        frame.get_by_role("button", name="Begin with: Three evenings").click()
        expect(frame.locator('[data-key="what.1"]')).to_have_value("Sessions")
    else:
        expect(frame.get_by_role("button")).to_have_count(0)
    asked = answer_dialogs(page)
    page.goto(good_url)
    assert asked == [], "a frame never asks before its host is left"
