"""The differences between two versions of records and front matter, in plain words.

Both versions are read as plain values, without the models, so that a version that today's models refuse can be compared
too.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from guide.model.answers import Hours
from guide.model.inline import plain_text
from guide.reading.files import RECORDS, bad_link, read_text, walk_folder
from guide.reading.yaml_nodes import compose, plain_value
from guide.rendering import wording

_NAME_KEYS = ("title", "name", "term", "question", "outcome", "label", "activity", "text")
"""The keys under which a part of a record has the name that readers know; the first of them counts."""

_MAIN_KEYS = ("text", "not_known", "from")
"""The keys of an answer. Each answer has exactly one of them."""

_BAR = ("Emergency bar, on every page",)
_PLACES = {("names", "bar"): _BAR, ("emergency",): _BAR}
"""What readers see, by where it is written, if its keys don't say so."""

_ALIKE = 0.5
"""The share of words that an old and a new sentence have in common if one replaces the other."""

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#])")


@dataclass(frozen=True)
class Version:
    """One version of a record."""

    path: str
    """Its file."""
    value: Any
    """Its plain value: texts, lists and dicts."""


@dataclass
class Snapshot:
    """All records before or after a change."""

    records: dict[tuple[str, str], Version] = field(default_factory=dict)
    """By kind and id."""
    unreadable: list[str] = field(default_factory=list)
    """The files that can't be read."""
    titles: dict[str, str] = field(default_factory=dict)
    """The titles of pages, by their paths in docs/."""

    def name(self, kind: str, record_id: str) -> str:
        """Return the name of a record that readers know, or "" if there is no such record."""
        version = self.records.get((kind, record_id))
        return _name_of(version.value) if version else ""


@dataclass(frozen=True)
class Change:
    """One difference."""

    where: tuple[str, ...]
    """Where in the record it is, by the names that readers know."""
    words: str
    """What has changed."""
    of_sources: bool = False
    """Whether it's about the sources of a statement, not about the statement."""
    now: str = ""
    """What readers read in the new version, without markup; "" for what is gone, and for a new order."""
    was: str = ""
    """What they read before."""


def take_snapshot(root: Path, titles: dict[str, str]) -> Snapshot:
    """Read every record below data/.

    Args:
        root: The folder of the project.
        titles: The title of each page, by its path in docs/.
    """
    snapshot = Snapshot(titles=titles)
    data = root / "data"
    for path, unusable in walk_folder(data, root):
        if path.suffix != ".yaml":
            continue
        shown = path.relative_to(root).as_posix()
        text = None if unusable or bad_link(path, root) else read_text(path, shown, RECORDS)[0]
        node = None if text is None else compose(shown, text)[0]
        if node is None:
            snapshot.unreadable.append(shown)
            continue
        value = plain_value(node)
        folder = path.parent.relative_to(data).as_posix()
        if folder == ".":
            snapshot.records.update({(path.stem, item): Version(shown, part) for item, part in _items(value)})
        else:
            snapshot.records[folder, path.stem] = Version(shown, value)
    return snapshot


def _items(value: Any) -> Iterator[tuple[str, Any]]:
    """Return the records of a file by id, and under "" the keys beside its list, or the one record that it contains."""
    if isinstance(value, dict):
        list_key = next((key for key, inner in value.items() if _by_id(inner)), None)
        yield "", {key: inner for key, inner in value.items() if key != list_key}
        value = value[list_key] if list_key else None
    yield from _by_id(value).items()


def _by_id(value: Any) -> dict[str, Any]:
    if not isinstance(value, list):
        return {}
    return {item["id"]: item for item in value if isinstance(item, dict) and isinstance(item.get("id"), str)}


def _name_of(value: Any) -> str:
    """Return the name that readers know of a record or a part of one."""
    key = _name_key(value)
    return plain_text(value[key]) if key else str(value.get("id", "")) if isinstance(value, dict) else ""


def _main_key(value: Any) -> str:
    """Return the key of what a statement says, or "" for what is no statement."""
    return next((key for key in _MAIN_KEYS if isinstance(value, dict) and isinstance(value.get(key), str)), "")


def _name_key(value: Any) -> str:
    keys = (key for key in _NAME_KEYS if isinstance(value, dict) and isinstance(value.get(key), str))
    return next(keys, "")


def _without_name(value: dict[str, Any]) -> dict[str, Any]:
    return {key: inner for key, inner in value.items() if key not in ("id", _name_key(value))}


def escaped(text: str) -> str:
    """Return a text with its Markdown escaped."""
    return _SPECIAL.sub(r"\\\1", text)


def quoted(text: str) -> str:
    """Return a text of the guide in quotes, without its markup."""
    return f'"{escaped(plain_text(text))}"'


def in_words(key: str) -> str:
    """Return a key as words, such as "sources checked"."""
    return key.replace("_", " ").replace("-", " ")


@dataclass
class Comparer:
    """Compares the two versions of a record."""

    before: Snapshot
    after: Snapshot
    names: dict[str, dict[str, str]]
    """The names of values in labels, such as those of certainty."""
    hours: dict[str, str]
    """The words for ranges of hours in labels."""
    _parts: dict[str, str] = field(default_factory=dict)
    """The names of the parts of the current record, by id."""

    def compare(self, old: Any, new: Any) -> list[Change]:
        """Return every change between two versions of a record."""
        self._parts = {**_named_parts(old), **_named_parts(new)}
        return list(self._changes(old, new, ()))

    def contents(self, value: Any) -> list[Change]:
        """Return what a new record says: a line for each statement, with its certainty and sources."""
        self._parts = _named_parts(value)
        named = isinstance(value, dict) and not _main_key(value)
        return list(self._contents(_without_name(value) if named else value, ()))

    def _contents(self, value: Any, where: tuple[str, ...], key: str = "") -> Iterator[Change]:
        main = _main_key(value)
        if main:
            others = {name: inner for name, inner in value.items() if name not in (main, "id")}
            yield Change(where, self._shown(value[main], main) + self._notes(others))
        elif isinstance(value, dict) and not self._range(value):
            keyed = all(name in self._parts for name in value)
            for name, inner in value.items():
                named = (*where[:-1], self._parts[name], *where[-1:]) if keyed else self._step(where, name, inner)
                yield from self._contents(inner, named, name)
        elif isinstance(value, list) and any(isinstance(item, dict) for item in value):
            for item in value:
                if _main_key(item) or not _name_key(item):
                    yield from self._contents(item, where)
                    continue
                yield from self._whole(item, where, "")
        else:
            yield Change(where, f"{_noun(key).strip()}: " * (key == "references") + self._shown(value, key))

    def _whole(self, item: Any, where: tuple[str, ...], how: str) -> Iterator[Change]:
        """Return what a new part of a record says: its name with its details on one line, and then its own parts."""
        lead = _name_key(item) or _main_key(item)
        if not lead or self._range(item):
            yield Change(where, f"{how}{self._shown(item)}{self._source_note(item)}", now=self._read(item))
            return
        rest = {key: inner for key, inner in item.items() if key not in (lead, "id", "references")}
        parts = {key: inner for key, inner in rest.items() if self._has_parts(inner)}
        notes = self._notes({key: inner for key, inner in rest.items() if key not in parts})
        sources = self._source_note({"references": item.get("references", [])})
        yield Change(where, f"{how}{self._shown(item[lead], lead)}{notes}{sources}", now=self._read(item))
        yield from self._contents(parts, (*where, _name_of(item)))

    def _has_parts(self, value: Any) -> bool:
        """Return whether a value takes lines of its own."""
        inner = value if isinstance(value, list) else [value]
        return any(isinstance(each, dict) and not self._range(each) for each in inner)

    def _notes(self, values: dict[str, Any]) -> str:
        """Return what is said beside a statement, such as its certainty."""
        return "".join(
            f"; {_noun(key).strip() or in_words(key)}: {self._shown(inner, key)}" for key, inner in values.items()
        )

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
                # Only markup differs, such as the address of a link.
                now, was = f'"{escaped(new)}"', f'"{escaped(old)}"'
            read, was_read = self._read(new, key), self._read(old, key)
            yield Change(where, f"{now} was {was}", now=read, was=was_read)

    def _mapping(self, old: dict[str, Any], new: dict[str, Any], where: tuple[str, ...]) -> Iterator[Change]:
        main_old, main_new = (next((key for key in _MAIN_KEYS if key in version), "") for version in (old, new))
        if main_old and main_new and main_old != main_new:
            was = self._shown(old[main_old], main_old)
            read, was_read = self._read(new[main_new], main_new), self._read(old[main_old], main_old)
            yield Change(where, f"{self._shown(new[main_new], main_new)} was {was}", now=read, was=was_read)
            old = {key: value for key, value in old.items() if key != main_old}
            new = {key: value for key, value in new.items() if key != main_new}
        keyed = all(key in self._parts for key in {**old, **new})
        for key in [*new, *(key for key in old if key not in new)]:
            # The name of a part comes before the question that it answers.
            step = (
                (*where[:-1], self._parts[key], *where[-1:])
                if keyed
                else self._step(where, key, new.get(key, old.get(key)))
            )
            if key in old and key in new:
                yield from self._changes(old[key], new[key], step, key)
            elif key in new:
                yield from self._one_sided(new[key], step, key, "added")
            else:
                yield from self._one_sided(old[key], step, key, "removed")

    def _step(self, where: tuple[str, ...], key: str, value: Any) -> tuple[str, ...]:
        """Return the place of a value, with its key if that says more than the value."""
        holds_parts = isinstance(value, dict) and bool(value) and all(inner in self._parts for inner in value)
        holds_records = isinstance(value, list) and any(isinstance(item, dict) for item in value)
        if holds_parts or holds_records or key in (*_MAIN_KEYS, "references"):
            return where
        step = (*where, (where == _BAR and self._name("helplines", key)) or in_words(key))
        return _PLACES.get(step, step)

    def _one_sided(self, value: Any, where: tuple[str, ...], key: str, how: str) -> Iterator[Change]:
        """Return the changes for a value that only one version has; `how` is "added" or "removed"."""
        if isinstance(value, list):
            for item in value:
                if how == "added" and _name_key(item):
                    yield from self._whole(item, where, "added: ")
                    continue
                words = f"{_noun(key)}{how}: {self._shown(item, key)}{self._source_note(item)}"
                yield _one_side(where, words, how, self._read(item, key), of_sources=key == "references")
        elif how == "added" and _name_key(value):
            yield from self._whole(value, where, "added: ")
        elif isinstance(value, dict) and not self._range(value) and not _name_key(value):
            for inner, part in value.items():
                yield from self._one_sided(part, self._step(where, inner, part), inner, how)
        else:
            words = f"{how}: {self._shown(value, key)}{self._source_note(value)}"
            yield _one_side(where, words, how, self._read(value, key))

    def _records(self, old: list[Any], new: list[Any], where: tuple[str, ...]) -> Iterator[Change]:
        before, after = _keyed(old), _keyed(new)
        for key, item in after.items():
            if key not in before:
                yield from self._whole(item, where, "added: ")
            elif item != before[key]:
                name_key = _name_key(item)
                renamed = not name_key or item[name_key] != before[key].get(name_key)
                yield from self._changes(before[key], item, where if renamed else (*where, _name_of(item)))
        for key, item in before.items():
            if key not in after:
                yield Change(where, f"removed: {self._shown(item)}", was=self._read(item))
        if [key for key in before if key in after] != [key for key in after if key in before]:
            yield Change(where, f"the order is now: {'; '.join(self._shown(item) for item in new)}")

    def _texts(self, old: list[Any], new: list[Any], where: tuple[str, ...], key: str) -> Iterator[Change]:
        if sorted(old) == sorted(new):
            # The order of sources means nothing.
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
                        words = f"{_noun(key)}added: {self._shown(now, key)}"
                        yield Change(where, words, key == "references", now=self._read(now, key))
                for was in old[i:j]:
                    if was not in new:
                        words = f"{_noun(key)}removed: {self._shown(was, key)}"
                        yield Change(where, words, key == "references", was=self._read(was, key))

    def _range(self, value: Any) -> str:
        """Return a range of hours in words, or "" for anything else."""
        try:
            return wording.hours(Hours.model_validate(value), self.hours)
        except (ValidationError, KeyError):
            return ""

    def _read(self, value: Any, key: str = "") -> str:
        """Return a value as `_shown` does, without the quotes and escapes of Markdown."""
        return self._shown(value, key, plain_text)

    def _shown(self, value: Any, key: str = "", quote: Callable[[str], str] = quoted) -> str:
        """Return a value in the words that readers know."""
        if isinstance(value, dict):
            return quote(self._range(value) or _name_of(value) or " ".join(map(str, value.values())))
        if isinstance(value, list):
            return "; ".join(self._shown(item, key, quote) for item in value) or "nothing"
        if key == "from":
            kind, record_id, name = [*value.split("/"), "", ""][:3]
            return f"what {quote(self._name(kind, record_id))} says under {quote(in_words(name))}"
        if key == "not_known":
            return f"not known: {quote(value)}"
        for group in (key, f"{key}s"):
            if value in self.names.get(group, {}):
                return quote(self.names[group][value])
        path, _, anchor = value.partition("#")
        if path in self.after.titles or path in self.before.titles:
            title = self.after.titles.get(path) or self.before.titles[path]
            return quote(f"{title}, at {anchor}" if anchor else title)
        kind = "helplines" if key == "emergency" else in_words(key).replace(" ", "-")
        return quote(self._name(kind, value) or value)

    def _name(self, kind: str, record_id: str) -> str:
        return self.after.name(kind, record_id) or self.before.name(kind, record_id)

    def _source_note(self, value: Any) -> str:
        """Return a note with the sources of a value, or "" without any."""
        sources = [self._shown(source, "references") for source in sources_of(value)]
        return f" (source: {'; '.join(sources)})" if sources else ""


def _noun(key: str) -> str:
    return "source " if key == "references" else ""


def _one_side(where: tuple[str, ...], words: str, how: str, read: str, *, of_sources: bool = False) -> Change:
    """Return the change for a value that only one version has; `how` is "added" or "removed"."""
    return Change(where, words, of_sources, read if how == "added" else "", read if how == "removed" else "")


def paired(before: list[str], after: list[str]) -> Iterator[tuple[str, str]]:
    """Return the sentences that differ between two versions of a page: old and new, "" for one that is missing.

    An old and a new sentence are a pair if most of their words are the same, so that no sentence is said to replace one
    about something else; or if nothing else changed there.
    """
    for how, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if how == "equal":
            continue
        old = before[i:j]
        if len(old) == m - k == 1:
            yield old[0], after[k]
            continue
        for now in after[k:m]:
            match = next((index for index, was in enumerate(old) if _alike(was, now)), None)
            if match is None:
                yield "", now
                continue
            yield from ((was, "") for was in old[:match])
            yield old[match], now
            old = old[match + 1 :]
        yield from ((was, "") for was in old)


def _alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, one.split(), other.split(), autojunk=False).ratio() > _ALIKE


def sources_of(value: Any) -> list[str]:
    """Return the ids of all references in a record, each once."""
    ids: dict[str, None] = {}
    for key, inner in value.items() if isinstance(value, dict) else ():
        ids.update(dict.fromkeys(inner if key == "references" else sources_of(inner)))
    for inner in value if isinstance(value, list) else ():
        ids.update(dict.fromkeys(sources_of(inner)))
    return list(ids)


def _named_parts(value: Any) -> dict[str, str]:
    """Return the names of all parts of a record that have an id."""
    names: dict[str, str] = {}
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        if isinstance(inner, dict) and isinstance(inner.get("id"), str):
            names[inner["id"]] = _name_of(inner)
        names.update(_named_parts(inner))
    return names


def _keyed(items: list[Any]) -> dict[str, Any]:
    """Return the items of a list by id, or else by name; a number tells equal ones apart."""
    keyed: dict[str, Any] = {}
    for item in items:
        name = str(item.get("id") or _name_of(item)) if isinstance(item, dict) else str(item)
        number = 1
        while f"{name} {number}" in keyed:
            number += 1
        keyed[f"{name} {number}"] = item
    return keyed
