"""MkDocs events: holds what Markdown made of each page against the allow-list, then shows the page's calls in it."""

import re
from sys import intern
from typing import Any

from mkdocs.exceptions import PluginError
from mkdocs.structure.toc import AnchorLink

_ID = re.compile(r'\sid="([^"]+)"')


def on_files(files: Any, config: Any, **_: Any) -> Any:
    """Leave out what docs/ may not hold, and what editors and systems leave there."""
    from macros.pictures import is_published

    docs = config["docs_dir"]
    for file in [file for file in files if file.src_dir == docs and not is_published(file.src_uri)]:
        files.remove(file)
    return files


def on_page_content(html: str, page: Any, config: Any, **_: Any) -> str:
    """Replace tokens by the HTML of their calls, and tell the engine of headings and ids that it hasn't seen.

    Raises:
        PluginError: The page holds something that no page may hold. The checker words it with its line.
    """
    from jinja2 import TemplateError

    from macros.page_html import examine

    path = page.file.src_uri
    text, renderer = config["extra"]["guide_texts"].pop(path), config["extra"]["guide_renderers"][path]
    faults = examine(html).faults
    if faults:
        raise PluginError("\n".join(f"docs/{path}: {fault.wrong}. {fault.remedy} [{fault.rule}]" for fault in faults))
    try:
        html = renderer.page_html(html, text)
    except (TemplateError, LookupError, TypeError, ValueError) as error:
        raise PluginError(f"docs/{path}: {error}") from None
    if renderer.sources_heading:
        anchor, words = renderer.sources_heading
        entries = page.toc.items[0].children if page.toc.items else page.toc.items
        entries.append(AnchorLink(words, anchor, 2))
    page.present_anchor_ids.update(map(intern, _ID.findall(html)))
    return html
