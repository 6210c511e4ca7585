"""Reader views of browsers, which show the text of a page and leave out what is named like an advertisement or a menu.

The words are those of Mozilla's Readability, which Firefox uses (its `REGEXPS`); other browsers have similar lists.
"""

import re

UNLIKELY = re.compile(
    "-ad-|ai2html|banner|breadcrumbs|combx|comment|community|cover-wrap|disqus|extra|footer|gdpr|header|legends|menu|related|"
    "remark|replies|rss|shoutbox|sidebar|skyscraper|social|sponsor|supplemental|ad-break|agegate|pagination|pager|popup|"
    "yom-remote",
    re.IGNORECASE,
)
"""What is left out if its class or id has such a word, unless it also has one of `LIKELY`."""

LIKELY = re.compile("and|article|body|column|content|main|shadow", re.IGNORECASE)

SHARING = re.compile(r"(\b|_)(share|sharedaddy)(\b|_)", re.IGNORECASE)
"""What is left out, whatever else it is called, if it is short."""

KEPT = "guide-content"
"""A class that says that an element is content."""

_TAG = re.compile(r'<[a-z][a-z0-9]*\s[^<>]*?\bid="[^"]*"[^<>]*>')
_NAMES = re.compile(r'\s(?:class|id)="([^"]*)"')


def keep_content(html: str) -> str:
    """Mark elements as content whose id, made from a title or a record, has a word of an advertisement or a menu.

    Args:
        html: The text of a page, as we make it: attributes in double quotes.
    """

    def marked(tag: re.Match[str]) -> str:
        names = " ".join(_NAMES.findall(tag[0]))
        if not UNLIKELY.search(names) or LIKELY.search(names):
            return tag[0]
        if ' class="' in tag[0]:
            return tag[0].replace(' class="', f' class="{KEPT} ', 1)
        return tag[0].replace(" ", f' class="{KEPT}" ', 1)

    return _TAG.sub(marked, html)
