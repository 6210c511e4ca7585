"""The file that a clinician saves from a review pack: read within limits, held against the guide, made a record.

The file comes by email from somebody whom nobody here has met, so it is read as the data of a proposal is. What it
can't forge: the hashes are those of the guide as it is, or they count for nothing, and the words that were read are
compared with the guide's. Whether the person is who they say, a maintainer finds out (`Verified`).
"""

import hashlib
import json
import stat
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, ValidationError

from guide.model.guide import Guide
from guide.model.kind import Kind
from guide.model.problems import SHOWN_PER_FILE, Place, Problem, nearest
from guide.model.record import Day, Name, Record, Text, Unquoted
from guide.model.review import PassageHash
from guide.reading.files import RECORDS, read_text
from guide.reading.model_errors import distinct_errors, explain_model_error
from guide.reading.yaml_nodes import compose, plain_value
from guide.rendering.project import FAILS, Project
from guide.rendering.statements import Statement, Statements

MOST = 3_000
"""Passages that a page may have."""


def _whole(value: Any) -> Any:
    """End what somebody typed with a period: most people write "None" without one."""
    return f"{value}." if isinstance(value, str) and value[-1:].isalnum() else value


class SavedPassage(Record):
    """One passage, as it was read and marked."""

    hash: PassageHash
    """As the pack gave it."""
    text: Annotated[str, Field(max_length=20_000)]
    """The words that were read."""
    mark: Literal["right", "wrong", "unsure", "none", "read"]
    """What was said of it; "read" for headings and names of rows and columns."""
    comment: Annotated[str, Field(max_length=500)]
    """Words to the editors."""


class SavedReview(Record):
    """What a review pack saves."""

    format: Literal["1"]
    """Of this file."""
    page: Annotated[str, Field(pattern=r"^[a-z0-9-]+(/[a-z0-9-]+)*\.md$")]
    """The page, by its path in docs/."""
    signed: Literal["true", "false"]
    """Whether it is more than a draft."""
    by: Name
    """The clinician."""
    license: Name
    """The number of the license."""
    state: Name
    """The state that gave it."""
    conflicts: Annotated[Text, BeforeValidator(_whole)]
    """Conflicts of interest."""
    on: Day
    """The day of signing."""
    passages: Annotated[list[SavedPassage], Field(min_length=1, max_length=MOST)]
    """In the order of the page."""


_KIND = Kind("saved-review", SavedReview)


@dataclass(frozen=True)
class Remark:
    """A passage that isn't signed, or that has a comment, for the editors."""

    number: int
    mark: str
    text: str
    comment: str


@dataclass(frozen=True)
class ReadReview:
    """A saved review, held against the guide.

    Attributes:
        saved: The file.
        digest: Its SHA-256.
        signed: Hashes of what was marked right.
        open: Hashes of what was read and not signed.
        remarks: For the editors.
        changed: How many of its passages the guide no longer has: these aren't signed.
        missing: How many passages the guide has and the file lacks.
    """

    saved: SavedReview
    digest: str
    signed: tuple[str, ...]
    open: tuple[str, ...]
    remarks: tuple[Remark, ...]
    changed: int
    missing: int


def read_review(path: Path, project: Project, today: date) -> tuple[ReadReview | None, list[Problem]]:
    """Read a saved review.

    Args:
        path: The file.
        project: What it is a review of.
        today: No signature is later.

    Returns:
        The review; or None, and the problems.
    """
    shown = path.name
    try:
        regular = stat.S_ISREG(path.stat().st_mode)
    except OSError:
        regular = False
    if not regular:
        return None, [_problem(shown, 1, "there is no such file", "Name the file that was saved.", "needed-file")]
    text, problems = read_text(path, shown, RECORDS)
    if text is None:
        return None, problems
    wrong = _not_json(shown, text)
    if wrong:
        return None, [wrong]
    node, problems = compose(shown, text)
    if node is None:
        return None, problems
    plain = plain_value(node, unquoted=Unquoted)
    try:
        saved = SavedReview.model_validate(plain)
    except ValidationError as error:
        errors = list(distinct_errors(error.errors(include_url=False)))[:SHOWN_PER_FILE]
        return None, [explain_model_error(_KIND, shown, node, plain, each) for each in errors]
    statements, refused = _statements(shown, saved, project)
    refused = [*refused, *_unsigned(shown, saved, today)]
    if refused:
        return None, refused
    refused = list(_other_words(shown, saved, statements))
    if refused:
        return None, refused[:SHOWN_PER_FILE]
    return _compared(saved, hashlib.sha256(path.read_bytes()).hexdigest(), statements), []


def _problem(shown: str, line: int, wrong: str, remedy: str, rule: str) -> Problem:
    return Problem(Place(shown, line), wrong, remedy, rule)


def _not_json(shown: str, text: str) -> Problem | None:
    """Return a problem for what isn't JSON: it is then read by the parser that knows lines, which takes more."""
    try:
        json.loads(text)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        remedy = "Ask for the file that the pack saved, unchanged."
        return _problem(shown, line, "this is not a file that a review pack saved", remedy, "saved-review")
    return None


def _statements(shown: str, saved: SavedReview, project: Project) -> tuple[list[Statement], list[Problem]]:
    page, site = project.pages.get(saved.page), project.guide.site
    if page is None:
        remedy = nearest(saved.page, project.pages) or "Name a page by its path in docs/."
        return [], [_problem(shown, 1, f'there is no page "{saved.page}"', remedy, "review")]
    if site and saved.page.partition("/")[0] in site.plain_sections:
        wrong, remedy = f'"{saved.page}" speaks of the guide itself', "Review a page that patients read."
        return [], [_problem(shown, 1, wrong, remedy, "review")]
    try:
        return Statements(project.guide, project.language).of_page(page), []
    except FAILS:
        wrong, remedy = f'"{saved.page}" can\'t be shown', "Run make check, and fix it first."
        return [], [_problem(shown, 1, wrong, remedy, "review")]


def _unsigned(shown: str, saved: SavedReview, today: date) -> list[Problem]:
    problems = []
    if saved.signed != "true":
        wrong, remedy = "this is a draft", 'Ask for the file that "Save the signed review" saves.'
        problems.append(_problem(shown, 1, wrong, remedy, "draft"))
    if saved.on > today:
        wrong, remedy = f"signed on {saved.on}, which is still to come", "Ask for a file with the day of signing."
        problems.append(_problem(shown, 1, wrong, remedy, "future-date"))
    if all(passage.mark != "right" for passage in saved.passages):
        wrong, remedy = "no passage is marked right", "Take its comments to the editors; there is nothing to sign."
        problems.append(_problem(shown, 1, wrong, remedy, "review"))
    return problems


def _other_words(shown: str, saved: SavedReview, statements: list[Statement]) -> list[Problem]:
    """Find passages that were shown with other words than the guide's, or with a mark that they can't have."""
    now = {statement.hash: statement for statement in statements}
    problems = []
    if not now.keys() & {passage.hash for passage in saved.passages}:
        wrong = f'none of these passages stands on "{saved.page}"'
        remedy = "Write a new pack with make review-pack, and ask for it to be read again."
        return [_problem(shown, 1, wrong, remedy, "review")]
    for passage in saved.passages:
        statement = now.get(passage.hash)
        if statement is None:
            continue
        if passage.text != statement.text:
            wrong = f'"{passage.text[:60]}" was read in place of "{statement.text[:60]}"'
            remedy = "Don't use this file: somebody changed the pack or the file. Send a new pack."
            problems.append(_problem(shown, 1, wrong, remedy, "forged-review"))
        elif (passage.mark == "read") != (statement.role != "passage"):
            wrong = f'"{passage.text[:60]}" has the mark "{passage.mark}"'
            remedy = "Don't use this file: somebody changed the pack or the file. Send a new pack."
            problems.append(_problem(shown, 1, wrong, remedy, "forged-review"))
    return problems


def _compared(saved: SavedReview, digest: str, statements: list[Statement]) -> ReadReview:
    now = {statement.hash: statement for statement in statements}
    said: dict[str, set[str]] = {}
    remarks, changed, number = [], 0, 0
    for passage in saved.passages:
        number += passage.mark != "read"
        if passage.mark in ("wrong", "unsure") or passage.comment:
            remarks.append(Remark(number, passage.mark, passage.text, passage.comment))
        if passage.hash in now:
            said.setdefault(passage.hash, set()).add(passage.mark)
        else:
            changed += 1
    # The same words twice, marked in two ways, aren't signed.
    signed = tuple(each for each, marks in said.items() if marks <= {"right", "read"})
    return ReadReview(
        saved,
        digest,
        signed,
        tuple(each for each in said if each not in signed),
        tuple(remarks),
        changed,
        len(now.keys() - said.keys()),
    )


def record_text(review: ReadReview, record_id: str) -> str:
    """Write the record of data/reviews/; the maintainer's part is left to fill in, and needed."""
    saved = review.saved
    fields: dict[str, Any] = {"id": record_id, "page": saved.page}
    lines = [
        "# yaml-language-server: $schema=../../schemas/reviews.json",
        *(f"{key}: {value}" for key, value in fields.items()),
        *(f"{key}: {_quoted(getattr(saved, key))}" for key in ("by", "license", "state", "conflicts")),
        f"on: {saved.on}",
        "# Look the license up in the state's public register. Then write your name, the day and the address here:",
        "# verified:",
        "#   by: Your Name",
        "#   on: 2026-11-30",
        "#   register_page: https://...",
        f'file: "{review.digest}"',
        "signed:",
        *(f'  - "{each}"' for each in review.signed),
        *(["open:", *(f'  - "{each}"' for each in review.open)] if review.open else []),
    ]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def free_id(guide: Guide, review: ReadReview, wanted: str) -> str:
    """Return the id of the record to write: that of the same person's review of the page, or one that is free."""
    number = 1
    while True:
        record_id = wanted if number == 1 else f"{wanted}-{number}"
        source = guide.sources.get("reviews", {}).get(record_id)
        plain = source.plain if source and isinstance(source.plain, dict) else {}
        same = plain.get("page") == review.saved.page and plain.get("license") == review.saved.license
        if source is None or same:
            return record_id
        number += 1
