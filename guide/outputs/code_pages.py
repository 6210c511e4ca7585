"""A page for each code, at an address that holds it: what the guide has on it, for links that can be kept in a list."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from guide.model.addresses import CODES, CODES_PAGE
from guide.outputs.security_policy import page_policy
from guide.outputs.site import File, FullPage, Site
from guide.rendering.codes import Answer, CodedPage, code_answers, code_path
from guide.rendering.page import PageRenderer

Answers = dict[tuple[str, str], list[Answer]]


def answers(site: Site) -> Answers:
    """Return what each code leads to, by system and code."""
    return code_answers(site.guide, {page.path: coded_page(page) for page in site.pages if page.codes})


def coded_page(page: FullPage) -> CodedPage:
    """Return what is known of a page that answers codes."""
    return CodedPage(page.heading, page.codes, {section.anchor: section.heading for section in page.sections})


def files(site: Site) -> Iterator[File]:
    """Return the page of each code that leads anywhere."""
    found = site.once(answers)
    for system in site.guide.records("code-systems").values():
        for code in system.codes:
            if found.get((system.id, code.code)):
                path = code_path(system.id, code.code).lstrip("/")
                yield File(f"{path}index.html", partial(_page, site, system, code, found[system.id, code.code]))


def _page(site: Site, system: Any, code: Any, found: list[Answer]) -> str:
    about = {page.path: page.description for page in site.pages}
    renderer = PageRenderer(site.guide, f"{CODES}{system.id}/{code.code}.md", site.language)
    settings = site.guide.settings
    cards = site.guide.records("care-cards").values()
    shown = renderer.render(
        "code-page.html.j2",
        None,
        None,
        system=system,
        code=code,
        answers=[(answer, about.get(answer.target, "") if answer.kind == "pages" else "") for answer in found],
        below=bool(system.category),
        other=[card for card in cards if card.lang and card.lang != site.language],
        name=site.name,
        site=settings,
        lines=[site.guide.records("helplines")[line] for line in settings.emergency],
        policy=page_policy(site.inline),
        scripts=site.inline.scripts,
        styles=site.inline.styles,
        list=CODES_PAGE,
    )
    return str(renderer.html(shown)).strip() + "\n"
