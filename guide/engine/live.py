"""The site as a build would write it now, kept in memory and made piece by piece: what `make serve` shows.

`update` reads the project again, which parses no file but those that have changed, and compares the records with those
of the time before. A page's Markdown is converted again if its file has changed; its calls are rendered again if
anything has changed that they read the last time, records and templates (`guide.model.reads` notes what they read).
Then what all pages share is made anew from the rendered pages, such as the search index, whose name stands in each of
them: that takes 20 ms. `answer` makes what stands at one address when somebody asks for it: it fills the theme's
template around a page, or makes one file of an output. Nothing is written, unless an output looks at the files of the
whole site.

Files that come, go or change their names, settings and code are another matter: `guide.commands.preview` then starts a
new process from nothing.
"""

import shutil
import traceback
from dataclasses import dataclass, field
from datetime import date
from html import escape
from importlib import import_module
from pathlib import Path
from typing import Any

from jinja2 import TemplateSyntaxError

from guide.engine.steps import Converted, Engine, EngineFault, Make
from guide.model.reads import Read, recorded_reads
from guide.model.record import Reviewed
from guide.outputs import OUTPUTS, WHOLE
from guide.outputs.site import File, FullPage
from guide.reading.pages import Page as Source
from guide.reading.unchanged import Stamp, Unchanged
from guide.rendering.assets import theme_stamps
from guide.rendering.project import Project, read_project
from guide.rendering.templates import TEMPLATE


@dataclass(frozen=True)
class Answer:
    """What stands at an address.

    Attributes:
        path: The file that stands there; "" if something is wrong or has another address.
        content: What it holds.
        status: As HTTP numbers them.
        is_page: Whether a reader has it open in a tab, and not in a frame.
        problems: Why nothing can be shown, a line each.
    """

    path: str = ""
    content: bytes = b""
    status: int = 200
    is_page: bool = False
    problems: tuple[str, ...] = ()


@dataclass
class _LivePage:
    """A page, its text as it was read last, what Markdown made of it, and what its calls read."""

    engine: Any
    source: Source | None = None
    converted: Converted | None = None
    reads: set[Read] = field(default_factory=set)
    problems: list[str] = field(default_factory=list)

    @property
    def path(self) -> str:
        return str(self.engine.file.src_uri)


class LiveSite:
    """A project that is shown while it is edited.

    Attributes:
        faults: Why no page at all can be shown, a line each.
    """

    def __init__(self, root: Path, folder: Path) -> None:
        """Remember where things are.

        Args:
            root: The folder that holds mkdocs.yml, docs/ and data/.
            folder: An empty one, for outputs that look at the files of the whole site.
        """
        self.faults: list[str] = []
        self._root, self._folder = root, folder
        self._unchanged = Unchanged()
        self._engine: Engine | None = None
        self._project: Project | None = None
        self._pages: dict[str, _LivePage] = {}
        self._theme: dict[str, Stamp] = {}
        self._files: dict[str, Make] = {}
        self._outputs: dict[str, tuple[str, File]] | None = None

    def update(self) -> list[str]:
        """Follow what has changed since the last time, or read everything the first time.

        Returns:
            Why no page at all can be shown, a line each.
        """
        project = read_project(self._root, self._unchanged)
        # What is wrong with a page is said in its place.
        faults = [problem for problem in project.problems if not problem.place.path.startswith("docs/")]
        self.faults = list(map(str, faults))
        if not faults:
            try:
                self._follow(project)
            except Exception as error:
                self.faults = _told(error)
        return self.faults

    def _follow(self, project: Project) -> None:
        theme = theme_stamps()
        if self._engine is None or self._project is None:
            engine = Engine(self._root, self._folder, project.guide)
            self._pages = {page.file.dest_uri: _LivePage(page) for page in engine.pages}
            changed: set[Read] = set()
        else:
            engine = self._engine
            changed = project.guide.changes(self._project.guide)
            other = {path for path in theme.keys() | self._theme.keys() if theme.get(path) != self._theme.get(path)}
            if other:
                engine.change_theme()
                changed |= {(TEMPLATE, path) for path in other}
        engine.build.guide = project.guide
        if self._project and project.guide.settings.brand != self._project.guide.settings.brand:
            engine.build.read_theme()
        for page in self._pages.values():
            source = project.pages.get(page.path)
            if page.source is not source or page.converted is None:
                page.source = source
                self._convert(engine, page, project)
            elif page.problems or page.reads & changed:
                self._show(engine, page, project)
        engine.finish()
        self._engine, self._project, self._theme = engine, project, theme
        self._files, self._outputs = engine.files(), None

    def _convert(self, engine: Engine, page: _LivePage, project: Project) -> None:
        try:
            page.converted = engine.convert(page.engine)
        except EngineFault as fault:
            page.converted = None
            self._fail(engine, page, project, fault)
        else:
            self._show(engine, page, project)

    def _show(self, engine: Engine, page: _LivePage, project: Project) -> None:
        page.problems = []
        try:
            with recorded_reads() as page.reads:
                engine.show(page.engine, page.converted or engine.convert(page.engine))
        except EngineFault as fault:
            self._fail(engine, page, project, fault)

    def _fail(self, engine: Engine, page: _LivePage, project: Project, fault: EngineFault) -> None:
        """Remember what is wrong with a page. In menus and in the search it is what it was when it could be shown."""
        own = [problem for problem in project.problems if problem.place.path == f"docs/{page.path}"]
        own += page.source.content.problems if page.source else []
        page.problems = list(map(str, sorted(set(own)))) or fault.lines
        title = page.engine.title or page.path
        never = Reviewed(sources_checked=date.min, review_due=date.min)
        unread = FullPage(
            page.path, title, page.engine.canonical_url, f"<h1>{escape(title)}</h1>", never, heading=title
        )
        engine.build.pages.setdefault(page.path, unread)

    def answer(self, address: str) -> Answer:
        """Return what stands at an address.

        Args:
            address: Below the root of the site, without a "/" at its beginning, such as "help/".
        """
        if self.faults:
            return Answer(status=404, problems=tuple(self.faults))
        path = f"{address}index.html" if address.endswith("/") or not address else address
        try:
            if path in self._pages and self._pages[path].problems:
                return Answer(status=404, problems=tuple(self._pages[path].problems))
            content = self._content(path)
            if content is not None:
                return Answer(path, content, is_page=path in self._pages)
            if self._content(f"{path}/index.html") is not None:
                return Answer(status=302)
            return Answer("404.html", self._content("404.html") or b"", 404, is_page=True)
        except Exception as error:
            return Answer(status=404, problems=tuple(_told(error)))

    def paths(self) -> set[str]:
        """Return the path of every file of the site."""
        return {*self._files, *self._listed()}

    def _content(self, path: str) -> bytes | None:
        if path in self._files:
            return _bytes(self._files[path]())
        found = self._listed().get(path)
        if found is None:
            return None
        output, file = found
        if output in WHOLE:
            self._write_all_before(output)
        return file.content

    def _listed(self) -> dict[str, tuple[str, File]]:
        """Return each file of the outputs, with the output that makes it."""
        if self._outputs is None:
            site = self._engine.site if self._engine else None
            self._outputs = {
                file.path: (name, file)
                for name in (OUTPUTS if site else ())
                for file in import_module(f"guide.outputs.{name}").files(site)
            }
        return self._outputs

    def _write_all_before(self, output: str) -> None:
        """Write the files at which an output looks: those of MkDocs, and of the outputs before it."""
        shutil.rmtree(self._folder, ignore_errors=True)
        before = OUTPUTS[: OUTPUTS.index(output)]
        makes = {
            path: make
            for path, make in self._files.items()
            if path not in self._pages or not self._pages[path].problems
        }
        makes |= {path: file.make for path, (name, file) in self._listed().items() if name in before}
        for path, make in makes.items():
            target = self._folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(_bytes(make()))


def _bytes(content: str | bytes) -> bytes:
    return content.encode("utf-8") if isinstance(content, str) else content


def _told(error: Exception) -> list[str]:
    """Say what is wrong with the site as a whole: its settings, a template, or our code."""
    if isinstance(error, EngineFault):
        return error.lines
    if isinstance(error, TemplateSyntaxError):
        return [f"{_shown(error.filename)}:{error.lineno}: {error.message}. Correct the template. [template]"]
    traceback.print_exception(error)
    last = traceback.extract_tb(error.__traceback__)[-1]
    remedy = "If no rule says why, this is a fault of the generator."
    return [f"{_shown(last.filename)}:{last.lineno}: {type(error).__name__}: {error}. {remedy} [internal-error]"]


def _shown(path: str | None) -> str:
    """Return the path of a file of code as messages name it."""
    code = f"{Path(__file__).parents[2]}/"
    return (path or "").removeprefix(code)
