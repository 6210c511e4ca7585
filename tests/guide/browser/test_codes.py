"""Links that hold a code, as clinics make them, in Chromium: where they lead, and who gets to see the code."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opener
from tests.browser.test_axe import violations

pytestmark = [pytest.mark.browser, pytest.mark.site]

LIST = Path(__file__).parents[1] / "code-requests.tsv"
REQUESTS = [line.split("\t") for line in LIST.read_text("utf-8").splitlines() if not line.startswith("#")]
ICD = "2.16.840.1.113883.6.90"
FIRST_LINK = "[data-guide-codes] > ul a"


def asks(system: str, code: str, **more: str) -> str:
    """Give the parameters of a link, as the documentation of MedlinePlus Connect's web application names them."""
    given = {"mainSearchCriteria.v.cs": system, "mainSearchCriteria.v.c": code, **more}
    return "&".join(f"{name}={quote(value)}" for name, value in given.items())


def answered(page: Page, site_url: str, form: str, asked: str) -> str:
    """Follow a link; give the page that it leads to, the first of those that it shows, or "-" and nothing else."""
    # Where only what stands after # is another, a browser doesn't load the page again.
    page.goto("about:blank")
    page.goto(f"{site_url}connect/{form}{asked}")
    status = page.locator("[data-guide-codes] [role=status]")
    page.wait_for_function("() => !document.querySelector('[data-guide-codes] p:empty')")
    if not status.count():
        return page.url.removeprefix(site_url)
    assert status.inner_text()
    first = page.locator(FIRST_LINK)
    return str(first.first.evaluate("(link) => link.href")).removeprefix(site_url) if first.count() else "-"


def test_the_list_is_long_enough_and_names_each_request_once() -> None:
    assert len({(system, code) for system, code, _ in REQUESTS}) == len(REQUESTS) >= 60


@pytest.mark.parametrize("form", ["#", "?"], ids=["after the hash", "after the question mark"])
def test_each_request_is_answered_as_listed(open_page: Opener, site_url: str, form: str) -> None:
    page = open_page("")
    found = {(system, code): answered(page, site_url, form, asks(system, code)) for system, code, _ in REQUESTS}
    assert found == {(system, code): answer for system, code, answer in REQUESTS}


def test_every_code_of_the_guide_is_answered_and_each_target_is_there(
    open_page: Opener, site_url: str, site_folder: Path
) -> None:
    codes = json.loads((site_folder / "api/v1/codes.json").read_text("utf-8"))
    oids = {system["id"]: system["oids"][0] for system in codes["systems"]}
    page = open_page("")
    assert len(codes["codes"]) > 40
    for code in codes["codes"]:
        answer = answered(page, site_url, "#", asks(oids[code["system"]], code["code"]))
        assert code["answers"][0]["address"].endswith(f"/{answer}"), code["code"]
        target, _, anchor = answer.partition("#")
        html = (site_folder / target / "index.html").read_text("utf-8")
        assert not anchor or f'id="{anchor}"' in html, answer


def test_after_the_hash_no_server_is_told_the_code(open_page: Opener, site_url: str) -> None:
    page = open_page("")
    seen: list[str] = []
    page.context.on("request", lambda request: seen.append(request.url + str(request.headers)))
    for code in ("F10.20", "F50.01", "F16.10"):
        answered(page, site_url, "#", asks(ICD, code))
    assert seen
    assert [each for each in seen if "F10" in each.partition("#")[0] or "F50" in each or "F16" in each] == []


def test_back_leads_to_where_the_link_was_and_not_to_the_code(open_page: Opener, site_url: str) -> None:
    page = open_page("help-now/")
    page.evaluate("(to) => { location.href = to; }", f"{site_url}connect/#{asks(ICD, 'F50.01')}")
    page.wait_for_url("**/people/eating-disorders/")
    page.go_back()
    expect(page).to_have_url(f"{site_url}help-now/")


def test_a_second_link_into_the_same_window_is_answered_too(open_page: Opener, site_url: str) -> None:
    page = open_page(f"connect/#{asks(ICD, 'F10.20')}")
    expect(page.locator(FIRST_LINK).first).to_have_text("Stopping safely: Alcohol")
    page.evaluate("(to) => { location.hash = to; }", f"#{asks(ICD, 'F16.10')}")
    expect(page.locator("[data-guide-codes] [role=status]")).to_contain_text("nothing on the code F16.10")
    expect(page.locator(FIRST_LINK)).to_have_count(0)


def test_reader_of_spanish_is_told_first_and_shown_help_in_spanish(open_page: Opener, site_url: str) -> None:
    page = open_page(f"connect/#{asks(ICD, 'F50.01', **{'informationRecipient.languageCode.c': 'es'})}")
    expect(page.locator("[data-guide-codes] [role=status]")).to_contain_text("only in English")
    expect(page.locator(FIRST_LINK)).to_have_text("Eating disorders")
    help_link = page.locator("[data-lang=es] a")
    expect(help_link).to_be_visible()
    assert help_link.get_attribute("lang") == "es"
    page.goto("about:blank")
    page.goto(f"{site_url}connect/#{asks(ICD, 'F50.01', **{'informationRecipient.languageCode.c': 'en-US'})}")
    page.wait_for_url("**/people/eating-disorders/")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (asks(ICD, ""), "holds no code"),
        ("mainSearchCriteria.v.dn=Alcohol", "holds no code"),
        (asks("", "F10.20"), "doesn't know the list"),
        (asks("2.16.840.1.113883.6.12", "90853"), "doesn't know the list"),
        (asks(ICD, "F10.20 OR 1=1"), "nothing on the code F10.20 OR 1=1"),
        (asks(ICD, "<img src=x onerror=alert(1)>"), "nothing on the code <img src=x"),
        (asks(ICD, "F" * 5000), "nothing on the code FFFF"),
        (asks(ICD, "$&"), "nothing on the code $&"),
        ("mainSearchCriteria.v.c=%E0%A4%A&mainSearchCriteria.v.cs=" + ICD, "nothing on the code"),
        (asks(ICD, "__proto__"), "nothing on the code __proto__"),
    ],
)
@pytest.mark.parametrize("form", ["#", "?"])
def test_what_is_no_code_is_said_in_words_and_never_run(
    open_page: Opener, site_url: str, form: str, asked: str, said: str
) -> None:
    page = open_page(f"connect/{form}{asked}")
    expect(page.locator("[data-guide-codes] [role=status]")).to_contain_text(said)
    assert page.locator("[data-guide-codes] img").count() == 0


def test_identifier_may_stand_as_a_name_or_with_its_prefix(open_page: Opener, site_url: str) -> None:
    page = open_page("")
    for system in ("icd-10-cm", f"urn:oid:{ICD}", ICD):
        assert answered(page, site_url, "#", asks(system, "F60.3")) == "treatment/dbt/"


def test_without_a_script_there_is_the_list_and_a_page_for_each_code(open_page: Opener, site_url: str) -> None:
    page = open_page(f"connect/#{asks(ICD, 'F10.20')}", javascript=False)
    listed = page.locator("[data-code='F10']")
    expect(listed).to_be_visible()
    listed.get_by_role("link", name="Stopping safely: Alcohol").click()
    expect(page).to_have_url(f"{site_url}get-started/stopping-safely/#alcohol")
    page.goto(f"{site_url}connect/icd-10-cm/F10.23/")
    expect(page.get_by_role("heading", level=1)).to_have_text("F10.23: Alcohol dependence with withdrawal")
    page.get_by_role("link", name="Withdrawal can be dangerous").click()
    expect(page).to_have_url(f"{site_url}help-now/#care-withdrawal")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", [f"connect/#{asks(ICD, 'F10.20')}", "connect/icd-10-cm/F42/", "connect/hcpcs/H0015/"])
def test_pages_of_codes_have_no_fault_that_axe_finds(open_page: Opener, path: str, scheme: str) -> None:
    page = open_page(path, scheme=scheme, width=390)
    assert violations(page) == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_answers_are_in_sight_and_next_for_a_keyboard(open_page: Opener) -> None:
    page = open_page(f"connect/#{asks(ICD, 'F10.20')}", width=390, height=640)
    expect(page.locator(FIRST_LINK).first).to_be_in_viewport()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Stopping safely: Alcohol"


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("F10.20", "ICD-10-CM F10: Alcohol related disorders"),
        ("f1020", "ICD-10-CM F10: Alcohol related disorders"),
        ("icd f32.a", "ICD-10-CM F32: Depressive episode"),
        ("what is H0015", "HCPCS Level II H0015: Intensive outpatient program for alcohol or drug use"),
    ],
)
def test_search_finds_a_code(page: Page, site_url: str, typed: str, title: str) -> None:
    page.locator("#guide-search-button").click()
    page.keyboard.type(typed)
    hit = page.locator("#guide-search a", has_text=title)
    expect(hit).to_be_visible()
    hit.click()
    expect(page).to_have_url(f"{site_url}connect/#{hit_address(title)}")
    expect(page.locator(FIRST_LINK).first).to_be_visible()


def hit_address(title: str) -> str:
    system = "icd-10-cm" if title.startswith("ICD") else "hcpcs"
    return asks(system, title.partition(":")[0].rpartition(" ")[2])


def test_search_finds_no_code_that_the_guide_has_nothing_on(page: Page) -> None:
    page.locator("#guide-search-button").click()
    page.keyboard.type("F42.3")
    expect(page.locator("#guide-search [role=status]")).not_to_be_empty()
    page.wait_for_timeout(500)
    assert page.locator("#guide-search a", has_text="ICD-10-CM").count() == 0
