"""Nothing unfinished is published: no text or note of `make new`, and no placeholder such as TODO."""

import re
from collections.abc import Iterator
from itertools import groupby

from guide.model.problems import Place, Problem
from guide.reading.files import RECORDS, read_text
from guide.reading.passages import RUNNING_TEXT
from guide.rendering.new_files import MARK, lines_with_notes
from guide.rendering.project import Project

PLACEHOLDERS = ("TODO", "TBD", "TBA", "FIXME", "XXX", "lorem ipsum")
"""What people write where a text is missing."""
_PLACEHOLDER = re.compile(rf"(?<![\w-])(?:{'|'.join(PLACEHOLDERS[:-1])})(?![\w-])|(?i:{PLACEHOLDERS[-1]})")


def check(project: Project) -> Iterator[Problem]:
    """Check that nothing is left that somebody meant to fill in or delete."""
    for page in project.pages.values():
        for number, line in enumerate(page.body.split("\n"), page.body_start):
            if MARK in line:
                wrong = f'a text to fill in: "{line.strip(" #")[:60]}"'
                remedy = "Write your text in its place, or delete the line and its heading."
                yield Problem(page.place(number), wrong, remedy, "unfinished")
        yield from _notes(page.shown, "\n" + page.head)
    for passage in project.passages(*RUNNING_TEXT, "heading", "text", "name"):
        for match in _PLACEHOLDER.finditer(passage.text):
            if passage.kind != "references":
                remedy = "Write what is missing, or leave the sentence out."
                yield Problem(passage.place(match.start()), f'"{match[0]}" is a placeholder', remedy, "unfinished")
    # In labels, a comment may hold a word of another language.
    for path in sorted({source.path for kind, _, source in project.guide.written() if kind != "labels"}):
        # A file that can't be read is reported elsewhere.
        yield from _notes(path, read_text(project.root / path, path, RECORDS)[0] or "")


def _notes(path: str, text: str) -> Iterator[Problem]:
    """Report the notes of `make new` that a file still contains, in one problem with all their lines."""
    lines = lines_with_notes(text)
    if lines:
        runs = [[number for _, number in run] for _, run in groupby(enumerate(lines), lambda pair: pair[1] - pair[0])]
        where = ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
        wrong = f"notes from make new are still here, on line{'s' if len(lines) > 1 else ''} {where}"
        remedy = "Delete each from its # to the end of the line, and the whole line if it begins with the #."
        yield Problem(Place(path, lines[0]), wrong, remedy, "unfinished")
