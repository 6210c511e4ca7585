"""Finds what `make withdraw` is asked to take away: a page or a record, and the records that go with a page."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from guide.commands.command import Refused
from guide.commands.mentions import page_pattern, record_pattern
from guide.commands.page_arguments import page_argument
from guide.model.addresses import PAGE, page_id
from guide.model.kind import Kind
from guide.model.problems import nearest
from guide.model.registry import kinds, parts, reader_kinds
from guide.rendering.project import Project
from guide.rendering.suggestions import meant_page

EXAMPLE = 'make withdraw WHAT=checklists/first-visit INSTEAD=docs/care/visits.md WHY="The page says the same."'


@dataclass
class Item:
    """A page or a record that is to go.

    Attributes:
        name: What people call it: docs/care/visits.md, or checklists/first-visit.
        path: Its file.
        title: As readers know it.
        addresses: What is in its addresses: kind and id.
        kind: The kind of a record; None for a page.
        id: Of a record.
    """

    name: str
    path: str
    title: str
    addresses: list[str]
    kind: Kind | None = None
    id: str = ""


def pattern_of(item: Item) -> re.Pattern[str]:
    """Return what finds the lines that name something."""
    names = [*item.addresses, *([item.id] if "-" in item.id else [])]
    return record_pattern(names) if item.kind else page_pattern(item.path.removeprefix("docs/"))


def home_of(project: Project, item: Item) -> str:
    """Return the page that a record has as its own, by its path in docs/; "" if it has none."""
    record = project.guide.records(item.kind.key).get(item.id) if item.kind and item.kind.home else None
    return (item.kind and record and getattr(record, item.kind.home)) or ""


def owned_by(project: Project, page: Item) -> Iterator[Item]:
    """Return the records that have a page as their own: each needs it, and it shows them."""
    for kind in kinds().values():
        for record_id in project.guide.records(kind.key) if kind.home and not page.kind else ():
            item = record_item(project, kind, record_id)
            if f"docs/{home_of(project, item)}" == page.path:
                yield item


def found(project: Project, written: str) -> Item:
    """Return what is to go.

    Raises:
        Refused: There is no such page or record.
    """
    text = written.strip().replace("\\", "/").removeprefix("./")
    record = re.fullmatch(r"(?:data/)?([a-z-]+)(?:\.ya?ml)?(?:[/#]([^/#]+?))?(?:\.ya?ml)?", text)
    key = record[1] if record else ""
    kind = parts().get(key) or kinds().get(key)
    if text.startswith("data/") or (kind and not text.endswith(".md") and "/" in text):
        if not kind or not record:
            remedy = nearest(key, kinds()) or f"It is one of: {', '.join(reader_kinds())}."
            raise Refused(f"{written} isn't a record", remedy, "withdraw")
        if kind.key not in reader_kinds():
            raise Refused(f"No reader sees {kind.place}", "Change that file itself.", "withdraw")
        known = project.guide.names(kind.key)
        if record[2] not in known:
            wrong = f'There is no "{record[2]}" in {kind.key}' if record[2] else f"{kind.place} holds many records"
            remedy = nearest(record[2] or "", known) or f"Write WHAT={kind.key}/ and its id."
            raise Refused(wrong, remedy, "withdraw")
        return record_item(project, kind, record[2])
    page = page_argument(project.root, "WHAT", written)
    if page not in project.pages:
        meant = meant_page(project, page, page)
        remedy = f"Did you mean WHAT=docs/{meant}?" if meant else f"Write a page or a record: {EXAMPLE}"
        raise Refused(f"There is no page docs/{page}", remedy, "withdraw")
    if page == "index.md":
        raise Refused("docs/index.md is the start page", "Change its text instead.", "withdraw")
    if project.guide.site and page == project.guide.site.help_page:
        wrong = f"docs/{page} can't go: every page leads to it in an emergency"
        raise Refused(wrong, "Change its text instead, or name another help_page in data/site.yaml first.", "withdraw")
    title = project.pages[page].title or page
    return Item(f"docs/{page}", f"docs/{page}", title, [f"{PAGE}/{page_id(page)}"])


def record_item(project: Project, kind: Kind, record_id: str) -> Item:
    """Return a record, with its own address and those of what no other record holds: an event of one schedule."""
    source = project.guide.sources[kind.key][record_id]
    title = source.plain.get(kind.title) if isinstance(source.plain, dict) else None
    others: list[str] = []
    if kind.part:
        written = {other: each.plain for other, each in project.guide.sources[kind.key].items()}
        without = {other: plain for other, plain in written.items() if other != record_id}
        left = kind.part.ids(without, {})
        others = [f"{kind.part.key}/{item}" for item in kind.part.ids(written, {}) if item not in left]
    own = f"{kind.part.key if kind.part else kind.key}/{record_id}"
    addresses = list(dict.fromkeys([own, *others]))
    return Item(f"{kind.key}/{record_id}", source.path, str(title or record_id), addresses, kind, record_id)
