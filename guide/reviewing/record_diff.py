"""What a change means, in plain words: records and front matter as they were written, before and after.

Both sides are read as plain nodes, without models, so that a change of the models stands in nobody's way.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from guide.model.answers import Hours
from guide.model.inline import plain_text
from guide.reading.limits import RECORDS, read_text, walk_folder
from guide.reading.records import bad_link, compose, plain_value
from guide.rendering import wording

NAME_KEYS = ("title", "name", "term", "question", "outcome", "label", "activity", "text")
"""Where a part of a record says what readers call it; the first that is there counts."""

_MAIN_KEYS = ("text", "not_known", "from")
"""What an answer can be; one takes the place of the other."""

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#])")


@dataclass(frozen=True)
class Entry:
    """One record: its file, and its plain value (texts, lists, dicts)."""

    path: str
    value: Any


@dataclass
class Side:
    """All records before or after, by kind and id; and the names of pages by their path in docs/."""

    entries: dict[tuple[str, str], Entry] = field(default_factory=dict)
    unreadable: list[str] = field(default_factory=list)
    titles: dict[str, str] = field(default_factory=dict)

    def name(self, kind: str, record_id: str) -> str:
        """Give what readers call a record, or "" if it is not there."""
        entry = self.entries.get((kind, record_id))
        return name_of(entry.value) if entry else ""


@dataclass(frozen=True)
class Change:
    """One thing that changed: where in the record, by readers' names, and how."""

    where: tuple[str, ...]
    words: str
    of_sources: bool = False
    """Whether it is about what a statement rests on, not about the statement."""


def read_side(root: Path, titles: dict[str, str]) -> Side:
    """Read every record below data/.

    Args:
        root: The folder of the project.
        titles: The title of each page.
    """
    side = Side(titles=titles)
    data = root / "data"
    for path, unusable in walk_folder(data, root):
        if path.suffix != ".yaml":
            continue
        shown = path.relative_to(root).as_posix()
        text = None if unusable or bad_link(path, root) else read_text(path, shown, RECORDS)[0]
        node = None if text is None else compose(shown, text)[0]
        if node is None:
            side.unreadable.append(shown)
            continue
        value = plain_value(node)
        folder = path.parent.relative_to(data).as_posix()
        if folder == ".":
            side.entries.update({(path.stem, item): Entry(shown, part) for item, part in _items(value)})
        else:
            side.entries[folder, path.stem] = Entry(shown, value)
    return side


def _items(value: Any) -> Iterator[tuple[str, Any]]:
    """Give the records of a file that holds many, and what stands at its head; or the one record that it is."""
    if isinstance(value, dict):
        held = next((key for key, inner in value.items() if _by_id(inner)), None)
        yield "", {key: inner for key, inner in value.items() if key != held}
        value = value[held] if held else None
    yield from _by_id(value).items()


def _by_id(value: Any) -> dict[str, Any]:
    if not isinstance(value, list):
        return {}
    return {item["id"]: item for item in value if isinstance(item, dict) and isinstance(item.get("id"), str)}


def name_of(value: Any) -> str:
    """Give what readers call a record or a part of one."""
    key = _name_key(value)
    return plain_text(value[key]) if key else str(value.get("id", "")) if isinstance(value, dict) else ""


def _name_key(value: Any) -> str:
    found = (key for key in NAME_KEYS if isinstance(value, dict) and isinstance(value.get(key), str))
    return next(found, "")


def escaped(text: str) -> str:
    """Keep a text from being taken for Markdown."""
    return _SPECIAL.sub(r"\\\1", text)


def quoted(text: str) -> str:
    """Quote a text of the guide."""
    return f'"{escaped(plain_text(text))}"'


def in_words(key: str) -> str:
    """Give the words of a key, such as "sources checked"."""
    return key.replace("_", " ").replace("-", " ")


@dataclass
class Comparer:
    """Compares the two versions of a record."""

    before: Side
    after: Side
    names: dict[str, dict[str, str]]
    """The shown names of values, such as those of certainty."""
    hours: dict[str, str]
    """The words for ranges of hours."""
    _parts: dict[str, str] = field(default_factory=dict)

    def compare(self, old: Any, new: Any) -> list[Change]:
        """Give every change of a record."""
        self._parts = {**_named_parts(old), **_named_parts(new)}
        return list(self._changes(old, new, ()))

    def _changes(self, old: Any, new: Any, where: tuple[str, ...], key: str = "") -> Iterator[Change]:
        if old == new:
            return
        if isinstance(old, dict) and isinstance(new, dict) and not self._range(new):
            yield from self._mapping(old, new, where)
        elif isinstance(old, list) and isinstance(new, list):
            if any(isinstance(item, dict) for item in [*old, *new]):
                yield from self._records(old, new, where)
            else:
                yield from self._texts(old, new, where, key)
        else:
            now, was = self._shown(new, key), self._shown(old, key)
            if now == was:
                # Only markup differs, such as where a link leads.
                now, was = f'"{escaped(new)}"', f'"{escaped(old)}"'
            yield Change(where, f"{now} was {was}")

    def _mapping(self, old: dict[str, Any], new: dict[str, Any], where: tuple[str, ...]) -> Iterator[Change]:
        main_old, main_new = (next((key for key in _MAIN_KEYS if key in side), "") for side in (old, new))
        if main_old and main_new and main_old != main_new:
            was = self._shown(old[main_old], main_old)
            yield Change(where, f"{self._shown(new[main_new], main_new)} was {was}")
            old = {key: value for key, value in old.items() if key != main_old}
            new = {key: value for key, value in new.items() if key != main_new}
        keyed = all(key in self._parts for key in {**old, **new})
        for key in [*new, *(key for key in old if key not in new)]:
            # A part of the record by its name, before the question that it answers.
            step = (
                (*where[:-1], self._parts[key], *where[-1:])
                if keyed
                else self._step(where, key, new.get(key, old.get(key)))
            )
            if key in old and key in new:
                yield from self._changes(old[key], new[key], step, key)
            elif key in new:
                yield from self._come_or_gone(new[key], step, key, "added")
            else:
                yield from self._come_or_gone(old[key], step, key, "removed")

    def _step(self, where: tuple[str, ...], key: str, value: Any) -> tuple[str, ...]:
        """Go one key further, where the key says more than what it holds."""
        holds_parts = isinstance(value, dict) and bool(value) and all(inner in self._parts for inner in value)
        holds_records = isinstance(value, list) and any(isinstance(item, dict) for item in value)
        return where if holds_parts or holds_records or key in (*_MAIN_KEYS, "references") else (*where, in_words(key))

    def _come_or_gone(self, value: Any, where: tuple[str, ...], key: str, how: str) -> Iterator[Change]:
        """Word what stands on one side only."""
        if isinstance(value, list):
            for item in value:
                words = f"{_noun(key)}{how}: {self._shown(item, key)}{self._rests_on(item)}"
                yield Change(where, words, key == "references")
        elif isinstance(value, dict) and not self._range(value) and not _name_key(value):
            for inner, part in value.items():
                yield from self._come_or_gone(part, self._step(where, inner, part), inner, how)
        else:
            yield Change(where, f"{how}: {self._shown(value, key)}{self._rests_on(value)}")

    def _records(self, old: list[Any], new: list[Any], where: tuple[str, ...]) -> Iterator[Change]:
        before, after = _matched(old), _matched(new)
        for match, item in after.items():
            if match not in before:
                yield Change(where, f"added: {self._shown(item)}{self._rests_on(item)}")
            elif item != before[match]:
                key = _name_key(item)
                renamed = not key or item[key] != before[match].get(key)
                yield from self._changes(before[match], item, where if renamed else (*where, name_of(item)))
        for match, item in before.items():
            if match not in after:
                yield Change(where, f"removed: {self._shown(item)}")
        if [match for match in before if match in after] != [match for match in after if match in before]:
            yield Change(where, f"the order is now: {'; '.join(self._shown(item) for item in new)}")

    def _texts(self, old: list[Any], new: list[Any], where: tuple[str, ...], key: str) -> Iterator[Change]:
        if sorted(old) == sorted(new):
            # The order of sources says nothing.
            if key != "references":
                yield Change(where, f"the order is now: {'; '.join(self._shown(item, key) for item in new)}")
            return
        for how, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if how == "replace" and j - i == m - k and key != "references":
                for was, now in zip(old[i:j], new[k:m], strict=True):
                    yield from self._changes(was, now, where, key)
            elif how != "equal":
                for now in new[k:m]:
                    if now not in old:
                        yield Change(where, f"{_noun(key)}added: {self._shown(now, key)}", key == "references")
                for was in old[i:j]:
                    if was not in new:
                        yield Change(where, f"{_noun(key)}removed: {self._shown(was, key)}", key == "references")

    def _range(self, value: Any) -> str:
        """Word a range of hours, or give "" for anything else."""
        try:
            return wording.hours(Hours.model_validate(value), self.hours)
        except (ValidationError, KeyError):
            return ""

    def _shown(self, value: Any, key: str = "") -> str:
        """Word a value as readers know it."""
        if isinstance(value, dict):
            return quoted(self._range(value) or name_of(value) or " ".join(map(str, value.values())))
        if isinstance(value, list):
            return "; ".join(self._shown(item, key) for item in value) or "nothing"
        if key == "from":
            kind, record_id, name = [*value.split("/"), "", ""][:3]
            return f"what {quoted(self._name(kind, record_id))} says under {quoted(in_words(name))}"
        if key == "not_known":
            return f"not known: {quoted(value)}"
        for group in (key, f"{key}s"):
            if value in self.names.get(group, {}):
                return quoted(self.names[group][value])
        path, _, anchor = value.partition("#")
        if path in self.after.titles or path in self.before.titles:
            title = self.after.titles.get(path) or self.before.titles[path]
            return quoted(f"{title}, at {anchor}" if anchor else title)
        return quoted(self._name(in_words(key).replace(" ", "-"), value) or value)

    def _name(self, kind: str, record_id: str) -> str:
        return self.after.name(kind, record_id) or self.before.name(kind, record_id)

    def _rests_on(self, value: Any) -> str:
        """Name the sources of something new."""
        found = [self._shown(source, "references") for source in sources_of(value)]
        return f" (source: {'; '.join(found)})" if found else ""


def _noun(key: str) -> str:
    return "source " if key == "references" else ""


def sources_of(value: Any) -> list[str]:
    """Give the ids of all references in a record, each once."""
    found: dict[str, None] = {}
    for key, inner in value.items() if isinstance(value, dict) else ():
        found.update(dict.fromkeys(inner if key == "references" else sources_of(inner)))
    for inner in value if isinstance(value, list) else ():
        found.update(dict.fromkeys(sources_of(inner)))
    return list(found)


def _named_parts(value: Any) -> dict[str, str]:
    """Give the names of all parts of a record that have an id."""
    found: dict[str, str] = {}
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        if isinstance(inner, dict) and isinstance(inner.get("id"), str):
            found[inner["id"]] = name_of(inner)
        found.update(_named_parts(inner))
    return found


def _matched(items: list[Any]) -> dict[str, Any]:
    """Give each item of a list by its id, or else by its name; a name that comes again by its number too."""
    found: dict[str, Any] = {}
    for item in items:
        wanted = str(item.get("id") or name_of(item)) if isinstance(item, dict) else str(item)
        number = 1
        while f"{wanted} {number}" in found:
            number += 1
        found[f"{wanted} {number}"] = item
    return found
