"""The report on a change as Markdown: what it means, where it shows, and which addresses are lost."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from guide.checking import run_rules
from guide.model.addresses import PAGE, embed_path, page_address, page_id
from guide.model.guide import walk
from guide.model.problems import Place, Problem
from guide.model.registry import macros, parts
from guide.model.safety import is_safety, numbers_to_call, pages_of_safety, safety_part
from guide.reading.moved_links import PageMove
from guide.reading.pages import Page, read_pages
from guide.reading.readability import grade_of, sentences_of
from guide.reading.yaml_nodes import compose, plain_value
from guide.rendering.project import Project
from guide.reviewing.page_diff import link_changes, picture_changes
from guide.reviewing.page_moves import page_moves, sentences
from guide.reviewing.record_diff import (
    Change,
    Comparer,
    Snapshot,
    escaped,
    in_words,
    paired,
    quoted,
    take_snapshot,
)
from guide.reviewing.usage import Usage, sentences_around, where_shown

_SECOND = "second-reviewer"
_BOOKKEEPING = {"accessed", "check due", "review due", "sources checked"}
"""What no sentence about a record depends on."""
_NAMED = 3
"""The number of pages and embeds that are named; the others are counted."""


@dataclass(frozen=True)
class _Changed:
    """A record or a page that differs between the two versions."""

    path: str
    """Its file."""
    title: str
    how: str
    """What happened to it, as part of a sentence."""
    lines: list[str]
    """What the report says of it."""
    safety: bool
    """Whether a matter of safety has changed in it."""
    record: bool = False


class Review:
    """The report on a change; `str` writes it.

    Args:
        root: A folder with docs/ and data/ as they were.
        project: The project as it is.
    """

    def __init__(self, root: Path, project: Project) -> None:
        self._roots = root, project.root
        self._project = project
        self._old_pages: dict[str, Page] = read_pages(root / "docs")[0]
        self._moves = page_moves(self._old_pages, project.pages, project.guide.moved.values())
        self._before = take_snapshot(root, {path: page.title for path, page in self._old_pages.items()})
        self._after = take_snapshot(project.root, {path: page.title for path, page in project.pages.items()})
        labels = project.guide.labels.get(project.language)
        self._comparer = Comparer(
            self._before, self._after, labels.names if labels else {}, labels.words if labels else {}
        )
        # Without its labels, nothing can be rendered.
        self._usage: dict[tuple[str, str], Usage] = where_shown(project) if labels else {}
        self._touched: set[str] = set()
        sites = (snapshot.records.get(("site", "")) for snapshot in (self._before, self._after))
        self._safety_pages = pages_of_safety(*(site.value for site in sites if site))
        helplines = (
            version.value
            for snapshot in (self._before, self._after)
            for (kind, _), version in snapshot.records.items()
            if kind == "helplines"
        )
        self._numbers = numbers_to_call(helplines)

    def __str__(self) -> str:
        """Write the report."""
        changed = [*self._records(), *self._pages()]
        matters = [line for change in changed if change.safety for line in change.lines]
        sections = {
            "Safety first: a second person must review this": matters,
            "Records": [line for change in changed if change.record and not change.safety for line in change.lines],
            "Pages": [line for change in changed if not change.record and not change.safety for line in change.lines],
            "Addresses lost": list(self._lost()),
            "Cannot be read": list(self._unreadable()),
        }
        sections["Pages to look at"] = [
            f"- {escaped(self._after.titles[path])}: `/{page_address(path)}`" for path in sorted(self._touched)
        ]
        written = [f"### {title}\n\n" + "\n".join(lines) for title, lines in sections.items() if lines]
        return "\n\n".join(["## What changes for readers", *(written or ["Nothing in pages or records."])]) + "\n"

    def matters_of_safety(self) -> list[Problem]:
        """Return what needs a second reviewer, and what nobody can tell of because it can't be read."""
        remedy = "Ask a second person to review it before it is merged."
        problems = [
            Problem(Place(change.path, 1), f'"{change.title}" is a matter of safety, and {change.how}', remedy, _SECOND)
            for change in [*self._records(), *self._pages()]
            if change.safety
        ]
        wrong = "this can't be read, so it may be a matter of safety"
        problems += [Problem(Place(path, 1), wrong, remedy, _SECOND) for path in self._after.unreadable]
        return sorted(problems)

    # Records

    def _records(self) -> Iterator["_Changed"]:
        both = {**self._before.records, **self._after.records}
        for key, version in sorted(both.items(), key=lambda item: (item[1].path, item[0])):
            if key[0] == "moved" and self._is_told(version.value):
                continue
            old, new = self._before.records.get(key), self._after.records.get(key)
            if old is None or new is None:
                unreadable = (self._before if old is None else self._after).unreadable
                if version.path not in unreadable:
                    lines = [self._heading(key, version.path, "New: " if old is None else "Removed: ")]
                    lines += self._contents(version.value) if old is None else ()
                    yield self._changed(key, version.path, "is new" if old is None else "is removed", lines)
                continue
            changes = self._comparer.compare(self._moved(old.value), self._moved(new.value))
            if changes:
                lines = [self._heading(key, version.path, ""), *(f"  - {line}" for line in _lines(changes))]
                if any(not change.of_sources and _BOOKKEEPING.isdisjoint(change.where[-1:]) for change in changes):
                    lines += self._around(key)
                yield self._changed(key, version.path, "has changed", lines)

    def _around(self, key: tuple[str, str]) -> Iterator[str]:
        """Return the sentences that print something of a record, to be read again."""
        for place, sentence in sorted(sentences_around(self._project, key).items()):
            yield f"  - read this too: `{place.path}:{place.line}`: {quoted(sentence)}"

    def _changed(self, key: tuple[str, str], path: str, how: str, lines: list[str]) -> "_Changed":
        versions = [snapshot.records.get(key) for snapshot in (self._before, self._after)]
        old, new = (safety_part(key[0], version.value) if version else None for version in versions)
        shown = self._usage.get(key)
        whole = is_safety(key[0], shown.blocks if shown else (), self._safety_pages)
        said = [
            self._telling(text for _, text in walk(version.value)) if version else Counter[str]()
            for version in versions
        ]
        return _Changed(path, self._title(key), how, lines, whole or old != new or said[0] != said[1], record=True)

    def _title(self, key: tuple[str, str]) -> str:
        return self._after.name(*key) or self._before.name(*key) or in_words(key[1] or key[0]).capitalize()

    def _heading(self, key: tuple[str, str], path: str, how: str) -> str:
        name = self._title(key)
        shown = self._usage.get(key)
        self._touched.update(shown.pages if shown else ())
        return f"- {how}**{escaped(name)}** (`{path}`){self._seen_on(shown) if shown else ''}"

    def _contents(self, value: Any) -> list[str]:
        """Return what a new record says: each statement with its certainty and sources."""
        return [f"  - {line}" for line in _lines(self._comparer.contents(value))]

    def _moved(self, value: Any) -> Any:
        """Return a value as it was, with the paths that pages have now."""
        for was, now in self._moves.items():
            value = PageMove(was, now).value(value)
        return value

    def _is_told(self, moved: Any) -> bool:
        """Return whether the report says of the page itself that it moved."""
        return isinstance(moved, dict) and self._moves.get(moved.get("was", "")) == moved.get("instead")

    def _seen_on(self, shown: Usage) -> str:
        pages = [self._after.titles[path] for path in shown.pages]
        embeds = [self._embed_name(name) for name in shown.embeds]
        counts = [_counted(pages, "page"), _counted(embeds, "embed")]
        return f", shown on {' and '.join(count for count in counts if count)}"

    def _embed_name(self, name: str) -> str:
        part, _, item = name.partition("/")
        kind = parts()[part]
        return self._after.name(kind.key, item) or in_words(part if item == "all" else item)

    # Pages

    def _pages(self) -> Iterator["_Changed"]:
        sources = {now: was for was, now in self._moves.items()}
        for path in sorted({*self._old_pages, *self._project.pages} - self._moves.keys()):
            was = sources.get(path, path)
            old, new = self._old_pages.get(was), self._project.pages.get(path)
            said = [self._told_on(page) if page else Counter[str]() for page in (old, new)]
            safety = not self._safety_pages.isdisjoint({path, was}) or said[0] != said[1]
            if new is None:
                title = self._before.titles[path]
                lines = [f"- Removed: **{escaped(title)}** (`docs/{path}`)"]
                yield _Changed(f"docs/{path}", title, "is removed", lines, safety)
            elif old is None:
                self._touched.add(path)
                lines = [f"- New: **{escaped(new.title)}** (`{new.shown}`){_grade(new, None)}"]
                lines += [f"  - {line}" for line in picture_changes(None, new, self._roots)]
                yield _Changed(new.shown, new.title, "is new", lines, safety)
            else:
                changes = [*self._head(was, path), *self._calls(old, new), *_sentences(old, new)]
                changes += [*link_changes(old, new, self._moves), *picture_changes(old, new, self._roots)]
                how = "has moved" if was != path else ""
                if changes or how:
                    self._touched.add(path)
                    moved, of = ("Moved: ", f", was `docs/{was}`") if how else ("", "")
                    lines = [f"- {moved}**{escaped(new.title)}** (`{new.shown}`{of}){_grade(new, old)}"]
                    lines += [f"  - {line}" for line in changes]
                    how = " and ".join([*([how] if how else []), *(["has changed"] if changes else [])])
                    yield _Changed(new.shown, new.title, how, lines, safety)

    def _telling(self, texts: Iterable[str]) -> Counter[str]:
        """Count the texts that name a number to call: one that changes may send a reader in danger somewhere else."""
        return Counter(text for text in texts if self._numbers.search(text))

    def _told_on(self, page: Page) -> Counter[str]:
        """Count the sentences of a page that name a number, and the calls and links that show one."""
        shown = [item for call in page.calls if call.name == "phone" for item in call.strings()]
        shown += [target for target, _, _ in page.links if target.startswith(("tel:", "sms:"))]
        return self._telling(sentences(page)) + Counter(shown)

    def _head(self, was: str, path: str) -> Iterator[str]:
        old, new = (_front_matter(root / "docs" / each) for root, each in zip(self._roots, (was, path), strict=True))
        yield from _lines(self._comparer.compare(old, new))

    def _calls(self, old: Page, new: Page) -> Iterator[str]:
        before, after = (Counter(self._shows(page)) for page in (old, new))
        yield from (f"{shown} added" for shown in after - before)
        yield from (f"{shown} removed" for shown in before - after)

    def _shows(self, page: Page) -> Iterator[str]:
        """Return what each call of a page shows, in words: one entry for each of its arguments."""
        for call in page.calls:
            macro = macros().get(call.name)
            kind = macro.kind if macro else None
            for item in call.strings() if call.args else [""]:
                name = (kind and (self._after.name(kind, item) or self._before.name(kind, item))) or item
                noun = "source" if kind == "references" else in_words(call.name)
                yield f"{noun} {quoted(name)}" if name else noun

    # Addresses

    def _lost(self) -> Iterator[str]:
        """Return the addresses that lead nowhere any more, with what to do about them."""
        recorded = {
            version.value["address"] if kind == "withdrawn" else f"{PAGE}/{page_id(version.value['was'])}"
            for (kind, _), version in self._after.records.items()
            if isinstance(version.value, dict) and {"withdrawn": "address", "moved": "was"}.get(kind) in version.value
        }
        before = _addresses(self._before, self._old_pages)
        after = _addresses(self._after, self._project.pages)
        for name, addresses in before.items():
            if name not in after and name not in recorded:
                yield f"- {', '.join(f'`/{address}`' for address in addresses)}: {self._remedy(name)}"

    def _remedy(self, name: str) -> str:
        """Return what to do about the lost addresses of something, which is named as in addresses."""
        kind, _, item = name.partition("/")
        was = next((path for path in self._old_pages if kind == PAGE and page_id(path) == item), "")
        if was in self._moves:
            return f"run `make move FROM=docs/{was} TO=docs/{self._moves[was]}`, and they lead to the page again."
        key = parts()[kind].key if kind in parts() else kind
        gone = self._before.records.get((key, item))
        path = f"docs/{was}" if was else gone.path if gone else f"data/{key}.yaml"
        what = path if was else f"{key}/{item}"
        return (
            f"bring back what `{path}` held, then run `make withdraw WHAT={what}`, naming a page that readers should "
            "go to: the old addresses then lead there."
        )

    def _unreadable(self) -> Iterator[str]:
        yield from (f"- `{path}`, as it was" for path in self._before.unreadable)
        yield from (f"- `{path}`, as it is: `make check` says why" for path in self._after.unreadable)
        problems = len(run_rules(self._project))
        if problems:
            count = f"{problems} problem{'' if problems == 1 else 's'}"
            yield f"- `make check` reports {count}. Until that is fixed, the pages and embeds named may be incomplete."


def _lines(changes: list[Change]) -> list[str]:
    """Return a line for each change; changes of a statement and of its sources share one."""
    lines: list[str] = []
    previous = None
    for change in changes:
        if previous and change.of_sources and change.where == previous.where:
            lines[-1] += f"; {change.words}"
        else:
            lines.append(f"{escaped(', '.join(change.where))}: {change.words}" if change.where else change.words)
        previous = change
    return lines


def _counted(names: list[str], noun: str) -> str:
    if not names:
        return ""
    named = [*names[:_NAMED], *([f"{len(names) - _NAMED} more"] if len(names) > _NAMED else [])]
    return f"{len(names)} {noun}{'s' if len(names) > 1 else ''} ({escaped('; '.join(named))})"


def _grade(new: Page, old: Page | None) -> str:
    """Return the reading grade of a page, and what it was, in words."""
    now, was = (
        f"{grade_of([sentence for sentence, _ in sentences_of(page)]):.1f}" if page and sentences_of(page) else ""
        for page in (new, old)
    )
    if not now:
        return ""
    return f": reading grade {now}, was {was}" if was and was != now else f": reading grade {now}"


def _sentences(old: Page, new: Page) -> Iterator[str]:
    """Return the sentences that changed."""
    for was, now in paired(sentences(old), sentences(new)):
        if was and now:
            yield f"{quoted(now)} was {quoted(was)}"
        else:
            yield f"added: {quoted(now)}" if now else f"removed: {quoted(was)}"


def _front_matter(path: Path) -> dict[str, Any]:
    parts = path.read_text("utf-8-sig", errors="replace").split("---\n", 2)
    node, _ = compose(path.name, parts[1]) if len(parts) == 3 and not parts[0] else (None, [])
    value = plain_value(node) if node is not None else {}
    return value if isinstance(value, dict) else {}


def _addresses(snapshot: Snapshot, pages: dict[str, Page]) -> dict[str, list[str]]:
    """Return the lasting addresses of every page and embed, by kind and id as in records of what is withdrawn."""
    addresses = {
        f"{PAGE}/{page_id(path)}": [page_address(path), embed_path(f"{PAGE}/{page_id(path)}")] for path in pages
    }
    for key, kind in parts().items():
        written = {
            record_id: version.value
            for (of, record_id), version in snapshot.records.items()
            if of == kind.key and record_id
        }
        for item in kind.part.ids(written, {}) if kind.part else ():
            addresses[f"{key}/{item}"] = [embed_path(f"{key}/{item}")]
    return addresses
