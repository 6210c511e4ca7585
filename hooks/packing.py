"""MkDocs events: keeps the text of each page compressed from the time it is made until it is written."""

from typing import Any

from mkdocs.plugins import event_priority


@event_priority(-100)
def on_page_content(html: str, page: Any, **_: Any) -> Any:
    """Pack the page when all others have read it, and drop its Markdown."""
    from macros.packing import Packed

    page.markdown = ""
    return Packed(html)


@event_priority(100)
def on_page_context(context: Any, page: Any, **_: Any) -> Any:
    """Unpack it for the templates."""
    page.content = str(page.content)
    return context


@event_priority(-100)
def on_post_page(output: str, page: Any, **_: Any) -> str:
    """Let go of it."""
    page.content = None
    return output
