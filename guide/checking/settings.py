"""What settings name is there: the page for readers whose search doesn't run, icons, and sections of the guide."""

from collections.abc import Iterator

from guide.checking.page_links import is_file
from guide.model.addresses import page_address
from guide.model.problems import Place, Problem, nearest
from guide.rendering.project import Project
from guide.rendering.suggestions import meant_page

_LIST = "extra.no_script_search"
_ICONS = ("theme.logo", "theme.favicon", "extra.touch_icon")
_PICTURES = (".png", ".svg")


def check(project: Project) -> Iterator[Problem]:
    """Check settings of mkdocs.yml and data/site.yaml, but those that `page_paths` and `unknown_record` look at."""
    for name, (value, line) in project.settings.items():
        if not value or name not in (_LIST, *_ICONS):
            continue
        fault = _list_fault(project, value) if name == _LIST else _icon_fault(project, value)
        if fault:
            wrong, remedy = fault
            yield Problem(Place("mkdocs.yml", line), f"{name.partition('.')[2]}: {wrong}", remedy, "settings")
    site = project.guide.site
    folders = {page.partition("/")[0] for page in project.pages if "/" in page}
    for number, section in enumerate(site.plain_sections if site else []):
        if section not in folders:
            remedy = nearest(section, folders) or "Write the name of a folder of docs/ that has pages, or delete it."
            wrong = f'plain_sections: docs/ has no pages in a folder "{section}"'
            yield Problem(project.guide.place("site", "site", "plain_sections", number), wrong, remedy, "settings")


def _list_fault(project: Project, value: str) -> tuple[str, str] | None:
    page = project.index_page
    if page not in project.pages:
        meant = page_address(meant_page(project, page, value) or "index.md")
        remedy = f'Did you mean "{meant}"?' if meant else "Write the address of one that lists all, or nothing."
        return f'there is no page at the address "{value}"', remedy
    if value != page_address(page):
        return f'"{value}" is not how the address of a page is written', f'Write "{page_address(page)}".'
    return None


def _icon_fault(project: Project, value: str) -> tuple[str, str] | None:
    if is_file(project, value):
        return None
    docs = project.root / "docs"
    pictures = (path.relative_to(docs).as_posix() for path in docs.rglob("*") if path.name.endswith(_PICTURES))
    remedy = nearest(value, pictures) or "Write the path of a picture in docs/, such as assets/favicon.svg."
    return f'there is no file "{value}" in docs/', remedy
