"""A clinic's own lines: in records, on handouts, and in the embeds of the clinic's own copy."""

from __future__ import annotations

from pathlib import Path

import pytest

from guide.checking import clinic_logo
from guide.model.addresses import embed_path, oembed_path
from guide.outputs import embed_files, handouts
from guide.outputs.embeds import Embeds
from guide.outputs.handouts import Handouts, handout_path, printable_path
from guide.outputs.qr_code import QUIET, qr_code
from guide.outputs.site import Site
from guide.rendering.project import read_project
from tests.factories import (
    Project,
    full_page,
    make,
    make_checklist,
    make_guide,
    make_helpline,
    make_site,
    rendered_site,
)
from tests.trees import Node, parse

NAME = "checklist/first-lesson"
CRISIS = "Shout for the lifeguard."


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    docs = tmp_path_factory.mktemp("docs")
    (docs / "assets").mkdir()
    (docs / "assets/pool.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    clinic = make(
        "clinics",
        after_hours_phone="555-555-0111",
        crisis=CRISIS,
        url="https://north-pool.example.org/",
        logo="assets/pool.png",
    )
    second = make_helpline(id="pool-night", number="911")
    guide = make_guide(
        site=make_site(
            help_page="index.md",
            handouts=["index.md"],
            emergency=["pool-night", "pool-office"],
            license={"name": "CC BY 4.0", "url": "https://example.org/by/"},
        ),
        helplines=[make_helpline(), second],
        checklists=make_checklist(),
        clinics=[clinic, make("clinics", id="south-pool", name="South Pool")],
    )
    guide.labels["en"].names["bar"]["pool-night"] = "Drowning? Call"
    return rendered_site(guide, full_page("<h1>Learn</h1>", "index.md"), docs=docs)


def content(site: Site, path: str) -> bytes:
    files = [*embed_files.files(site), *handouts.files(site)]
    return next(file.content for file in files if file.path == path)


def document(site: Site, path: str) -> Node:
    return parse(content(site, path + "index.html").decode().replace("<!doctype html>", ""))


def test_embed_at_the_clinics_address_carries_its_lines_below_the_emergency_numbers(site: Site) -> None:
    for theme in ("", "light", "dark"):
        page = document(site, embed_path(NAME, theme, "north-pool"))
        bar, own = page.find("aside", class_="guide-bar"), page.find("aside", class_="guide-clinic")
        nodes = list(page.walk())
        assert nodes.index(bar) < nodes.index(own) < nodes.index(page.find("main"))
        assert "911" in bar.text
        for words in ("North Pool", "555-555-0100", "555-555-0111", CRISIS, "aren't part of Swim & float"):
            assert words in own.text
        assert [link.attrs["href"] for link in own.find_all("a")] == [
            "https://north-pool.example.org/",
            "tel:5555550100",
            "tel:5555550111",
        ]
        picture = own.find("img").attrs["src"]
        folder = embed_path(NAME, theme, "north-pool")
        assert picture.startswith("../" * (folder.count("/") - 2) + "assets/logo-north-pool.")
        foot = page.find("footer", class_="guide-embed__foot")
        for words in ("Published by", "License: ", "Sources last checked on"):
            assert words in foot.text


def test_clinics_embed_is_described_to_programs_at_its_own_address(site: Site) -> None:
    text = content(site, oembed_path(NAME, "", "north-pool")).decode()
    assert site.address + embed_path(NAME, "", "north-pool") in text
    page = document(site, embed_path(NAME, "", "north-pool"))
    assert page.find("link", type="application/json+oembed").attrs["href"] == site.address + oembed_path(
        NAME, "", "north-pool"
    )


def test_other_embeds_wait_for_a_clinic_and_name_none(site: Site) -> None:
    own = document(site, embed_path(NAME)).find("aside", class_="guide-clinic")
    assert "hidden" in own.attrs
    assert "Pool" not in own.text and own.find_all("a") == []


def test_embeds_may_load_pictures_only_where_a_clinic_has_a_logo(site: Site) -> None:
    assert "img-src" in site.once(Embeds).policy
    assert "img-src" not in rendered_site(make_guide(site=make_site(help_page="index.md"))).once(Embeds).policy


@pytest.mark.parametrize("screen", [True, False])
def test_handout_names_the_clinic_at_its_head_and_whom_to_call_with_emergency_first(site: Site, screen: bool) -> None:
    made = site.once(Handouts)
    embed, clinic = made.embeds.named(NAME), made.embeds.clinics[0]
    html = made.printable(embed, clinic) if screen else made.document(embed, clinic)
    page = parse(html.replace("<!doctype html>", ""))
    assert "North Pool" in page.find(class_="guide-clinic-head").text
    lines = [line.text for line in page.find(class_="guide-who").find_all("li")]
    assert lines[0] == "Drowning? Call 911." and "1-800-555-0100" in lines[1]
    assert lines[2:] == ["Main phone: 555-555-0100", "After hours: 555-555-0111", f"In a crisis: {CRISIS}"]
    foot = page.find(class_="guide-handout__foot")
    assert embed.page in foot.find(class_="guide-handout__address").text
    assert embed.page in foot.find("svg").attrs["aria-label"]
    for words in ("Published by", "License: ", "Sources last checked on"):
        assert words in foot.text
    assert (
        page.find("img").attrs["src"].startswith("../../../../../embed/v1/assets/logo-" if screen else "data:image/png")
    )


def test_every_part_has_a_document_to_print_and_every_clinic_its_own(site: Site) -> None:
    paths = {file.path for file in handouts.files(site)}
    for embed in site.once(Embeds).all:
        for clinic in ("", "north-pool", "south-pool"):
            assert printable_path(embed.name, clinic) + "index.html" in paths
    assert not [path for path in paths if path.endswith(".pdf")]
    printing = rendered_site(site.guide, full_page("<h1>Learn</h1>", "index.md"), docs=site.docs, printing=True)
    assert handout_path(NAME, "large", "north-pool") == "handouts/clinic/north-pool/large/checklist/first-lesson.pdf"
    assert handout_path(NAME, "large", "north-pool") in {file.path for file in handouts.files(printing)}


def test_pdf_of_a_clinic_without_a_logo_is_tagged_and_holds_its_lines(site: Site) -> None:
    from tests.pdfs import Printed

    made = site.once(Handouts)
    pdf = Printed(made.pdf(made.document(made.embeds.named(NAME), made.embeds.clinics[1])))
    assert "South Pool" in pdf.document.text and "Main phone: 555-555-0100" in pdf.document.text
    assert pdf.all_faults() == []


def test_qr_code_is_the_one_that_the_library_draws() -> None:
    import segno

    code = qr_code("https://swim.example.org/care/first-day/")
    wanted = segno.make_qr(code.text, error="m", boost_error=False).matrix
    drawn = [[0] * code.size for _ in range(code.size)]
    for run in filter(None, code.path.split("M")):
        place, length = run.partition("h")[::2]
        x, y = map(int, place.split())
        for step in range(int(length.partition("v")[0])):
            drawn[y][x + step] = 1
    assert [row[QUIET:-QUIET] for row in drawn[QUIET:-QUIET]] == [list(map(int, row)) for row in wanted]
    assert not any(map(any, drawn[:QUIET])) and not any(row[0] for row in drawn)


@pytest.mark.parametrize(
    "change",
    [
        {"phone": "1-800-SWIM"},
        {"phone": "javascript:alert(1)"},
        {"name": "<script>alert(1)</script>"},
        {"name": "x" * 161},
        {"crisis": "[Call](https://evil.example.org/)"},
        {"url": "javascript:alert(1)"},
        {"url": "https://user@pool.example.org/"},
        {"url": "https://pool.example.org/" + "x" * 160},
        {"logo": "../secret.png"},
        {"logo": "assets/pool.exe"},
        {"remove_emergency": "true"},
    ],
)
def test_hostile_values_of_a_record_are_refused_with_their_line(project: Project, change: dict[str, str]) -> None:
    record = {"id": "north-pool", "name": "North Pool", "phone": "555-555-0100"} | change
    project.write("data/clinics/north-pool.yaml", record)
    problems = [problem for problem in read_project(project.root).problems if "clinics" in problem.place.path]
    assert len(problems) == 1, problems
    key = next(iter(change))
    assert problems[0].place.line == list(record).index(key) + 1


def test_logo_that_is_missing_or_heavy_is_a_problem(project: Project) -> None:
    record = {"id": "north-pool", "name": "North Pool", "phone": "555-555-0100", "logo": "assets/pool.png"}
    project.write("data/clinics/north-pool.yaml", record)
    place = "data/clinics/north-pool.yaml:4: "
    (problem,) = clinic_logo.check(read_project(project.root))
    assert str(problem).startswith(f'{place}there is no picture "docs/assets/pool.png"')
    picture = project.root / "docs/assets/pool.png"
    picture.parent.mkdir(exist_ok=True)
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + b"0" * 100_000)
    (problem,) = clinic_logo.check(read_project(project.root))
    assert str(problem).startswith(f'{place}the picture "docs/assets/pool.png" has 100,008 bytes')
    picture.write_bytes(Path(picture).read_bytes()[:50_000])
    assert list(clinic_logo.check(read_project(project.root))) == []
