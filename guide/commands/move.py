"""Rename or move a page: `make move FROM=docs/care/visits.md TO=docs/care/visiting.md`.

The file moves, and everything that names the page names its new path: links on pages and in data, settings, the
navigation, and who must review it. A record in data/moved.yaml lets the old address lead to the new one. Nothing is
written if the guide would have a new problem afterwards. A page that was renamed by hand is finished the same way.
"""

import argparse
import posixpath
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from functools import partial
from pathlib import Path
from urllib.parse import unquote

from guide.checking.code_owners import OWNERS
from guide.commands.command import Refused
from guide.commands.edits import Edits, carry_out, copied, git
from guide.commands.list_files import free_id, with_record, without_record
from guide.commands.mentions import mentions, page_pattern, text_files, told
from guide.commands.page_arguments import checked_name, page_argument
from guide.model.addresses import CODES_PAGE, page_address, page_id
from guide.model.guide import line_of
from guide.model.problems import Place
from guide.model.registry import kinds
from guide.reading.moved_links import NotRewritten, PageMove, moved_in_markdown, moved_in_yaml, moved_on_page
from guide.reading.pages import Page
from guide.reading.released_addresses import released_pages
from guide.rendering.project import Project, read_project
from guide.rendering.signatures import Signatures
from guide.rendering.suggestions import meant_page

_MOVED = "data/moved.yaml"
_USAGE = "Write both, in capital letters, without spaces: make move FROM=docs/care/visits.md TO=docs/care/visiting.md"


class Move:
    """A page that is to move, and what changes with it.

    Attributes:
        page: The move.
        edits: What is to be written.
        left: Lines that name the page and stay as they are: path and line.

    Raises:
        Refused: The page can't move, or can't move there.
        NotRewritten: A file names the page in a way that no program can change safely.
    """

    def __init__(self, root: Path, was: str, now: str, today: date) -> None:
        self._root, self._today = root, today
        self.edits = Edits(root)
        self.left: list[Place] = []
        self._lapsed: list[str] = []
        with ExitStack() as stack:
            project = read_project(root)
            was, now = _from(project, was, now), page_argument(root, "TO", now)
            self.page = PageMove(was, now)
            self._by_hand = was not in project.pages
            if self._by_hand:
                # As it was before somebody renamed the file.
                copy = copied(root, Path(stack.enter_context(tempfile.TemporaryDirectory())))
                (copy / "docs" / was).parent.mkdir(parents=True, exist_ok=True)
                (copy / "docs" / now).rename(copy / "docs" / was)
                project = read_project(copy)
            self._project = project
            _check_free(project, self.page)
            self._pages()
            self._data()
            self._settings()
            self._others()
            self._redirect()
        _check_merged(root, self.edits)

    # What changes

    def _pages(self) -> None:
        stem = posixpath.basename(self.page.was)
        for page in self._project.pages.values():
            own = page.path == self.page.was
            if own or stem in unquote(page.body):
                path = f"docs/{self.page.now if own and self._by_hand else page.path}"
                text = self.edits.text(path)
                if not text.endswith(page.body):
                    remedy = f"Run make fix FILES={path}, then this again."
                    raise _at(path, NotRewritten(1, "the ends of lines are not those of other pages", remedy))
                try:
                    body = moved_on_page(page, self.page, partial(self._meant, page))
                except NotRewritten as error:
                    raise _at(path, error) from None
                changed = text.removesuffix(page.body) + body
                if own and not self._by_hand:
                    self.edits.files[path] = None
                    self.edits.files[f"docs/{self.page.now}"] = changed
                    self.edits.windows |= {f"docs/{self.page.now}"} if path in self.edits.windows else set()
                else:
                    self.edits.set(path, changed)

    def _meant(self, page: Page, written: str) -> str:
        """Return the page or picture that a link leads to; "" for one that has been changed by hand."""
        target = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), written))
        if self._by_hand and page.path == self.page.was:
            after = posixpath.normpath(posixpath.join(posixpath.dirname(self.page.now), written))
            both = [(self._project.root / "docs" / path).is_file() for path in (target, after)]
            if target != after and all(both):
                wrong = f'docs/{self.page.now}: a link to "{written}" may mean {target} or {after}'
                raise Refused(wrong, f"Rename the page back to docs/{self.page.was}, then run this again.", "move")
            return target if both[0] or not both[1] else ""
        return target

    def _data(self) -> None:
        for file in sorted((self._project.root / "data").rglob("*.yaml")):
            path = file.relative_to(self._project.root).as_posix()
            self._yaml(path)

    def _yaml(self, path: str) -> None:
        text, settings = self.edits.text(path), path == "mkdocs.yml"
        if self.page.was.removesuffix(".md") in text:
            moved = self.page.setting if settings else self.page.text
            try:
                self.edits.set(path, moved_in_yaml(text, moved, records=not settings))
            except NotRewritten as error:
                if error.line > 1 or self.page.was in text:
                    raise _at(path, error) from None

    def _settings(self) -> None:
        self._yaml("mkdocs.yml")
        owners = self.edits.text(OWNERS)
        line = re.compile(rf"^(/?docs/){re.escape(self.page.was)}(?=\s|$)", re.MULTILINE)
        self.edits.set(OWNERS, line.sub(rf"\g<1>{self.page.now}", owners))

    def _others(self) -> None:
        """Change links in files outside docs/ and data/, and find the lines that still name the page."""
        pattern = page_pattern(self.page.was)
        for path in text_files(self._root):
            old = path == f"docs/{self.page.was}"
            text = self.edits.text(f"docs/{self.page.now}" if old else path)
            if path.endswith(".md") and not path.startswith("docs/"):
                text = moved_in_markdown(text, partial(self._link, path))
            elif path.endswith(".tsv"):
                text = self._table(text)
            if not old:
                self.edits.set(path, text)
            self.left += mentions(f"docs/{self.page.now}" if old else path, text, pattern)

    def _link(self, path: str, target: str) -> str:
        written, hash_, anchor = target.partition("#")
        folder = posixpath.dirname(path)
        if posixpath.normpath(posixpath.join(folder, written)) != f"docs/{self.page.was}":
            return target
        return posixpath.relpath(f"docs/{self.page.now}", folder or ".") + hash_ + anchor

    def _table(self, text: str) -> str:
        """Return a table of requests, with the page renamed: the first column holds words, the others pages."""
        stem = re.escape(self.page.was.removesuffix(".md"))
        named = re.compile(rf"(?<![^\t ]){stem}(?=(?:\.md|/)?(?:#\S*)?(?:[\t ]|$))")
        lines = [line.partition("\t") for line in text.split("\n")]
        now = self.page.now.removesuffix(".md")
        return "\n".join(asked + tab + named.sub(now, answers) for asked, tab, answers in lines)

    def _redirect(self) -> None:
        was, now = self.page.was, self.page.now
        moved, kind = self._project.guide.moved, kinds()["moved"]
        text = self.edits.text(_MOVED)
        for record_id, record in moved.items():
            if record.was == now:
                text = without_record(text, kind, record_id)
        recorded = any(record.was == was for record in moved.values())
        if page_address(was) != page_address(now) and not recorded and _known(self._root, was):
            lines = [f"was: {was}", f"moved: {self._today}", f"instead: {now}"]
            record_id = free_id(page_id(was), self._project.guide.names("moved"))
            text = with_record(text, kind, [f"id: {record_id}", *lines])
        self.edits.set(_MOVED, text)

    # What is said

    def problems(self) -> list[str]:
        """Return the problems that the guide would have afterwards but doesn't have now, one per line."""
        here, there = f"docs/{self.page.was}", f"docs/{self.page.now}"
        after, problems = self.edits.tried(lambda path: there if path == here else path)
        self._lapsed = sorted(self._signed_less(after))
        return ["The guide would then have problems that it hasn't now:", *map(str, problems)] if problems else []

    def _signed_less(self, after: Project) -> Iterator[str]:
        """Return the pages with signatures that no longer hold, because the address that a sentence leads to is new."""
        now = _signed(after)
        for path, count in _signed(self._project).items():
            if now.get(self.page.path(path), 0) < count:
                yield f"docs/{self.page.path(path)}"

    def report(self) -> Iterator[str]:
        """Return what was done, one per line."""
        here, there = f"docs/{self.page.was}", f"docs/{self.page.now}"
        yield f"Moved {here} to {there}."
        changed = [path for path, text in self.edits.files.items() if text is not None and path not in (there, _MOVED)]
        pages, records = ([path for path in changed if path.startswith(top)] for top in ("docs/", "data/"))
        counts = [_counted(len(pages), "other page"), _counted(len(records), "data file")]
        changed = [*filter(None, counts), *sorted({*changed}.difference(pages, records))]
        if changed:
            yield f"Changed what names it: {', '.join(changed)}. To read every line: git diff"
        if _MOVED in self.edits.files:
            leads = f"was: {self.page.was}" in self.edits.text(_MOVED)
            yield f"The old address {'leads to the new one' if leads else 'is no longer needed'} ({_MOVED})."
        entry = next((entry for entry in self._project.navigation if entry.target == self.page.was), None)
        if entry and posixpath.dirname(self.page.was) != posixpath.dirname(self.page.now):
            yield f"It keeps its place in the menu: to change that, move its line in mkdocs.yml ({entry.line})."
        if self._lapsed:
            signed = ", ".join(self._lapsed)
            yield f"A clinician signed sentences whose links are new now, and has to sign them again: {signed}."
        yield from told(self.left)
        yield f"To undo it before you commit: make move FROM={there} TO={here}"


def _signed(project: Project) -> dict[str, int]:
    """Return how many passages of each page a clinician has signed as they are."""
    signatures = Signatures(project.guide, project.language)
    pages = {review.page for review in project.guide.reviews.values()} & project.pages.keys()
    standings = {path: signatures.of_written_page(project.pages[path]) for path in pages}
    return {path: sum(standing.signed for standing in found) for path, found in standings.items()}


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}" if number else ""


def _at(path: str, error: NotRewritten) -> Refused:
    return Refused(f"{path}:{error.line}: {error.wrong}", error.remedy, "move")


def _known(root: Path, page: str) -> bool:
    """Return whether others may know a page's address: it was released, or it's in a commit, or there is no git."""
    if page_address(page) in released_pages(root) or git(root, "rev-parse", "--verify", "HEAD") is None:
        return True
    return _in_commit(root, page)


def _from(project: Project, was: str, now: str) -> str:
    """Return the page to move, by its path in docs/; one that was renamed by hand is no longer there."""
    if not was.strip() or not now.strip():
        raise Refused("FROM or TO is missing", _USAGE, "usage")
    if "#" in was:
        remedy = (
            "If the words of a heading change, write its old anchor under anchors: at the top of the page, as "
            "CONTRIBUTING.md shows."
        )
        raise Refused("Only whole pages move, and FROM names a heading", remedy, "move")
    if re.match(r"(\./)?data/", was):
        remedy = (
            "Its id is in the addresses of frames on other sites, and in what readers have ticked. Change its title "
            "or name instead; if another record takes its place, use make withdraw."
        )
        raise Refused(f"{was} is a data file, and a record keeps its id", remedy, "move")
    path, target = page_argument(project.root, "FROM", was), page_argument(project.root, "TO", now)
    if path in ("index.md", CODES_PAGE):
        raise Refused(f"docs/{path} can't move: the guide itself needs it there", "Change its text instead.", "move")
    if path in project.pages:
        return path
    if (project.root / "docs" / path).is_file():
        raise Refused(f"docs/{path} is no page that can be read", f"Run make check FILES=docs/{path}.", "move")
    if target in project.pages:
        listed = any(entry.target == path for entry in project.navigation)
        if listed or page_address(path) in released_pages(project.root) or _in_commit(project.root, path):
            return path
        remedy = f"Did you mean FROM=docs/{target} TO=docs/{path}?"
        raise Refused(f"docs/{path} isn't there, and docs/{target} is", remedy, "move")
    pages = [page for page in project.pages if page.startswith(f"{path.removesuffix('.md')}/")]
    if pages and not path.endswith(".md"):
        remedy = f"Move its pages one at a time, such as FROM=docs/{pages[0]}."
        raise Refused(f"docs/{path} is a folder", remedy, "move")
    meant = meant_page(project, path, path)
    remedy = f"Did you mean FROM=docs/{meant}?" if meant else "Write its path as it stands in mkdocs.yml, after docs/."
    raise Refused(f"There is no page docs/{path}", remedy, "move")


def _in_commit(root: Path, page: str) -> bool:
    return bool(git(root, "log", "-1", "--format=%H", "--", f"docs/{page}"))


def _check_free(project: Project, move: PageMove) -> None:
    """Check that a page can go where it's to go.

    Raises:
        Refused: It can't.
    """
    now = move.now
    folder = project.root / "docs" / now.removesuffix(".md")
    if now == move.was:
        raise Refused(f"docs/{now} is there already", "Write another path after TO=.", "move")
    if not now.endswith(".md") and (folder.is_dir() or now.endswith("/")):
        name = posixpath.join(now, posixpath.basename(move.was))
        raise Refused(f"docs/{now} is a folder", f"Name the page too: TO=docs/{name}", "move")
    checked_name("TO", now)
    if (project.root / "docs" / now).exists():
        raise Refused(f"docs/{now} is there already", "Choose another name, or withdraw that page first.", "move")
    address = page_address(now)
    if address == page_address("index.md"):
        raise Refused("The start page is docs/index.md", "Choose another name.", "move")
    for page in project.pages:
        if page_address(page) == address and page != move.was:
            raise Refused(f"docs/{page} has the same address: /{address}", "Choose another name.", "move")
    for record_id, moved in project.guide.moved.items():
        if page_address(moved.was) == address and moved.instead.partition("#")[0] != move.was:
            place = project.guide.place("moved", record_id, "was")
            wrong = f"{place.path}:{place.line}: /{address} leads to {moved.instead}, which once was there"
            raise Refused(wrong, "Choose another name.", "move")
    for gone in project.guide.sources["withdrawn"].values():
        if gone.plain.get("address") == f"page/{page_id(now)}":
            wrong = f"{gone.path}:{line_of(gone.node, ('address',))}: the page at /{address} was withdrawn"
            raise Refused(wrong, "Its address is never used again. Choose another name.", "move")


def _check_merged(root: Path, edits: Edits) -> None:
    """Check that no file is in the middle of a merge.

    Raises:
        Refused: One is.
    """
    unmerged = (git(root, "diff", "--name-only", "--relative", "--diff-filter=U") or "").split("\n")
    for path in edits.files:
        if path in unmerged:
            raise Refused(f"{path}:1: this file is in the middle of a merge", "Finish the merge first.", "move")


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 1 if nothing was moved."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--root", type=Path, default=Path.cwd(), help="the folder that holds mkdocs.yml")
    parser.add_argument("was", nargs="?", default="", help="the page, such as docs/care/visits.md")
    parser.add_argument("now", nargs="?", default="", help="its new path, such as docs/care/visiting.md")
    options = parser.parse_args(arguments)
    root = options.root.resolve()
    return carry_out(lambda: Move(root, options.was, options.now, date.today()))


if __name__ == "__main__":
    sys.exit(main())
