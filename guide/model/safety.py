"""What in a guide is a matter of safety: a change to it needs a second reviewer, and older copies are told about it.

Three things say so, and no list of files does:

- a kind of record says it (`Kind.helps`, `Kind.safety`): what to do in danger, phone numbers, words of a crisis;
- `safety_pages` in data/site.yaml names pages;
- a record is one where its block stands on such a page, such as a comparison of medicines.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from guide.model.registry import kinds


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
