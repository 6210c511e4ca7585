"""The front matter of pages: split from the body, parsed and validated. Nothing else reads it."""

import re

from pydantic import TypeAdapter, ValidationError

from guide.model.kind import Kind, Stored
from guide.model.problems import Place, Problem
from guide.model.site import FrontMatter
from guide.reading.model_errors import explain_model_error
from guide.reading.yaml_nodes import compose, plain_value

_FRONT = re.compile(r"\A---[ \t]*\n(.*?)^---[ \t]*\n", re.DOTALL | re.MULTILINE)
_KEY_LINE = re.compile(r"^[a-z_]+:|^[ -]")
_KIND = Kind("pages", FrontMatter, Stored.ONE_RECORD)


def read_front_matter(shown: str, text: str) -> tuple[str, int, FrontMatter | None, list[Problem]]:
    """Read the front matter of a page.

    Args:
        shown: The page's path as messages show it.
        text: Its content.

    Returns:
        The front matter as it was written; the position at which the body begins; the front matter, or None if it isn't
        valid; and its problems.
    """
    match = _FRONT.match(text)
    if not match:
        return "", 0, None, [_no_front_matter(shown, text)]
    front, problems = _validated(match[1], shown)
    return match[1], match.end(), front, problems


def _no_front_matter(shown: str, text: str) -> Problem:
    """Return the problem of a page whose front matter is missing or doesn't end."""
    if re.match(r"---\s*\n", text):
        lines = text.split("\n")
        number = next((number for number, line in enumerate(lines, 1) if number > 1 and not _KEY_LINE.match(line)), 1)
        wrong = "the keys at the top of the page have no end"
        return Problem(Place(shown, number), wrong, "Put a line of three hyphens, ---, after them.", "front-matter")
    remedy = "Begin the page with a line of ---, then description:, sources_checked: and review_due:, then ---."
    wrong = "the page doesn't begin with its description and dates"
    return Problem(Place(shown, 1), wrong, remedy, "front-matter")


def _validated(text: str, shown: str) -> tuple[FrontMatter | None, list[Problem]]:
    if not text.strip():
        return None, [
            Problem(Place(shown, 1), "the front matter is empty", "Write description and dates.", "front-matter")
        ]
    for number, line in enumerate(text.split("\n"), 2):
        # MkDocs would end the front matter here.
        if re.match(r"\.\.\.\s*$", line):
            wrong, remedy = "a line of three dots in the front matter", "Delete it."
            return None, [Problem(Place(shown, number), wrong, remedy, "front-matter")]
    # An empty first line stands for the line of hyphens, so that line numbers are those of the file.
    node, problems = compose(shown, "\n" + text)
    if node is None:
        return None, problems
    plain = plain_value(node)
    try:
        return TypeAdapter(FrontMatter).validate_python(plain), problems
    except ValidationError as error:
        errors = error.errors(include_url=False)
        explained = (explain_model_error(_KIND, shown, node, plain, model_error) for model_error in errors)
        return None, [*problems, *explained]
