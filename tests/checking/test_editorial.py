"""Each editorial rule: what passes, what fails, with its line; then exemptions, and what is overdue."""

from __future__ import annotations

from datetime import date
from importlib import import_module
from typing import Any

import pytest
import textstat

from guide.checking import check_project
from guide.commands import due, overdue
from guide.reading.readability import grade_of, sentences_of
from guide.rendering.project import read_project
from tests.factories import DATES, Project, page, plain

SWIM = "docs/swim.md"
EXEMPTIONS = "data/exemptions.yaml"


RULES = {
    "acronym": "guide.checking.acronym",
    "avoid-word": "guide.checking.avoid_word",
    "care-card-missing": "guide.checking.care_card_missing",
    "effect-certainty": "guide.checking.effect_certainty",
    "latin-abbreviation": "guide.checking.latin_abbreviation",
    "link-text": "guide.checking.link_text",
    "long-sentence": "guide.checking.long_sentence",
    "one-home": "guide.checking.one_home",
    "picture-text": "guide.checking.picture_text",
    "promised-words": "guide.checking.promised_words",
    "reading-grade": "guide.checking.reading_grade",
    "source-kind": "guide.checking.source_kind",
    "text-after-citation": "guide.checking.text_after_citation",
    "title-length": "guide.checking.title_length",
    "uncited-effect": "guide.checking.uncited_effect",
    "uncited-number": "guide.checking.uncited_number",
    "unread-results": "guide.checking.unread_results",
    "unread-source": "guide.checking.weak_source",
    "weak-source": "guide.checking.weak_source",
}
"""The module of each rule, so that only that one runs."""


def problems(project: Project, rule: str) -> list[str]:
    """Give the problems of one rule, as they are printed."""
    book = read_project(project.root)
    assert book.problems == []
    found = [str(problem) for problem in sorted(set(import_module(RULES[rule]).check(book)))]
    assert all(text.endswith(f"[{rule}]") for text in found)
    return found


def let_off(project: Project) -> tuple[int, int]:
    """Count what is left of uncited numbers, and exemptions that nothing needs."""
    rules = [problem.rule for problem in check_project(project.root)]
    return rules.count("uncited-number"), rules.count("needless-exemption")


def places(project: Project, rule: str) -> list[str]:
    """Give the places of the problems of one rule."""
    return [":".join(text.split(":")[:2]) for text in problems(project, rule)]


def write(project: Project, body: str, **front: str) -> None:
    """Write a page that is nowhere in the navigation, which these tests do not ask about."""
    text = page("Swim", body)
    for key, value in front.items():
        text = text.replace("---\n\n", f"{key}: {value}\n---\n\n", 1)
    project.write(SWIM, text)


def assert_finds(project: Project, rule: str, body: str, fault: str) -> str:
    """Write a page, and see that the rule finds one fault on the line that holds a text; gives the problem."""
    write(project, body)
    found = problems(project, rule)
    assert places(project, rule) == [f"{SWIM}:{project.line(SWIM, fault)}"], found
    return found[0]


def label_list(project: Project, key: str, *words: str) -> None:
    project.append("data/labels/en.yaml", f"\n{key}: [{', '.join(words)}]\n")


# Where citations stand

_CITE = '{{ cite("lake-2021") }}'


@pytest.mark.parametrize(
    "body",
    [
        f"Pools open early. {_CITE}\n\nThey close late.",
        f"Pools open early{_CITE}.",
        f'Pools (some of them) open "early{_CITE}."{_CITE} {_CITE}',
        f"**Pools open early{_CITE}.**",
        f"Pools open early, and close late.\n{_CITE}",
        f"Pools differ: {_CITE}\n\n- Some open early.\n- Some close late. {_CITE}",
        f"- Pools open early. {_CITE}\n    - Some close late.\n- Others don't.",
        f"- Pools open early. {_CITE}\n\n    They close late.",
        f'!!! note "Hours"\n    Pools open early. {_CITE}\n\n    They close late.',
        f'=== "Summer"\n    Pools open early. {_CITE}\n\n=== "Winter"\n    They close late.',
        f"> Pools open early. {_CITE}\n\nThey close late.",
        f"A ticket costs {{{{ figure('ticket') }}}}, and pools open early. {_CITE}",
        "A ticket costs {{ figure('ticket') }}, and pools open early.",
        f"To cite a source, write `{_CITE}` at the end.",
    ],
)
def test_citation_at_the_end_of_what_it_supports(project: Project, body: str) -> None:
    project.write("data/figures.yaml", [plain("figures")])
    write(project, body)
    assert problems(project, "text-after-citation") == []


@pytest.mark.parametrize(
    ("fault", "body", "remedy"),
    [
        ("They close late", f"Pools open early. {_CITE}\nThey close late.", "Start a new paragraph there"),
        ("They close late", f"Pools open\nearly. {_CITE} They close late.", "Start a new paragraph there"),
        ("opens", f"A pool {_CITE} opens early.", "Start a new paragraph there"),
        ("[The baths]", f"Pools open early. {_CITE}\n[The baths](index.md) too.", "Start a new paragraph there"),
        ("`06:00`", f"Pools open. {_CITE}\n`06:00` is early.", "Start a new paragraph there"),
        ("They close late", f"- Pools open early. {_CITE}\n  They close late.", "Make it a list item of its own"),
        ("They close late", f"> Pools open early. {_CITE}\n> They close late.", "Start a new paragraph there"),
        ("They close late", f"!!! note\n    Pools open. {_CITE}\n    They close late.", "Start a new paragraph there"),
        (
            "They close late",
            f'=== "Hours"\n    Pools open. {_CITE}\n    They close late.',
            "Start a new paragraph there",
        ),
        ("{{ figure", f"Pools open early. {_CITE}\n{{{{ figure('ticket') }}}}", "Start a new paragraph there"),
        ("![A pool]", f"Pools open early. {_CITE}\n![A pool](pool.png)", "Start a new paragraph there"),
    ],
)
def test_text_after_a_citation(project: Project, fault: str, body: str, remedy: str) -> None:
    project.write("data/figures.yaml", [plain("figures")])
    assert remedy in assert_finds(project, "text-after-citation", f"First a line.\n\n{body}", fault)


def test_every_text_after_a_citation_is_named(project: Project) -> None:
    write(project, f"Pools open early. {_CITE}\nThey close late. {_CITE}\nThat is rare.")
    assert [
        f'"{words}"' in text
        for words, text in zip(
            ("They close late.", "That is rare."), problems(project, "text-after-citation"), strict=True
        )
    ] == [True, True]


# Numbers, statistics, laws

FINE_NUMBERS = [
    'Most courses last 10 weeks.{{ cite("lake-2021") }}',
    'A ticket costs {{ figure("ticket") }}.',
    "Do lessons last 10 weeks?",
    "Ask for 2 weeks to think it over.",
    "Wait 5 minutes, then go on with step 2.",
    "Call 1-800-555-0100 at 6:00.",
    'You can say: "I have swum for 10 years. I am free on two days."',
    "These amounts are made up:\n\n- A lesson costs $20.",
    'Courses differ: {{ cite("lake-2021") }}\n\n- Some last 10 weeks.\n- Some last 20 weeks.',
    "See [how people swim after 10 weeks](index.md).",
    "A trial of 2014 is out of print, say people.",
    "It is not legal advice. Ask a law firm.",
    "> A course lasts 10 weeks.",
]
NUMBERS = [
    ("10 weeks", "Most courses last 10 weeks."),
    ("ten to twelve weeks", "Most courses last ten to twelve weeks."),
    ("$20", "- A lesson costs $20."),
    ("20 percent", "About 20 percent stop."),
    ("3 in 10", "About 3 in 10 stop."),
    ("on average", "They swim a little faster on average."),
    ("1,060 adults", "It was tried with 1,060 adults."),
    ("12 older randomized trials", "There are 12 older randomized trials."),
    ("federal law", "By federal law a pool has a lifeguard."),
    ("Baths Act", "The Baths Act opened pools."),
    ("within 60 days", "Ask for your money back within 60 days."),
    ("10 weeks", "Courses differ.{{ cite('lake-2021') }}\n\n- Some last 10 weeks."),
]


@pytest.mark.parametrize("body", FINE_NUMBERS)
def test_number_with_a_source_or_that_states_nothing(project: Project, body: str) -> None:
    project.write("data/figures.yaml", [plain("figures")])
    write(project, body)
    assert problems(project, "uncited-number") == []


@pytest.mark.parametrize(("fault", "body"), NUMBERS)
def test_number_without_a_source(project: Project, fault: str, body: str) -> None:
    assert_finds(project, "uncited-number", f"First a line.\n\n{body}", fault)


def test_number_of_what_the_labels_count(project: Project) -> None:
    write(project, "There are 12 pools.")
    assert problems(project, "uncited-number") == []
    label_list(project, "counted", "pools")
    assert_finds(project, "uncited-number", "There are 12 pools.", "12 pools")


def test_number_on_a_page_of_the_guide_itself(project: Project) -> None:
    text = page("Privacy", "Our host keeps a log of visits for two weeks.\n\nBy federal law a pool has a lifeguard.")
    project.write("docs/about/privacy.md", text)
    number, law = (f"docs/about/privacy.md:{project.line('docs/about/privacy.md', w)}" for w in ("two weeks", "law"))
    assert places(project, "uncited-number") == [number, law]
    project.write("data/site.yaml", plain("site", plain_sections=["about"], funding="A grant of $20,000 pays for it."))
    assert places(project, "uncited-number") == [law]


def test_number_in_a_record_without_references(project: Project) -> None:
    terms = [plain("glossary"), plain("glossary", id="length", term="Length", definition="A pool is 25 years old.")]
    project.write("data/glossary.yaml", {"terms": terms, **DATES})
    assert places(project, "uncited-number") == [f"data/glossary.yaml:{project.line('data/glossary.yaml', '25 years')}"]
    terms[1]["references"] = ["river-2020"]
    project.write("data/glossary.yaml", {"terms": terms, **DATES})
    assert problems(project, "uncited-number") == []


# Effects


@pytest.mark.parametrize(
    "body",
    [
        'Lessons lower the risk of a cramp.{{ cite("lake-2021") }}',
        "We do not know whether lessons lower the risk of a cramp.",
        "- Whether lessons work better than books.",
        "No study shows that lessons lower the risk of a cramp.",
        "See what studies found.",
        "A round table beats a long one, and your heart beats faster.",
        "Each swimmer knows what works best for you, and a towel works as well.",
        "The new price is effective May 1, and the old one is effective until then.",
        "A sign helps people find the pool, and helps them read the hours.",
    ],
)
def test_effect_with_a_source_or_not_claimed(project: Project, body: str) -> None:
    write(project, body)
    assert problems(project, "uncited-effect") == []


@pytest.mark.parametrize(
    ("fault", "body"),
    [
        ("lower the risk", "Lessons lower the risk of a cramp."),
        ("work better", "- Lessons work better than books."),
        ("helps people", "Warm water helps people to float."),
        ("Studies show", "Studies show that cold water is cold."),
        ("beat usual care", "In one trial, swimming beat usual care."),
        ("beats the others", "No stroke beats the others."),
        ("worked about as well", "Lessons worked about as well."),
        ("work as well as", "Books work as well as lessons."),
        ("is effective", "Swimming is effective."),
        ("helps them", "It helps them float."),
    ],
)
def test_effect_without_a_source(project: Project, fault: str, body: str) -> None:
    assert_finds(project, "uncited-effect", f"First a line.\n\n{body}", fault)


def test_effect_in_a_record_has_a_certainty(project: Project) -> None:
    path = "data/levels/beginner.yaml"
    level = plain(
        "levels", staff={"text": "A teacher lowers the risk.", "basis": "practice", "references": ["river-2020"]}
    )
    project.write(path, level)
    assert places(project, "effect-certainty") == [f"{path}:{project.line(path, 'lowers the risk')}"]
    level["staff"] = {"text": "A teacher lowers the risk.", "certainty": "low", "references": ["river-2020"]}
    project.write(path, level)
    assert problems(project, "effect-certainty") == []


CRAWL = "data/therapies/crawl.yaml"
REFERENCES = "data/references.yaml"


def rate(project: Project, level: str, read: str, *more: str) -> None:
    """Rate one therapy by a source of which this much was read, and by sources that were read whole."""
    accessed = "" if read == "not-read" else "  accessed: 2026-01-04\n"
    source = plain("references", id="sea-2022", title="Seas", URL="https://example.org/sea", read=read)
    del source["accessed"]
    written = "".join(f"{'- ' if key == 'id' else '  '}{key}: {value}\n" for key, value in source.items())
    project.write("data/references.yaml", project.read("data/references.yaml") + written + accessed)
    evidence = [
        {"outcome": "Speed", "text": "It is fast.", "certainty": "low", "references": ["river-2020"]},
        {"outcome": "Calm", "text": "It is calming.", "certainty": level, "references": ["sea-2022", *more]},
    ]
    project.write(CRAWL, plain("therapies", evidence=evidence))


@pytest.mark.parametrize("read", ["not-read", "without-results"])
@pytest.mark.parametrize("level", ["high", "very-low"])
def test_level_on_results_that_nobody_has_read_is_refused(project: Project, level: str, read: str) -> None:
    rate(project, level, read)
    lines = [number for number, line in enumerate(project.read(CRAWL).split("\n"), 1) if "certainty:" in line]
    (found,) = problems(project, "unread-results")
    assert found == (
        f'{CRAWL}:{lines[1]}: certainty "{level}", though nobody has read the results of sea-2022. Write certainty: '
        "not-rated, or read at least an abstract with its results and set read: excerpt in data/references.yaml. "
        "[unread-results]"
    )


@pytest.mark.parametrize(
    ("level", "read", "more"),
    [
        ("not-rated", "not-read", ()),
        ("not-rated", "without-results", ()),
        ("very-low", "excerpt", ()),
        ("very-low", "whole", ()),
        ("very-low", "not-read", ("river-2020",)),
    ],
)
def test_level_on_results_that_were_read_and_not_rated_pass(
    project: Project, level: str, read: str, more: tuple[str, ...]
) -> None:
    rate(project, level, read, *more)
    assert problems(project, "unread-results") == []


# Sources fit for what they carry


def cite(project: Project, *sources: dict[str, Any]) -> None:
    """Write sources, and a page with one group of them."""
    records = [
        plain("references", id=f"s-{number}", URL=f"https://example.org/{number}", **changes)
        for number, changes in enumerate(sources)
    ]
    for record in records:
        if record["read"] == "not-read":
            del record["accessed"]
    project.write(REFERENCES, records)
    called = ", ".join(f'"{record["id"]}"' for record in records)
    write(project, f"It is so. {{{{ cite({called}) }}}}")


UNREAD = {"read": "not-read"}


@pytest.mark.parametrize(
    ("rule", "weak", "fit"),
    [("weak-source", {"kind": "other"}, {"kind": "guideline"}), ("unread-source", UNREAD, {"read": "excerpt"})],
)
def test_group_of_weak_sources_is_reported_and_one_fit_source_is_enough(
    project: Project, rule: str, weak: dict[str, Any], fit: dict[str, Any]
) -> None:
    cite(project, weak, weak)
    (problem,) = (each for each in run(project) if f"[{rule}]" in each and each.startswith(SWIM))
    assert problem.startswith(f"{SWIM}:{project.line(SWIM, '{{ cite')}: ")
    assert "s-0, s-1" in problem
    cite(project, weak, fit)
    assert not [each for each in run(project) if f"[{rule}]" in each and each.startswith(SWIM)]


def run(project: Project) -> list[str]:
    """Give what the rule on weak sources says."""
    return [str(problem) for problem in import_module(RULES["weak-source"]).check(read_project(project.root))]


def test_record_that_rests_on_a_weak_source(project: Project) -> None:
    project.write(REFERENCES, [plain("references", kind="other")])
    record = "data/levels/beginner.yaml"
    project.write(record, plain("levels"))
    assert any(each.startswith(f"{record}:") and each.endswith("[weak-source]") for each in run(project))


@pytest.mark.parametrize(
    ("kind", "type_", "url", "fits"),
    [
        ("government-page", "webpage", "https://pool.gov/rule", True),
        ("government-page", "webpage", "https://www.ci.pool.us/rule", True),
        ("government-page", "webpage", "https://pool.example.org/rule", False),
        ("other", "webpage", "https://pool.gov/rule", False),
        ("trial", "article-journal", "https://pmc.ncbi.nlm.nih.gov/articles/PMC1", True),
        ("other", "article-journal", "https://pmc.ncbi.nlm.nih.gov/articles/PMC1", True),
        ("organization-page", "article-newspaper", "https://news.example.org/", False),
    ],
)
def test_kind_follows_from_the_address(project: Project, kind: str, type_: str, url: str, *, fits: bool) -> None:
    source = plain("references", kind=kind, type=type_, URL=url)
    project.write(REFERENCES, [source])
    assert bool(problems(project, "source-kind")) is not fits
    project.write(REFERENCES, [source | {"kind_reason": "A pool publishes it."}])
    found = problems(project, "source-kind")
    assert found == [] if not fits else "Delete kind_reason." in found[0]


# What leads to a page


def test_search_words_whose_page_has_none_of_them(project: Project) -> None:
    words = {"id": "float", "words": ["floating", "water wings"], "page": "swim.md", "reviewed": "2026-01-05"}
    project.write("data/search.yaml", [words])
    write(project, "You breathe out.")
    assert places(project, "promised-words") == [f"data/search.yaml:{project.line('data/search.yaml', 'page:')}"]
    write(project, "You float.")
    assert problems(project, "promised-words") == []


def test_list_of_all_pages_names_what_a_page_lacks(project: Project) -> None:
    settings = project.read("mkdocs.yml").replace("no_script_search: ''", "no_script_search: all/")
    (project.root / "mkdocs.yml").write_text(settings)
    write(project, "You float.")
    project.write("docs/all.md", page("All", "- [Floating, how to](swim.md)\n- [Diving](swim.md): swim"))
    (problem,) = problems(project, "promised-words")
    assert problem.startswith(f"docs/all.md:{project.line('docs/all.md', 'Diving')}: ")


# Plain words

HARD = (
    "Considerable organizational complexity characterizes international competitive swimming administration, "
    "necessitating comprehensive multidisciplinary communication.\n"
)


def test_hard_page_names_its_three_hardest_sentences(project: Project) -> None:
    write(project, HARD * 8 + "Swim on.\n")
    (problem,) = problems(project, "reading-grade")
    line = project.read(SWIM).split("\n").index(HARD.strip()) + 1
    assert all(f'line {each}: "Considerable' in problem for each in range(line, line + 3))
    assert "its limit is 8." in problem


def test_short_page_has_no_grade(project: Project) -> None:
    write(project, HARD * 2)
    assert problems(project, "reading-grade") == []


def test_page_may_raise_its_limit_to_ten(project: Project) -> None:
    body = "Swimming instructors recommend gradual introduction of breathing exercises before attempting the crawl.\n"
    write(project, (body + "Swim on, and on, and on.\nThen rest.\n") * 10)
    limit = grade(project)
    assert 8 < limit <= 10
    assert len(problems(project, "reading-grade")) == 1
    write(project, (body + "Swim on, and on, and on.\nThen rest.\n") * 10, reading_grade="10")
    assert problems(project, "reading-grade") == []


def grade(project: Project) -> float:
    sentences = [sentence for sentence, _ in sentences_of(read_project(project.root).pages["swim.md"])]
    return grade_of(sentences)


def test_headings_macros_and_sources_have_no_part_in_the_grade(project: Project) -> None:
    body = "The water is warm and clear.\nYou can stand in it.\n" * 12
    write(project, body)
    plain_grade = grade(project)
    write(project, f"{body}\n## Considerable organizational complexity\n\n{{{{ checklist('first-lesson') }}}}\n")
    assert grade(project) == plain_grade


def test_grade_agrees_with_textstat(project: Project) -> None:
    body = "Before the first lesson, the teacher asks what you can do.\nThen you try the shallow end together.\n" * 8
    write(project, body)
    text = " ".join(
        sentence.text.rstrip(".") + "." for sentence, _ in sentences_of(read_project(project.root).pages["swim.md"])
    )
    assert abs(grade(project) - textstat.flesch_kincaid_grade(text)) < 0.7  # textstat rounds what it multiplies by 11.8


def test_sentence_of_35_words_and_one_of_more(project: Project) -> None:
    words = " ".join(["swim"] * 35)
    write(project, f"First a line.\n{words}.")
    assert problems(project, "long-sentence") == []
    assert_finds(project, "long-sentence", f"First a line.\nOn and {words}.", "On and")


def test_long_sentence_of_a_record(project: Project) -> None:
    project.write("data/levels/beginner.yaml", plain("levels", cost={"not_known": f"{'swim ' * 36}on."}))
    assert len(problems(project, "long-sentence")) == 1


def test_periods_of_short_forms_end_no_sentence(project: Project) -> None:
    words = " ".join(["swim"] * 20)
    assert_finds(project, "long-sentence", f"{words} at 6 p.m. with Dr. Pool and {words}.", "Dr. Pool")


def test_word_to_avoid_with_its_replacement(project: Project) -> None:
    project.write("data/language.yaml", [plain("language")])
    problem = assert_finds(project, "avoid-word", "First a line.\n\nA Novice can float.", "A Novice")
    assert 'Write "beginner".' in problem


@pytest.mark.parametrize("body", ["Do not write “novice.”", "The Novice Swimmers Society meets here."])
def test_word_that_is_spoken_of_or_in_a_proper_name(project: Project, body: str) -> None:
    project.write("data/language.yaml", [plain("language")])
    write(project, body)
    assert problems(project, "avoid-word") == []


def test_fields_that_may_hold_a_word_to_avoid(project: Project) -> None:
    project.write("data/language.yaml", [plain("language")])
    project.write("data/search.yaml", [plain("search", words=["novice"])])
    project.write("data/glossary.yaml", {"terms": [plain("glossary", also=["novice lane"])], **DATES})
    assert problems(project, "avoid-word") == []
    project.write("data/glossary.yaml", {"terms": [plain("glossary", definition="A lane for a novice.")], **DATES})
    assert len(problems(project, "avoid-word")) == 1


@pytest.mark.parametrize("written", ["e.g.", "i.e.", "etc.", "vs.", "via", "et al."])
def test_latin_short_form(project: Project, written: str) -> None:
    assert_finds(project, "latin-abbreviation", f"First a line.\n\nThe crawl, {written} on the front.", written)


def test_words_that_only_look_latin(project: Project) -> None:
    write(project, "The viable way is a trivial one, at www.example.org/via/etc.")
    assert problems(project, "latin-abbreviation") == []


@pytest.mark.parametrize(
    "body",
    [
        "A partial swimming program (PSP) is long. The PSP is fun.",
        "PSPs (partial swimming programs) are long.",
        "The **PSP**, the Partial Swimming Program, is long.",
        "See [the PSP](index.md).",
        "We reach level AA.",
    ],
)
def test_short_form_that_is_spelled_out(project: Project, body: str) -> None:
    write(project, body)
    assert problems(project, "acronym") == []


def test_short_form_before_it_is_spelled_out(project: Project) -> None:
    body = "First a line.\n\nThe PSP is long.\n\nIt is a partial swimming program (PSP)."
    assert_finds(project, "acronym", body, "The PSP is long")
    label_list(project, "acronyms", "PSP")
    assert problems(project, "acronym") == []


# Dangers, titles, links, pictures


def test_danger_without_its_care_card(project: Project) -> None:
    project.write("data/care-cards/cramp.yaml", plain("care-cards", mentions=["cramp", "cramps"]))
    problem = assert_finds(project, "care-card-missing", "First a line.\n\nA sudden Cramp can stop you.", "Cramp")
    assert '{{ care_strip("cramp") }}' in problem
    for macro in ("care_card", "care_strip"):
        write(project, f'A sudden cramp can stop you.\n\n{{{{ {macro}("cramp") }}}}')
        assert problems(project, "care-card-missing") == []
    write(project, "The crampon is for ice.")
    assert problems(project, "care-card-missing") == []


def test_danger_with_a_tool_that_has_the_card_at_its_head(project: Project) -> None:
    project.write("data/care-cards/cramp.yaml", plain("care-cards", mentions=["cramp"]))
    project.write("data/worksheets/ticket-costs.yaml", plain("worksheets", danger=["cramp"], page=None))
    write(project, 'A sudden cramp can stop you.\n\n{{ worksheet("ticket-costs") }}')
    assert problems(project, "care-card-missing") == []
    assert_finds(project, "care-card-missing", 'A sudden cramp.\n\n{{ worksheet_card("ticket-costs") }}', "cramp")


def test_tool_that_cannot_be_read_may_have_the_card_at_its_head(project: Project) -> None:
    project.write("data/care-cards/cramp.yaml", plain("care-cards", mentions=["cramp"]))
    tool = "data/worksheets/ticket-costs.yaml"
    write(project, 'A sudden cramp can stop you.\n\n{{ worksheet("ticket-costs") }}')
    project.write(tool, plain("worksheets", danger=["cramp"], page=None, dangr=["cramp"]))
    assert "care-card-missing" not in {problem.rule for problem in check_project(project.root)}
    project.append(tool, "last: a text: with a colon\n")
    assert "care-card-missing" not in {problem.rule for problem in check_project(project.root)}


def test_danger_in_a_record_that_the_page_shows(project: Project) -> None:
    project.write("data/care-cards/cramp.yaml", plain("care-cards", mentions=["towel"]))
    line = project.line("docs/index.md", '{{ checklist("first-lesson") }}')
    assert places(project, "care-card-missing") == [f"docs/index.md:{line}"]


def test_danger_in_a_list_that_the_page_shows(project: Project) -> None:
    project.write("data/therapies/crawl.yaml", plain("therapies"))
    project.write("data/care-cards/cramp.yaml", plain("care-cards", mentions=["on the front"]))
    assert_finds(project, "care-card-missing", "First a line.\n\n{{ therapies() }}", "therapies()")
    project.write("data/care-cards/cramp.yaml", plain("care-cards", mentions=["lengths"]))
    assert problems(project, "care-card-missing") == []


def test_list_that_stands_whole_on_another_page(project: Project) -> None:
    project.write("data/checklists/first-lesson.yaml", plain("checklists", page="index.md"))
    project.write(SWIM, page("Swim", '{{ checklist("first-lesson") }}'))
    (problem,) = problems(project, "one-home")
    assert problem.startswith(f"{SWIM}:{project.line(SWIM, '{{ checklist')}: ")
    assert '{{ checklist_card("first-lesson") }}' in problem
    project.write(SWIM, page("Swim", '{{ checklist_card("first-lesson") }}'))
    assert problems(project, "one-home") == []


def test_list_whose_own_page_does_not_show_it(project: Project) -> None:
    record = "data/checklists/first-lesson.yaml"
    project.write(record, plain("checklists", page="swim.md"))
    project.write("docs/index.md", page("Home"))
    project.write(SWIM, page("Swim", '{{ checklist_card("first-lesson") }}'))
    assert places(project, "one-home") == [f"{record}:{project.line(record, 'page:')}"]


def test_settings_with_a_mistake_are_not_the_fault_of_other_pages(project: Project) -> None:
    project.write("data/checklists/first-lesson.yaml", plain("checklists", page="index.md"))
    project.write("docs/index.md", page("Home", '{{ checklist("first-lesson") }}'))
    project.write(SWIM, page("Swim", '{{ checklist("first-lesson") }}'))
    assert len(problems(project, "one-home")) == 1
    project.append("data/site.yaml", "no_such_key: x\n")
    rules = {problem.rule for problem in check_project(project.root)}
    assert "unknown-key" in rules
    assert "one-home" not in rules


def test_card_that_leads_nowhere(project: Project) -> None:
    project.write(SWIM, page("Swim", '{{ checklist_card("first-lesson") }}'))
    assert places(project, "one-home") == [f"{SWIM}:{project.line(SWIM, '{{ checklist_card')}"]


def test_care_card_stands_whole_on_the_help_page_too(project: Project) -> None:
    help_page = read_project(project.root).guide.settings.help_page
    project.write("data/care-cards/cramp.yaml", plain("care-cards", page="swim.md"))
    for path in (SWIM, f"docs/{help_page}"):
        project.write(path, page("Cramps", '{{ care_card("cramp") }}'))
    assert problems(project, "one-home") == []
    project.write("docs/index.md", page("Home", '{{ care_card("cramp") }}'))
    assert [place.partition(":")[0] for place in places(project, "one-home")] == ["docs/index.md"]


def test_title_that_is_too_long(project: Project) -> None:
    project.write(SWIM, page("S" * 65))
    assert problems(project, "title-length") == []
    project.write(SWIM, page("S" * 66))
    assert places(project, "title-length") == [f"{SWIM}:{project.line(SWIM, '# SSS')}"]


@pytest.mark.parametrize(
    "text", ["here", "Click here", "this page", "Read more.", "https://example.org/swim", "example.org/swim"]
)
def test_link_that_does_not_say_where_it_goes(project: Project, text: str) -> None:
    assert_finds(project, "link-text", f"First a line.\n\nSee [{text}](https://example.org/swim).", f"[{text}]")


def test_link_of_a_record_that_does_not_say_where_it_goes(project: Project) -> None:
    path = "data/levels/beginner.yaml"
    project.write(path, plain("levels", cost={"not_known": "Look [here](index.md)."}))
    assert places(project, "link-text") == [f"{path}:{project.line(path, '[here]')}"]


def test_link_that_says_where_it_goes(project: Project) -> None:
    write(project, "See [the ways to learn](index.md) and [example.org](https://example.org/swim).")
    assert problems(project, "link-text") == []


def test_picture_without_text(project: Project) -> None:
    assert_finds(project, "picture-text", "First a line.\nThen ![ ](assets/favicon.svg).", "favicon")
    write(project, "First ![A swimmer](assets/favicon.svg).")
    assert problems(project, "picture-text") == []


# Exemptions


def exempt(project: Project, place: str, rule: str = "uncited-number", **changes: Any) -> None:
    project.write(EXEMPTIONS, [plain("exemptions", id="weeks", rule=rule, place=place, **changes)])


def questions(project: Project) -> None:
    entries = [
        plain("questions", id=name, question=f"How long, {name}?", answer="It lasts 10 weeks.")
        for name in ("one", "two")
    ]
    project.write("data/questions.yaml", {"questions": entries, **DATES})


def test_exemption_of_a_page(project: Project) -> None:
    write(project, "Courses last 10 weeks.")
    exempt(project, SWIM)
    assert let_off(project) == (0, 0)


@pytest.mark.parametrize("place", ["data/questions.yaml#one", "data/questions.yaml#one/answer"])
def test_exemption_of_one_record(project: Project, place: str) -> None:
    questions(project)
    assert let_off(project) == (2, 0)
    exempt(project, place)
    assert let_off(project) == (1, 0)


@pytest.mark.parametrize("place", ["data/questions.yaml#one/question", "data/questions.yaml#three", "docs/index.md"])
def test_exemption_that_nothing_needs(project: Project, place: str) -> None:
    questions(project)
    exempt(project, place)
    assert let_off(project) == (2, 1)


# Overdue


def late(project: Project, today: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[str]]:
    code = overdue.main(["--root", str(project.root), "--today", today])
    return code, [line for line in capsys.readouterr().err.splitlines() if line.endswith("[overdue]")]


def test_nothing_is_overdue(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert late(project, "2026-04-05", capsys) == (0, [])


def test_pages_records_lists_and_numbers_that_are_overdue(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    code, found = late(project, "2027-01-06", capsys)
    assert code == 1
    assert f"docs/index.md:{project.line('docs/index.md', 'review_due')}: review_due was 2027-01-05. " in "\n".join(
        found
    )
    for path, key, day in [
        ("data/glossary.yaml", "review_due", "2027-01-05"),
        ("data/helplines.yaml", "check_due", "2026-04-05"),
        ("data/levels/beginner.yaml", "review_due", "2027-01-05"),
    ]:
        assert any(line.startswith(f"{path}:{project.line(path, key)}: {key} was {day}. ") for line in found)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("review_due: 2027-01-05", "review_due : 2027-01-05"),
        ("review_due: 2027-01-05", '"review_due": 2027-01-05'),
        ("review_due: 2027-01-05", "'review_due'  :   '2027-01-05'"),
        ("sources_checked: 2026-01-05\nreview_due: 2027-01-05", "{front}"),
    ],
)
def test_key_that_is_written_in_another_way_is_overdue_like_others(
    project: Project, capsys: pytest.CaptureFixture[str], old: str, new: str
) -> None:
    line = project.replace(
        "docs/index.md", old, new.replace("{front}", "review_due: 2027-01-05\nsources_checked: 2026-01-05")
    )
    assert check_project(project.root) == []
    _, found = late(project, "2027-01-06", capsys)
    assert [text for text in found if text.startswith(f"docs/index.md:{line}: review_due was 2027-01-05. ")]


FUTURE = [
    ("docs/help.md", "sources_checked: 2026-01-05"),
    ("data/checklists/first-lesson.yaml", "sources_checked: '2026-01-05'"),
    ("data/glossary.yaml", "sources_checked: '2026-01-05'"),
]


def dated(project: Project, today: str, capsys: pytest.CaptureFixture[str]) -> list[str]:
    overdue.main(["--root", str(project.root), "--today", today])
    return [line for line in capsys.readouterr().err.splitlines() if line.endswith("[future-date]")]


@pytest.mark.parametrize(("path", "written"), FUTURE)
def test_day_of_a_check_that_is_still_to_come_is_reported(
    project: Project, capsys: pytest.CaptureFixture[str], path: str, written: str
) -> None:
    line = project.replace(path, written, written.replace("2026-01-05", "2026-03-05"))
    assert check_project(project.root) == []
    assert dated(project, "2026-02-01", capsys) == [
        f"{path}:{line}: sources_checked 2026-03-05 is in the future. Write the day on which it was done. [future-date]"
    ]
    # Somewhere it is tomorrow already.
    assert dated(project, "2026-03-04", capsys) == []
    assert dated(project, "2026-03-03", capsys) != []


@pytest.mark.parametrize(
    ("kind", "changes", "key"),
    [
        ("figures", {"as_of": "2026-03-05"}, "as_of"),
        ("search", {"reviewed": "2026-03-05"}, "reviewed"),
        ("moved", {"moved": "2026-03-05"}, "moved"),
        ("withdrawn", {"withdrawn": "2026-03-05"}, "withdrawn"),
        ("references", {"accessed": "2026-03-05"}, "accessed"),
    ],
)
def test_every_other_day_of_the_past_that_is_still_to_come_is_reported(
    project: Project, capsys: pytest.CaptureFixture[str], kind: str, changes: dict[str, Any], key: str
) -> None:
    path = f"data/{kind}.yaml"
    others = [plain("references", id="lake-2021", URL="https://example.org/lake")] if kind == "references" else []
    project.write(path, [plain(kind, **changes), *others])
    line = project.line(path, "2026-03-05")
    [found] = dated(project, "2026-02-01", capsys)
    assert found.startswith(f"{path}:{line}: {key} 2026-03-05 is in the future.")


def test_days_of_checks_that_are_still_to_come_are_in_the_weekly_report(project: Project) -> None:
    project.replace("docs/help.md", "sources_checked: 2026-01-05", "sources_checked: 2026-03-05")
    book = read_project(project.root)
    text = due.report(overdue.overdue(book, date(2026, 2, 1)), [], [])
    assert "## Overdue, or dated in the future: 1\n\n- `docs/help.md:3: sources_checked 2026-03-05 is in the" in text


def test_build_does_not_look_at_the_day(project: Project) -> None:
    project.write("docs/index.md", project.read("docs/index.md").replace("2027-01-05", "2026-01-06"))
    assert not any("due" in str(problem) for problem in check_project(project.root))


@pytest.mark.parametrize(("until", "word"), [("2026-01-31", "ran out"), ("2027-02-03", "more than a year")])
def test_exemption_that_ran_out_or_holds_too_long(
    project: Project, capsys: pytest.CaptureFixture[str], until: str, word: str
) -> None:
    exempt(project, SWIM, until=until)
    code, found = late(project, "2026-02-01", capsys)
    assert code == 1
    assert len(found) == 1
    assert word in found[0]
    assert found[0].startswith(f"{EXEMPTIONS}:{project.line(EXEMPTIONS, 'until')}: ")
