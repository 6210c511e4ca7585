"""The helplines of a group, and one number inside a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from guide.model.macro import macro
from guide.model.problems import UnknownId

if TYPE_CHECKING:
    from guide.rendering.page import PageRenderer
    from macros.helpline.record import Helpline


@macro(choices=lambda guide: {group for line in guide.records("helplines").values() for group in line.groups}, order=90)
def helplines(page: PageRenderer, group: str) -> Markup:
    """Show phone, text and chat services of a group.

    Args:
        group: A group, such as one of those named in data/labels/.
    """
    groups = {name for line in page.guide.records("helplines").values() for name in line.groups}
    if group not in groups:
        raise UnknownId("the groups of helplines", group, groups)
    shown = [line for line in page.guide.records("helplines").values() if group in line.groups]
    return page.render("helplines.html.j2", "helplines", None, helplines=shown, group=group)


@macro("helplines", block=False, order=150)
def phone(page: PageRenderer, helpline_id: str) -> Markup:
    """Print the number of a helpline inside a sentence, or its site if it has no number.

    Args:
        helpline_id: A record of data/helplines.yaml.
    """
    return page.render("phone.html.j2", None, None, line=page.record("helplines", helpline_id))


def block(page: PageRenderer, line: Helpline) -> Markup:
    """Show one helpline by itself."""
    return page.render("helplines.html.j2", None, None, helplines=[line], group=line.groups[0])


def short(page: PageRenderer, lines: list[Helpline], only: list[str]) -> Markup:
    """Show helplines in short: whom each is for, and its numbers."""
    if only:
        raise UnknownId("the parts of a helpline", only[0], ())
    return page.render("helplines-short.html.j2", None, None, helplines=lines)
