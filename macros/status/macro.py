"""The state of each page and record."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from markupsafe import Markup

from guide.model.macro import macro
from guide.reading.readability import choppy_pages
from macros.status import summary

if TYPE_CHECKING:
    from guide.rendering.page import PageRenderer

FILE = "api/v1/status.json"
"""The same as data."""


@macro(example=False, pages=True, order=210)
def status(page: PageRenderer) -> Markup:
    """Show when the sources of each page and record were checked, how sure it is, and what nobody knows."""
    groups = summary.groups(page.guide, page.language)
    pages = {path: head.page for path, head in page.guide.pages.items() if head.page}
    help_page = page.guide.site.help_page if page.guide.site else None
    return page.render(
        "status.html.j2",
        None,
        None,
        groups=groups,
        due=summary.due_months(groups),
        languages=[page.language],
        read_by=Counter(reference.read for reference in page.guide.references.values()),
        choppy=[(path, page.guide.pages[path].title, reads) for path, reads in choppy_pages(pages, help_page)],
        file=page.link(f"/{FILE}"),
    )
