"""Which files docs/ may contain: pages, and pictures that are what their names say and that no browser could run."""

import re
import stat
from collections.abc import Iterator
from pathlib import Path
from xml.parsers import expat

from markdown.extensions.toc import slugify

from guide.model.problems import Place, Problem

_LARGEST = 2_000_000
"""The limit for a picture, in bytes."""

RESERVED = ("404", "api", "assets", "embed", "feed", "handouts", "oembed", "print", "search")
"""Addresses at the root that the build uses itself."""

_NAME = re.compile(r"[a-z0-9]+(?:[-.][a-z0-9]+)*")
_FOLDER = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# The first bytes of pictures, by the ending of the name.
_SIGNATURES = {
    "png": re.compile(rb"\x89PNG\r\n\x1a\n"),
    "jpg": re.compile(rb"\xff\xd8\xff"),
    "jpeg": re.compile(rb"\xff\xd8\xff"),
    "webp": re.compile(rb"RIFF.{4}WEBP", re.DOTALL),
    "avif": re.compile(rb".{4}ftypavi[fs]", re.DOTALL),
}
_SVG_ELEMENTS = {
    *("svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan", "title", "desc"),
    *("defs", "linearGradient", "radialGradient", "stop", "clipPath", "mask"),
}
_SVG_ATTRIBUTES = {
    *("xmlns", "viewBox", "width", "height", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "rx", "ry", "d"),
    *("points", "fill", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin", "stroke-dasharray", "opacity"),
    *("stroke-miterlimit", "stroke-opacity", "fill-opacity", "fill-rule", "clip-rule", "transform", "id", "offset"),
    *("stop-color", "stop-opacity", "gradientUnits", "gradientTransform", "font-size", "font-family", "font-weight"),
    *("text-anchor", "dominant-baseline", "role", "aria-label", "aria-labelledby", "aria-hidden", "lang", "version"),
    *("preserveAspectRatio", "clip-path", "mask", "color"),
}
_SVG_FORBIDDEN = re.compile(r"url\s*\((?!\s*['\"]?#)|javascript:|data:|expression\s*\(", re.IGNORECASE)


def is_published(path: str) -> bool:
    """Return whether MkDocs may publish a file of docs/, by its path there.

    This is a second line of defense behind `check_docs_file`.
    """
    return path.endswith((".md", ".svg", *(f".{ending}" for ending in _SIGNATURES)))


def check_docs_file(path: Path, docs: Path, shown: str) -> list[Problem]:
    """Return the problems of a file or folder of docs/. The content of a page is checked elsewhere.

    Args:
        path: The file or folder; if it's a link, one that leads to something in the project.
        docs: The folder docs/.
        shown: Its path as messages show it.
    """
    return list(_problems(path, docs, Place(shown, 1))) if path != docs else []


def _problems(path: Path, docs: Path, place: Place) -> Iterator[Problem]:
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        if path.is_symlink():
            yield Problem(place, "this is a link to a folder", "Put the folder itself here.", "symbolic-link")
        elif not _FOLDER.fullmatch(path.name):
            yield Problem(place, f'"{path.name}" is not a name for a folder', _rename_advice(path, ""), "file-name")
        return
    if not stat.S_ISREG(mode):
        yield Problem(place, "this is not a regular file", "Remove it.", "file")
        return
    ending = path.suffix.lower().lstrip(".")
    if path.suffix == ".md":
        yield from _page_name(path, docs, place)
    elif path.suffix.lower() in (".markdown", ".mkd", ".mkdn", ".mdown", ".md"):
        yield Problem(place, f'"{path.name}" doesn\'t end in .md', _rename_advice(path, ".md"), "file-name")
    elif ending in _SIGNATURES or ending == "svg":
        if not _NAME.fullmatch(path.name):
            yield Problem(
                place, f'"{path.name}" is not a name for a picture', _rename_advice(path, f".{ending}"), "file-name"
            )
        yield from _picture(path, ending, place)
    else:
        remedy = f"docs/ holds pages (.md) and pictures (.{', .'.join([*_SIGNATURES, 'svg'])}). Move it out of docs/."
        yield Problem(place, f'"{path.name}" would be published as it is', remedy, "docs-file")


def _page_name(path: Path, docs: Path, place: Place) -> Iterator[Problem]:
    top = path.relative_to(docs).as_posix().partition("/")[0]
    if not _FOLDER.fullmatch(path.stem):
        yield Problem(place, f'"{path.name}" is not a name for a page', _rename_advice(path, ".md"), "file-name")
    elif top.removesuffix(".md") in RESERVED:
        wrong = f'"{top}" is an address that the site needs itself'
        yield Problem(place, wrong, "Choose another name.", "file-name")


def _rename_advice(path: Path, ending: str) -> str:
    """Return advice to rename a file; following it never overwrites another one."""
    stem = path.stem if ending else path.name
    name = slugify(stem, "-").replace("_", "-").strip("-") + ending
    rule = "Use small letters, digits and hyphens"
    if not re.match("[a-z0-9]", name) or path.with_name(name).exists():
        return f"{rule}, and a name that isn't taken."
    return f"{rule}: {name}"


def _picture(path: Path, ending: str, place: Place) -> Iterator[Problem]:
    size = path.stat().st_size
    if size > _LARGEST:
        yield Problem(
            place, f"the picture has {size:,} bytes; the limit is {_LARGEST:,}", "Make it smaller.", "file-size"
        )
    elif ending == "svg":
        fault = _svg_fault(path.read_bytes())
        if fault:
            line, wrong = fault
            remedy = "Export it as a plain SVG without scripts, styles and links, or as PNG."
            yield Problem(Place(place.path, line), wrong, remedy, "svg")
    else:
        with path.open("rb") as file:
            first_bytes = file.read(16)
        if not _SIGNATURES[ending].match(first_bytes):
            wrong, remedy = f"this is not a {ending.upper()} picture", "Export it again, or give it the right ending."
            yield Problem(place, wrong, remedy, "picture")


def _svg_fault(raw: bytes) -> tuple[int, str] | None:
    """Return the line of the first thing that a drawing may not contain, and what it is."""
    parser = expat.ParserCreate()
    faults: list[tuple[int, str]] = []
    depth = 0

    def fault(wrong: str) -> None:
        faults.append((parser.CurrentLineNumber, wrong))

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if name not in _SVG_ELEMENTS or (depth == 1) != (name == "svg"):
            fault(f'the drawing has an element "{name[:40]}"')
        for key, value in attributes.items():
            if key not in _SVG_ATTRIBUTES or _SVG_FORBIDDEN.search(value):
                fault(f'the drawing has an attribute {key[:40]}="{value[:40]}"')
        if attributes.get("xmlns", "http://www.w3.org/2000/svg") != "http://www.w3.org/2000/svg":
            fault("the drawing is not in the namespace of SVG")

    def end(_: str) -> None:
        nonlocal depth
        depth -= 1

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.StartDoctypeDeclHandler = lambda *_: fault("the drawing has a document type declaration")
    parser.ProcessingInstructionHandler = lambda *_: fault("the drawing has a processing instruction")
    try:
        parser.Parse(raw, True)
    except expat.ExpatError as error:
        return faults[0] if faults else (error.lineno, "the drawing can't be read as SVG")
    return faults[0] if faults else None
