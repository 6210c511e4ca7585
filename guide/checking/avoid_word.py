"""Words that hurt or blame are not used: those that data/language.yaml says to avoid."""

import re
from collections.abc import Iterator

from guide.model.problems import Problem
from guide.model.registry import quoting_fields
from guide.reading.passages import RUNNING_TEXT, Passage
from guide.rendering.project import Project

_QUOTED = re.compile(r'"([^"\n]{1,60})"|“([^”\n]{1,60})”')
_MENTION = 4
"""The number of words up to which a quotation mentions a word and doesn't use it."""


def check(project: Project) -> Iterator[Problem]:
    """Check that texts use no word to avoid, except in proper names and in short quotations, which mention it."""
    wordings = project.guide.records("language").values()
    replacements = {word.casefold(): wording.use for wording in wordings for word in wording.avoid}
    if not replacements:
        return
    longest_first = sorted(replacements, key=len, reverse=True)
    avoided = re.compile(rf"(?<![\w-])({'|'.join(map(re.escape, longest_first))})(?![\w-])", re.IGNORECASE)
    for passage in project.passages(*RUNNING_TEXT, "heading", "text", "name"):
        if (passage.kind, passage.field) in quoting_fields():
            continue
        matches = list(avoided.finditer(passage.text))
        quotations = _QUOTED.finditer(passage.text) if matches else ()
        mentions = [quotation.span() for quotation in quotations if len(quotation[0].split()) <= _MENTION]
        for match in matches:
            if any(start <= match.start() < end for start, end in mentions) or _is_name(passage, match):
                continue
            use = " or ".join(f'"{word}"' for word in replacements[match[1].casefold()])
            yield Problem(
                passage.place(match.start()),
                f'"{match[1]}" is a word to avoid',
                f"Write {use}.",
                "avoid-word",
            )
    for page in project.pages.values():
        for match in avoided.finditer(page.front.description if page.front else ""):
            use = " or ".join(f'"{word}"' for word in replacements[match[1].casefold()])
            yield Problem(
                page.key_place("description"), f'"{match[1]}" is a word to avoid', f"Write {use}.", "avoid-word"
            )


def _is_name(passage: Passage, match: re.Match[str]) -> bool:
    """Return whether a match is part of a proper name.

    Its words are capitalized, and so is another word next to them that doesn't begin a sentence.
    """
    words = match[1].split()
    if not all(word[0].isupper() for word in words):
        return False
    before, after = passage.text[: match.start()].split(), passage.text[match.end() :].split()
    begins = any(sentence.text.startswith(f"{before[-1]} {match[1]}") for sentence in passage.sentences if before)
    neighbors = [before[-1] if before and not begins else "", after[0] if after else ""]
    return len(words) > 1 or any(word[:1].isupper() for word in neighbors)
