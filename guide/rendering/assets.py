"""Joins the style sheets and the scripts of the guide: one text, under a name with its fingerprint, for each."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar

from guide.model.registry import component_folders
from guide.reading.unchanged import Stamp, stamps

THEME = Path(__file__).parents[1] / "theme"
"""Where the theme's style sheets and scripts are: code of the generator, which no guide has in its docs/."""

# Custom properties stand before the components that use them.
FIRST = "tokens.css"

OWN = "own"
"""The folder of a component with the style sheets and scripts that only pages that show it load."""


T = TypeVar("T")
_CACHES: list[Callable[[], None]] = []


def cached_from_theme(function: Callable[[], T]) -> Callable[[], T]:
    """Call a function that reads files of the theme once, until `forget_theme` is called."""
    cached = cache(function)
    _CACHES.append(cached.cache_clear)
    return cached


def forget_theme() -> None:
    """Let all that was read from the theme be read again: its files have changed."""
    for clear in _CACHES:
        clear()


def theme_stamps() -> dict[str, Stamp]:
    """Return the state of every file of the theme and of the components but for code, by its path."""
    found = stamps([THEME, *component_folders()])
    return {path: stamp for path, stamp in found.items() if not path.endswith(".py")}


@dataclass(frozen=True)
class Asset:
    """A file made at build."""

    name: str
    """Its path in the site, e.g. `assets/guide.3f2a91c0.css`: it changes whenever the content does."""

    content: str


def sources(kind: str, folders: Iterable[Path] = ()) -> list[Path]:
    """Return the files that pages load: tokens.css first, the others by name.

    Args:
        kind: `css` or `js`.
        folders: Where they are; the theme's folder and those of the components when left out.

    Raises:
        FileNotFoundError: No folder holds such a file.
    """
    folders = list(folders) or [THEME / kind, *component_folders()]
    files = [path for folder in folders for path in folder.rglob(f"*.{kind}") if path.parent.name != OWN]
    if not files:
        raise FileNotFoundError(f"{', '.join(map(str, folders))} holds no .{kind} file")
    return sorted(files, key=lambda path: (path.name != FIRST, path.name))


def bundle(kind: str, folders: Iterable[Path] = ()) -> Asset:
    """Join the files that pages load; the arguments are those of `sources`."""
    files = sources(kind, folders)
    if kind == "css":
        return join(files, "assets/guide", squeeze)
    return join(files, "assets/guide", each=lambda script: isolated(squeeze_script(script)))


@cached_from_theme
def own_assets() -> dict[str, list[Asset]]:
    """Return what only pages that show a component load, by the name of the component's folder."""
    found = {}
    for folder in component_folders():
        styles, scripts = (sorted((folder / OWN).glob(f"*.{kind}")) for kind in ("css", "js"))
        assets = [join(styles, f"assets/{folder.name}", squeeze)] if styles else []
        assets += (
            [join(scripts, f"assets/{folder.name}", each=lambda text: isolated(squeeze_script(text)))]
            if scripts
            else []
        )
        if assets:
            found[folder.name] = assets
    return found


@cached_from_theme
def code_script() -> Asset:
    """Return what only pages with a block of code load: the button that copies it."""
    return join([THEME / "code" / "copy.js"], "assets/copy", squeeze_script)


def home_style() -> str:
    """Return the styles of the start page, which stand in it and in no other page."""
    return join([THEME / "home" / "home.css"], "assets/home", squeeze).content


def join(files: list[Path], name: str, change: Callable[[str], str] = str, each: Callable[[str], str] = str) -> Asset:
    """Join files in the order given.

    Args:
        files: All of one kind.
        name: Path of the result in the site, up to its fingerprint, e.g. `assets/guide`.
        change: What is done to the joined text.
        each: What is done to the text of each file before.
    """
    content = change("\n".join(each(path.read_text(encoding="utf-8").strip() + "\n") for path in files))
    return text_asset(content, name, files[0].suffix)


def text_asset(content: str, name: str, suffix: str) -> Asset:
    """Return a text as a file whose name holds a fingerprint of it.

    Args:
        content: The text.
        name: Path in the site, up to the fingerprint, e.g. `assets/guide`.
        suffix: The ending of the name, e.g. ".css".
    """
    digest = hashlib.sha256(content.encode("utf-8")).hexdigest()[:8]
    return Asset(name=f"{name}.{digest}{suffix}", content=content)


def squeeze(css: str) -> str:
    """Drop what browsers don't need: comments, spaces, zeros before decimal points, the last semicolon of a rule."""
    css = re.sub(r"\s+", " ", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL))
    css = re.sub(r'("[^"]*")|(: )|(?<=[ (,-])0(?=\.\d)', lambda found: found[1] or ":" * bool(found[2]), css)
    return re.sub(r" ?([{};,>]) ?", r"\1", css).replace(";}", "}").strip() + "\n"


def squeeze_script(script: str) -> str:
    """Take indents, empty lines and comments with lines of their own out of a script."""
    return re.sub(r"^[ \t]*(?:/\*.*?\*/[ \t]*\n|//.*?\n|\n)?", "", script, flags=re.DOTALL | re.MULTILINE)


def isolated(script: str) -> str:
    """Wrap a script so that the ones joined after it run even if it throws; the browser's console still reports it."""
    return f"try {{\n{script}}} catch (error) {{\nsetTimeout(function () {{ throw error; }});\n}}\n"
