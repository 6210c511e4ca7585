"""The words of the last release (deploy/last-release.jsonl), and what has changed since.

To say what a release changed, one needs the sentences of the release before. They're committed because nothing else
has them everywhere: a shallow clone, a downloaded archive and most copies of a guide lack git's history, and no command
asks the published site. They're text, one record or page a line, so that git stores the difference between releases and
a reviewer sees it. Dates and sources are left out: no sentence changes when an editor has compared it with its sources
again.

The file is made at the first release; until then there is none. It's fresh if it holds what is published:
`make check-release` and `make release` refuse a site whose words differ from it. What changed is written to
data/changes/ as records, and not computed while building, so that a build stays fast and an entry that was corrected
stays corrected.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from guide.model.addresses import PAGE, page_id
from guide.model.record import NAME_LIMIT
from guide.model.registry import kinds, macros, reader_kinds
from guide.model.release import ChangedItem, ChangedText
from guide.model.safety import is_safety, pages_of_safety
from guide.reading.pages import Page
from guide.rendering.project import Project
from guide.reviewing.page_moves import sentences
from guide.reviewing.record_diff import Comparer, Snapshot, Version, paired, take_snapshot
from guide.reviewing.usage import Usage

LAST_RELEASE = "deploy/last-release.jsonl"
PAGES = "pages"
_UNTOLD = {
    "accessed",
    "as_of",
    "check_due",
    "references",
    "review_due",
    "reviewed",
    "sources_checked",
}
"""The keys of dates and sources."""
_BARE_COLON = re.compile(r":\s*\.$")
_LONGEST = 2_000
"""Characters of a text that are told."""


@dataclass(frozen=True)
class Entry:
    """A record or a page, as readers see it.

    Attributes:
        kind: Its kind, or pages.
        item: Its id, as in data files.
        title: What readers call it.
        value: Its plain value, without dates and sources; of a page, its sentences, and what its calls show.
        safety: Whether it's a matter of safety.
        everywhere: Whether every page and every embed shows it.
        page: The page to read it on, by its path in docs/; "" if no page shows it.
        embeds: What shows it in the frames of other sites.
    """

    kind: str
    item: str
    title: str
    value: Any
    safety: bool = False
    everywhere: bool = False
    page: str = ""
    embeds: tuple[str, ...] = ()


@dataclass(frozen=True)
class Edition:
    """The words of one version of a guide."""

    version: str
    entries: dict[tuple[str, str], Entry] = field(default_factory=dict)
    """By kind and id."""

    @property
    def words(self) -> dict[tuple[str, str], tuple[str, Any]]:
        """What readers read of each record and page: its title and its value."""
        return {key: (entry.title, entry.value) for key, entry in self.entries.items()}

    def snapshot(self) -> Snapshot:
        """Return the records as `Comparer` takes them."""
        records = {key: Version("", entry.value) for key, entry in self.entries.items() if entry.kind != PAGES}
        titles = {entry.page: entry.title for entry in self.entries.values() if entry.kind == PAGES}
        return Snapshot(records, titles=titles)


def edition(project: Project, version: str, usage: Mapping[tuple[str, str], Usage] | None = None) -> Edition:
    """Return the words of a project.

    Args:
        project: The project, without problems.
        version: Of the guide.
        usage: Where each record is shown; left out, no entry says so.
    """
    site = project.guide.site
    dangerous = pages_of_safety(site.model_dump() if site else None)
    everywhere = {("helplines", line) for line in (site.emergency if site else ())}
    entries = [
        Entry(PAGES, page_id(path), page.title, _page(page), path in dangerous, False, path, (_embed(path),))
        for path, page in project.pages.items()
    ]
    snapshot = take_snapshot(project.root, {})
    for (kind, item), record in sorted(snapshot.records.items()):
        if kind not in reader_kinds() or kind == "references" or not item:
            continue
        shown = (usage or {}).get((kind, item), Usage())
        common = (kind, item) in everywhere
        entries.append(
            Entry(
                kind,
                item,
                snapshot.name(kind, item)[:NAME_LIMIT],
                _told(record.value, kinds()[kind].unseen),
                is_safety(kind, shown.blocks, dangerous),
                common,
                site.help_page if site and common else next(iter([*shown.blocks, *shown.pages]), ""),
                () if common else (*map(_embed, shown.pages), *shown.embeds),
            )
        )
    return Edition(version, {(entry.kind, entry.item): entry for entry in entries})


def _page(page: Page) -> dict[str, list[str]]:
    """Return the sentences of a page, and the records that its calls show: kind and id."""
    shown = [
        f"{macro.kind}/{item}"
        for call in page.calls
        if (macro := macros().get(call.name)) and macro.kind and macro.kind != "references"
        for item in call.strings()
    ]
    # Where a call stood alone after a colon, nothing is left.
    return {"sentences": [_BARE_COLON.sub(".", sentence) for sentence in sentences(page)], "shows": shown}


def _embed(path: str) -> str:
    return f"{PAGE}/{page_id(path)}"


def _told(value: Any, unseen: Iterable[str] = ()) -> Any:
    """Return a value without dates and sources, and without its fields that readers never see."""
    if isinstance(value, dict):
        return {key: _told(inner) for key, inner in value.items() if key not in _UNTOLD and key not in unseen}
    return [_told(inner) for inner in value] if isinstance(value, list) else value


def changes(before: Edition, after: Edition, project: Project) -> Iterator[ChangedItem]:
    """Return what changed between two versions: what to do in danger first, then what else is a matter of safety.

    Args:
        before: The last release.
        after: The project, with where each record is shown.
        project: The project.
    """
    labels = project.guide.labels.get(project.language)
    names, words = (labels.names, labels.words) if labels else ({}, {})
    comparer = Comparer(before.snapshot(), after.snapshot(), names, words)
    moved = _moved(before, after, project)
    entries = {moved.get(key, key): entry for key, entry in before.entries.items()}
    found = []
    for key in {**after.entries, **entries}:
        old, new = entries.get(key), after.entries.get(key)
        texts = list(_texts(comparer, old, new)) if old and new else []
        if not (old and new) or texts:
            found.append(_item(old, new, texts, project))
    yield from sorted(found, key=lambda item: (not item.safety, not _helps(item.kind), item.kind != PAGES))


def _moved(before: Edition, after: Edition, project: Project) -> dict[tuple[str, str], tuple[str, str]]:
    """Return the pages that moved: kind and id before, and now."""
    pages = {
        (PAGES, page_id(record.was)): (PAGES, page_id(record.instead.partition("#")[0]))
        for record in project.guide.moved.values()
    }
    return {
        was: now
        for was, now in pages.items()
        if was in before.entries and was not in after.entries and now in after.entries and now not in before.entries
    }


def _helps(kind: str) -> bool:
    """Return whether the records of a kind say what to do in danger; a former kind has none."""
    return kind in kinds() and kinds()[kind].helps


def _item(old: Entry | None, new: Entry | None, texts: list[ChangedText], project: Project) -> ChangedItem:
    entry = new or old
    if entry is None:
        raise LookupError("neither version has it")
    # What was shown there before may still be in use, and what is shown there now will be.
    embeds = dict.fromkeys([*(old.embeds if old else ()), *(new.embeds if new else ())])
    return ChangedItem(
        kind=entry.kind,
        item=entry.item,
        title=entry.title,
        how="changed" if old and new else "new" if new else "removed",
        safety=bool(old and old.safety) or bool(new and new.safety),
        everywhere=bool(old and old.everywhere) or bool(new and new.everywhere),
        lang=entry.value.get("lang"),
        page=entry.page if entry.page in project.pages else None,
        embeds=list(embeds),
        texts=texts,
    )


def _texts(comparer: Comparer, old: Entry, new: Entry) -> Iterator[ChangedText]:
    if old.kind == PAGES:
        pairs = [("", now, was) for was, now in paired(old.value["sentences"], new.value["sentences"])]
        pairs = [("", new.title, old.title)] * (new.title != old.title) + pairs + list(_shown(comparer, old, new))
    else:
        pairs = [(", ".join(change.where), change.now, change.was) for change in comparer.compare(old.value, new.value)]
    for where, now, was in pairs:
        # Where only markup or the order changed, readers read the same.
        if now != was:
            yield ChangedText(**{key: text[:_LONGEST] for key, text in _named(where, now, was) if text})


def _shown(comparer: Comparer, old: Entry, new: Entry) -> Iterator[tuple[str, str, str]]:
    """Return the records that a page shows now and didn't before, or the other way around, by name."""
    before, after = (Counter(entry.value["shows"]) for entry in (old, new))
    for key in after - before:
        yield "", comparer.after.name(*key.split("/", 1)), ""
    for key in before - after:
        yield "", "", comparer.before.name(*key.split("/", 1))


def _named(where: str, now: str, was: str) -> tuple[tuple[str, str], ...]:
    return ("where", where), ("now", now), ("was", was)


class NotReadable(Exception):
    """The file isn't what `write` makes; holds the problem in one line."""


def write(made: Edition) -> str:
    """Return the text of the file: the version, then a line for each record and page."""
    lines = [{"version": made.version}, *(asdict(entry) for entry in made.entries.values())]
    return "".join(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n" for line in lines)


def read(root: Path) -> Edition | None:
    """Read the words of the last release; None if no release has been made.

    Raises:
        NotReadable: The file isn't what `write` makes.
    """
    path = root / LAST_RELEASE
    if not path.is_file():
        return None
    entries: dict[tuple[str, str], Entry] = {}
    version, number = "", 1
    try:
        # Sentences may hold characters that splitlines takes for the end of a line.
        for number, line in enumerate(path.read_text("utf-8").split("\n")[:-1], 1):
            value = json.loads(line)
            if number == 1:
                version = str(value["version"])
                continue
            entry = Entry(**{**value, "embeds": tuple(value["embeds"])})
            entries[entry.kind, entry.item] = entry
    except (ValueError, TypeError, KeyError) as error:
        remedy = "Restore it as it was in the last release: git checkout TAG -- " + LAST_RELEASE + "."
        raise NotReadable(
            f"{LAST_RELEASE}:{number}: this line can't be read ({error}). {remedy} [last-release]"
        ) from None
    return Edition(version, entries)
