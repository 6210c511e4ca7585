"""What changed in the guidance, as an Atom feed made from the changelog."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import zip_longest
from xml.sax.saxutils import escape, quoteattr

from markdown_it import MarkdownIt

from guide.outputs.portable_html import sanitize

FEED = "feed.xml"
SECTION = "Guidance"
"""The part of a release of the changelog that readers of the guide care about."""

_RELEASE = re.compile(r"^## +\[?([^\]\s]+)\]?(?:[^\n]*?(\d{4}-\d{2}-\d{2}))?[^\n]*$", re.MULTILINE)
_SECTION = re.compile(rf"^### +{SECTION}\s*$(.*?)(?=^##|\Z)", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Release:
    """What one release changed; `day` is none until it is released."""

    name: str
    day: date | None
    changes: str
    """Markdown."""


def releases(changelog: str) -> Iterator[Release]:
    """Find the releases of a changelog whose headings are like "## 1.2.0 (2026-11-23)", newest first."""
    for release in whole_releases(changelog):
        section = _SECTION.search(release.changes)
        if section and section[1].strip():
            yield replace(release, changes=section[1].strip())


def whole_releases(changelog: str) -> Iterator[Release]:
    """Find the releases of a changelog with all that they changed."""
    heads = list(_RELEASE.finditer(changelog))
    ends = [head.start() for head in heads[1:]]
    for head, end in zip_longest(heads, ends):
        day = date.fromisoformat(head[2]) if head[2] else None
        yield Release(head[1], day, changelog[head.end() : end].strip())


def feed(changelog: str, *, address: str, title: str, publisher: str, rights: str, language: str, newest: date) -> str:
    """Write the feed.

    Args:
        changelog: The whole file; only its releases' section on guidance is told.
        address: Of the site; absolute, ends in "/".
        title: Of the feed.
        publisher: Who is named as author.
        rights: The license, in words.
        language: A language tag.
        newest: The day of what is not released yet.

    Source:
        RFC 4287, https://www.rfc-editor.org/rfc/rfc4287
    """
    found = list(releases(changelog))
    updated = max([release.day or newest for release in found], default=newest)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={quoteattr(language)}>',
        f"<id>{escape(address + FEED)}</id>",
        f"<title>{escape(title)}</title>",
        f"<updated>{updated}T00:00:00Z</updated>",
        f"<author><name>{escape(publisher)}</name></author>",
        f"<rights>{escape(rights)}</rights>",
        f'<link rel="self" type="application/atom+xml" href={quoteattr(address + FEED)}/>',
        f'<link rel="alternate" type="text/html" href={quoteattr(address)}/>',
    ]
    for release in found:
        content, _ = sanitize(MarkdownIt("commonmark", {"html": False}).render(release.changes), address)
        lines += [
            "<entry>",
            f"<id>{escape(address + FEED + '#' + release.name.lower())}</id>",
            f"<title>{escape(release.name)}</title>",
            f"<updated>{release.day or newest}T00:00:00Z</updated>",
            f'<link rel="alternate" type="text/html" href={quoteattr(address)}/>',
            f'<content type="html">{escape(content)}</content>',
            "</entry>",
        ]
    return "\n".join([*lines, "</feed>"]) + "\n"
