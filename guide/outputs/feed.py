"""Atom feeds: of what changed in the guidance, made from the changelog, and of matters of safety."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import zip_longest
from xml.sax.saxutils import escape, quoteattr

from markdown_it import MarkdownIt

from guide.outputs.portable_html import sanitize

FEED = "feed.xml"
SAFETY_FEED = "safety.xml"
FEEDS = (FEED, SAFETY_FEED)
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


@dataclass(frozen=True)
class FeedEntry:
    """What a feed says of one release; `link` is an absolute address, `content` HTML of the short list of elements."""

    name: str
    day: date
    title: str
    link: str
    content: str


def changelog_entries(changelog: str, address: str, newest: date) -> list[FeedEntry]:
    """Return the releases of a changelog, with what each changed in the guidance.

    Args:
        changelog: The whole file; only its releases' section on guidance is told.
        address: Of the site; absolute, ends in "/".
        newest: The day of what is not released yet.
    """
    entries = []
    for release in releases(changelog):
        content, _ = sanitize(MarkdownIt("commonmark", {"html": False}).render(release.changes), address)
        entries.append(FeedEntry(release.name.lower(), release.day or newest, release.name, address, content))
    return entries


def feed(
    file: str,
    entries: list[FeedEntry],
    *,
    address: str,
    title: str,
    publisher: str,
    rights: str,
    language: str,
    newest: date,
) -> str:
    """Write a feed.

    Args:
        file: Its path in the site.
        entries: What it says, the newest first.
        address: Of the site; absolute, ends in "/".
        title: Of the feed.
        publisher: Who is named as author.
        rights: The license, in words.
        language: A language tag.
        newest: The day of a feed without entries.

    Source:
        RFC 4287, https://www.rfc-editor.org/rfc/rfc4287
    """
    updated = max([entry.day for entry in entries], default=newest)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={quoteattr(language)}>',
        f"<id>{escape(address + file)}</id>",
        f"<title>{escape(title)}</title>",
        f"<updated>{updated}T00:00:00Z</updated>",
        f"<author><name>{escape(publisher)}</name></author>",
        f"<rights>{escape(rights)}</rights>",
        f'<link rel="self" type="application/atom+xml" href={quoteattr(address + file)}/>',
        f'<link rel="alternate" type="text/html" href={quoteattr(address)}/>',
    ]
    for entry in entries:
        lines += [
            "<entry>",
            f"<id>{escape(f'{address}{file}#{entry.name}')}</id>",
            f"<title>{escape(entry.title)}</title>",
            f"<updated>{entry.day}T00:00:00Z</updated>",
            f'<link rel="alternate" type="text/html" href={quoteattr(entry.link)}/>',
            f'<content type="html">{escape(entry.content)}</content>',
            "</entry>",
        ]
    return "\n".join([*lines, "</feed>"]) + "\n"
