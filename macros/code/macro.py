"""What the guide has on each code, and the answer to a link that holds one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from guide.model.macro import macro
from guide.rendering.codes import CodedPage, code_answers

if TYPE_CHECKING:
    from guide.model.guide import PageHead
    from guide.rendering.page import PageRenderer
    from macros.code.record import CodeSystem


@macro(example=False, pages=True, shows="code-systems", order=150)
def code_list(page: PageRenderer) -> Markup:
    """List the codes that other programs may ask for, and lead those who come with one to what answers it."""
    systems = list(page.guide.records("code-systems").values())
    for system in systems:
        page.note_file("code-systems", system.id)
    return _list(page, systems, "code-systems")


def block(page: PageRenderer, system: CodeSystem) -> Markup:
    """List the codes of one system."""
    return _list(page, [system], None)


def _list(page: PageRenderer, systems: list[CodeSystem], kind: str | None) -> Markup:
    pages = {path: _coded(head) for path, head in page.guide.pages.items() if getattr(head.front, "codes", [])}
    other = [
        (card.lang, card)
        for card in page.guide.records("care-cards").values()
        if card.lang and card.lang != page.language
    ]
    return page.render(
        "code-list.html.j2",
        kind,
        systems[0].id if kind and systems else None,
        systems=systems,
        answers=code_answers(page.guide, pages),
        other=other,
    )


def _coded(head: PageHead) -> CodedPage:
    # The front matter of a page is more than what it shares with records.
    codes = head.front.codes  # type: ignore[attr-defined]
    if not any(coded.section for coded in codes):
        return CodedPage(head.title, codes, {})
    content = head.page.content
    headings = {anchor: words for anchor, (_, words, _) in zip(content.ids, content.headings, strict=False)}
    return CodedPage(head.title, codes, headings)
