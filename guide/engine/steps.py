"""The steps of MkDocs's build, for one page or file at a time: `mkdocs build` knows only all of them at once.

They are those of `mkdocs.commands.build.build` (1.6), with its events in its order, and make the same of a page.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import mkdocs
from click import ClickException
from mkdocs.commands.build import _build_template, get_context
from mkdocs.config import load_config
from mkdocs.structure.files import File, get_files, set_exclusions
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import Page

from guide.engine.plugin import Build, GuidePlugin
from guide.model.guide import Guide
from guide.outputs.edition import Edition
from guide.outputs.site import Site
from guide.reading.calls import CallText
from guide.rendering.assets import bundle, forget_theme

Make = Callable[[], str | bytes]


class EngineFault(Exception):
    """MkDocs, or our plugin, can't go on with a page or with the whole site; holds what they say, a line each."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


class Messages(logging.Handler):
    """Keeps the warnings and errors of MkDocs."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a message."""
        self.lines.append(record.getMessage())


@contextmanager
def _faults() -> Iterator[None]:
    """Raise as an EngineFault whatever MkDocs refuses."""
    messages = Messages()
    logger = logging.getLogger(mkdocs.__name__)
    logger.addHandler(messages)
    try:
        yield
    except ClickException as error:
        raise EngineFault(error.format_message().splitlines() or messages.lines) from None
    except SystemExit as error:
        raise EngineFault(messages.lines or [str(error)]) from None
    finally:
        logger.removeHandler(messages)


@dataclass
class Converted:
    """A page after Markdown: HTML with a token in place of each call, its headings, and what the tokens stand for."""

    html: str
    toc: Any
    text: CallText


@dataclass
class Engine:
    """One site of MkDocs.

    Attributes:
        root: The folder that holds mkdocs.yml.
        folder: Where the site would be written.
        guide: All records.
        edition: How the pages are written.
        pages: Every page of docs/, as MkDocs has it.
    """

    root: Path
    folder: Path
    guide: Guide
    edition: Edition = field(default_factory=Edition)
    pages: list[Page] = field(default_factory=list, init=False)

    def __post_init__(self) -> None:
        """Read the configuration and the navigation, and no page yet.

        Raises:
            EngineFault: They can't be used.
        """
        with _faults():
            config = load_config(str(self.root / "mkdocs.yml"), site_dir=str(self.folder))
            self.plugin = config.plugins["guide"] = GuidePlugin(Build(self.guide, edition=self.edition))
            config.plugins.on_startup(command="serve", dirty=False)
            self.config = config = config.plugins.on_config(config)
            config.plugins.on_pre_build(config=config)
            self._env = config.theme.get_env()
            files = get_files(config)
            files.add_files_from_theme(self._env, config)
            self._files = files = config.plugins.on_files(files, config=config)
            set_exclusions(files, config)
            self._nav = config.plugins.on_nav(get_navigation(files, config), config=config, files=files)
        self.pages = [file.page or Page(None, file, config) for file in files.documentation_pages()]

    @property
    def build(self) -> Build:
        """What our plugin knows."""
        return self.plugin.build

    @property
    def site(self) -> Site:
        """The site, after `finish`."""
        return self.plugin.site

    def convert(self, page: Page) -> Converted:
        """Read a page and convert its Markdown.

        Raises:
            EngineFault: It can't be read.
        """
        arguments: dict[str, Any] = {"config": self.config, "files": self._files}
        events = self.config.plugins
        with _faults():
            events.on_pre_page(page, **arguments)
            page.read_source(self.config)
            page.markdown = events.on_page_markdown(str(page.markdown), page=page, **arguments)
            page.render(self.config, self._files)
        return Converted(page.content or "", page.toc, self.build.texts[page.file.src_uri])

    def show(self, page: Page, converted: Converted) -> None:
        """Render the calls of a page.

        Raises:
            EngineFault: A call is wrong, or the page holds what no page may hold.
        """
        # Rendering takes the calls out of the build, and adds the heading of the sources to the others.
        self.build.texts[page.file.src_uri] = converted.text
        page.toc = deepcopy(converted.toc)
        with _faults():
            page.content = self.config.plugins.on_page_content(
                converted.html, page=page, config=self.config, files=self._files
            )

    def finish(self) -> None:
        """Make what all pages share, when all are rendered; again, whenever one of them has changed."""
        with _faults():
            self._env = self.config.plugins.on_env(self._env, config=self.config, files=self._files)

    def change_theme(self) -> None:
        """Read the theme's files again; pages are to be rendered again, and then `finish` is."""
        forget_theme()
        self._env = self.config.theme.get_env()
        self.build.read_theme()
        old = self._files.get_file_from_path(self.build.script.name)
        if old:
            self._files.remove(old)
        self.build.script = script = bundle("js")
        self._files.append(File.generated(self.config, script.name, content=script.content))

    def files(self) -> dict[str, Make]:
        """Return what makes each file that MkDocs writes, by its path in the site: pages, the theme's, pictures."""
        return {**self.documents(), **{name: partial(self._template, name) for name in self._templates}}

    def documents(self) -> dict[str, Make]:
        """Return the same without the files that only a website needs, such as its sitemap."""
        return {
            **{file.dest_uri: partial(_content, file) for file in self._files if file.page is None},
            **{page.file.dest_uri: partial(self._page, page) for page in self.pages},
        }

    @property
    def _templates(self) -> list[str]:
        return list(self.config.theme.static_templates)

    def _template(self, name: str) -> str:
        with _faults():
            return _build_template(name, self._env.get_template(name), self._files, self.config, self._nav)

    def _page(self, page: Page) -> bytes:
        """Put the theme around a page."""
        # The menu shows where the reader is.
        page.active = True
        try:
            with _faults():
                context = get_context(self._nav, self._files, self.config, page)
                template = self._env.get_template("main.html")
                events = self.config.plugins
                context = events.on_page_context(context, page=page, config=self.config, nav=self._nav)
                output = events.on_post_page(template.render(context), page=page, config=self.config)
        finally:
            page.active = False
        return output.encode("utf-8", errors="xmlcharrefreplace")


def _content(file: File) -> bytes:
    return file.content_bytes
