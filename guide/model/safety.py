"""What in a guide is a matter of safety: a change to it needs a second reviewer, and older copies are told about it.

Four things say so, and no list of files does:

- a kind of record says it (`Kind.helps`, `Kind.safety`): what to do in danger, phone numbers, words of a crisis;
- `safety_pages` in data/site.yaml names pages;
- a record is one where its block stands on such a page, such as a comparison of medicines;
- a text names a number to call, on whatever page or in whatever record.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from guide.model.guide import walk
from guide.model.registry import kinds

_LONG_NUMBER = r"(?:1[-. ])?\(?[0-9]{3}\)?[-. ][0-9]{3}[-. ][0-9]{4}"
"""A phone number by its look, whether or not a helpline has it."""


def pages_of_safety(*sites: Any) -> set[str]:
    """Return the pages that are matters of safety, by their paths in docs/.

    Args:
        sites: Records of data/site.yaml as they are written, such as before and after a change; faulty ones name none.
    """
    lists = (site.get("safety_pages") for site in sites if isinstance(site, dict))
    return {str(path).partition("#")[0] for listed in lists if isinstance(listed, list) for path in listed}


def is_safety(kind: str, blocks: Iterable[str], pages: set[str]) -> bool:
    """Return whether the whole of a record is a matter of safety.

    Args:
        kind: The key of its kind; a former one has no records.
        blocks: The pages on which its block stands.
        pages: Those that are matters of safety.
    """
    return (kind in kinds() and kinds()[kind].helps) or not pages.isdisjoint(blocks)


def safety_part(kind: str, value: Any) -> Any:
    """Return what of a record that isn't one as a whole is a matter of safety, as it's written; None for nothing."""
    part = kinds()[kind].safety if kind in kinds() else None
    return part(value) if part and isinstance(value, Mapping) else None


def numbers_to_call(helplines: Iterable[Any]) -> re.Pattern[str]:
    """Return what finds a number to call in a text: any long one, and short ones such as 911 that a helpline has.

    Args:
        helplines: The records of helplines as they are written; faulty ones have none.
    """
    short = {
        text
        for line in helplines
        for path, text in walk(line)
        if path[-1:] in (("number",), ("tty",)) and len(text) < 7
    }
    either = "|".join([_LONG_NUMBER, *map(re.escape, sorted(short))])
    return re.compile(rf"(?<![0-9-])(?:{either})(?![0-9-])")
