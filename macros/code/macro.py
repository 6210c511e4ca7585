"""What the guide has on each code, and the answer to a link that holds one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from guide.model.macro import macro
from guide.rendering.codes import CODES, code_answers

if TYPE_CHECKING:
    from guide.rendering.page import PageRenderer
    from macros.code.record import CodeSystem


@macro(example=False, pages=True, shows="code-systems", order=150)
def code_list(page: PageRenderer) -> Markup:
    """List the codes that other programs may ask for, and lead those who come with one to what answers it."""
    return _list(page, list(page.guide.records("code-systems").values()), "code-systems")


def block(page: PageRenderer, system: CodeSystem) -> Markup:
    """List the codes of one system."""
    return _list(page, [system], None)


def _list(page: PageRenderer, systems: list[CodeSystem], kind: str | None) -> Markup:
    heads = {path: head.title for path, head in page.guide.pages.items()}
    sections = {path: getattr(head.front, "codes", []) for path, head in page.guide.pages.items()}
    other = [
        (card.lang, card)
        for card in page.guide.records("care-cards").values()
        if card.lang and card.lang != page.language
    ]
    return page.render(
        "code-list.html.j2",
        kind,
        None,
        systems=systems,
        answers=code_answers(page.guide, heads, sections),
        codes=CODES,
        other=other,
    )
