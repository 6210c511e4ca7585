"""The search as readers use it: their words lead to the page that answers, and a crisis to what to do now."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from bench.search import MOST, first_answer
from guide.model.addresses import page_address
from guide.reading.records import load_guide
from tests.browser.conftest import SOURCES, Opener
from tests.browser.test_axe import violations
from tests.factories import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.site]

GOLDEN = Path(__file__).parents[1] / "golden-queries.tsv"
ALARMS = Path(__file__).parents[1] / "alarm-queries.tsv"
PHONE = {"width": 320, "height": 640}


class Query(NamedTuple):
    """What a reader types, and what may answer it."""

    words: str
    answers: list[str]

    @property
    def crisis(self) -> bool:
        return all(answer.startswith("care-card:") for answer in self.answers)

    @property
    def held_out(self) -> bool:
        """Whether it is one of the third that nobody looks at while the search is tuned."""
        return int(hashlib.sha256(self.words.encode()).hexdigest(), 16) % 3 == 0


def read_pairs(file: Path) -> list[list[str]]:
    return [line.split("\t") for line in file.read_text("utf-8").splitlines() if not line.startswith("#")]


def queries() -> list[Query]:
    return [Query(words, answers.split()) for words, answers in read_pairs(GOLDEN)]


def test_the_list_is_large_enough_and_names_what_there_is() -> None:
    guide = load_guide(ROOT / "data")
    listed = queries()
    assert len({query.words for query in listed}) == len(listed) >= 150
    assert sum(query.crisis for query in listed) >= 30
    assert 0.28 < sum(query.held_out for query in listed) / len(listed) < 0.38
    known = {f"question:{each}" for each in guide.records("questions")}
    known |= {f"term:{each}" for each in guide.records("glossary")}
    known |= {f"care-card:{each}" for each in guide.records("care-cards")}
    known |= {path.relative_to(ROOT / "docs").with_suffix("").as_posix() for path in SOURCES.values()}
    assert {answer for query in listed for answer in query.answers} - known == set()


# What is found

ASK = """(queries) => new Promise((found, failed) => {
  const worker = new Worker(document.getElementById("guide-search").getAttribute("data-answers")), answers = [];
  worker.onerror = (event) => failed(event.message);
  worker.onmessage = ({ data }) => {
    answers.push(data.found);
    if (answers.length < queries.length) worker.postMessage(queries[answers.length]);
    else { worker.terminate(); found(answers); }
  };
  worker.postMessage(queries[0]);
})"""

Hit = dict[str, Any]


@pytest.fixture(scope="module")
def answers(browser: Browser, site_url: str) -> dict[str, list[Hit]]:
    """What the site's own script finds for each query, in order."""
    page = browser.new_page()
    page.goto(site_url)
    words = [query.words for query in queries()] + [words for words, _ in read_pairs(ALARMS)]
    found = page.evaluate(ASK, words)
    page.close()
    return {query: answer["hits"] for query, answer in zip(words, found, strict=True)}


def name(location: str) -> str:
    """Name what a result leads to, as the list does."""
    page, _, anchor = location.partition("#")
    if found := re.fullmatch(r"(question|care)-(.+)", anchor):
        return f"{'care-card' if found[1] == 'care' else 'question'}:{found[2]}"
    if anchor and page == page_address("reference/glossary.md"):
        return f"term:{anchor}"
    return SOURCES[page].relative_to(ROOT / "docs").with_suffix("").as_posix()


@pytest.mark.parametrize("held_out", [False, True], ids=["tuned", "held out"])
def test_what_answers_comes_first(
    answers: dict[str, list[Hit]], held_out: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = [query for query in queries() if query.held_out == held_out]
    places = []
    for query in asked:
        names = [name(hit["at"]) for hit in answers[query.words]]
        places.append(next((place for place, each in enumerate(names) if each in query.answers), 99))
    first, three = (sum(place < limit for place in places) for limit in (1, 3))
    with capsys.disabled():
        print(f"\n{len(asked)} queries: first {first}, in the first three {three}")
    # As measured, less one: whoever makes it worse by two sees it.
    least = (85, 88) if held_out else (167, 169)
    assert first >= least[0] and three >= least[1]


def test_a_crisis_shows_its_care_card_first_with_numbers(answers: dict[str, list[Hit]]) -> None:
    for query in queries():
        if query.crisis:
            first = answers[query.words][0]
            assert name(first["at"]) in query.answers, query.words
            assert re.search(r'href="(tel|sms):\d', first["card"]), query.words


def test_other_queries_meet_no_card(answers: dict[str, list[Hit]]) -> None:
    asked = [query for query in queries() if not any(answer.startswith("care-card:") for answer in query.answers)]
    assert [query.words for query in asked if answers[query.words] and answers[query.words][0].get("card")] == []


def test_a_crisis_raises_the_alarm_in_many_languages_and_an_everyday_question_does_not(
    answers: dict[str, list[Hit]],
) -> None:
    wrong = []
    for words, expected in read_pairs(ALARMS):
        cards = [name(hit["at"]).removeprefix("care-card:") for hit in answers[words] if hit.get("card")]
        if cards[:1] != [expected] if expected not in ("none", "card") else bool(cards) != (expected == "card"):
            wrong.append((words, expected, cards))
    assert wrong == []
    assert len(read_pairs(ALARMS)) > 800


def test_below_a_withdrawal_that_has_no_card_stand_pages(answers: dict[str, list[Hit]]) -> None:
    assert len(answers["weed withdrawal"]) > 3
    assert len(answers["kratom withdrawal"]) > 2
    assert answers["kratom withdrawal"][0]["at"].startswith("get-started/stopping-safely/")


def test_every_result_leads_to_a_place_that_is_there(answers: dict[str, list[Hit]], site_folder: Path) -> None:
    found = {hit["at"] for hits in answers.values() for hit in hits}
    assert sum("#" in at for at in found) > 200
    for at in found:
        path, _, anchor = at.partition("#")
        # After this, a link holds a code, which the page answers.
        anchor = "" if anchor.startswith("mainSearchCriteria") else anchor
        page = (site_folder / path / "index.html").read_text("utf-8")
        assert not anchor or f' id="{anchor}"' in page, at


def test_beginnings_of_words_are_found(page: Page) -> None:
    begun = {"copa": "Copay", "naltr": "Naltrexone", "medica": "Medicaid", "what is a copa": "Copay"}
    for words, found in zip(begun, page.evaluate(ASK, list(begun)), strict=True):
        titles = ["".join(hit["title"]) for hit in found["hits"][:5]]
        assert any(begun[words] in title for title in titles), (words, titles)


def test_anything_may_be_typed(page: Page) -> None:
    """A long word or text used to keep the worker busy for minutes."""
    odd = [
        "",
        " ",
        "constructor",
        "__proto__",
        "'\"<b>&amp;",
        "((*[",
        "🙂",
        "ñ",
        "%",
        "a" * 10_000,
        "x" * 200 + "y" * 200,
        "want " * 300,
        "abcdefg hijklmn opqrstu vwxyzab " * 3_000,
        " ".join(f"zq{number}xkv" for number in range(12_000)),
        "a." * 50_000,
        "a-" * 50_000,
        "想" * 250 + "自杀",
        "<i>medicaed",
    ]
    answers = page.evaluate(ASK, odd)
    assert len(answers) == len(odd)
    assert answers[odd.index("想" * 250 + "自杀")]["hits"][0]["card"]


def test_a_slip_of_the_hand_hides_no_card(page: Page) -> None:
    """The two letters in the middle of the longest word change places, in each query of a crisis."""
    slipped = []
    for query in queries():
        longest = max(query.words.split(), key=len)
        half = len(longest) // 2
        if query.crisis and len(longest) > 5:
            swapped = longest[: half - 1] + longest[half] + longest[half - 1] + longest[half + 1 :]
            slipped.append(query.words.replace(longest, swapped))
    found = page.evaluate(ASK, slipped)
    lost = [words for words, answer in zip(slipped, found, strict=True) if "card" not in (*answer["hits"], {})[0]]
    assert len(slipped) > 30
    assert lost == []


def test_the_first_answer_is_small(site_folder: Path) -> None:
    assert 50_000 < first_answer(site_folder) <= MOST


# In the box


def ask(page: Page, words: str) -> None:
    """Open the search and type."""
    page.locator("#guide-search-button").click()
    page.keyboard.type(words, delay=15)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_crisis_on_a_small_phone(open_page: Opener, scheme: str) -> None:
    page = open_page("get-started/cost-and-insurance/", scheme=scheme, **PHONE)
    ask(page, "i want to kil my self")
    card = page.locator(".guide-search__item").first.locator(".guide-hit--card")
    expect(card.locator("a[href='tel:988']").first).to_be_in_viewport()
    expect(card.locator("a[href='tel:911']").first).to_be_in_viewport()
    expect(page.get_by_role("dialog").get_by_role("status")).to_have_text(re.compile(r"suicide\. \d+ results?"))
    assert page.evaluate("document.getElementById('guide-search').scrollWidth") <= PHONE["width"]
    assert violations(page) == []

    page.keyboard.press("Enter")  # leads to the numbers, not away from them
    expect(card.locator("a").first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(card.locator("a").nth(1)).to_be_focused()
    page.evaluate("addEventListener('click', (event) => event.preventDefault(), true)")
    page.keyboard.press("Enter")  # somebody who called may need the next number
    expect(card).to_be_visible()


def test_every_step_of_a_card_is_one_link_away(open_page: Opener) -> None:
    page = open_page("get-started/cost-and-insurance/")
    ask(page, "overdose")
    page.locator(".guide-hit--card .guide-hit__more a").click()
    expect(page).to_have_url(re.compile(r"/help-now/#care-overdose$"))
    expect(page.locator("#care-overdose")).to_be_in_viewport()


def test_another_spelling_is_offered_only_when_nothing_is_found(open_page: Opener) -> None:
    page = open_page("")
    field = page.get_by_role("dialog").get_by_role("textbox")
    other = page.locator(".guide-search__other")
    ask(page, "naltrexome")
    expect(page.locator(".guide-search__instead")).to_have_text(re.compile("naltrexome.*naltrexone"))
    expect(page.locator(".guide-hit__link").first).to_be_visible()
    other.click()
    expect(field).to_have_value("naltrexone")
    expect(field).to_be_focused()
    expect(other).to_have_count(0)
    expect(page.locator(".guide-hit__link").first).to_contain_text("altrexone")
    field.fill("zzzzqqqq")
    expect(page.get_by_role("dialog").get_by_role("status")).to_have_text(re.compile("Nothing found"))
    expect(other).to_have_count(0)


def test_enter_opens_the_first_result(open_page: Opener) -> None:
    page = open_page("")
    ask(page, "copays")
    expect(page.locator(".guide-hit__link").first).to_contain_text("Copay")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/reference/glossary/#copay$"))


def test_enter_waits_for_the_answer(open_page: Opener) -> None:
    page = open_page("")
    page.locator("#guide-search-button").click()
    page.get_by_role("dialog").get_by_role("textbox").fill("copays")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/reference/glossary/#copay$"))


def test_nothing_typed_gets_into_an_address(open_page: Opener) -> None:
    page = open_page("")
    page.evaluate("document.querySelector('.guide-search__field').value = 'secret'")
    page.evaluate("document.querySelector('.guide-search__form').requestSubmit()")  # as Enter does before any result
    page.wait_for_timeout(300)
    assert "secret" not in page.url


def test_arrows_lead_through_results_to_the_help_below_them(open_page: Opener) -> None:
    page = open_page("")
    ask(page, "copay")
    links = page.locator(".guide-hit__link")
    expect(links.first).to_be_visible()
    for number in range(links.count()):
        page.keyboard.press("ArrowDown")
        expect(links.nth(number)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".guide-search__help a").first).to_be_focused()
    for _ in range(links.count() + 1):
        page.keyboard.press("ArrowUp")
    expect(page.get_by_role("dialog").get_by_role("textbox")).to_be_focused()


def test_a_result_on_this_page_is_not_left_behind_the_dialog(open_page: Opener) -> None:
    page = open_page("reference/glossary/")
    ask(page, "copay")
    expect(page.locator(".guide-hit__link").first).to_contain_text("Copay")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.locator("#copay")).to_be_in_viewport()


# Ways that words come in


def keys(page: Page, words: str) -> None:
    page.keyboard.type(words, delay=15)


def value(page: Page, words: str) -> None:
    """As a password manager, a test or dictation sets it."""
    page.get_by_role("dialog").get_by_role("textbox").fill(words)


def suggestion(page: Page, words: str) -> None:
    """As the suggestion strip and soft keyboards put words in: without keys."""
    page.keyboard.insert_text(words)


def paste(page: Page, words: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("(words) => navigator.clipboard.writeText(words)", words)
    page.keyboard.press("ControlOrMeta+v")


def drop(page: Page, words: str) -> None:
    box = page.get_by_role("dialog").get_by_role("textbox").bounding_box()
    assert box
    cdp = page.context.new_cdp_session(page)
    data = {"items": [{"mimeType": "text/plain", "data": words}], "dragOperationsMask": 1}
    for kind in ("dragEnter", "dragOver", "drop"):
        cdp.send("Input.dispatchDragEvent", {"type": kind, "x": box["x"] + 30, "y": box["y"] + 10, "data": data})


def composition(page: Page, words: str) -> None:
    cdp = page.context.new_cdp_session(page)
    for end in range(1, len(words) + 1):
        cdp.send("Input.imeSetComposition", {"text": words[:end], "selectionStart": end, "selectionEnd": end})
    cdp.send("Input.insertText", {"text": words})


@pytest.mark.parametrize("arrive", [keys, value, suggestion, paste, drop, composition])
@pytest.mark.parametrize("words", ["overdose", "药物过量"])
def test_words_are_found_however_they_arrive(
    open_page: Opener, arrive: Callable[[Page, str], None], words: str
) -> None:
    page = open_page("")
    page.locator("#guide-search-button").click()
    arrive(page, words)
    expect(page.get_by_role("dialog").get_by_role("textbox")).to_have_value(words)
    expect(page.locator(".guide-search__item").first.locator("a[href='tel:911']")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator(".guide-search__item a").first).to_be_focused()


def test_keys_of_an_input_method_are_its_own(open_page: Opener) -> None:
    page = open_page("")
    ask(page, "copay")
    expect(page.locator(".guide-hit__link").first).to_be_visible()
    before = page.url
    field = page.get_by_role("dialog").get_by_role("textbox")
    send = """(field, [key, keyCode]) => field.dispatchEvent(new KeyboardEvent(
      "keydown", { key, keyCode, isComposing: !keyCode, bubbles: true, cancelable: true }))"""
    for key in ("Escape", "ArrowDown", "ArrowUp", "Enter"):
        for code in (0, 229):  # 229: Safari sends the key that ends a composition after it
            assert field.evaluate(send, [key, code]), f"{key} was taken from the input method"
            if key == "Enter":
                page.evaluate("document.querySelector('.guide-search__form').requestSubmit()")
            expect(field).to_be_focused()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert page.url == before
    field.press("Enter")
    expect(page).to_have_url(re.compile(r"/reference/glossary/#copay$"))


def test_a_long_text_is_cut_to_what_is_answered(open_page: Opener) -> None:
    page = open_page("")
    page.locator("#guide-search-button").click()
    paste(page, "overdose " + "word " * 19_000)
    field = page.get_by_role("dialog").get_by_role("textbox")
    assert len(field.input_value()) == 300
    expect(page.locator(".guide-hit--card").first).to_be_visible()


def test_the_number_of_results_is_said_once_after_a_pause(open_page: Opener) -> None:
    page = open_page("")
    page.locator("#guide-search-button").click()
    page.evaluate(
        """() => { window.said = []; const status = document.querySelector(".guide-search__status");
          new MutationObserver(() => said.push(status.textContent)).observe(status, { childList: true }); }"""
    )
    page.keyboard.type("insurance", delay=40)
    expect(page.get_by_role("dialog").get_by_role("status")).to_have_text(re.compile(r"\d+ results"))
    page.wait_for_timeout(1000)
    assert len([words for words in page.evaluate("said") if "result" in words]) == 1


# The address


@pytest.mark.parametrize(
    ("hash_", "words"), [("#q=over%20dose", "over dose"), ("#q=over+dose", "over dose"), ("#q=100%", "100%")]
)
def test_words_in_the_fragment_are_searched_and_sent_to_nobody(open_page: Opener, hash_: str, words: str) -> None:
    page = open_page("get-started/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(page.url + hash_)
    page.reload()
    field = page.get_by_role("dialog").get_by_role("textbox")
    expect(field).to_have_value(words)
    expect(field).to_be_focused()
    expect(page.get_by_role("dialog").get_by_role("status")).to_have_text(re.compile("result|found"))
    assert [
        url
        for url in asked
        if "/assets/" not in url and ("dose" in url.partition("#")[0] or "100" in url.partition("#")[0])
    ] == []
    page.keyboard.press("Escape")
    page.evaluate("location.hash = '#q=copay'")
    expect(page.locator(".guide-hit__link").first).to_contain_text("Copay")
    field.fill("rehab")
    page.wait_for_timeout(300)
    assert page.url.endswith("#q=copay"), "Typing changes no address"


# Back, slow networks and failures


def test_after_back_the_search_works(open_page: Opener) -> None:
    page = open_page("")
    ask(page, "copay")
    page.locator(".guide-hit__link").first.click()
    expect(page).to_have_url(re.compile(r"#copay$"))
    page.go_back()
    if page.get_by_role("dialog").is_hidden():
        page.locator("#guide-search-button").click()
    page.get_by_role("dialog").get_by_role("textbox").fill("overdose")
    expect(page.locator(".guide-hit--card").first).to_be_visible()


def test_a_page_that_comes_back_as_it_was_left_answers_what_is_in_the_field(open_page: Opener) -> None:
    """Chromium without a window keeps no whole pages, so its event is sent by hand."""
    page = open_page("")
    ask(page, "copay")
    expect(page.locator(".guide-hit__link").first).to_contain_text("Copay")
    page.evaluate(
        """() => { document.querySelector(".guide-search__field").value = "overdose";
          dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true })); }"""
    )
    expect(page.locator(".guide-hit--card").first).to_be_visible()


SLOW = """() => {
  const Fast = Worker;
  window.sent = [];
  window.Worker = function (source) {
    const worker = new Fast(source);
    return {
      set onmessage(heard) { worker.onmessage = (event) => setTimeout(heard, 400, event); },
      set onerror(failed) { worker.onerror = failed; },
      postMessage(words) { sent.push(words); worker.postMessage(words); },
      terminate() { worker.terminate(); },
    };
  };
}"""


def test_a_newer_query_takes_the_place_of_an_older_one(open_page: Opener) -> None:
    page = open_page("")
    page.evaluate(SLOW)
    page.locator("#guide-search-button").click()
    field = page.get_by_role("dialog").get_by_role("textbox")
    page.evaluate(
        """() => { window.shown = []; const list = document.querySelector(".guide-search__list");
          new MutationObserver(() => shown.push(list.textContent)).observe(list, { childList: true }); }"""
    )
    for words in ("insurance", "telehealth", "rehab", "copay"):
        field.fill(words)
        page.wait_for_timeout(60)
    expect(page.locator(".guide-hit__link").first).to_contain_text("Copay")
    assert page.evaluate("sent") == ["insurance", "copay"]
    assert not [text for text in page.evaluate("shown") if "insurance call script" in text]


@pytest.fixture
def failing_page(browser: Browser, site_url: str) -> Iterator[Page]:
    """A page whose console may hold errors: something fails in it."""
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    page.goto(site_url + "get-started/")
    yield page
    context.close()


def help_is_there(page: Page) -> None:
    """Check that the list, empty or not, ends with the help page, and with calls and texts."""
    links = page.locator(".guide-search__help a")
    found = [link.get_attribute("href") or "" for link in links.all()]
    assert found == ["../help-now/", "tel:911", "tel:988", "sms:988"]
    assert len({link.inner_text() for link in links.all()}) == 4
    for link in links.all():
        expect(link).to_be_visible()
    after = "!!(document.querySelector('.guide-search__list').compareDocumentPosition(document.querySelector("
    assert page.evaluate(after + "'.guide-search__help')) & Node.DOCUMENT_POSITION_FOLLOWING)")


@pytest.mark.parametrize("words", ["", "zzzzqqqq", "我想出去玩", "copay"])
def test_the_list_ends_with_help_whatever_is_typed(failing_page: Page, words: str) -> None:
    ask(failing_page, words)
    failing_page.wait_for_timeout(300)
    help_is_there(failing_page)


@pytest.mark.parametrize("file", ["results", "search", "*"])
def test_where_the_scripts_cannot_be_loaded_help_and_the_list_of_pages_are_left(
    failing_page: Page, site_url: str, file: str
) -> None:
    failing_page.route(f"**/assets/{file}.*.js", lambda route: route.abort())
    ask(failing_page, "cost")
    status = failing_page.get_by_role("dialog").get_by_role("status")
    expect(status).to_contain_text("isn't available")
    help_is_there(failing_page)
    failing_page.unroute_all()
    failing_page.keyboard.press("Escape")
    failing_page.locator("#guide-search-button").click()  # tries again
    expect(failing_page.locator(".guide-hit__link").first).to_be_visible()

    failing_page.reload()
    failing_page.route(f"**/assets/{file}.*.js", lambda route: route.abort())
    ask(failing_page, "cost")
    status.get_by_role("link").click()
    expect(failing_page).to_have_url(f"{site_url}reference/a-to-z/")


def test_while_the_scripts_load_help_is_there(failing_page: Page) -> None:
    waiting: list[Route] = []
    failing_page.route("**/assets/search.*.js", lambda route: waiting.append(route))
    ask(failing_page, "overdose")
    expect(failing_page.get_by_role("dialog").get_by_role("status")).to_have_text("Search is loading.")
    help_is_there(failing_page)
    waiting[0].continue_()
    expect(failing_page.locator(".guide-hit--card").first).to_be_visible()


@pytest.mark.parametrize("worker", ["undefined", "function () { throw new Error('as in a sandbox'); }"])
def test_without_a_worker_the_page_itself_answers(open_page: Opener, worker: str) -> None:
    page = open_page("")
    page.evaluate(f"() => {{ window.Worker = {worker}; }}")
    ask(page, "copays")
    expect(page.locator(".guide-hit__link").first).to_contain_text("Copay")
    page.get_by_role("dialog").get_by_role("textbox").fill("i want to kil my self")
    expect(page.locator(".guide-hit--card a[href='tel:988']").first).to_be_visible()


def answering(page: Page, change: Callable[[str], str]) -> None:
    """Change the script that answers."""

    def fulfill(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=change(answer.text()))

    page.route("**/assets/search.*.js", fulfill)


def test_a_worker_that_dies_leaves_its_work_to_the_page(failing_page: Page) -> None:
    answering(failing_page, lambda code: f"if (typeof document === 'undefined') throw new Error('dead');\n{code}")
    ask(failing_page, "copays")
    expect(failing_page.locator(".guide-hit__link").first).to_contain_text("Copay")


def test_after_a_question_that_fails_the_next_one_is_answered(failing_page: Page) -> None:
    broken = "function search(typed) {\nif (typed === 'boom') throw new Error('boom');"
    answering(failing_page, lambda code: code.replace("function search(typed) {", broken))
    ask(failing_page, "boom")
    expect(failing_page.get_by_role("dialog").get_by_role("status")).to_contain_text("isn't available")
    help_is_there(failing_page)
    failing_page.get_by_role("dialog").get_by_role("textbox").fill("copay")
    expect(failing_page.locator(".guide-hit__link").first).to_contain_text("Copay")


HOSTILE = '<img src=x onerror="window.ran=1"> copay <b>&amp; "copay\'</b><script>window.ran=1</script>'


def test_texts_are_shown_as_they_are_written(failing_page: Page) -> None:
    """Titles, headings and descriptions come from data: between and in matches they are never markup."""

    def change(code: str) -> str:
        first, _, rest = code.partition("\n")
        index = json.loads(first.removeprefix("var INDEX=").removesuffix(";"))
        index["pages"][3] = [index["pages"][3][0], HOSTILE, HOSTILE, HOSTILE, [["x", HOSTILE]]]
        index["terms"][0] = [index["terms"][0][0], HOSTILE, [HOSTILE], HOSTILE, None]
        index["words"]["term"] = HOSTILE
        index["words"]["instead"] = HOSTILE + "{query}"
        return f"var INDEX={json.dumps(index)};\n{rest}"

    answering(failing_page, change)
    ask(failing_page, "copay")
    titles = failing_page.locator(".guide-hit__title")
    expect(titles.first).to_be_visible()
    assert HOSTILE in titles.all_text_contents()
    assert HOSTILE in failing_page.locator(".guide-hit__teaser").all_text_contents()
    hostile = titles.filter(has_text="onerror").first
    assert hostile.locator("mark").all_text_contents() == ["copay", "copay"]
    failing_page.get_by_role("dialog").get_by_role("textbox").fill("naltrexome<br>")
    expect(failing_page.locator(".guide-search__instead")).to_contain_text(HOSTILE + "naltrexome<br>")
    assert failing_page.locator(".guide-search__output :is(img, script, b, br)").count() == 0
    assert failing_page.evaluate("window.ran") is None


def test_typing_asks_no_host_and_works_without_a_network(open_page: Opener) -> None:
    page = open_page("")
    ask(page, "rehab")
    expect(page.locator(".guide-hit__link").first).to_be_visible()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.context.set_offline(True)
    before = page.url
    page.get_by_role("dialog").get_by_role("textbox").fill("")
    page.keyboard.type("medicad", delay=15)
    expect(page.locator(".guide-hit__link").first).to_contain_text("Medicaid")
    assert asked == []
    assert page.url == before
