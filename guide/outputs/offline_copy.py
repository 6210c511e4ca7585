"""A copy of the guide in a reader's browser, for those who ask for it: the worker that keeps it."""

import hashlib
import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from guide.model.addresses import EMBEDS
from guide.model.guide import Guide
from guide.outputs.embeds import PRINT
from guide.outputs.site import File, Site
from guide.rendering.assets import THEME, join, squeeze_script
from guide.rendering.page import PageRenderer

OFFLINE = "offline.js"
"""The worker's path in the site: at its root, because a worker rules what stands below it. It lasts."""

_ASSETS = "assets"
_NOT_PAGES = (EMBEDS.partition("/")[0], PRINT.partition("/")[0])


def kept_files(site: Path) -> Iterator[Path]:
    """Return the files of a finished site that a copy holds: every page, and what pages load.

    Args:
        site: The folder of the site.
    """
    for path in sorted(site.rglob("*")):
        folder = path.relative_to(site).parts[0]
        if path.is_file() and (folder == _ASSETS or (path.suffix == ".html" and folder not in _NOT_PAGES)):
            yield path


def offline_worker(guide: Guide, site: Path, language: str) -> str:
    """Write the worker for a finished site: its code, and what it has to know.

    Args:
        guide: The guide.
        site: The folder of the site.
        language: Of the site, such as "en".
    """
    files = {}
    for path in kept_files(site):
        name = path.relative_to(site).as_posix()
        # A page's address is that of its folder.
        address = name.removesuffix("index.html") if path.name == "index.html" else name
        files[address] = hashlib.sha256(path.read_bytes()).hexdigest()
    age = PageRenderer(guide, "", language).render("offline-age.html.j2", None, None)
    code = join([THEME / "offline" / "worker.js"], OFFLINE, squeeze_script).content
    known = _written({"FILES": files, "AGE": str(age).strip(), "LANGUAGE": language})
    version = hashlib.sha256((known + code).encode("utf-8")).hexdigest()[:8]
    return f'"use strict";\n{known}{_written({"VERSION": version})}{code}'


def _written(values: dict[str, object]) -> str:
    return "".join(f"var {name} = {json.dumps(value, ensure_ascii=False)};\n" for name, value in values.items())


def files(site: Site) -> Iterator[File]:
    """Return the worker, which holds a fingerprint of every other file."""
    yield File(OFFLINE, partial(offline_worker, site.guide, site.folder, site.language))
