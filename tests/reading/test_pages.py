"""Pages as they were written: front matter, calls, headings and links, each with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from guide.reading.allowed_html import TABS
from guide.reading.pages import Page, read_pages
from guide.rendering.assets import THEME

HEAD = """\
---
description: What to know about the page before you read all of it.
sources_checked: 2026-01-05
review_due: 2027-01-05
---
"""
START = HEAD.count("\n") + 1


def read(tmp_path: Path, text: str | bytes, name: str = "x.md") -> tuple[Page | None, list[str]]:
    """Write one page and read it."""
    path = tmp_path / "docs" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    pages, problems = read_pages(tmp_path / "docs")
    page = pages.get(name)
    return page, [str(problem) for problem in [*problems, *(page.content.problems if page else [])]]


def good(tmp_path: Path, body: str) -> Page:
    """Read a page whose body is this, below a front matter of five lines."""
    page, problems = read(tmp_path, HEAD + body)
    assert page and not problems, problems
    return page


def test_front_matter_is_read(tmp_path: Path) -> None:
    page = good(tmp_path, "# Title\n")
    assert page.front
    assert page.front.description.startswith("What to know")
    assert (page.path, page.shown, page.body, page.body_start, page.title) == (
        "x.md",
        "docs/x.md",
        "# Title\n",
        START,
        "Title",
    )


@pytest.mark.parametrize(
    ("head", "line", "message"),
    [
        (
            "# Title\n",
            1,
            "the page doesn't begin with its description and dates. Begin the page with a line of ---,",
        ),
        ("", 1, "the page doesn't begin with its description and dates."),
        ("\n" + HEAD, 1, "the page doesn't begin with its description and dates."),
        ("---\n---\n", 1, "the front matter is empty. Write description and dates."),
        (
            HEAD.replace("review_due", "reveiw_due"),
            4,
            'key "reveiw_due" is not known. Did you mean "review_due"? [unknown-key]',
        ),
        (HEAD.replace("review_due: 2027-01-05\n", ""), 2, '"review_due" is missing.'),
        (HEAD.replace("2027-01-05", "2025-01-05"), 4, "review_due 2025-01-05 is before sources_checked 2026-01-05."),
        (HEAD.replace("2026-01-05", "5 January"), 3, '"5 January" is not a date. Write year-month-day'),
        (HEAD.replace("What to know about", "What: to know about"), 2, "a colon inside the text:"),
        (
            HEAD.replace("review_due", "\treview_due"),
            4,
            "a tab at the start of the line. Take it out, if the line belongs",
        ),
        (
            HEAD.replace("review_due", "sources_checked"),
            4,
            'key "sources_checked" appears here and on line 3. Keep one',
        ),
        (HEAD.replace("What to", "<b>What</b> to"), 2, "HTML in a text"),
        (HEAD.replace("2027-01-05", "{{ due }}"), 4, "a text that begins with a brace."),
        ("---\n- a\n---\n", 2, "is not a group of keys"),
    ],
)
def test_front_matter_that_is_wrong(tmp_path: Path, head: str, line: int, message: str) -> None:
    _, problems = read(tmp_path, head + ("# Title\n" if head else ""))
    assert [text for text in problems if text.startswith(f"docs/x.md:{line}: ") and message in text], problems
    assert len(problems) <= 2


def test_two_faults_in_the_front_matter_have_a_line_each(tmp_path: Path) -> None:
    head = HEAD.replace("2026-01-05", "then").replace("2027-01-05", "later")
    assert [text.split(":")[1] for text in read(tmp_path, head)[1]] == ["3", "4"]


def test_calls_are_found_with_their_lines(tmp_path: Path) -> None:
    body = """# Title

{{ checklist("a") }}

- Item

    {{ comparison_table("b", options=["c", 'd',] ) }}

Text{{ cite("e", "f") }} and `{{ not("this") }}` more{{figure("g")}}.

```
{{ nor("this") }}
```
"""
    found = [(call.name, call.args, call.kwargs, call.line - START + 1) for call in good(tmp_path, body).calls]
    assert found == [
        ("checklist", ["a"], {}, 3),
        ("comparison_table", ["b"], {"options": ["c", "d"]}, 7),
        ("cite", ["e", "f"], {}, 9),
        ("figure", ["g"], {}, 9),
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{{ checklist("a" }}', "a parenthesis is missing in a call"),
        ("{{ checklist }}", '"checklist" is not a macro call. Write {{ name("id") }}; pages have no variables.'),
        ("{{ page.title }}", '"page.title" is not a macro call.'),
        ("{{ now().year }}", "something in braces that isn't a macro call: "),
        ('{{ checklist("a") | upper }}', "something in braces that isn't a macro call: "),
        ('{{ checklist("a") + "b" }}', "something in braces that isn't a macro call: "),
        ('{{ "".__class__ }}', "something in braces that isn't a macro call: "),
        (
            "{% set a = 1 %}",
            "a template's sign, which pages don't have: {% set a = 1 %}. Pages have no templates: take it out.",
        ),
        ("{% include 'x' %}", "a template's sign, which pages don't have: "),
        ("{% if true %}x{% endif %}", "a template's sign, which pages don't have: "),
        ("{% for x in y %}{% endfor %}", "a template's sign, which pages don't have: "),
        ("{% nope %}", "a template's sign, which pages don't have: {% nope %}"),
        ("{# never closed", "a template's sign, which pages don't have: {# never closed"),
    ],
)
def test_call_that_cannot_be_read(tmp_path: Path, text: str, message: str) -> None:
    _, problems = read(tmp_path, f"{HEAD}# Title\n\nOne.\n\n{text}\n\nTwo.\n")
    assert any(problem.startswith(f"docs/x.md:{START + 4}: {message}") for problem in problems), problems
    assert all(problem.startswith(f"docs/x.md:{START + 4}: ") for problem in problems)


def test_two_faulty_calls_have_a_line_each(tmp_path: Path) -> None:
    _, problems = read(tmp_path, f"{HEAD}# Title\n\n{{{{ a }}}}\n\n\n{{{{ b }}}}\n")
    assert [problem.split(":")[1] for problem in problems] == [str(START + 2), str(START + 5)]


def test_headings_in_boxes_and_tabs_are_found_and_code_is_not(tmp_path: Path) -> None:
    body = """# Title with `code` and *stress*

## First

!!! note "Box"

    ### In a box

    ??? tip

        #### Deeper

=== "Tab"

    ## In a tab

```
# not this
```

    # nor this

Underlined
----------
"""
    assert [(level, text, line - START + 1) for level, text, line in good(tmp_path, body).headings] == [
        (1, "Title with code and stress", 1),
        (2, "First", 3),
        (3, "In a box", 7),
        (4, "Deeper", 11),
        (2, "In a tab", 15),
        (2, "Underlined", 23),
    ]


def tabs(count: int, indent: str = "") -> str:
    return "\n\n".join(f'{indent}=== "Tab {number}"\n\n{indent}    Text.' for number in range(1, count + 1))


def test_more_tabs_than_the_style_sheet_shows_are_refused(tmp_path: Path) -> None:
    good(tmp_path, f"# Title\n\n{tabs(TABS)}\n\nText.\n\n{tabs(TABS)}\n")
    _, problems = read(tmp_path, f"{HEAD}# Title\n\n{tabs(6)}\n\n!!! note\n\n{tabs(7, '    ')}\n")
    remedy = "Use at most 5, or a heading for each. [tabs]"
    assert problems == [
        f"docs/x.md:{START + 2 + 5 * 4}: 6 tabs stand next to each other. {remedy}",
        f"docs/x.md:{START + 2 + 6 * 4 + 2 + 5 * 4}: 7 tabs stand next to each other. {remedy}",
    ]


def test_the_style_sheet_shows_as_many_tabs() -> None:
    css = (THEME / "css" / "tabs.css").read_text("utf-8")
    for number in range(1, TABS + 1):
        assert css.count(f":nth-child({number})") == 5, "the name chosen, its panel, and both on paper"
    assert f":nth-child({TABS + 1})" not in css


def test_fence_may_show_how_boxes_tabs_and_fences_are_written(tmp_path: Path) -> None:
    shown = """!!! note "Box"

    Inside.

=== "Tab"

    # Not a heading
"""
    nested = "\n".join(f"    {line}" if line else "" for line in f"```text\n{shown}```".split("\n"))
    body = f"""# Title

```text
{shown}```

!!! tip "Real"

{nested}

````
```
!!! note
```
````

## After
"""
    headings = [(level, text) for level, text, _ in good(tmp_path, body).headings]
    assert headings == [(1, "Title"), (2, "After")]


def test_links_have_target_text_and_line(tmp_path: Path) -> None:
    body = """# Title

See [a *page*](a.md#b)
and [another](../c.md).

!!! note

    - Item
    - [In a box](https://example.org/)

`[not](this)` and [by name][name].

[name]: d.md
"""
    assert [(target, text, line - START + 1) for target, text, line in good(tmp_path, body).links] == [
        ("a.md#b", "a page", 3),
        ("../c.md", "another", 4),
        ("https://example.org/", "In a box", 9),
        ("d.md", "by name", 11),
    ]


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_line_ends_of_other_systems(tmp_path: Path, ending: str) -> None:
    text = f'{HEAD}# Title\n\n{{{{ checklist("a") }}}}\n\n[x](y.md)\n'.replace("\n", ending)
    page, problems = read(tmp_path, text.encode())
    assert page and not problems, problems
    assert [page.calls[0].line, page.links[0][2]] == [START + 2, START + 4]


def test_byte_order_mark_is_dropped(tmp_path: Path) -> None:
    page, problems = read(tmp_path, b"\xef\xbb\xbf" + f"{HEAD}# Title\n".encode())
    assert page and page.title == "Title" and not problems


def test_letter_that_is_not_utf8(tmp_path: Path) -> None:
    page, problems = read(tmp_path, f"{HEAD}# Title\n\nCaf".encode() + b"\xe9\n")
    assert page is None
    assert problems == [f"docs/x.md:{START + 2}: a letter that is not UTF-8. Save the file as UTF-8. [encoding]"]


def test_links_that_leave_the_project(tmp_path: Path) -> None:
    outside = tmp_path / "outside.md"
    outside.write_text(HEAD)
    docs = tmp_path / "project" / "docs"
    docs.mkdir(parents=True)
    (docs / "a.md").symlink_to(outside)
    (docs / "b.md").symlink_to("nowhere.md")
    (docs / "c.png").symlink_to(outside)
    (docs / "d").symlink_to(tmp_path)
    pages, problems = read_pages(docs)
    assert pages == {}
    assert [str(problem) for problem in problems] == [
        "docs/a.md:1: this link leads out of the project. Put the file itself here. [symbolic-link]",
        "docs/b.md:1: this link leads nowhere. Put the file itself here, or remove the link. [symbolic-link]",
        "docs/c.png:1: this link leads out of the project. Put the file itself here. [symbolic-link]",
        "docs/d:1: this link leads out of the project. Put the file itself here. [symbolic-link]",
    ]


def test_page_of_95000_characters_is_read(tmp_path: Path) -> None:
    page = good(tmp_path, "# Title\n\n" + ("word " * 380 + "\n\n") * 50 + '\n\n{{ checklist("a") }}\n')
    assert page.calls[0].line == START + 104
