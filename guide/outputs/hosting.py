"""What hosts need to serve a finished site: headers, redirects, and what may be kept for ever.

All of it is read from the files of the site and from the guide, so that nothing is said twice.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit

from guide.model.addresses import API, EMBEDS, OEMBEDS, PAGE, page_address
from guide.model.guide import Guide
from guide.outputs.embeds import THEMES
from guide.outputs.feed import FEEDS
from guide.outputs.offline_copy import OFFLINE
from guide.outputs.security_policy import SHARED, Inline, embed_policy, page_policy
from guide.outputs.site import File, Site

FOREVER = "public, max-age=31536000, immutable"
ASK = "no-cache"
"""Kept, and asked for again each time: a number that has changed must not live on in somebody's browser."""
MISSING = "404.html"
OPEN = (API, OEMBEDS)
"""Folders that scripts of other sites may read."""
_SHARED_FOLDERS = tuple(folder.partition("/")[0] + "/" for folder in (API, EMBEDS, OEMBEDS))
"""Folders that pages of other sites may load from; nothing else of the site."""
_RESOURCE = "Cross-Origin-Resource-Policy"
_ANY, _OWN = "cross-origin", "same-origin"
_PLAIN = re.compile(r"[A-Za-z0-9._~/-]*")
"""What a path may be made of that stands in a configuration: none of it means anything to a server."""
_ADDRESS = re.compile(r"https://[A-Za-z0-9.-]+(:[0-9]+)?/([A-Za-z0-9._~-]+/)*")
_SEGMENT = "[A-Za-z0-9_-]+"
_DEEPEST = 4
"""Segments in the address of a page that a program may ask about."""
_FINGERPRINT = r"\.[0-9a-f]{8}\."
_EMBED = EMBEDS.partition("/")[0] + "/"
_WRITTEN = "Written from the finished site: change guide/, not this."


def fingerprinted(name: str) -> bool:
    """Return whether a file's name changes whenever its content does."""
    return bool(re.search(_FINGERPRINT, name))


class UnsafeName(ValueError):
    """A name that could say something to a server stands where names are listed."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name!r} can't be listed for servers: only letters, digits, dots, hyphens and underscores can. Change it."
        )


def plain(name: str) -> str:
    """Return a path as it is written into a configuration.

    Raises:
        UnsafeName: It holds a letter that could end its line or begin an instruction.
    """
    if not _PLAIN.fullmatch(name):
        raise UnsafeName(name)
    return name


@dataclass
class Hosting:
    """What hosts need to serve one finished site.

    Attributes:
        site: The folder of the site.
        address: Where it will be; absolute, ends in "/".
        moved: The page that took an address over, by the old address; both below the site's root.
        inline: What the theme writes into pages.
        pictures: Whether embeds show pictures.
    """

    site: Path
    address: str
    moved: dict[str, str]
    inline: Inline
    pictures: bool = False

    def __post_init__(self) -> None:
        """Refuse an address that could say something to a server."""
        if not _ADDRESS.fullmatch(self.address):
            raise UnsafeName(self.address)
        for pair in self.moved.items():
            for path in pair:
                plain(path)

    @classmethod
    def of_guide(cls, guide: Guide, site: Path, inline: Inline) -> "Hosting":
        """Return what hosts need to serve the site of a guide."""
        moved = {plain(page_address(move.was)): plain(page_address(move.instead)) for move in guide.moved.values()}
        pictures = any(clinic.logo for clinic in guide.records("clinics").values())
        return cls(site, guide.settings.address, moved, inline, pictures)

    @cached_property
    def root(self) -> str:
        """The path of the site on its host, "/" or for example "/guide/"."""
        return urlsplit(self.address).path

    @property
    def page_header(self) -> str:
        """The policy of all pages."""
        return page_policy(self.inline, header=True)

    @property
    def embed_header(self) -> str:
        """The policy of embeds."""
        return str(embed_policy(f"{self.address}{EMBEDS}assets/", pictures=self.pictures))

    # Static hosts

    def headers(self) -> str:
        """Return `_headers`, as static hosts read it.

        Where two of its rules fit, some hosts send both values of a header, so each file has one rule a header.
        """
        lines = [f"# {_WRITTEN}", f"{self.root}*", *(f"  {name}: {value}" for name, value in SHARED.items())]
        rules: list[tuple[str, str, str]] = []
        for path in sorted(self.site.iterdir()):
            folder = f"{path.name}/"
            if path.is_dir():
                policy = self.embed_header if folder == _EMBED else self.page_header
                rules.append((f"{folder}*", "Content-Security-Policy", policy))
                rules.append((f"{folder}*", _RESOURCE, _ANY if folder in _SHARED_FOLDERS else _OWN))
                continue
            # Hosts show the start page at both of its addresses.
            for name in ("", path.name) if path.name == "index.html" else (path.name,):
                if path.suffix == ".html" or name == OFFLINE:
                    rules.append((name, "Content-Security-Policy", self.page_header))
                rules.append((name, _RESOURCE, _ANY if name in FEEDS else _OWN))
        rules += [(f"{folder}*", "Access-Control-Allow-Origin", "*") for folder in OPEN]
        rules += [(name, "Access-Control-Allow-Origin", "*") for name in FEEDS]
        rules += [(name, "Cache-Control", FOREVER) for name in self._fingerprinted()]
        for name, header, value in rules:
            lines += [f"{self.root}{plain(name.removesuffix('*'))}{'*' if name.endswith('*') else ''}"]
            lines += [f"  {header}: {value}"]
        return "\n".join(lines) + "\n"

    def _fingerprinted(self) -> Iterator[str]:
        for path in sorted(self.site.rglob("*.*.*")):
            if fingerprinted(path.name):
                yield plain(path.relative_to(self.site).as_posix())

    def redirects(self) -> str:
        """Return `_redirects`, as static hosts read it."""
        lines = [f"{self.root}{old} {self.root}{new} 301" for old, new in self.moved.items()]
        return "\n".join([f"# {_WRITTEN}", *lines]) + "\n"

    # Servers

    def _oembed(self, slash: str, colon: str, rest: str, group: Callable[[int], str]) -> Iterator[tuple[str, str]]:
        """Return which file describes an address to programs, as a pattern of the address and a path with its groups.

        Args:
            slash: The pattern of a slash.
            colon: The pattern of a colon.
            rest: The pattern of what may follow, such as a fragment.
            group: Returns how a server writes a group of the pattern, by its number from 1.
        """
        scheme, _, place = self.address.partition("://")
        start = scheme + colon + slash * 2 + slash.join(re.escape(piece) for piece in place.split("/"))
        end = f"{slash}?{rest}$"
        embed = slash.join(EMBEDS.strip("/").split("/")) + slash
        segments = [f"({_SEGMENT})"] * _DEEPEST
        target = f"{self.root}{OEMBEDS}"
        themed = f"({'|'.join(THEMES)})"
        yield (
            f"^{start}{embed}{slash.join([themed, *segments[:2]])}{end}",
            f"{target}{group(1)}/{group(2)}/{group(3)}.json",
        )
        yield f"^{start}{embed}{slash.join(segments[:2])}{end}", f"{target}{group(1)}/{group(2)}.json"
        for depth in range(1, _DEEPEST + 1):
            item = "--".join(group(number) for number in range(1, depth + 1))
            yield f"^{start}{slash.join(segments[:depth])}{end}", f"{target}{PAGE}/{item}.json"

    def caddy(self) -> str:
        """Return the part of a Caddyfile that depends on the site; it belongs inside the site's block."""
        root = self.root
        kept = " ".join(f"{root}{name}" for name in self._fingerprinted())
        opened = " ".join([*(f"{root}{folder}*" for folder in OPEN), *(root + name for name in FEEDS)])
        shared = " ".join([*(f"{root}{folder}*" for folder in _SHARED_FOLDERS), *(root + name for name in FEEDS)])
        lines = [
            f"# {_WRITTEN}",
            "header {",
            *(f'\t{name} "{value}"' for name, value in SHARED.items()),
            "}",
            f"@embeds path {root}{_EMBED}*",
            f'header @embeds Content-Security-Policy "{self.embed_header}"',
            f"@pages not path {root}{_EMBED}*",
            f'header @pages Content-Security-Policy "{self.page_header}"',
            f"@shared path {shared}",
            f"header @shared {_RESOURCE} {_ANY}",
            f"@own not path {shared}",
            f"header @own {_RESOURCE} {_OWN}",
            f"@kept path {kept}",
            f'header @kept Cache-Control "{FOREVER}"',
            f"@asked not path {kept}",
            f'header @asked Cache-Control "{ASK}"',
            f"@open path {opened}",
            'header @open Access-Control-Allow-Origin "*"',
            *(f"redir {root}{old} {root}{new} 301" for old, new in self.moved.items()),
            "map {query.url} {guide_oembed} {",
            *(
                f'\t"~{pattern}" "{path}"'
                for pattern, path in self._oembed("/", ":", "([?#].*)?", lambda number: f"${{{number}}}")
            ),
            '\tdefault ""',
            "}",
            "@oembed {",
            f"\tpath {root}{OEMBEDS}",
            '\texpression `{guide_oembed} != "" && {query.format} in ["", "json"]`',
            "}",
            "rewrite @oembed {guide_oembed}",
            "@oembed_format {",
            f"\tpath {root}{OEMBEDS}",
            "\tquery format=*",
            "\tnot query format=json",
            "}",
            "error @oembed_format 501",
            f"vars guide_missing {root}{MISSING}",
        ]
        return "\n".join(lines) + "\n"

    def nginx_maps(self) -> str:
        """Return the maps that an nginx configuration needs for the site; they belong inside `http`."""
        root = re.escape(self.root)
        opened, shared = ("|".join(re.escape(folder) for folder in folders) for folders in (OPEN, _SHARED_FOLDERS))
        feeds = "|".join(re.escape(name) for name in FEEDS)
        moved = [f'"~^{root}{re.escape(old)}$" {self.root}{new};' for old, new in self.moved.items()]
        maps = {
            "policy": [f'"~^{root}{_EMBED}" "{self.embed_header}";', f'default "{self.page_header}";'],
            "cache": [f'"~{_FINGERPRINT}" "{FOREVER}";', f'default "{ASK}";'],
            "open": [f'"~^{root}({opened}|({feeds})$)" "*";', 'default "";'],
            "resource": [f'"~^{root}({shared}|({feeds})$)" "{_ANY}";', f'default "{_OWN}";'],
            "moved": [*moved, 'default "";'],
        }
        lines = [f"# {_WRITTEN}"]
        for name, entries in maps.items():
            lines += [f"map $uri $guide_{name} {{", *(f"\t{entry}" for entry in entries), "}"]
        # As they come, still encoded.
        described = self._oembed("(?:/|%2F)", "(?::|%3A)", "(?:(?:[?#]|%3F|%23).*)?", lambda number: f"${number}")
        lines += ["map $arg_url $guide_oembed {", *(f'\t"~*{pattern}" "{path}";' for pattern, path in described)]
        lines += ['\tdefault "";', "}"]
        return "\n".join(lines) + "\n"

    def nginx(self) -> str:
        """Return the part of an nginx configuration that depends on the site; it belongs inside `server`."""
        headers = {
            **{name: f'"{value}"' for name, value in SHARED.items()},
            "Content-Security-Policy": "$guide_policy",
            "Cache-Control": "$guide_cache",
            "Access-Control-Allow-Origin": "$guide_open",
            _RESOURCE: "$guide_resource",
        }
        lines = [
            f"# {_WRITTEN}",
            *(f"add_header {name} {value} always;" for name, value in headers.items()),
            f"error_page 404 {self.root}{MISSING};",
            f"location = {self.root}{OEMBEDS} {{",
            "\tif ($arg_format !~ ^(json)?$) {",
            "\t\treturn 501;",
            "\t}",
            '\tif ($guide_oembed = "") {',
            "\t\treturn 404;",
            "\t}",
            "\trewrite ^ $guide_oembed last;",
            "}",
        ]
        return "\n".join(lines) + "\n"


def files(site: Site) -> Iterator[File]:
    """Return the files by which static hosts learn headers and redirects; they name the files of the finished site.

    Raises:
        UnsafeName: A name can't be listed there.
    """
    hosting = Hosting.of_guide(site.guide, site.folder, site.inline)
    yield File("_headers", hosting.headers)
    yield File("_redirects", hosting.redirects)
