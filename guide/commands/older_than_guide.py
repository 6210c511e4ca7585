"""What a copy of a guide has that's older than that guide's safety changes: for `make overdue` and `make due`.

Only a copy that names its guide (`copy_of` in data/site.yaml) makes a request: for one file, and sends no data.
"""

from collections.abc import Callable, Iterator
from datetime import date
from urllib.request import Request, urlopen

from pydantic import BaseModel, ValidationError

from guide.model.addresses import API, page_id
from guide.model.guide import walk
from guide.model.inline import plain_text
from guide.model.problems import Place, Problem
from guide.model.release import CHANGES
from guide.rendering.project import Project
from guide.reviewing.last_release import PAGES
from guide.reviewing.page_moves import sentences
from guide.versions import version

_SECONDS = 30
_LARGEST = 20_000_000
_SHOWN = 200


# A newer guide may say more than this program knows, so unlike records these take other keys too.
class _Text(BaseModel):
    now: str | None
    was: str | None


class _Item(BaseModel):
    kind: str
    item: str
    title: str
    how: str
    texts: list[_Text]


class _Release(BaseModel):
    version: str
    day: date
    items: list[_Item]


class _Changes(BaseModel):
    releases: list[_Release]


def fetch(address: str) -> bytes:
    """Return the response from an address of another site.

    Raises:
        OSError, ValueError: There is none that can be used.
    """
    asked = Request(address, headers={"User-Agent": f"guide-copy-check/{version()}"})  # noqa: S310
    with urlopen(asked, timeout=_SECONDS) as answer:  # noqa: S310
        body: bytes = answer.read(_LARGEST + 1)
    if len(body) > _LARGEST:
        raise ValueError(f"it is larger than {_LARGEST:,} bytes")
    return body


def older_than_guide(project: Project, read: Callable[[str], bytes] = fetch) -> list[Problem]:
    """Return what the guide has changed for safety since this copy of it was made, and what the copy still says."""
    site = project.guide.site
    if site is None or site.copy_of is None:
        return []
    place = project.guide.place("site", "site", "copy_of")
    address = f"{site.copy_of}{API}safety.json"
    try:
        found = _Changes.model_validate_json(read(address))
    except ValidationError:
        remedy = "Check copy_of: it's the address of the guide that this is a copy of."
        return [Problem(place, f"{address} isn't the list of safety changes of a guide", remedy, "older-copy")]
    except (OSError, ValueError) as error:
        remedy = "Try again, and look at that site yourself if this doesn't change."
        return [Problem(place, f"{address} can't be read: {_plain(str(error))}", remedy, "older-copy")]
    return sorted(problem for release in _newer(project, found.releases) for problem in _older(project, place, release))


def _newer(project: Project, releases: list[_Release]) -> Iterator[_Release]:
    """Return the releases, the newest first, that came after those whose changes this copy has."""
    taken = project.guide.records(CHANGES).values()
    versions = {release.version for release in taken}
    last = max((release.day for release in taken), default=date.min)
    for release in releases:
        if release.version in versions or release.day < last:
            return
        yield release


def _older(project: Project, place: Place, release: _Release) -> Iterator[Problem]:
    for item in release.items:
        own = _own(project, item)
        since = f"on {release.day} (version {_plain(release.version)})"
        take = f"Take it over, and data/{CHANGES}/ with it."
        name = _plain(f"{item.title} ({item.kind}/{item.item})")
        if own is None:
            if item.how == "new":
                yield Problem(place, f"{name} is new in the guide {since}", take, "older-copy")
            continue
        where, texts = own
        if item.how == "removed":
            yield Problem(where, f"{name} left the guide {since}", "Find out why, and remove it too.", "older-copy")
            continue
        for text in item.texts:
            if (text.now and text.now not in texts) or (text.was and text.was in texts):
                now = f'says "{_plain(text.now)}"' if text.now else "no longer says that"
                was = f', and said "{_plain(text.was)}"' if text.was else ""
                yield Problem(where, f"the guide {now} here{was}, {since}", take, "older-copy")


def _own(project: Project, item: _Item) -> tuple[Place, set[str]] | None:
    """Return where this copy has a record or page, and every text of it; None if it doesn't have it."""
    if item.kind == PAGES:
        page = next((page for path, page in project.pages.items() if page_id(path) == item.item), None)
        return (page.place(1), set(sentences(page))) if page else None
    source = project.guide.sources.get(item.kind, {}).get(item.item)
    if source is None:
        return None
    texts = {plain_text(value) for _, value in walk(source.plain)}
    return project.guide.place(item.kind, item.item), texts


def _plain(text: str) -> str:
    """Return a text from another site without terminal control characters, shortened if it's long."""
    printable = "".join(character if character.isprintable() else " " for character in text)
    return printable if len(printable) <= _SHOWN else f"{printable[:_SHOWN]}..."
