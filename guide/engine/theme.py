"""What the theme's templates may call: the emergency bar, the page's foot, the words, the joined files."""

from collections.abc import Mapping
from functools import partial
from typing import Any, cast
from urllib.parse import urlsplit

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup
from mkdocs.utils.templates import TemplateContext, url_filter

from guide.model.addresses import (
    API,
    PAGE,
    edit_address,
    handout_path,
    letter_address,
    new_issue_address,
    oembed_path,
    page_address,
    page_id,
    page_link,
    report_address,
)
from guide.model.guide import Guide
from guide.model.registry import parts
from guide.model.site import FrontMatter, Leave
from guide.outputs.citations import FORMATS, SOURCES
from guide.outputs.data_models import PAGES
from guide.outputs.edition import Edition
from guide.outputs.embeds import Embeds
from guide.outputs.handouts import Handouts
from guide.outputs.local_storage import kept_script
from guide.outputs.offline_copy import OFFLINE
from guide.outputs.security_policy import Inline, policy_metas
from guide.outputs.site import FullPage
from guide.outputs.structured_data import About
from guide.outputs.suggest import FOLDER, form_address, form_kinds, suggest_links, suggest_script, suggest_style
from guide.reading import marks
from guide.reading.marks import LinkWriter
from guide.reading.suggestion import headings
from guide.rendering.assets import code_script, own_assets
from guide.rendering.page import PageRenderer
from guide.rendering.signatures import Signatures, Standing, signature

_BY_SCRIPT = "suggest-js-"


class Theme:
    """Offered to theme templates as `guide`.

    Attributes:
        scripts: What pages load, as paths in the site, in their order: our joined script is the last.
        on_disk: Whether the pages are files that open from a disk.
        policy: The elements by which a page states what a browser may load.
        style: Our joined style sheet. Pages hold it: a first page is drawn a round trip earlier.
        home_style: What the start page holds besides.
        early_script: Applies the reader's colors before the page is drawn.
        words: Label id to text, in the site's language.
        embeds: What other sites can show, once the engine has made all pages.
        handouts: What this build also prints, if it does.
        search: The scripts of the search, once the engine has made all pages: `results`, which lists what is found,
            `answers`, which finds it, and `found`, which marks it on its page. Paths in the site.
    """

    def __init__(
        self,
        guide: Guide,
        language: str,
        script: str,
        renderers: Mapping[str, PageRenderer] | None = None,
        pages: Mapping[str, FullPage] | None = None,
        inline: Inline | None = None,
        edition: Edition | None = None,
    ) -> None:
        self._guide = guide
        self._language = language
        self._edition = edition = edition or Edition()
        self.on_disk = edition.on_disk
        self.scripts = [edition.first_script.name, script] if edition.first_script else [script]
        inline = inline or Inline()
        self.policy = policy_metas(edition.policy(inline))
        self.style = Markup("".join(inline.styles))  # noqa: S704
        self.home_style = Markup("".join(inline.home))  # noqa: S704
        self.early_script = Markup("".join(inline.scripts))  # noqa: S704
        self._renderers = renderers or {}
        self._pages = pages or {}
        self.words = guide.labels[language].words
        self.embeds: Embeds | None = None
        self.handouts: Handouts | None = None
        self.search: dict[str, str] = {}
        self._site = guide.settings
        self._signatures = Signatures(guide, language)

    def _renderer(self, page: str) -> PageRenderer:
        return PageRenderer(self._guide, page, self._language)

    def _render(self, path: str, template: str, **values: Any) -> Markup:
        """Fill a template, with links from a page; "" is the root of the site."""
        renderer = self._renderer(path)
        return self._written(renderer, renderer.render(template, None, None, **values))

    def _written(self, renderer: PageRenderer, marked: str, write: LinkWriter | None = None) -> Markup:
        """Return HTML as this edition writes it, without marks."""
        edition = self._edition
        write = write or edition.link_writer(renderer)
        without = edition.without if self.handouts else (*edition.without, "printed")
        return marks.written(marked, write, without=without, instead=edition.instead(self.words))

    @pass_context
    def url(self, context: Context, value: str) -> str:
        """Return an address that is relative to the page: the filter `url` of MkDocs, as this edition writes it."""
        page = context.get("page")
        return self._edition.address(
            page.file.src_uri if page else "", url_filter(cast(TemplateContext, context), value)
        )

    def _help_address(self, context: Context) -> str:
        base = str(context["base_url"]).rstrip("/")
        return f"{base}/{self._edition.address('', page_address(self._site.help_page))}"

    @pass_context
    def emergency_bar(self, context: Context) -> Markup:
        """Render the bar that every page shows, those without a place in docs/ too."""
        lines = [self._guide.records("helplines")[line] for line in self._site.emergency]
        return self._render("", "emergency-bar.html.j2", lines=lines, more=self._help_address(context))

    @pass_context
    def search_help(self, context: Context) -> Markup:
        """Render the end of every list of results: the help page and the emergency numbers."""
        lines = [self._guide.records("helplines")[line] for line in self._site.emergency]
        return self._render("", "search-help.html.j2", lines=lines, more=self._help_address(context))

    def copy_notice(self, page: Any) -> Markup:
        """Render, on a copy's pages, how old the copy is and where the current page is."""
        if not self.on_disk or not self.embeds:
            return Markup("")
        return self._render("", "disk-notice.html.j2", day=self.embeds.day, address=page.canonical_url)

    def page_foot(self, page: Any) -> Markup:
        """Render who publishes the page, when its sources were checked, and how to report an error.

        Args:
            page: The engine's page, with `meta`, `file.src_uri`, `title` and `canonical_url`; None for a page that
                has no place in docs/, such as 404.html.
        """
        front, title, address, path, embed = None, "", self._site.address, "", ""
        if page:
            known = {key: page.meta[key] for key in FrontMatter.model_fields if key in page.meta}
            front, title, path = FrontMatter.model_validate(known), page.title, page.file.src_uri
            address = page.canonical_url or address
            embed = "" if self.on_disk else self._renderer(path).embed_link()
        return self._render(
            path,
            "page-foot.html.j2",
            site=self._site,
            front=front,
            standings=self._standings(path),
            report=report_address(self._site, title, address),
            letter=letter_address(self._site, title, address),
            edit=edit_address(self._site, f"docs/{path}") if path else "",
            files=[(file, edit_address(self._site, file)) for file in self._data_files(path)],
            suggest=self._suggest_links(path),
            address=address,
            embed=embed,
            handouts=self._handouts(address, path),
            **self._cite(path),
            offline=self._offline_link(path),
        )

    def _standings(self, path: str) -> list[Standing]:
        """Return how the reviews of a page stand."""
        full = self._pages.get(path)
        return self._signatures.of_page(path, full.content, full.cited) if full else []

    def _offline_link(self, path: str) -> str:
        """Return the link to where a reader keeps a copy in the browser; "" where there is none to keep."""
        if not path or not self._site.privacy_page or self.on_disk:
            return ""
        return page_link(path, f"{self._site.privacy_page}#guide-kept")

    def _cite(self, path: str) -> dict[str, Any]:
        """Return how to cite a page: in words, and the addresses of what reference managers read."""
        page = self._pages.get(path)
        if not page or not self.embeds:
            return {"cite": "", "cited": []}
        files = f"{page_link(path, 'index.md')}{API}{PAGES}/{page.id}."
        groups = {self.words["cite-this"]: "", **({self.words["cite-sources"]: SOURCES} if page.cited else {})}
        words = self.words["cite-text"].format(
            publisher=self._site.publisher,
            title=page.heading,
            site=self.embeds.name,
            day=self._renderer(path).day(page.front.sources_checked),
            address=page.address,
        )
        return {
            "cite": words,
            # The files aren't in a copy that is read from a disk.
            "cited": []
            if self.on_disk
            else [
                (what, [(form.name, f"{files}{group}{end}") for end, form in FORMATS.items()])
                for what, group in groups.items()
            ],
        }

    def _data_files(self, path: str) -> list[str]:
        """Return the data files that a page shows."""
        return self._renderers[path].data_files if path in self._renderers else []

    def _suggest_links(self, path: str) -> list[tuple[str, str]]:
        """Return what of a page can be changed in the form for suggestions, with the address of each."""
        form = self._site.suggest_page
        if not form or path not in self._renderers:
            return []
        base = form_address(self._guide) if self.on_disk else page_link(path, form)
        links = suggest_links(self._guide, self._renderers[path].records, self._language)
        return [(title, f"{base}#{target}") for title, target in links]

    def own_files(self, page: Any) -> list[str]:
        """Return the paths of what only pages load that show certain components, or code."""
        path = page.file.src_uri if page else ""
        shown = self._renderers[path].components if path in self._renderers else set()
        own = [asset for folder, assets in own_assets().items() if folder in shown for asset in assets]
        return [asset.name for asset in (*own, *([code_script()] if self._shows_code(path) else []))]

    def _shows_code(self, path: str) -> bool:
        return path in self._pages and self._pages[path].shows_code

    def code_copy(self, page: Any) -> Markup:
        """Render, on a page with a block of code, the button that copies one."""
        path = page.file.src_uri
        return self._render(path, "code-copy.html.j2") if self._shows_code(path) else Markup("")

    def lead_and_rest(self, page: Any) -> tuple[Markup, Markup]:
        """Return the content of a page: what stands before its first section, and the rest.

        On the start page, links to the help page say so for the style sheet, by `data-guide-help`.
        """
        renderer = self._renderer(page.file.src_uri)
        lead, rest = marks.lead_and_rest(self._pages[page.file.src_uri].content)
        write = self._edition.link_writer(renderer)
        if page.is_homepage:
            write = partial(_help_marked, renderer, page_address(self._site.help_page), write)
        return self._written(renderer, lead, write), self._written(renderer, rest, write)

    def is_headed(self, page: Any) -> bool:
        """Return whether the content of a page has a heading of its own."""
        return self._pages[page.file.src_uri].headed

    def leave(self, page: Any) -> Markup:
        """Render the way out of the site, on the pages that have it."""
        leave = self._leaves(page)
        return self._render("", "leave.html.j2", leave=leave) if leave else Markup("")

    def leave_limits(self, page: Any) -> Markup:
        """Render what the way out cannot hide."""
        leave = self._leaves(page)
        if not leave:
            return Markup("")
        return self._render(page.file.src_uri, "leave-limits.html.j2", leave=leave)

    def kept(self, page: Any) -> Markup:
        """Render, on the page for it, what the reader's browser keeps, and how to remove it."""
        if page.file.src_uri != self._site.privacy_page:
            return Markup("")
        if self.on_disk:
            return self._render("", "disk-kept.html.j2")
        root = page_link(page.file.src_uri, "index.md")
        script = kept_script().name
        records = [
            (f"guide-{key}-{item.id}", item.title)
            for key, kind in parts().items()
            for item in (kind.part_items(self._guide, self._language) if kind.kept else ())
        ]
        return self._render("", "kept.html.j2", root=root, script=script, worker=OFFLINE, records=records)

    def suggest(self, page: Any) -> Markup:
        """Render, on the page for it, the form in which readers suggest a change."""
        path = page.file.src_uri
        if path != self._site.suggest_page or self.on_disk:
            return Markup("")
        said = {key.removeprefix(_BY_SCRIPT): text for key, text in self.words.items() if key.startswith(_BY_SCRIPT)}
        names = self._guide.labels[self._language].names["kinds"]
        return self._render(
            path,
            "suggest.html.j2",
            root=page_link(path, "index.md"),
            files=FOLDER,
            kinds=[(key, names[key]) for key in form_kinds() if self._guide.records(key)],
            said=said,
            headings=headings(self.words) | {"why": self.words["suggest-why"]},
            forge=new_issue_address(self._site),
            contact=self._site.contact,
            report=report_address(self._site, page.title, page.canonical_url),
            style=suggest_style().name,
            script=suggest_script().name,
        )

    def _leaves(self, page: Any) -> Leave | None:
        leave = self._site.leave
        if not leave or not page:
            return None
        path = page.file.src_uri
        # Pages about the guide show parts of it as examples.
        example = path.partition("/")[0] in self._site.plain_sections
        records = self._renderers[path].records if path in self._renderers else set()
        shown = not example and any(("care-cards", card) in records for card in leave.cards)
        return leave if shown or path in leave.pages else None

    def page_head(self, page: Any, nav: Any, config: Any) -> Markup:
        """Render what the page says of itself to programs.

        Args:
            page: The engine's page.
            nav: The engine's navigation, with `homepage`.
            config: The engine's configuration.
        """
        full = next(each for each in self.embeds.site.pages if each.path == page.file.src_uri) if self.embeds else None
        if not full:
            return Markup("")
        way = [] if page.is_homepage else [(self.words["start-page"], nav.homepage.canonical_url)]
        for section in reversed(page.ancestors):
            index = next((child for child in section.children if getattr(child, "is_index", False)), None)
            if index and index is not page:
                way.append((section.title, index.canonical_url))
        way.append((full.heading, full.address))
        about = About(
            full,
            page.meta["description"],
            way,
            self._site,
            self._site.address,
            config["site_name"],
            self._language,
            signature(self._standings(full.path)),
        )
        icon = config["extra"].get("touch_icon", "")
        return self._render("", "page-head.html.j2", about=about, icon=icon and self._site.address + icon)

    def _handouts(self, address: str, path: str) -> list[tuple[str, list[tuple[str, str]]]]:
        """Return the title, and size and address of each PDF, of what there is to print of a page."""
        up = page_link(path, "index.md") if path else ""
        sizes = {"": self.words["handout-regular"], "large": self.words["handout-large"]}
        if not self.handouts or not path:
            return []
        handouts = []
        for embed in self.handouts.of_page(address):
            for clinic in (None, *self.handouts.embeds.clinics):
                title = embed.title
                if clinic:
                    title = self.words["handout-of-clinic"].format(title=title, name=clinic.name)
                files = {size: handout_path(embed.name, size, clinic.id if clinic else "") for size in sizes}
                handouts.append((title, [(name, up + files[size]) for size, name in sizes.items()]))
        return handouts

    def oembed(self, address: str, page: Any) -> str:
        """Return the address of the file that describes a page to programs.

        Args:
            address: Of the site; absolute.
            page: The engine's page.
        """
        return address + oembed_path(f"{PAGE}/{page_id(page.file.src_uri)}")

    def embed_builder(self, page: Any) -> Markup:
        """Render what the page for other sites shows after its first words; nothing on the other pages."""
        if not self.embeds or page.file.src_uri != self._site.embed_page:
            return Markup("")
        if self.on_disk:
            return self._render("", "disk-builder.html.j2", address=page.canonical_url)
        return self.embeds.builder(page_link(page.file.src_uri, "index.md"))


def _help_marked(renderer: PageRenderer, help_address: str, write: LinkWriter, target: str) -> str:
    """Return the attributes of a link of the start page, with one more if it leads to the help page."""
    to_help = urlsplit(renderer.site_address(target)).path == help_address
    return f"{write(target)} data-guide-help" if to_help else write(target)
