"""MkDocs events: gives each page's search entry the words that readers use for it."""

from typing import Any


def on_page_markdown(markdown: str, page: Any, config: Any, **_: Any) -> str:
    """Add the page's synonyms to what the search index holds of it."""
    synonyms = config["extra"]["guide"].search.values()
    words = [word for entry in synonyms if entry.page.partition("#")[0] == page.file.src_uri for word in entry.words]
    if words:
        page.meta["tags"] = words
    return markdown
