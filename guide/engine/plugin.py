"""The events of MkDocs, in their order: what the engine asks of us while it builds a site."""

import logging
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from importlib import import_module
from pathlib import Path
from sys import intern
from typing import Any

from jinja2 import TemplateError
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File as EngineFile
from mkdocs.structure.toc import AnchorLink

from guide.engine.processes import all_beside
from guide.engine.theme import Theme
from guide.model.code import CodedSection
from guide.model.guide import Guide
from guide.model.problems import DataError
from guide.model.record import Reviewed
from guide.model.registry import macros
from guide.outputs import BESIDE, OUTPUTS, WHOLE
from guide.outputs.edition import Edition
from guide.outputs.embeds import Embeds
from guide.outputs.handouts import WANTED, Handouts
from guide.outputs.hosting import UnsafeName
from guide.outputs.local_storage import kept_script
from guide.outputs.security_policy import Inline, policy_metas, refuse_foreign_scripts
from guide.outputs.site import FullPage, Section, Site
from guide.outputs.suggest import suggest_script
from guide.reading import marks
from guide.reading.allowed_html import examine
from guide.reading.calls import CallText
from guide.reading.docs_folder import is_published
from guide.reading.page_html import PageMarkdown
from guide.reading.pages import page_heads, read_page, read_pages
from guide.rendering.assets import bundle, code_script, own_assets
from guide.rendering.page import PageRenderer
from guide.versions import version

USED = ("assets/images/favicon.png",)
"""The only file of Material's that is published."""


@dataclass
class Build:
    """What one build knows.

    Attributes:
        guide: All records.
        converter: Our extension of Markdown.
        edition: How the pages are written.
        printing: Whether pages link to handouts, which are made too.
        inline: The scripts and styles that the theme writes into every page.
        script: What every page loads.
        texts: Pages that were read and not rendered yet, by path in docs/.
        renderers: What has rendered each page, by path in docs/.
        pages: Each page that was rendered, by path in docs/.
        site: The site, once all pages are rendered.
        scripts: The names of the script files that pages may load, from then on.
    """

    guide: Guide
    converter: PageMarkdown = field(default_factory=lambda: PageMarkdown(marked=True))
    edition: Edition = field(default_factory=Edition)
    printing: bool = field(default_factory=lambda: bool(os.environ.get(WANTED)))
    inline: Inline = field(init=False)
    script: Any = field(default_factory=lambda: bundle("js"))
    texts: dict[str, CallText] = field(default_factory=dict)
    renderers: dict[str, PageRenderer] = field(default_factory=dict)
    pages: dict[str, FullPage] = field(default_factory=dict)
    site: Site | None = None
    scripts: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Read the theme's scripts and styles."""
        self.read_theme()

    def read_theme(self) -> None:
        """Read again what the theme writes into every page."""
        site = self.guide.site
        self.inline = self.edition.inline(site.brand if site else None)


class GuidePlugin(BasePlugin):  # type: ignore[type-arg, no-untyped-call]
    """Listens to MkDocs; `define_env` of macros/ puts it in its place."""

    def __init__(self, build: Build) -> None:
        self.build = build

    @property
    def site(self) -> Site:
        """The site, once all pages are rendered.

        Raises:
            LookupError: They aren't yet.
        """
        if self.build.site is None:
            raise LookupError("the pages are not rendered yet")
        return self.build.site

    def read(self, markdown: str, page: Any, config: Any) -> str:
        """Read a page as the checker does, and return it with a token in place of each call.

        Raises:
            PluginError: The page can't be published. `make build` says all of it before it comes to this.
        """
        docs, path = Path(config["docs_dir"]), page.file.src_uri
        read, problems = read_page(docs, docs / path)
        if read is None or read.front is None or problems:
            raise PluginError("\n".join(str(problem) for problem in problems))
        if read.body.lstrip("\n") != markdown.lstrip("\n"):
            raise PluginError(f"docs/{path}:1: the engine reads another page than the checker. [engine]")
        page.meta = read.front.model_dump(exclude_defaults=True)
        # To read all pages takes a quarter of a second, so they are read only for calls that show something of them.
        if not self.build.guide.pages and any(macros()[call.name].pages for call in read.text.calls):
            self.build.guide.pages.update(page_heads(read_pages(docs)[0]))
        self.build.texts[path] = read.text
        self.build.converter.anchors = read.anchors
        return read.text.text

    def on_serve(self, server: Any, config: Any, **_: Any) -> Any:
        """Follow the facts too, when MkDocs serves the guide without us: it knows of docs/ alone."""
        server.watch(str(Path(config["config_file_path"]).with_name("data")))
        return server

    def on_files(self, files: Any, config: Any, **_: Any) -> Any:
        """Leave out what docs/ may not hold, what editors leave there, and the theme's own files; add our script."""
        docs = config["docs_dir"]
        for file in list(files):
            if not (is_published(file.src_uri) if file.src_dir == docs else file.src_uri in USED):
                files.remove(file)
        files.append(EngineFile.generated(config, self.build.script.name, content=self.build.script.content))
        return files

    def on_page_markdown(self, markdown: str, page: Any, **_: Any) -> str:
        """Date the page, in the sitemap, by its last check: two builds on two days are the same."""
        page.update_date = page.meta["sources_checked"].isoformat()
        return markdown

    def on_page_content(self, html: str, page: Any, config: Any, **_: Any) -> str:
        """Hold what Markdown made of a page against the allow-list, then show the page's calls in it.

        Raises:
            PluginError: The page holds something that no page may hold. The checker words it with its line.
        """
        path = page.file.src_uri
        text, renderer = self.build.texts.pop(path), PageRenderer(self.build.guide, path, config["theme"]["language"])
        examined = examine(marks.written(html, marks.plain))
        if examined.violations:
            told = [f"docs/{path}: {fault.wrong}. {fault.remedy} [{fault.rule}]" for fault in examined.violations]
            raise PluginError("\n".join(told))
        try:
            content = renderer.page_html(html, text, examined.ids)
        except (TemplateError, LookupError, TypeError, ValueError) as error:
            raise PluginError(f"docs/{path}: {error}") from None
        if renderer.sources_heading:
            anchor, words = renderer.sources_heading
            entries = page.toc.items[0].children if page.toc.items else page.toc.items
            entries.append(AnchorLink(words, anchor, 2))
        heading = next((words for level, words, _, _ in examined.headings if level == 1), None)
        page.present_anchor_ids.update(map(intern, renderer.ids))
        self.build.renderers[path] = renderer
        shows_code = any(block.kind == "code" for block in examined.blocks)
        self.build.pages[path] = _full_page(page, content, heading, renderer, shows_code=shows_code)
        return str(renderer.html(content))

    def on_env(self, env: Any, config: Any, files: Any, **_: Any) -> Any:
        """Take the rendered pages, and offer `guide` to the theme's templates."""
        build = self.build
        env.trim_blocks = env.lstrip_blocks = True
        language = config["theme"]["language"]
        changelog = Path(config["config_file_path"]).with_name("CHANGELOG.md")
        build.site = site = Site(
            build.guide,
            [build.pages[page.file.src_uri] for page in self._pages],
            config["site_name"],
            language,
            Path(config["site_dir"]),
            version(),
            changelog.read_text("utf-8") if changelog.is_file() else "",
            (config["extra"].get("no_script_search", ""),),
            build.inline,
            build.printing,
            Path(config["docs_dir"]),
        )
        theme = Theme(
            build.guide, language, build.script.name, build.renderers, build.pages, build.inline, build.edition
        )
        theme.embeds = site.once(Embeds)
        theme.handouts = site.once(Handouts) if site.printing else None
        theme.search = {name: script.name for name, script in build.edition.search_scripts(site).items()}
        env.globals["guide"] = theme
        env.filters["url"] = theme.url
        build.scripts = (
            *theme.scripts,
            kept_script().name,
            suggest_script().name,
            theme.embeds.builder_script.name,
            code_script().name,
            *(asset.name for assets in own_assets().values() for asset in assets),
        )
        return env

    def on_nav(self, nav: Any, **_: Any) -> Any:
        """Remember the pages in the order of the navigation."""
        self._pages = nav.pages
        return nav

    def on_post_page(self, output: str, **_: Any) -> str:
        """Check that a finished page states its policy, and holds the theme's scripts and no other.

        Raises:
            PluginError: It doesn't.
        """
        try:
            refuse_foreign_scripts(output, self.build.inline, self.build.scripts)
        except ValueError as error:
            raise PluginError(str(error)) from None
        if policy_metas(self.build.edition.policy(self.build.inline)) not in output:
            raise PluginError("The page doesn't state its policy.")
        return output

    def on_post_template(self, output_content: str, template_name: str, **_: Any) -> str:
        """Do the same for pages without a place in docs/."""
        return self.on_post_page(output_content) if template_name.endswith(".html") else output_content

    def on_post_build(self, config: Any, **_: Any) -> None:
        """Write every output.

        Raises:
            PluginError: A file has a name that hosts can't be told, or a one-page handout doesn't fit.
        """
        folder = Path(config["site_dir"])
        # The engine's own: servers would take it for a compressed copy of the sitemap, and nobody asks for it.
        (folder / "sitemap.xml.gz").unlink(missing_ok=True)
        try:
            write_outputs(self.site)
        except (UnsafeName, DataError) as error:
            raise PluginError(str(error)) from None


def _full_page(page: Any, content: str, heading: str | None, renderer: PageRenderer, *, shows_code: bool) -> FullPage:
    dates = {key: page.meta[key] for key in Reviewed.model_fields if key in page.meta}
    return FullPage(
        page.file.src_uri,
        page.title,
        page.canonical_url,
        content,
        Reviewed.model_validate(dates),
        page.meta["description"],
        heading or page.title,
        heading is not None,
        tuple(_sections(page.toc)),
        tuple(renderer.cited),
        frozenset(renderer.records),
        frozenset(renderer.ids),
        frozenset(renderer.components),
        renderer.places,
        tuple(CodedSection.model_validate(coded) for coded in page.meta.get("codes", [])),
        shows_code,
    )


def write_outputs(site: Site) -> None:
    """Write the files of every output into the folder of the site, and report how many."""
    with all_beside(partial(_write_beside, site)) as (beside,):
        _write(site, [name for name in OUTPUTS if name not in (*BESIDE, *WHOLE)])
        beside.result()
    _write(site, WHOLE)


def _write_beside(site: Site) -> None:
    # Two counts would take turns on one line.
    logging.getLogger("guide").disabled = True
    _write(site, BESIDE)


def _write(site: Site, outputs: Iterable[str]) -> None:
    files = [file for name in outputs for file in import_module(f"guide.outputs.{name}").files(site)]
    for number, file in enumerate(files, 1):
        path = site.folder / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content)
        logging.getLogger("guide").info("Writing files: %d of %d", number, len(files))


def _sections(entries: Iterable[Any]) -> Iterable[Section]:
    for entry in entries:
        if entry.level > 1:
            yield Section(entry.title, entry.id)
        yield from _sections(entry.children)
