"""Withdraw a page or a record: `make withdraw WHAT=checklists/first-visit INSTEAD=docs/care/visits.md WHY="..."`.

It's deleted, and a record in data/withdrawn.yaml says at its old addresses what became of it. Sources that only it
cited go with it. Nothing is written while something still uses it: each such line is named.
"""

import argparse
import posixpath
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from guide.checking.code_owners import OWNERS
from guide.checking.lost_addresses import parts_of
from guide.commands.command import Refused
from guide.commands.edits import Edits, carry_out, git
from guide.commands.list_files import free_id, with_record, without_record, yaml_text
from guide.commands.mentions import excerpt, mentions, text_files, told
from guide.commands.page_arguments import page_argument
from guide.commands.withdrawn_items import EXAMPLE, Item, found, home_of, owned_by, pattern_of, record_item
from guide.model.characters import visible
from guide.model.kind import Kind
from guide.model.problems import Problem, nearest
from guide.model.record import NAME_LIMIT, Text
from guide.model.registry import kinds, parts
from guide.reading.moved_links import moved_in_yaml
from guide.reading.yaml_nodes import compose, plain_value
from guide.rendering.project import Project, read_project
from guide.rendering.suggestions import meant_page

_WITHDRAWN = "data/withdrawn.yaml"
_ORPHANED = "Nothing in the guide rests on it anymore."
_SECTION = re.compile(r"\s*- [^#]*:\s*$")
_ROUNDS = 5
"""How often sources that nobody cites any more are looked for: to withdraw one can't leave another."""


@dataclass(frozen=True)
class _Request:
    """What was asked for, as it was typed."""

    what: str
    instead: str
    why: str
    shows: str


@dataclass
class Removal:
    """A page or a record that is to go, and what changes with it.

    Raises:
        Refused: It can't go, or what is to take its place isn't there.
    """

    root: Path
    request: _Request
    today: date
    edits: Edits = field(init=False)
    item: Item = field(init=False)
    items: list[Item] = field(init=False)
    """It, and the records that have it as their own page."""
    sources: list[str] = field(default_factory=list)
    """The sources that go with it."""

    def __post_init__(self) -> None:
        self.edits = Edits(self.root)
        self._project = read_project(self.root)
        asked = self.request
        if not (asked.what.strip() and asked.instead.strip() and asked.why.strip()):
            missing = [name.upper() for name in ("what", "instead", "why") if not getattr(asked, name).strip()]
            raise Refused(
                f"{', '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing",
                f"Write them like this: {EXAMPLE}",
                "usage",
            )
        self.item = found(self._project, asked.what)
        self.items = [self.item, *owned_by(self._project, self.item)]
        self._instead = self._page_instead(asked.instead)
        self._why = _sentence(asked.why.strip())
        self._shows = self._shown_instead(asked.shows.strip()) if asked.shows.strip() else ""
        for item in self.items:
            self._check_committed(item)
            self._remove(item)
            for address in item.addresses:
                self._record(address, item.title, self._why, self._shows if address in self._frames() else "")

    def problems(self) -> list[str]:
        """Return what would be wrong with the guide without it, and what still uses it, one per line."""
        problems: list[Problem] = []
        for _ in range(_ROUNDS):
            project, problems = self.edits.tried()
            sources = project.guide.sources["references"]
            places = {project.guide.place("references", source): source for source in sources}
            orphans = [places[problem.place] for problem in problems if problem.rule == "uncited-reference"]
            if not orphans:
                break
            for source in orphans:
                item = record_item(self._project, kinds()["references"], source)
                self._remove(item)
                self._record(item.addresses[0], item.title, _ORPHANED, "")
                self.sources.append(source)
        return list(self._told(problems))

    def report(self) -> Iterator[str]:
        """Return what was done, one per line."""
        yield f"Withdrew {self.item.name}. Its old addresses say so and lead to docs/{self._instead} ({_WITHDRAWN})."
        if self.items[1:]:
            yield f"It was the page of these, so they went too: {', '.join(item.name for item in self.items[1:])}."
        if self.sources:
            yield f"Nothing else cited these sources, so they went too: {', '.join(self.sources)}."
        if "mkdocs.yml" in self.edits.files:
            yield "Its line in the menu is gone (mkdocs.yml)."
        patterns = [pattern_of(item) for item in self.items]
        files = {path: (self.root / path).read_text("utf-8", errors="replace") for path in text_files(self.root)}
        places = [place for path, text in files.items() for each in patterns for place in mentions(path, text, each)]
        yield from told(list(dict.fromkeys(places)), self._instead)

    # What was asked for

    def _page_instead(self, written: str) -> str:
        """Return the page to go to, by its path in docs/."""
        page, hash_, anchor = page_argument(self.root, "INSTEAD", written), *written.strip().partition("#")[1:]
        if page not in self._project.pages:
            meant = meant_page(self._project, page, page)
            remedy = f"Did you mean INSTEAD=docs/{meant}?" if meant else "Name the page that readers should go to."
            raise Refused(f"There is no page docs/{page}", remedy, "withdraw")
        if f"docs/{page}" == self.item.path:
            raise Refused(f"docs/{page} can't take its own place", "Name another page after INSTEAD=.", "withdraw")
        return page + hash_ + anchor

    def _shown_instead(self, written: str) -> str:
        """Return what frames show in its place, as in addresses."""
        key, _, item = written.removeprefix("data/").removesuffix(".yaml").partition("/")
        key = next((part for part, kind in parts().items() if kind.key == key), key)
        if not self._frames():
            raise Refused(f"No frame can show something in place of {self.item.name}", "Leave SHOWS out.", "withdraw")
        if key not in parts():
            remedy = nearest(key, parts()) or f"Write one of {', '.join(parts())}, a slash and an id."
            raise Refused(f'Nothing that a frame can show is called "{key}"', remedy, "withdraw")
        if item not in parts_of(self._project, key) or f"{key}/{item}" in self._frames():
            remedy = (
                nearest(item, parts_of(self._project, key) - {each.id for each in self.items})
                or "Write the id of another one."
            )
            raise Refused(f'There is no {key} "{item}" that could take its place', remedy, "withdraw")
        return f"{key}/{item}"

    def _frames(self) -> list[str]:
        addresses = [address for item in self.items for address in item.addresses]
        return [address for address in addresses if address.partition("/")[0] in parts()]

    def _check_committed(self, item: Item) -> None:
        """Check that git can bring it back.

        Raises:
            Refused: Its last version is in no commit.
        """
        if git(self.root, "rev-parse", "--verify", "HEAD") is None:
            return
        committed = git(self.root, "show", f"HEAD:./{item.path}")
        now = self.edits.text(item.path)
        if item.kind and not item.kind.folder:
            same = _value(committed or "", item.kind, item.id) == _value(now, item.kind, item.id)
        else:
            same = committed == now
        if not same:
            wrong = f"{item.path}:1: {item.name} has changes that aren't committed, and would be lost"
            remedy = "Commit them first. If it's new, and nobody has seen it yet, delete it yourself."
            raise Refused(wrong, remedy, "withdraw")

    # What changes

    def _remove(self, item: Item) -> None:
        if item.kind and not item.kind.folder:
            self.edits.set(item.path, without_record(self.edits.text(item.path), item.kind, item.id))
            return
        self.edits.files[item.path] = None
        owned = re.compile(rf"^/?{re.escape(item.path)}(\s.*)?\n", re.MULTILINE)
        self.edits.set(OWNERS, owned.sub("", self.edits.text(OWNERS)))
        if not item.kind:
            page = item.path.removeprefix("docs/")
            self.edits.set("mkdocs.yml", _without_entry(self.edits.text("mkdocs.yml"), self._project, page))
            told_of_it = ["data/moved.yaml", _WITHDRAWN, *(f"data/changes/{p.name}" for p in self._changes())]
            for path in told_of_it:
                if page in self.edits.text(path):
                    self.edits.set(path, moved_in_yaml(self.edits.text(path), self._led_on(page)))

    def _changes(self) -> list[Path]:
        return sorted((self.root / "data/changes").glob("*.yaml"))

    def _led_on(self, page: str) -> Any:
        """Return a function that replaces a withdrawn page with the page to go to, in the records that led to it."""
        return lambda value: self._instead if value.partition("#")[0] == page else value

    def _record(self, address: str, title: str, why: str, shows: str) -> None:
        kind = kinds()["withdrawn"]
        text = self.edits.text(_WITHDRAWN)
        taken = {each["id"] for each in _values(text) if "id" in each}
        lines = [
            f"id: {free_id(address.replace('/', '-'), taken)}",
            f"address: {address}",
            f"title: {yaml_text(title[:NAME_LIMIT])}",
            f"withdrawn: {self.today}",
            f"why: {yaml_text(why)}",
            f"instead: {self._instead}",
            *([f"shows: {shows}"] if shows else []),
        ]
        self.edits.set(_WITHDRAWN, with_record(text, kind, lines))

    def _is_use(self, problem: Problem) -> bool:
        """Return whether a problem is that of a line that uses what is to go."""
        names = {name for item in self.items for name in (item.id, item.path.removeprefix("docs/"), *item.addresses)}
        names -= {""}
        return problem.rule == "broken-link" or any(f'"{name}' in problem.wrong for name in names)

    def _told(self, problems: list[Problem]) -> Iterator[str]:
        """Return problems, one per line: first those that have nothing to do with a use, then the lines that use it."""
        yield from (str(problem) for problem in problems if not self._is_use(problem))
        places = sorted({problem.place for problem in problems if self._is_use(problem)})
        for place in places:
            lines = self.edits.text(place.path).split("\n")
            text = lines[place.line - 1].strip() if place.line <= len(lines) else ""
            yield visible(f"{place.path}:{place.line}: {excerpt(text, self._name_in(text))}")
        home = home_of(self._project, self.item)
        if any(place.path == f"docs/{home}" for place in places):
            yield f"docs/{home} is its own page. To withdraw both at once, write WHAT=docs/{home}."
        if places:
            count = f"{len(places)} line{' still uses' if len(places) == 1 else 's still use'} {self.item.name}"
            yield f"{count}. Take it out there, or name something else, then run this again. [in-use]"

    def _name_in(self, line: str) -> str:
        """Return what a line calls something that is to go."""
        names = [item.id or posixpath.basename(item.path) for item in self.items]
        return next((name for name in names if name in line), names[0])


def _sentence(why: str) -> str:
    """Return the reason as it's published.

    Raises:
        Refused: It holds what a text can't.
    """
    sentence = why if re.search(r"[.?!]$", why) else f"{why}."
    try:
        TypeAdapter(Text).validate_python(sentence)
    except ValidationError as error:
        fault = error.errors()[0]
        remedy = str(fault.get("ctx", {}).get("remedy", "Write a sentence."))
        raise Refused(f"WHY can't say this: {fault['msg']}", remedy, "withdraw") from None
    return sentence


def _values(text: str, key: str = "") -> list[dict[str, Any]]:
    node = compose("", text)[0] if text else None
    value = plain_value(node) if node is not None else []
    value = value.get(key, []) if isinstance(value, dict) else value
    return [each for each in value if isinstance(each, dict)]


def _value(text: str, kind: Kind, record_id: str) -> Any:
    return next((each for each in _values(text, kind.list_key) if each.get("id") == record_id), None)


def _without_entry(text: str, project: Project, page: str) -> str:
    """Return mkdocs.yml without a page in its navigation, and without a section that would be empty."""
    lines = text.split("\n")
    for entry in reversed(project.navigation):
        if entry.target == page:
            number = entry.line - 1
            del lines[number]
            while _SECTION.match(lines[number - 1]) and _indent(lines[number - 1]) >= _indent(
                "".join(lines[number:][:1])
            ):
                number -= 1
                del lines[number]
    return "\n".join(lines)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 1 if nothing was withdrawn."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--root", type=Path, default=Path.cwd(), help="the folder that holds mkdocs.yml")
    parser.add_argument("--what", default="", help="a page, or the kind and id of a record: checklists/first-visit")
    parser.add_argument("--instead", default="", help="the page to go to")
    parser.add_argument("--why", default="", help="the reason, for those who showed it: a sentence")
    parser.add_argument("--shows", default="", help="what frames show in its place, such as worksheet/my-plan")
    options = parser.parse_args(arguments)
    asked = _Request(options.what, options.instead, options.why, options.shows)
    return carry_out(lambda: Removal(options.root.resolve(), asked, date.today()))


if __name__ == "__main__":
    sys.exit(main())
