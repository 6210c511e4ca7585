"""Each rule across records and pages: one project that passes, others that fail, with place, rule and remedy."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from operator import getitem
from pathlib import Path
from typing import Any

import pytest

from guide.checking import check_project
from tests.factories import DATES, ROOT, Project, page, plain, plain_labels, publish_in, to_yaml

LESSONS = "data/comparisons/lessons.yaml"
LABELS = "data/labels/en.yaml"
INDEX = "docs/index.md"
HELP = "docs/help.md"
LINK = "[the ways to learn](index.md#ways-to-learn)"
CALL = '{{ checklist("first-lesson") }}'


def check(project: Project) -> list[str]:
    return [str(problem) for problem in check_project(project.root)]


def test_project_without_a_fault(project: Project) -> None:
    assert check(project) == []


def swap(path: str, old: str, new: str) -> Callable[[Project], str]:
    """Replace a text; the fault is where it stood."""
    return lambda project: f"{path}:{project.replace(path, old, new)}"


def lacking(group: str, *label: str) -> Callable[[Project], str]:
    """Leave a label out of the guide's language, which only data/ has; the fault is where labels of its group begin."""

    def breaks(project: Project) -> str:
        path, labels = "data/labels/es.yaml", plain_labels(language="es")
        *holders, last = label
        del reduce(getitem, holders, labels)[last]
        publish_in(project, "es")
        project.write(path, labels)
        # Ids of labels end like names of groups.
        line = project.line(path, "\n" + group) + 1
        return f"{path}:{line}"

    return breaks


def own_label(group: str, written: str) -> Callable[[Project], str]:
    """Add a label of the guide's own at the beginning of a group; the fault is in its line."""
    return lambda project: f"{LABELS}:{project.replace(LABELS, group, f'{group}{written}') + 1}"


def add(path: str, content: Any, line: int = 1) -> Callable[[Project], str]:
    """Add a file; the fault is on its first line, or another."""

    def breaks(project: Project) -> str:
        project.write(path, content)
        return f"{path}:{line}"

    return breaks


def remove(path: str) -> Callable[[Project], str]:
    def breaks(project: Project) -> str:
        (project.root / path).unlink()
        return f"{path}:1"

    return breaks


def every(*breaks: Callable[[Project], str]) -> Callable[[Project], str]:
    """Do all; the fault is where the last one is."""

    def do(project: Project) -> str:
        return [each(project) for each in breaks][-1]

    return do


def add_helpline(project: Project, **changes: Any) -> str:
    path = "data/helplines.yaml"
    project.append(path, to_yaml([plain("helplines", id="desk", name="Desk", **changes)]))
    return f"{path}:{project.line(path, '800-555-0102')}"


def chart(**changes: Any) -> dict[str, Any]:
    return plain("charts", **{"groups": None, "references": None, **changes})


NAV_FAULTS = {
    "Again: help.md": '"help.md" is in the navigation here and on line 14. Keep one of them. [navigation]',
    "Again: docs/help.md": 'docs/ has no page "docs/help.md". Delete the line: help.md is in the navigation already.',
    "Up: ../../etc/passwd": '"../../etc/passwd" is neither a page of docs/ nor an https address. Write the path of a',
    "Up: ../help.md": 'docs/ has no page "../help.md".',
    "Root: /index.md": 'docs/ has no page "/index.md". Delete the line: index.md is in the navigation already.',
    '"Script": "javascript:alert(1)"': '"javascript:alert(1)" is neither a page of docs/ nor an https address.',
    'Other: "http://example.org/"': '"http://example.org/" is not an https address. Write https://, if the site has',
    'Other: "//example.org/"': '"//example.org/" is neither a page of docs/ nor an https address.',
    "Own: https://swim.example.org/help/": '"https://swim.example.org/help/" is an address of this site. Write help.md',
    "https://example.org/": 'no label for "https://example.org/". Write one before it: "- Label: https://example.org/".',
    "Icon: assets/favicon.svg": '"assets/favicon.svg" is neither a page of docs/ nor an https address.',
    "More:": '"More" has no page and no pages below it. Write its page after the colon.',
    "More: []": '"More" has no page and no pages below it.',
    "More:more.md": 'no space after the colon of "More:more.md". Write "More: more.md".',
    '"<b>More</b>": help.md': 'markup in the label "<b>More</b>". Write plain words: a label is shown as it is.',
    '"{{ x }}": help.md': 'markup in the label "{{ x }}".',
    '"**More**": help.md': 'markup in the label "**More**".',
    '"More&nbsp;help": help.md': 'markup in the label "More&nbsp;help".',
    '"More\\u202Ehelp": help.md': "an invisible character before",
    '"More\\thelp": help.md': "a tab inside a text",
    f'"{"long " * 40}": help.md': "a label of 200 characters. Keep it to a few words.",
    "Note: first: help.md": 'two colons in an entry: "Note: first: help.md". If the label has a colon, put the label '
    'alone in quotes: - "Note: first": help.md [navigation]',
}

REFERENCE = plain("references", id="sea", title="The sea", URL="https://example.org/sea")

CASES: dict[str, list[tuple[Callable[[Project], str], str]]] = {
    "acronym": [
        (
            swap(HELP, LINK, "DO NOT DIVE HERE"),
            'words in capitals: "DO NOT DIVE HERE". Write lowercase letters, and put **two stars** around words',
        ),
    ],
    "comparison_cells": [
        (
            every(
                swap(LESSONS, "    alone:\n      not_known: Nobody has counted.\n", ""),
                lambda project: f"{LESSONS}:{project.line(LESSONS, '- id: people')}",
            ),
            'row "people" has no cell for "alone". Under its cells: write alone: and below it text:, basis: or '
            "certainty:, and references:. If nobody knows, write not_known: and why. [comparison-cells]",
        ),
        (
            every(
                swap(LESSONS, "- id: alone\n", "- id: pair\n"),
                lambda project: f"{LESSONS}:{project.line(LESSONS, 'alone:')}",
            ),
            '"alone" is not an option of this comparison. Options: group, pair. [comparison-cells]',
        ),
    ],
    "headings": [
        (
            every(swap(INDEX, "# Learn to swim\n", "Learn to swim\n"), lambda project: f"{INDEX}:6"),
            "the page has no title. Begin it with # and a title. [title]",
        ),
        (swap(INDEX, "## What to pack", "# What to pack"), "a second title. Write ## for a section. [title]"),
        (
            swap(INDEX, "## What to pack", "#### What to pack"),
            '"What to pack" is a heading of level 4 after one of level 2. Write ###. [heading-order]',
        ),
        (
            swap(INDEX, "# Learn to swim\n", "#\n"),
            "the title has no words. Write them after # and a space. [title]",
        ),
        (swap(INDEX, "## What to pack", "##"), "a heading without words. Write them after ## and a space. [heading]"),
        (
            swap(INDEX, "## What to pack", "## What to pack\n\n## What to wear"),
            'there is nothing under "What to pack". Write what the heading promises, or delete it. [empty-section]',
        ),
        (
            every(swap(HELP, "\n- [Ask the pool](help.md).\n", "\n"), lambda _: f"{HELP}:15"),
            'there is nothing under "What to do next".',
        ),
        (
            every(
                swap(INDEX, f"## What to pack\n\n{CALL}", f"## What to pack\n\n{CALL}\n\n## What to pack\n\nA towel."),
                lambda _: f"{INDEX}:19",
            ),
            'the heading "What to pack" appears here and on line 15. Delete the repeated section, or give '
            "one of them another heading. [repeated-heading]",
        ),
        (
            add("docs/help.md", "---\ndescription: x\n---\n\nAsk the pool.\n", 4),
            "the page has no title. Begin it with # and a title. [title]",
        ),
        (
            add("docs/help.md", "---\ndescription: x\n---\n\n# Ask the pool\n", 5),
            "the page has nothing but its title. Write what the heading promises, or delete it. [empty-section]",
        ),
    ],
    "hidden_in_reader_view": [
        (
            swap(INDEX, "## What to pack", "## What to share"),
            'reader views of browsers leave out the heading "What to share", since its id has the word "share". '
            "Say it with another word. [reader-view]",
        ),
        (
            swap("data/checklists/first-lesson.yaml", "id: towel", "id: share-towel"),
            'reader views of browsers leave out "share-towel", since its id has the word "share". '
            "Choose another id. [reader-view]",
        ),
        (
            add("data/therapies/ride-share.yaml", plain("therapies", id="ride-share"), 1),
            'reader views of browsers leave out "ride-share", since its id has the word "share".',
        ),
    ],
    "labels": [
        (
            lacking("words:\n", "words", "a-week"),
            'the label "a-week" is missing. Add a-week: and the words to print. [labels]',
        ),
        (lacking("words:\n", "words", "hours-or-more"), 'the label "hours-or-more" is missing.'),
        (lacking("words:\n", "words", "menu"), 'the label "menu" is missing.'),
        (lacking("words:\n", "words", "what-next"), 'the label "what-next" is missing.'),
        (lacking("words:\n", "words", "previous-page"), 'the label "previous-page" is missing.'),
        (lacking("words:\n", "words", "unit-weeks"), 'the label "unit-weeks" is missing.'),
        (lacking("words:\n", "words", "unit-weeks-one"), 'the label "unit-weeks-one" is missing.'),
        (
            lacking("  certainty:\n", "names", "certainty", "low"),
            'the name "low" is missing from certainty. Add low: to it. [labels]',
        ),
        (lacking("  months:", "names", "months", "7"), 'the name "7" is missing from months.'),
        (
            own_label("words:\n", '  source-number: "Source {numbr}"\n'),
            'the label "source-number" cannot hold "numbr". Did you mean "number"? [labels]',
        ),
        (own_label("words:\n", '  source-number: "Source {"\n'), 'the label "source-number" cannot hold "{".'),
        (lacking("words:\n", "words", "search-none"), 'the label "search-none" is missing.'),
        (lacking("words:\n", "words", "after-noon"), 'the label "after-noon" is missing.'),
        (lacking("words:\n", "words", "worksheet-js-kept"), 'the label "worksheet-js-kept" is missing.'),
        (
            own_label("words:\n", '  worksheet-js-call: "Ring {numbr}"\n'),
            'the label "worksheet-js-call" cannot hold "numbr". Did you mean "number"? [labels]',
        ),
        (
            own_label("words:\n", "  worksheet-js-keptt: Kept\n"),
            'nothing prints the label "worksheet-js-keptt". Did you mean "worksheet-js-kept"? [labels]',
        ),
        (
            own_label("words:\n", "  menuu: Menu\n"),
            'nothing prints the label "menuu". Did you mean "menu"? [labels]',
        ),
        (own_label("words:\n", "  zebra: Zebra\n"), 'nothing prints the label "zebra". Delete it. [labels]'),
        (
            own_label("names:\n", "  certanty:\n    low: Low\n"),
            'nothing prints the names of "certanty". Did you mean "certainty"? [labels]',
        ),
        (
            every(own_label("names:\n", "  certainty:\n"), own_label("  certainty:\n", "    lows: Low\n")),
            'nothing prints the name "lows" of certainty. Did you mean "low"? [labels]',
        ),
        (
            swap("data/checklists/first-lesson.yaml", "audience: swimmer", "audience: swimer"),
            'audience "swimer" has no name in data/labels/en.yaml. Did you mean "swimmer"? [labels]',
        ),
        (
            every(
                swap("data/labels/en.yaml", "    pool-office: Lost", "    pool-ofice: Lost"),
                lambda project: f"data/site.yaml:{project.line('data/site.yaml', '- pool-office')}",
            ),
            'emergency "pool-office" has no name in data/labels/en.yaml. Write it there under names: bar:',
        ),
        (
            add("data/therapies/crawl.yaml", plain("therapies", family="fins"), 3),
            'family "fins" has no name in data/labels/en.yaml. Add it under names: families:, or choose another.',
        ),
    ],
    "page_links": [
        (
            swap(HELP, LINK, "[x](indx.md)"),
            'link to "indx.md", which doesn\'t exist. Did you mean "index.md"? [broken-link]',
        ),
        (swap(HELP, LINK, "[x](/index.md)"), 'link to "/index.md", which doesn\'t exist.'),
        (swap(HELP, LINK, "[x](index/)"), 'link to "index/", which doesn\'t exist.'),
        (swap(HELP, LINK, "[x](../data/site.yaml)"), 'link to "../data/site.yaml", which doesn\'t exist.'),
        (swap(HELP, LINK, "[x](assets)"), 'link to "assets", which doesn\'t exist.'),
        (swap(HELP, LINK, "<http://example.org/>"), '"http://example.org/" is not an https address. Write https://'),
        (
            swap(HELP, LINK, "[x](index.md#way-to-learn)"),
            'link to "#way-to-learn", which index.md does not have. Did you mean "index.md#ways-to-learn"? '
            "[broken-anchor]",
        ),
        (swap(HELP, LINK, "[x](#nowhere)"), 'link to "#nowhere", which help.md does not have.'),
        (swap(HELP, LINK, "[x](/etc/passwd)"), 'link to "/etc/passwd", which doesn\'t exist. Write the path of a page'),
        (swap(HELP, LINK, "[x](../../../etc/passwd)"), 'link to "../../../etc/passwd", which doesn\'t exist.'),
        (
            every(add("docs/assets/menu.js", "x"), swap(HELP, LINK, "[x](assets/menu.js)")),
            'link to "assets/menu.js", which is neither a page nor a picture. A link leads to a page, or to a',
        ),
        (swap(HELP, LINK, "[x](//example.org/)"), '"//example.org/" is not an address.'),
        (swap(HELP, LINK, "[x](https://localhost)"), '"https://localhost" is not a whole https address.'),
        (swap(HELP, LINK, "[x](ftp://example.org/)"), 'a link may not begin with "ftp:". Write the path of a page'),
        (swap(HELP, LINK, "[x](tel:ask)"), '"tel:ask" cannot be reached. Write the number in digits and hyphens'),
        (swap(HELP, LINK, "[x](mailto:pool)"), '"mailto:pool" cannot be reached. Write one address: mailto:'),
        (
            swap(HELP, LINK, "[x](https://swim.example.org/#ways-to-learn)"),
            '"https://swim.example.org/#ways-to-learn" is an address of this site. Write the path of the page: '
            '"index.md#ways-to-learn". [own-address]',
        ),
        (
            swap(HELP, LINK, "[x](http://swim.example.org)"),
            '"http://swim.example.org" is an address of this site. Write the path of the page: "index.md".',
        ),
        (swap(HELP, LINK, "[x](https://swim.example.org/nowhere/)"), "is an address of this site. Write the path of a"),
    ],
    "macro_calls": [
        (
            swap(INDEX, "checklist(", "cheklist("),
            '"cheklist" is not a macro. Did you mean "checklist"? [unknown-macro]',
        ),
        (
            swap(INDEX, "checklist(", "range("),
            '"range" is not a macro. Macros: accessibility_report, care_card, care_strip,',
        ),
        (
            swap(INDEX, '"first-lesson"', '"first-leson"'),
            'checklist: "first-leson" is not in data/checklists. Did you mean "first-lesson"? [unknown-id]',
        ),
        (
            swap(INDEX, '"first-lesson"', 'checklist_id="first-leson"'),
            'checklist: "first-leson" is not in data/checklists.',
        ),
        (swap(INDEX, '"first-lesson"', '["first-lesson"]'), "is not in data/checklists."),
        (swap(INDEX, '"first-lesson"', "3"), "checklist: what is in its parentheses is not in quotes."),
        (
            swap(INDEX, '"first-lesson"', ""),
            'checklist: it doesn\'t say which checklist. Write {{ checklist("...") }}. [macro-arguments]',
        ),
        (
            swap(INDEX, '"first-lesson"', '"first-lesson", "b"'),
            "checklist: there's more in its parentheses than it can take. Write",
        ),
        (
            swap(INDEX, '"first-lesson"', '"first-lesson", color="red"'),
            'checklist: it doesn\'t take "color"',
        ),
        (swap(INDEX, '"lake-2021"', ""), "cite: it doesn't say which reference"),
        (
            swap(INDEX, '"lake-2021"', '"lake-2021", "lake-2012"'),
            'cite: "lake-2012" is not in data/references. Did you mean "lake-2021"? [unknown-id]',
        ),
        (
            swap(INDEX, '"lessons"', '"lessons", options=["group", "alon"]'),
            'comparison_table: "alon" is not an option of it. Did you mean "alone"? [unknown-id]',
        ),
        (
            swap(INDEX, '"lessons"', '"lessons", options="group"'),
            "comparison_table: options is not a list of ids. Write {{",
        ),
        (swap(INDEX, '"lessons"', '"lessons", options=[]'), "comparison_table: options is not a list of ids."),
        (
            swap(INDEX, '"lessons"', '"lessons", rows=["peple"]'),
            'comparison_table: "peple" is not a row of it. Did you mean "people"? [unknown-id]',
        ),
        (
            swap(INDEX, '"first-lesson"', "cite"),
            "checklist: what is in its parentheses is not in quotes. Write ids in double quotes",
        ),
        (
            swap(INDEX, '"first-lesson"', '*["first-lesson"]'),
            "something in braces that isn't a macro call",
        ),
        (
            swap(HELP, '"pools"', '"pool"'),
            'helplines: "pool" is not in what helplines knows. Did you mean "pools"? [unknown-id]',
        ),
        (
            swap(INDEX, CALL, f"See {CALL}."),
            "checklist is inside a line of text. Put it on a line of its own, with empty lines around it.",
        ),
        (swap(INDEX, CALL, f"{CALL} {CALL}"), "checklist is inside a line of text."),
        (swap(INDEX, CALL, f"- {CALL}"), "checklist is inside a line of text."),
    ],
    "emoji": [
        (
            swap(INDEX, "The course works for some people.", "The course \N{SWIMMER} works for some people."),
            "the emoji",
        ),
        (swap(LESSONS, "About six people.", "About six people \N{THUMBS UP SIGN}."), "the emoji"),
    ],
    "markup": [
        (swap(HELP, LINK, "a <b>word</b>"), 'HTML in a page: "<b>". Write plain words with **strong**'),
        (swap(INDEX, CALL, "<div>x</div>"), "HTML in a page: "),
        (swap(INDEX, CALL, "<!-- note -->"), "HTML in a page: "),
        (
            swap(INDEX, CALL, "| a | b |\n| --- | --- |\n| 1 | 2 |"),
            "a table written by hand. Put it in data/comparisons/, and call comparison_table. [hand-made-table]",
        ),
        (
            swap(INDEX, CALL, "Day\tTime\nMonday\t9"),
            "columns with tabs between them, which run together. Put it in data/comparisons/, and call",
        ),
        (
            swap(HELP, LINK, "(the ways to learn)[index.md#ways-to-learn]"),
            "a link with its brackets the wrong way round: ",
        ),
    ],
    "navigation_entries": [
        (
            add("docs/more.md", page("More")),
            "the page is not in the navigation. Add more.md to nav in mkdocs.yml. [navigation]",
        ),
        (
            every(
                swap("mkdocs.yml", "- Help: help.md\n", "- Help: help.md\n- More: hlep.md\n"),
                lambda project: f"mkdocs.yml:{project.line('mkdocs.yml', 'hlep.md')}",
            ),
            'docs/ has no page "hlep.md". Delete the line: help.md is in the navigation already. [navigation]',
        ),
        *(
            (
                every(
                    swap("mkdocs.yml", "- Help: help.md\n", f"- Help: help.md\n- {entry}\n"),
                    lambda project: f"mkdocs.yml:{project.line('mkdocs.yml', '- Help: help.md') + 1}",
                ),
                message,
            )
            for entry, message in NAV_FAULTS.items()
        ),
    ],
    "needed_files": [
        (
            remove("data/site.yaml"),
            "this file is missing, and every guide needs it. Write it as in data/README.md. [needed-file]",
        ),
        (remove("data/labels/en.yaml"), "this file is missing, and every guide needs it."),
        (
            every(swap("mkdocs.yml", "theme:\n", "theme:\n  language: pt\n"), lambda _: "data/labels/pt.yaml:1"),
            "this file is missing, and every guide needs it.",
        ),
    ],
    "next_step": [
        (
            swap(INDEX, "## What to do next", "## Afterwards"),
            'the page doesn\'t end with what to do next. End the page with "## What to do next" and one or more steps.'
            " [next-step]",
        ),
    ],
    "page_paths": [
        (
            swap(LESSONS, "About six people.", "See [it](hepl.md)."),
            'there is no page "hepl.md". Did you mean "help.md"? [broken-link]',
        ),
        (swap(LESSONS, "About six people.", "See [it](help.md#noon)."), 'there is no page "help.md#noon".'),
        (
            swap("data/site.yaml", "help_page: help.md", "help_page: hlp.md"),
            'there is no page "hlp.md". Did you mean "help.md"?',
        ),
        (
            swap("data/site.yaml", "help_page: help.md", "glossary_page: hlp.md\nhelp_page: help.md"),
            'there is no page "hlp.md". Did you mean "help.md"?',
        ),
        (
            every(
                swap(LESSONS, "name: In a group\n", "name: In a group\n  page: a/b.md\n"),
                lambda project: f"{LESSONS}:{project.line(LESSONS, 'page: a/b.md')}",
            ),
            'there is no page "a/b.md". Write the path of a page in docs/, such as index.md.',
        ),
        (
            swap(LESSONS, "About six people.", "See [it](https://swim.example.org/help/)."),
            '"https://swim.example.org/help/" is an address of this site. Write the path of the page: "help.md".',
        ),
    ],
    "phone_numbers": [
        (
            lambda project: add_helpline(project, number="800-555-0102"),
            '"800-555-0102" is a phone number without its 1. Write 1-800-555-0102. [phone]',
        ),
        (
            lambda project: add_helpline(project, tty="800-555-0102"),
            '"800-555-0102" is a phone number without its 1. Write 1-800-555-0102. [phone]',
        ),
        (
            swap(HELP, LINK, "[the desk](tel:8005550102)"),
            '"tel:8005550102" is a phone number without its 1. Write tel:1-',
        ),
        (
            swap(HELP, LINK, "the desk at (800) 555-0102"),
            '"(800) 555-0102" is a phone number without its 1. Write 1-800',
        ),
        (swap(HELP, LINK, "the desk at 800.555.0102"), '"800.555.0102" is a phone number without its 1. Write 1-800-'),
        (swap(LESSONS, "About six people.", "Call 800-555-0102."), '"800-555-0102" is a phone number without its 1.'),
    ],
    "picture_text": [
        (swap(HELP, LINK, "![](assets/favicon.svg)"), 'the picture "assets/favicon.svg" has no text. Say between the'),
        (
            swap(HELP, LINK, "![a fish](favicon.svg)"),
            'docs/ has no picture "favicon.svg". Did you mean "assets/favicon.svg"? [picture-file]',
        ),
        (swap(HELP, LINK, "![a fish](assets/none.png)"), 'docs/ has no picture "assets/none.png". Put its file into'),
        (swap(HELP, LINK, "![a fish](../secret.png)"), 'docs/ has no picture "../secret.png".'),
        (swap(HELP, LINK, "![a fish](/assets/favicon.svg)"), '"/assets/favicon.svg" is not a picture of this guide.'),
        (
            swap(HELP, LINK, "![a fish](https://example.org/x.png)"),
            "is not a picture of this guide. Put the picture into",
        ),
        (swap(HELP, LINK, "![a fish](//example.org/x.png)"), '"//example.org/x.png" is not an address.'),
        (swap(HELP, LINK, "![a fish](help.md)"), '"help.md" is not a picture of this guide.'),
    ],
    "repeated_address": [
        (
            swap("data/references.yaml", "URL: https://example.org/lake", "URL: https://example.org/RIVER/"),
            'URL of "lake-2021" is also that of "river-2020". Keep one record, and cite that. [repeated-address]',
        ),
        (
            every(
                swap(
                    "data/references.yaml",
                    "URL: https://example.org/river\n",
                    "URL: https://example.org/river\n  DOI: 10.5555/x\n",
                ),
                swap(
                    "data/references.yaml",
                    "URL: https://example.org/lake\n",
                    "URL: https://example.org/lake\n  DOI: 10.5555/X\n",
                ),
                lambda project: f"data/references.yaml:{project.line('data/references.yaml', '10.5555/X')}",
            ),
            'DOI of "lake-2021" is also that of "river-2020".',
        ),
    ],
    "uncited_reference": [
        (
            lambda project: f"data/references.yaml:{project.append('data/references.yaml', to_yaml([REFERENCE]))}",
            'nobody cites "sea". Cite it where it supports a statement, or delete it. [uncited-reference]',
        ),
        (
            every(
                swap(INDEX, '{{ cite("lake-2021") }}', "`{{ cite('lake-2021') }}`"),
                lambda project: f"data/references.yaml:{project.line('data/references.yaml', 'id: lake-2021')}",
            ),
            'nobody cites "lake-2021".',
        ),
        (
            every(
                swap(INDEX, '{{ cite("lake-2021") }}', '\n\n```\n{{ cite("lake-2021") }}\n```\n'),
                lambda project: f"data/references.yaml:{project.line('data/references.yaml', 'id: lake-2021')}",
            ),
            'nobody cites "lake-2021".',
        ),
    ],
    "unfinished": [
        (swap(INDEX, "The course works for some people.", "[fill in: what is known]"), "a text to fill in: "),
        (
            swap(INDEX, "The course works for some people.", "TODO: ask the pool."),
            '"TODO" is a placeholder. Write what is missing, or leave the sentence out. [unfinished]',
        ),
        (swap(LESSONS, "About six people.", "Lorem ipsum dolor."), '"Lorem ipsum" is a placeholder.'),
        (swap(LESSONS, "population: Adults", "population: TBD"), '"TBD" is a placeholder.'),
    ],
    "unique_titles": [
        (
            swap(INDEX, "# Learn to swim\n", "# Ask the pool\n"),
            'the title "Ask the pool" is also that of docs/help.md. Give one of them another title. [unique-title]',
        ),
        (
            swap(INDEX, "on the page called Learn to swim.", "on the page called Ask the pool."),
            "the description is also that of docs/help.md. Say what only this page offers. [unique-description]",
        ),
    ],
    "unknown_record": [
        (
            add("data/charts/finish.yaml", chart(kind="ladder", levels=["beginner", "begginer"]), 9),
            '"begginer" is not in levels. Did you mean "beginner"? [unknown-record]',
        ),
        (
            add("data/charts/finish.yaml", chart(kind="certainty", therapies=["zumba"]), 8),
            '"zumba" is not in therapies. Write the id of a record of data/therapies/<id>.yaml, or add one there. '
            "[unknown-record]",
        ),
        (
            add("data/care-cards/cramp.yaml", plain("care-cards", helplines=["pool-ofice"]), 8),
            '"pool-ofice" is not in helplines. Did you mean "pool-office"? [unknown-record]',
        ),
        (
            swap(LESSONS, "not_known: Nobody has counted.", "from: levels/begginer/cost"),
            '"begginer" is not in levels. Did you mean',
        ),
        (
            swap(LESSONS, "not_known: Nobody has counted.", "from: level/beginner/cost"),
            '"level" has no field that a cell can show. Did you mean "levels"? [unknown-record]',
        ),
        (
            swap(LESSONS, "not_known: Nobody has counted.", "from: levels/beginner/coast"),
            '"coast" is not a field of levels that a cell can show. Did you mean "cost"?',
        ),
        (
            swap(LESSONS, "not_known: Nobody has counted.", "from: levels/beginner/step"),
            '"step" is not a field of levels that a cell can show. Fields that it can show: name, short_name, '
            "in_plain_words, hours_per_week, setting, staff, typical_for, length, work_or_school, cost. "
            "[unknown-record]",
        ),
        (
            swap(LESSONS, "not_known: Nobody has counted.", "from: charts/finish/groups"),
            '"charts" has no field that a cell can show. Kinds with such fields: levels, technologies, therapies.',
        ),
        (
            swap(LESSONS, "not_known: Nobody has counted.", "from: levels/beginner"),
            '"levels/beginner" does not name a field of a record. Write kind, id and field, with slashes between them',
        ),
    ],
    "unknown_reference": [
        (
            swap(LESSONS, "- river-2020", "- river-2021"),
            'reference "river-2021" is not in data/references.yaml. Did you mean "river-2020"? [unknown-reference]',
        ),
        (
            swap(LESSONS, "- river-2020", "- zzz"),
            'reference "zzz" is not in data/references.yaml. Add its record, or correct the id.',
        ),
    ],
}
FLAT = [(module, breaks, message) for module, cases in CASES.items() for breaks, message in cases]


@pytest.mark.parametrize(("module", "breaks", "message"), FLAT, ids=[f"{m}-{n}" for n, (m, _, _) in enumerate(FLAT)])
def test_fault_is_found(project: Project, module: str, breaks: Callable[[Project], str], message: str) -> None:
    place = breaks(project)
    found = check(project)
    assert [text for text in found if text.startswith(f"{place}: ") and message in text], [place, *found]


def test_every_check_is_tested_here_or_in_a_file_of_its_own() -> None:
    others = "".join(path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py") if path != Path(__file__))
    for path in (ROOT / "guide" / "checking").glob("[!_]*.py"):
        assert path.stem in CASES or path.stem in others or path.stem.replace("_", "-") in others, path.stem


# What must pass


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (HELP, LINK, "[x](index.md#what-to-do-next)"),
        (HELP, LINK, "[x](index.md#list-first-lesson)"),
        (HELP, LINK, "[x](index.md#list-first-lesson-towel)"),
        (HELP, LINK, "[x](index.md#table-lessons)"),
        (HELP, LINK, "[x](index.md#sources)"),
        (HELP, LINK, "[x](#what-to-do-next)"),
        (HELP, LINK, "[x](https://example.org/) and [call](tel:18005550100)"),
        (HELP, LINK, "[x](assets/favicon.svg)"),
        (HELP, LINK, "![a fish](assets/favicon.svg)"),
        (HELP, LINK, "[x](https://swim.example.org/api/v1/index.json)"),
        (
            HELP,
            LINK,
            "[x](https://swim.example.org.au/help/) and [text](sms:311?body=HOME) [write](mailto:a@example.org)",
        ),
        (
            "mkdocs.yml",
            "- Help: help.md\n",
            "- Help: help.md\n- Does it work, and what's Q&A?: https://example.org/a\n",
        ),
        ("mkdocs.yml", "- Help: help.md\n", "- Find help:\n  - help.md\n"),
        ("mkdocs.yml", "- Help: help.md\n", "- Find help: # soon more\n    # a note\n\n    - 'Help: now': help.md\n"),
        (HELP, LINK, "`<b>` is shown"),
        (HELP, LINK, "5 < 6 and 7 > 6"),
        (HELP, LINK, "(one)[1] and a list [x]"),
        (INDEX, "## What to pack", "### By bus\n\nTake it.\n\n## What to pack\n\n### By bus\n\nA bag."),
        (HELP, LINK, "1-800-555-0102, (311), 2026-2027, 10.5555/12345678, 100-200-3000-1"),
        ("data/helplines.yaml", "number: 1-800-555-0100", "number: 800-555-0100"),
        (INDEX, CALL, f'!!! note "Box"\n\n    {CALL}'),
        (INDEX, CALL, f"- Item\n\n    {CALL}"),
        (INDEX, CALL, f'=== "Tab"\n\n    {CALL}'),
        (INDEX, CALL, '{{ checklist(checklist_id="first-lesson") }}'),
        (INDEX, CALL, "{{checklist('first-lesson')}}"),
        (INDEX, CALL, "`{{ checklist }}` and `{% raw %}`"),
        (LESSONS, "About six people.", "See [it](index.md#ways-to-learn)."),
        (LESSONS, "not_known: Nobody has counted.", "from: levels/beginner/cost"),
        (LESSONS, "not_known: Nobody has counted.", "from: levels/beginner/hours_per_week"),
    ],
)
def test_what_is_right_is_not_reported(project: Project, path: str, old: str, new: str) -> None:
    project.replace(path, old, new)
    assert check(project) == []


# One fault is one problem


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (LESSONS, "basis: practice", "basis: habit"),
        (LESSONS, "title: Ways to learn", "title: a: b"),
        ("data/checklists/first-lesson.yaml", "when: Use it on the day before.", "when: [a]"),
        ("data/references.yaml", "URL: https://example.org/lake", "URL: http://example.org/lake"),
        ("data/references.yaml", "- id: river-2020", "- id: river: 2020"),
        ("data/helplines.yaml", "number: 1-800-555-0100", "number: dial"),
        ("data/helplines.yaml", "name: Pool office", "name: a: b"),
        ("data/site.yaml", "funding: Tickets pay for it.", "funding: a: b"),
        (LABELS, "  name: Name\n", "  name: a: b\n"),
        ("data/glossary.yaml", "term: Lane", "term: a: b"),
        (HELP, LINK, "[x](nowhere.md)"),
        (HELP, '{{ helplines("pools") }}', "{{ helplines( }}"),
        ("mkdocs.yml", "- Home: index.md", "- Home: index.md: x"),
    ],
)
def test_one_fault_gives_one_problem(project: Project, path: str, old: str, new: str) -> None:
    line = project.replace(path, old, new)
    found = check(project)
    assert len(found) == 1, found
    assert found[0].startswith(f"{path}:{line}: ")


def test_link_to_a_block_that_cannot_be_shown_is_not_reported_as_well(project: Project) -> None:
    project.replace(HELP, LINK, "[x](index.md#list-first-lesson)")
    project.replace("data/checklists/first-lesson.yaml", "audience: swimmer", "audience: [swimmer]")
    problems = check(project)
    assert problems
    assert not [text for text in problems if "anchor" in text]


def test_link_to_a_term_of_a_glossary_with_a_fault_is_not_reported_as_well(project: Project) -> None:
    project.replace(INDEX, CALL, "{{ glossary() }}")
    project.replace(HELP, LINK, "[x](index.md#lane)")
    assert check(project) == []
    project.replace("data/glossary.yaml", "term: Lane", "term: []")
    assert len(check(project)) == 1


def test_broken_anchor_is_reported_though_another_call_of_its_page_fails(project: Project) -> None:
    project.replace(HELP, LINK, "[x](index.md#way-to-learn)")
    project.replace(INDEX, '"first-lesson"', '"first-leson"')
    assert [text.rpartition(" ")[2] for text in check(project)] == ["[broken-anchor]", "[unknown-id]"]


# Exemptions


def exemption(**changes: Any) -> list[dict[str, Any]]:
    return [plain("exemptions", **changes)]


def test_exemption_lets_one_rule_off_in_one_file(project: Project) -> None:
    project.replace(INDEX, "# Learn to swim\n", "Learn to swim\n")
    before = check(project)
    project.write("data/exemptions.yaml", exemption())
    assert set(before) - set(check(project)) == {text for text in before if text.endswith("[title]")} != set()


def test_exemption_that_nothing_needs_is_a_problem(project: Project) -> None:
    project.write("data/exemptions.yaml", exemption())
    assert check(project) == [
        'data/exemptions.yaml:1: the exemption "old-page" is not needed. Delete it. [needless-exemption]'
    ]


# Broken beyond records and pages


def test_project_without_data(project: Project) -> None:
    import shutil

    shutil.rmtree(project.root / "data")
    assert any(text.startswith("data:1: there is no such folder.") for text in check(project))


def test_project_without_pages(project: Project) -> None:
    import shutil

    shutil.rmtree(project.root / "docs")
    assert any(text.startswith("data/site.yaml:7: there is no page") for text in check(project))


def test_project_without_configuration(project: Project) -> None:
    (project.root / "mkdocs.yml").unlink()
    [problem] = check(project)
    assert problem.startswith("mkdocs.yml:1: there is no such file. Run the command in the folder of the guide")


@pytest.mark.parametrize("content", ["", "x\n", "- x\n", "a: {\n", b"a: caf\xe9\n", "nav:\n\t- x\n", "a: \x01\n"])
def test_configuration_that_cannot_be_read(project: Project, content: str | bytes) -> None:
    project.write("mkdocs.yml", content)
    found = check(project)
    assert found
    assert all(" ".join(text.split()) == text and "[" in text for text in found)


def test_checks_depend_on_no_day_and_no_network() -> None:
    parts = ("model", "reading", "rendering", "checking", "outputs")
    for path in (path for part in parts for path in (ROOT / "guide" / part).rglob("*.py")):
        text = path.read_text("utf-8")
        for word in [
            "date.today",
            "datetime.now",
            "time.time",
            "import random",
            "urllib.request",
            "import socket",
            "import requests",
        ]:
            assert word not in text, f"{path}: {word}"


def test_dates_of_long_ago_pass(project: Project, tmp_path: Path) -> None:
    """Overdue is for the scheduled check to say."""
    for path in sorted(project.root.rglob("*.yaml")):
        text = (
            path.read_text("utf-8")
            .replace(DATES["sources_checked"], "1999-01-05")
            .replace(DATES["review_due"], "1999-02-05")
            .replace("2026-04-05", "1999-02-05")
        )
        path.write_text(text, "utf-8")
    assert check(project) == []


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("data/helplines.yaml", "name: Pool office", "name: Pool: office"),
        ("data/checklists/first-lesson.yaml", "references:", "refrences:"),
        ("docs/index.md", '{{ cite("lake-2021") }}', '{{ cite("lake-2021") }'),
    ],
)
def test_nothing_is_called_unused_while_what_may_use_it_is_unread(
    project: Project, path: str, old: str, new: str
) -> None:
    project.replace(path, old, new)
    project.append("data/references.yaml", to_yaml([plain("references", id="sea", URL="https://example.org/sea")]))
    problems = check_project(project.root)
    assert {problem.place.path for problem in problems} == {path}
    assert not [problem for problem in problems if problem.rule == "uncited-reference"]


# Owners of what is a matter of safety

OWNED = "/.github/ @pool\n/data/helplines.yaml @pool\n/data/site.yaml @pool\n/data/labels/ @pool\n"


@pytest.mark.parametrize(
    "owners", [OWNED, f"* @pool\n# @all\n{OWNED}", "* @pool\n", "/data/ @pool\n/.github/ pool@swim.org\n"]
)
def test_files_of_safety_that_have_owners_pass(project: Project, owners: str) -> None:
    project.write(".github/CODEOWNERS", owners)
    assert check(project) == []


@pytest.mark.parametrize(
    ("owners", "needed"),
    [
        (OWNED.replace("/data/labels/ @pool\n", ""), "data/labels/"),
        (OWNED.replace("helplines.yaml @pool", "helplines.yaml"), "data/helplines.yaml"),
        (f"{OWNED}/data/helplines.yaml\n", "data/helplines.yaml"),
        (OWNED.replace("/data/site.yaml @pool", "# /data/site.yaml @pool"), "data/site.yaml"),
    ],
)
def test_file_of_safety_without_an_owner_is_a_problem(project: Project, owners: str, needed: str) -> None:
    project.write(".github/CODEOWNERS", owners)
    count = len(owners.splitlines())
    wrong = f".github/CODEOWNERS:{count}: {needed} holds a matter of safety, and nobody owns it."
    assert check(project) == [f'{wrong} Add a line at the end: "/{needed} @pool". [code-owners]']


def test_records_on_pages_of_safety_have_owners_too(project: Project) -> None:
    project.write("data/checklists/first-lesson.yaml", plain("checklists"))
    project.replace("docs/help.md", "One line about swimming.", f"One line about swimming.\n\n{CALL}")
    project.write("data/site.yaml", plain("site", safety_pages=["help.md"]))
    project.write(".github/CODEOWNERS", OWNED)
    assert [problem.split(" ")[1] for problem in check(project)] == [
        "data/checklists/first-lesson.yaml",
        "docs/help.md",
    ]


@pytest.mark.parametrize(
    ("sentence", "hours", "said"),
    [
        ("Call {}, at any hour.", "6 am to midnight", "at any hour"),
        ("- **Rides:** {} day or night, for free. Stay.", "Weekdays", "day or night"),
        ("First sit. The office, {}, lends trunks, 24 hours a day.", "Weekdays", "24 hours a day"),
        ("Call {}, at any hour.", "24 hours a day in most areas", ""),
        ("Call {}, day and night.", "Around the clock", ""),
        ("Call {} within 24 hours. Cramps hurt, day and night.", "Weekdays", ""),
        ("Does it hurt, day and night? Call {}. Or hurt, day and night, call {}.", "Weekdays", ""),
        ("Call {}, or {}, day and night.", "Weekdays", ""),
    ],
)
def test_page_says_that_a_helpline_always_answers(project: Project, sentence: str, hours: str, said: str) -> None:
    line = {**plain("helplines"), "hours": hours}
    project.write("data/helplines.yaml", [line])
    written = sentence.replace("{}", '{{ phone("pool-office") }}')
    place = f"{HELP}:{project.replace(HELP, 'One line about swimming.', written)}"
    wrong = f'"{said}" is said of "pool-office", whose hours are "{hours}". Say when it answers, or leave the hours out'
    told = [line for line in check(project) if line.endswith("[helpline-hours]")]
    assert told == ([f"{place}: {wrong} here. [helpline-hours]"] if said else [])
